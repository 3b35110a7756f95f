"""Pulse: three short answers of an account every month, each down (-1), same (0) or up (1)."""

from data.contract import Dataset
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, coded, month, text
from data.text import Text

OUTLOOKS = {"-1": Text("下降", "Lower"), "0": Text("持平", "The same"), "1": Text("上升", "Higher")}
STOCK_VIEWS = {"-1": Text("偏少", "Too little"), "0": Text("合适", "About right"), "1": Text("偏多", "Too much")}
ORDER_PLANS = {"-1": Text("减少", "Fewer"), "0": Text("不变", "Unchanged"), "1": Text("增加", "More")}


PULSE = Dataset(
    name="pulse",
    title=Text("客户月度景气问答", "Monthly pulse"),
    grain=Text("每客户每月一行，三问各答 -1、0 或 1", "One row per account and month; three answers of -1, 0 or 1"),
    key=("account", "month"),
    fields=(
        ACCOUNT,
        ACCOUNT_NAME,
        month("month", "月份", "Month", also=("期间", "年月", "调查月份", "period")),
        coded(
            "outlook",
            "未来三月销售预期",
            "Sales in the next three months",
            OUTLOOKS,
            also=("销售预期", "景气预期", "outlook"),
            example="1",
        ),
        coded(
            "stock_view",
            "库存感受",
            "Stock compared with need",
            STOCK_VIEWS,
            also=("库存评价", "库存水平", "stockview"),
            example="1",
        ),
        coded(
            "order_plan",
            "下单意愿",
            "Orders planned",
            ORDER_PLANS,
            also=("订货意向", "订单预期", "orderplan"),
            example="1",
        ),
        text("words", "补充说明", "In their words", also=("备注", "说明", "comment"), example="以旧换新带动明显"),
    ),
    dated="month",
    latest_wins=True,
    typed=True,
)
