"""The figures of assured supply; `analytics.metrics` lists them with all others."""

from analytics.metric import Metric
from data.text import Text

FILL = Metric(
    "fill",
    Text("满足率", "Fill"),
    "ratio",
    1,
    "up",
    Text(
        "到期各行已发件数（最多算到订购数）之和 ÷ 订购件数之和。",
        "Of the lines that were due: pieces shipped, at most what was ordered, over pieces ordered.",
    ),
    "supply.service; orders",
)
OTIF = Metric(
    "otif",
    Text("准时足量", "On time in full"),
    "ratio",
    1,
    "up",
    Text(
        "整行到齐、且在承诺日当天或之前两天内到货的件数 ÷ 到期的订购件数；早到也算没做到。",
        "Pieces of lines that came whole, on the promised day or up to two days before it, over pieces due; earlier is "
        "a miss.",
    ),
    "supply.service; orders",
)
NEED = Metric(
    "need",
    Text("预计需求", "Need"),
    "pcs",
    0,
    "neither",
    Text(
        "旺季（或未来八周）各周预测之和；带 80% 的范围。",
        "Sum of the forecasts of the season's weeks, or of the next eight; with the range that holds 80%.",
    ),
    "supply.season; stats.forecast",
)
MISS = Metric(
    "forecast_error",
    Text("预测误差", "Forecast error"),
    "ratio",
    1,
    "down",
    Text(
        "各产品各客户偏差绝对值之和 ÷ 实际之和。",
        "Sum of absolute misses by product and account over the sum of what came (WAPE).",
    ),
    "supply.backtest; stats.forecast",
)
BIAS = Metric(
    "forecast_bias",
    Text("预测偏差", "Forecast bias"),
    "change",
    1,
    "neither",
    Text("预计之和 ÷ 实际之和 − 1。", "Sum expected over sum that came, minus one."),
    "supply.backtest; stats.forecast",
)
COVERED = Metric(
    "covered",
    Text("范围里的份额", "Within the range"),
    "ratio",
    0,
    "neither",
    Text(
        "实际落在 80% 范围里的份额，应在 74–88%。",
        "Share of outcomes inside the range that is to hold 80%; 74 to 88% is right.",
    ),
    "supply.backtest; stats.forecast",
)
PIECES = Metric(
    "to_send",
    Text("要发的货", "To send"),
    "pcs",
    0,
    "neither",
    Text(
        "要补的货和要加急发出的未发订单，件数。",
        "What has to be ordered, and open orders that have to go now, in pieces.",
    ),
    "supply.ship; supply.plan",
)
IN_STOCK = Metric(
    "in_stock",
    Text("现货率", "In stock"),
    "ratio",
    1,
    "up",
    Text(
        "盘点时有货的客户产品数 ÷ 盘点过的在售客户产品数（近 90 天卖过的）。",
        "Products at accounts with stock when counted, over those counted that were sold in the last 90 days.",
    ),
    "supply.availability; stock",
)
FORWARD_COVER = Metric(
    "forward_cover",
    Text("备货覆盖", "Days of cover ahead"),
    "days",
    0,
    "neither",
    Text(
        "库存加在途 ÷ 未来四周的日销量预测，合计为各处之和相除；单个产品按逐周预测卖完的天数。",
        "Stock on hand and in transit over the daily rate forecast for four weeks, sums over sums; of one product the "
        "days until the weekly forecast has sold it.",
    ),
    "supply.cover; supply_plan",
)
AT_RISK = Metric(
    "sales_at_risk",
    Text("缺货风险销售额", "Sales at risk"),
    "CNY",
    2,
    "down",
    Text(
        "21 天内或下一批货到之前，预计卖不成的件数（取大者）× 单价。",
        "Pieces expected to be asked for in vain within 21 days or until goods of the next order are there, the larger "
        "of both, times the price of a piece.",
    ),
    "supply.risk; stats.stockout",
)
EXCESS = Metric(
    "excess_stock",
    Text("积压货值", "Excess stock"),
    "CNY",
    2,
    "down",
    Text(
        "超过需要天数三分之五的库存加在途 × 单价。",
        "Stock on hand and in transit beyond five thirds of the days to be provided for, times the price of a piece.",
    ),
    "supply.excess; supply_plan",
)
TAKEN = Metric(
    "days_taken",
    Text("到货天数", "Days to delivery"),
    "days",
    0,
    "down",
    Text(
        "近 12 个月到货的行从下单（或发货）到到货的日历天数；取一半和九成的行做到的天数。",
        "Calendar days from order (or shipping) to delivery of lines delivered in twelve months; what half and nine in "
        "ten of them kept to.",
    ),
    "supply.transit; supply.lead",
)
LATE_SHARE = Metric(
    "late_share",
    Text("晚到的行", "Lines late"),
    "ratio",
    0,
    "down",
    Text(
        "近 12 个月到货的行里，晚于承诺日的占比。",
        "Of the lines delivered in twelve months, those after the promised day.",
    ),
    "supply.transit; supply.lead",
)
UNCOUNTED = Metric(
    "uncounted",
    Text("没有近期盘点", "Not counted of late"),
    "ratio",
    0,
    "down",
    Text(
        "近 90 天卖出的件数里，所在客户 31 天内没有盘点的产品占多少。",
        "Of the pieces sold in 90 days, those of products that were not counted at the account in the last 31 days.",
    ),
    "supply.counts; stock",
)
ARRIVED = Metric(
    "approved_in_time",
    Text("批准的按时到货", "Approved, in time"),
    "ratio",
    0,
    "up",
    Text(
        "到期的发货决定里，最晚到货日前到的件数（最多算到批准数）之和 ÷ 批准件数之和。",
        "Of approved lines that are due: pieces there by the latest day of arrival, at most what was approved, over "
        "pieces approved.",
    ),
    "supply.followed; approvals, orders",
)
