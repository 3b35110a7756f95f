"""The figures of frontline training; `analytics.metrics` lists them with all others."""

from analytics.metric import Metric
from data.text import Text

TRAINING_LIFT = Metric(
    "training_lift",
    Text("培训提升", "Lift of training"),
    "change",
    1,
    "up",
    Text(
        "培训后第 1—8 周比前 8 周多卖的比例，减去同客户未培训门店的变化（双重差分，按件数），带 80% 范围。",
        "Pieces of weeks 1-8 after a session over the 8 weeks before, beyond what untrained stores of the account did "
        "(difference in differences), with the range that holds 80%.",
    ),
    "frontline.lift; stats.staggered",
)
