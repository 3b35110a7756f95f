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
TYPICAL_RATE = Metric(
    "typical_rate",
    Text("典型单店周销", "Typical rate of sale"),
    "number",
    1,
    "up",
    Text(
        "新品每店每周卖出的件数；各试点客户取对数后平均，即典型客户的水平。",
        "Pieces of a new product per store and week: the mean of the pilots' logarithms, the typical account's.",
    ),
    "trials.readout; stats.rates",
)
DISTRIBUTION = Metric(
    "distribution",
    Text("铺货率", "Distribution"),
    "ratio",
    0,
    "up",
    Text("上架门店数 ÷ 试点客户的门店数。", "Stores that list it over all stores of the pilot accounts."),
    "trials.field; trial_scope, accounts",
)
RATE = Metric(
    "rate_of_sale",
    Text("单店周销", "Rate of sale"),
    "number",
    1,
    "up",
    Text(
        "整周销量 ÷（上架门店数 × 报数的周数），件/店/周。",
        "Pieces of whole weeks over listed stores times weeks reported, pcs per store and week.",
    ),
    "trials.field; sell_out, trial_scope",
)
SELL_THROUGH = Metric(
    "sell_through",
    Text("售罄率", "Sell-through"),
    "ratio",
    0,
    "up",
    Text(
        "卖出 ÷（试点前最近一次盘点的库存 + 之后进货）；另一种算法（卖出 ÷ 进货）这里不用。",
        "Sold over (stock at the last count before the trial + received since); sold over received, also in use "
        "elsewhere, is not meant.",
    ),
    "trials.field; sell_out, stock, sell_in",
)
REPEAT = Metric(
    "repeat",
    Text("复销", "Repeat"),
    "ratio",
    0,
    "up",
    Text(
        "前一半周卖过的门店里后一半周又卖过的份额；不分门店报数的按客户算。",
        "Of the stores that sold it in the first half of the weeks, those that sold it in the second too; accounts "
        "where sell-out names no store.",
    ),
    "trials.field; sell_out",
)
CANNIBALISED = Metric(
    "cannibalised",
    Text("抢自家老品", "Cannibalised"),
    "ratio",
    0,
    "down",
    Text(
        "被替代产品在试点比对照少卖的件数 ÷ 新品件数。",
        "Pieces that the replaced product lost at the pilots against the controls, over the new product's pieces.",
    ),
    "trials.field; stats.taken",
)
