"""The figures of trials; `analytics.metrics` lists them with all others."""

from analytics.metric import Metric
from data.text import Text

UPLIFT = Metric(
    "uplift",
    Text("增幅", "Uplift"),
    "change",
    0,
    "up",
    Text(
        "试点以来试点客户卖出的件数 ÷ 按对照客户推算本来会卖的件数 − 1。",
        "Pieces that the pilots sold since the start over those that their controls' course let expect, minus one.",
    ),
    "trials.readout; stats.synthetic",
)
RATE_OF_SALE = Metric(
    "rate_of_sale",
    Text("周单店销量", "Rate of sale"),
    "number",
    1,
    "up",
    Text(
        "新品每店每周卖出的件数；各试点客户取对数后平均，即典型客户的水平。",
        "Pieces of a new product per store and week: the mean of the pilots' logarithms, the typical account's.",
    ),
    "trials.readout; stats.rates",
)
REACHES = Metric(
    "reaches_goal",
    Text("达标概率", "Chance of the goal"),
    "ratio",
    0,
    "up",
    Text(
        "真实效果不低于目标的概率；达到推广线就推进，低到终止线就停止，中间为看不准。",
        "Probability that the true effect is at least the goal; go at the upper line, stop at the lower, else hold.",
    ),
    "trials.readout; stats.decide",
)
GAINED = Metric(
    "gained",
    Text("每周多卖", "Gained a week"),
    "pcs",
    0,
    "up",
    Text(
        "试点以来，全部试点客户平均每周比推算多卖的件数。",
        "Pieces a week that all pilots together sold beyond what was to be expected, since the start.",
    ),
    "trials.readout; stats.synthetic",
)
