"""Pulse: three short answers of an account every month, each down (-1), same (0) or up (1)."""

from data.contract import Dataset, Field, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, month, number, text
from data.text import Text


def _answer(name: str, zh: str, en: str, also: tuple[str, ...]) -> Field:
    return number(name, Kind.COUNT, zh, en, "-1, 0 or 1", also=also, check=f"{name} IN (-1, 0, 1)", example="1")


PULSE = Dataset(
    name="pulse",
    title=Text("客户月度景气问答", "Monthly pulse"),
    grain=Text("每客户每月一行，三问各答 -1、0 或 1", "One row per account and month; three answers of -1, 0 or 1"),
    key=("account", "month"),
    fields=(
        ACCOUNT,
        ACCOUNT_NAME,
        month("month", "月份", "Month", also=("期间", "年月", "调查月份", "period")),
        _answer("outlook", "未来三月销售预期", "Sales in the next three months", ("销售预期", "景气预期", "outlook")),
        _answer("stock_view", "库存感受", "Stock compared with need", ("库存评价", "库存水平", "stockview")),
        _answer("order_plan", "下单意愿", "Orders planned", ("订货意向", "订单预期", "orderplan")),
        text("words", "补充说明", "In their words", also=("备注", "说明", "comment"), example="以旧换新带动明显"),
    ),
    dated="month",
    latest_wins=True,
)
