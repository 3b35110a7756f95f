"""Every figure the product shows, said once: how it is called, counted, spelled and judged."""

from analytics.metric import DAYS, MONTHS, POINTS, Metric
from analytics.metrics_of_frontline import (
    PASSED,
    PRACTICE,
    REACTION,
    SCORE,
    SCORE_GAIN,
    STAFF_COVERED,
    STORES_COVERED,
    TRAINING_GAIN,
    TRAINING_LIFT,
    TRAINING_TOTAL,
)
from analytics.metrics_of_promotions import PROMO_METRICS
from analytics.metrics_of_supply import (
    ARRIVED,
    AT_RISK,
    BIAS,
    COVERED,
    EXCESS,
    FILL,
    FORWARD_COVER,
    IN_STOCK,
    LATE_SHARE,
    MISS,
    NEED,
    OTIF,
    PIECES,
    TAKEN,
    UNCOUNTED,
)
from analytics.metrics_of_trials import (
    CANNIBALISED,
    DETECTABLE,
    DISTRIBUTION,
    GAINED,
    RATE,
    REACHES,
    REPEAT,
    SELL_THROUGH,
    TYPICAL_RATE,
    UPLIFT,
)
from data.text import Text

__all__ = ["DAYS", "MONTHS", "POINTS", "Metric"]

INDEX = Metric(
    "index",
    Text("晴雨指数", "Barometer index"),
    "index",
    1,
    "up",
    Text(
        "0 到 100 分，50 为常态；各分项对自身历史的稳健偏离按权重相加，分项贡献之和恰好等于指数。",
        "0 to 100, 50 is normal: each part's robust deviation from its own history, weighted and added, so that the "
        "parts' contributions sum exactly to the index.",
    ),
    "sales_month, stock_month; docs/methods.md, docs/decisions/0005",
)
SALES = Metric(
    "sales",
    Text("销售额", "Sales"),
    "CNY",
    2,
    "up",
    Text(
        "所选口径（终端销售或发货开票）的金额之和，退货为负。",
        "Sum of amounts, sell-out or sell-in as chosen; returns count negative.",
    ),
    "sales_month.amount",
)
GROWTH = Metric(
    "growth",
    Text("同比", "Change on last year"),
    "change",
    1,
    "up",
    Text(
        "与去年同期相比；未结束的月份只比到同一天，没有去年数的不比。",
        "Against the same period of last year; an open month is compared up to the same day; nothing to compare "
        "with, no figure.",
    ),
    "sales_month, sales_day",
)
ROLLING = Metric(
    "rolling12",
    Text("近 12 个月销售额", "Rolling twelve months"),
    "CNY",
    2,
    "up",
    Text("截至所选月份的连续 12 个月金额之和。", "Sum of the twelve months that end with the chosen one."),
    "sales_month.amount",
)
SHARE = Metric(
    "share",
    Text("占比", "Share"),
    "ratio",
    1,
    "neither",
    Text(
        "该客户近 12 个月销售额 ÷ 全部客户之和。", "The account's rolling twelve months over the sum of all accounts'."
    ),
    "accounts.ranking",
)
EFFECTIVE = Metric(
    "effective_accounts",
    Text("有效客户数", "Effective accounts"),
    "accounts",
    1,
    "up",
    Text(
        "1 ÷ 各客户占比平方和：销售额像是由这么多家同样大的客户做出来的。",
        "One over the sum of squared shares: sales are as spread as if this many equal accounts made them.",
    ),
    "accounts.ranking; 1/HHI",
)
ATTAINMENT = Metric(
    "attainment",
    Text("目标完成", "Target attained"),
    "ratio",
    1,
    "up",
    Text(
        "实际金额之和 ÷ 目标金额之和，只算有目标的客户和月份。",
        "Sum of actual over sum of target, only of accounts and months with a target.",
    ),
    "targets.amount, sales_month.amount",
)
BREADTH = Metric(
    "breadth",
    Text("上升面", "Breadth"),
    "ratio",
    0,
    "up",
    Text(
        "近三个月同比上升的客户占比，加上持平（±3% 以内）的一半，按去年销售额加权。",
        "Share of accounts rising on last year over three months plus half of those flat (within ±3%), weighted by "
        "last year's sales.",
    ),
    "barometer.breadth; docs/methods.md",
)
COVER = Metric(
    "cover",
    Text("库存可销天数", "Days of cover"),
    "days",
    0,
    "neither",
    Text(
        "客户月末库存 ÷ 近三个月日均终端销量；没有销售时不计算。",
        "Stock at accounts at month end over mean daily sell-out of three months; no figure where nothing sold.",
    ),
    "stock_month.on_hand, sales_month.qty",
)
KEY_ACCOUNTS = Metric(
    "key_accounts",
    Text("大客户数", "Key accounts"),
    "accounts",
    0,
    "up",
    Text(
        "近 12 个整月销售额达到金额线的客户数；另有占比、标注两种口径。",
        "Accounts whose twelve whole months reach the sales line; by share and by flag are two other definitions.",
    ),
    "portfolio.twenty",
)
FIRST_SHARE = Metric(
    "cr1",
    Text("最大客户占比", "Largest account"),
    "ratio",
    1,
    "down",
    Text("最大一家占近 12 个月销售额的份额。", "The largest account's share of rolling twelve months (CR1)."),
    "portfolio.concentration",
)
FIVE_SHARE = Metric(
    "cr5",
    Text("前五家占比", "Five largest"),
    "ratio",
    1,
    "down",
    Text("最大五家占近 12 个月销售额的份额。", "The five largest accounts' share of rolling twelve months (CR5)."),
    "portfolio.concentration",
)
LOSS = Metric(
    "loss_of_first",
    Text("失去最大客户", "Loss of the largest"),
    "months",
    1,
    "down",
    Text(
        "最大客户的占比 × 12：失去它等于少几个月的销售额；单台毛利已知时另说利润。",
        "The largest account's share x 12: months of sales that losing it would cost; of profit where unit margins "
        "are known.",
    ),
    "portfolio.concentration",
)
LOAD = Metric(
    "accounts_per_manager",
    Text("人均客户数", "Accounts per manager"),
    "accounts",
    1,
    "neither",
    Text(
        "近 12 个月有销售、有客户经理的客户数 ÷ 客户经理人数；三到十家为常见。",
        "Accounts with sales in twelve months and a manager over managers; three to ten is usual.",
    ),
    "portfolio.managers",
)
STEADINESS = Metric(
    "variation",
    Text("波动系数", "Variation"),
    "number",
    2,
    "down",
    Text(
        "去季节后各月销售额的标准差 ÷ 平均；0.5 及以下为稳，1.0 以上为不稳。",
        "Standard deviation over mean of monthly sales without the season; steady up to 0.5, erratic above 1.0.",
    ),
    "portfolio.tiers",
)
REPORTED = Metric(
    "reported",
    Text("已报客户", "Accounts reported"),
    "accounts",
    0,
    "up",
    Text(
        "最近一个已结束的月份里，文件中有的客户数，报零也算。",
        "Accounts that are in the files of the last month that has ended; a report of nothing sold counts.",
    ),
    "health.completeness",
)
UNHEARD = Metric(
    "unheard",
    Text("要去问的客户", "Accounts to call"),
    "accounts",
    0,
    "down",
    Text(
        "迟报、停止报数、停止销售或报零的客户数。",
        "Accounts that are late, have stopped reporting or selling, or report nothing sold.",
    ),
    "health.completeness",
)
OVERDUE = Metric(
    "overdue",
    Text("逾期的数据", "Datasets overdue"),
    "count",
    0,
    "down",
    Text(
        "静默时间超过近一年最长间隔的数据种类数。",
        "Datasets that have been silent for longer than their longest pause in a year.",
    ),
    "health.freshness",
)
UNRECONCILED = Metric(
    "unreconciled",
    Text("对不上的文件", "Files that do not reconcile"),
    "count",
    0,
    "down",
    Text(
        "在用的文件里，控制总数与载入的不符，或行数没有全部交代的。",
        "Files that count and differ from a control total that was typed, or have rows unaccounted for.",
    ),
    "data.lineage",
)
QUARANTINED = Metric(
    "quarantined",
    Text("待更正的行", "Rows to correct"),
    "count",
    0,
    "down",
    Text("退回后还保留着的行数。", "Rows that were handed back and are still kept."),
    "data.quarantine",
)
AT_STAKE = Metric(
    "at_stake",
    Text("一年少卖", "At stake a year"),
    "CNY",
    2,
    "down",
    Text(
        "掉下来的客户：最近三个月比应有的少几成 × 一年应有的销售额；沉默的客户：近 12 个月销售额。",
        "Of an account that dropped: the share missing over three months times a year's expected sales; of a silent "
        "one: its rolling twelve months.",
    ),
    "accounts.alarms, accounts.slipping",
)
LANDING = Metric(
    "landing",
    Text("预计全年", "Year expected"),
    "CNY",
    2,
    "up",
    Text(
        "已结束月份的实际加其余月份的预测；带 80% 的范围。",
        "Actual of the months ended plus the forecast of the others; with the range that holds 80%.",
    ),
    "accounts.landing; stats.landing",
)
REACHING = Metric(
    "reaching",
    Text("达成概率", "Chance of the target"),
    "ratio",
    0,
    "up",
    Text(
        "按同一方法过去的误差，全年达到目标的概率。",
        "Probability that the year reaches its target, from the method's own past errors.",
    ),
    "accounts.landing; stats.landing",
)
RETURNED = Metric(
    "returned",
    Text("退货率", "Returned"),
    "ratio",
    1,
    "down",
    Text("退回金额 ÷ 发出金额，负数行为退货。", "Amount sent back over amount shipped; a negative line is a return."),
    "accounts.returns",
)
DISCOUNT = Metric(
    "discount",
    Text("让价", "Discount"),
    "ratio",
    1,
    "neither",
    Text("1 − 实付 ÷（件数 × 现在的价格）。", "1 − paid / (pieces × today's price in the product master)."),
    "accounts.returns; products.price",
)
WALLET = Metric(
    "share_of_wallet",
    Text("客户份额", "Share of wallet"),
    "ratio",
    0,
    "up",
    Text(
        "近 12 个月我们的发货 ÷ 客户一年向所有供应商的采购额，只算填了年采购额的客户。",
        "Our shipments of twelve months over what the account buys from all suppliers in a year, where that is stated.",
    ),
    "accounts.wallet; accounts.purchases",
)
METRICS = (
    *(INDEX, SALES, GROWTH, ROLLING, SHARE, EFFECTIVE, ATTAINMENT, BREADTH, COVER),
    *(KEY_ACCOUNTS, FIRST_SHARE, FIVE_SHARE, LOSS, LOAD, STEADINESS),
    *(AT_STAKE, LANDING, REACHING, RETURNED, DISCOUNT, WALLET),
    *(FILL, OTIF),
    *(NEED, MISS, BIAS, COVERED, PIECES, IN_STOCK),
    *(REPORTED, UNHEARD, OVERDUE, UNRECONCILED, QUARANTINED),
    *(
        FORWARD_COVER,
        AT_RISK,
        EXCESS,
    ),
    *(
        TAKEN,
        LATE_SHARE,
        UNCOUNTED,
    ),
    *(ARRIVED,),
    *(UPLIFT, TYPICAL_RATE, REACHES, GAINED),
    *(DISTRIBUTION, RATE, SELL_THROUGH, REPEAT, CANNIBALISED, DETECTABLE),
    *(TRAINING_LIFT, TRAINING_TOTAL, TRAINING_GAIN, STORES_COVERED, STAFF_COVERED),
    *(REACTION, SCORE, SCORE_GAIN, PASSED, PRACTICE),
    *PROMO_METRICS,
)
