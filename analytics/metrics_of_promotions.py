"""The figures of promotions; `analytics.metrics` lists them with all others."""

from analytics.metric import Metric
from data.text import Text

UPLIFT = Metric(
    "promotion_uplift",
    Text("销量增幅", "Uplift"),
    "change",
    0,
    "up",
    Text(
        "促销期间实际件数 ÷ 没有促销时的基线 − 1；带 80% 的范围。",
        "Pieces while it ran over the baseline without it, − 1; with the range that holds 80%.",
    ),
    "promotions.effect; stats.promotion",
)
NET_PCS = Metric(
    "net_pcs",
    Text("净增件数", "Net pieces"),
    "pcs",
    0,
    "up",
    Text(
        "促销期间多卖的，减去之后四周少卖的（提前），再减去同品类其他产品少卖的（侵蚀）。",
        "Pieces gained while it ran, less those missing in the four weeks after (pulled forward) and those missing at "
        "other products of the category (cannibalised).",
    ),
    "promotions.programme; stats.programme",
)
PULLED_SHARE = Metric(
    "pulled_share",
    Text("提前买走的部分", "Pulled forward"),
    "ratio",
    0,
    "down",
    Text("之后四周少卖的件数 ÷ 毛增件数。", "Pieces missing in the four weeks after over pieces gained."),
    "promotions.library; stats.programme",
)
TAKEN_SHARE = Metric(
    "taken_share",
    Text("侵蚀的部分", "Cannibalised"),
    "ratio",
    0,
    "down",
    Text(
        "促销期间同客户同品类其他产品少卖的件数 ÷ 毛增件数。",
        "Pieces missing at the account's other products of the category while it ran, over pieces gained.",
    ),
    "promotions.library; stats.programme",
)
PROMO_SPEND = Metric(
    "promotion_spend",
    Text("促销投入", "Promotion spend"),
    "CNY",
    2,
    "neither",
    Text(
        "固定费用 + 每件折扣 × 促销价卖出的全部件数 × 我方承担比例。",
        "Fixed cost plus discount a piece times all pieces on deal times our share.",
    ),
    "promotions; sell_out",
)
PROMO_ROI = Metric(
    "promotion_roi",
    Text("促销回报率", "Return on promotions"),
    "change",
    0,
    "up",
    Text(
        "（净增件数 × 我方单台毛利 − 投入）÷ 投入；带 80% 的范围。",
        "(Net pieces × our unit margin − spend) / spend; with the range that holds 80%.",
    ),
    "promotions.effect; promotions.programme",
)
PROMO_GAIN = Metric(
    "promotion_gain",
    Text("我方净得", "Our gain"),
    "CNY",
    2,
    "up",
    Text("净增件数 × 我方单台毛利 − 投入。", "Net pieces × our unit margin − spend."),
    "promotions.effect; promotions.programme",
)
ACCOUNT_GAIN = Metric(
    "account_gain",
    Text("客户净得", "The account's gain"),
    "CNY",
    2,
    "up",
    Text(
        "净增件数 × 客户单台毛利 − 客户承担的折扣；固定费用由我方出。",
        "Net pieces × the account's unit margin − its share of the discount; fixed cost is ours.",
    ),
    "promotions.effect; promotions.programme",
)
PLAN_BIAS = Metric(
    "plan_bias",
    Text("计划偏高", "Plans above fact"),
    "points",
    0,
    "down",
    Text(
        "预计增幅 − 实际增幅，按基线件数加权。",
        "Expected uplift less what came, weighed by baseline pieces.",
    ),
    "promotions.programme",
)
PROMO_METRICS = (
    *(UPLIFT, NET_PCS, PULLED_SHARE, TAKEN_SHARE),
    *(PROMO_SPEND, PROMO_ROI, PROMO_GAIN, ACCOUNT_GAIN, PLAN_BIAS),
)
