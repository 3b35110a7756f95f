"""The demo company: an invented maker of washing machines and appliances, so that every page has something to show.

`company(seed)` draws 36 months of 24 key accounts and tells the truth that it planted: seasons, promotions, trials,
trainings, stock-outs, rebates, rep effects and forecast biases. Nothing in it is real. One module a subject;
`company.py` puts them together.
"""

from data.samples.company import Company, company

__all__ = ["Company", "company"]
