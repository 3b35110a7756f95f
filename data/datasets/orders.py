"""Orders: what an account asked for, what we promised, and what reached it when."""

from dataclasses import replace

from data.contract import Dataset, Kind, Rule
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, QTY, SKU, SKU_NAME, day, number, text
from data.datasets.headers import HEADERS
from data.text import Text

CAUSES = (
    Text("产能不足", "Production capacity"),
    Text("缺料", "Missing material"),
    Text("运输延误", "Transport delay"),
    Text("客户改期", "Put off by the account"),
)

AHEAD_DAYS = 366  # a year: nobody orders household goods for a later day, so it is a slip in the year


def _early(name: str, than: str, says: Text) -> Rule:
    """A day that cannot lie before another one of the same row."""
    return Rule(f"{name}_early", f"{name}_on", f"{name}_on < {than}", says, needs=(than,))


def _future(name: str) -> Rule:
    """A day on which something has happened."""
    says = Text("晚于上传当天", "is after the day of upload")
    return Rule(f"{name}_future", f"{name}_on", f"{name}_on > {{today}}", says)


def _ahead(name: str) -> Rule:
    """A day that was asked for or promised: it may well be to come, but not so far ahead."""
    says = Text("比下单日期晚一年以上", "is more than a year after the order")
    return Rule(f"{name}_ahead", f"{name}_on", f"{name}_on > ordered_on + {AHEAD_DAYS}", says, needs=("ordered_on",))


BEFORE_ORDER = Text("早于下单日期", "is before the day of the order")
RULES = (
    *(_early(name, "ordered_on", BEFORE_ORDER) for name in ("requested", "promised", "shipped", "delivered")),
    replace(
        _early("delivered", "shipped_on", Text("早于发货日期", "is before the day of shipping")),
        name="delivered_unshipped",
    ),
    *map(_ahead, ("requested", "promised")),
    *map(_future, ("shipped", "delivered")),
    Rule(
        "shipped_more",
        "shipped_qty",
        "qty >= 0 AND shipped_qty > qty",
        Text("大于订购数量", "is more than was ordered"),
        needs=("qty",),
        noted=True,  # accounts do take more than they ordered
    ),
)

ORDERS = Dataset(
    name="orders",
    title=Text("客户订单", "Orders"),
    grain=Text(
        "每张订单每行一行；再次上传时以后者为准", "One row per order line; uploaded again, the later one counts"
    ),
    key=("order_no", "line_no"),
    fields=(
        text(
            "order_no", "订单号", "Order number", need=True, also=HEADERS["doc_no"] + ("csocode",), example="DD000123"
        ),
        text("line_no", "行号", "Line number", need=True, also=HEADERS["line_no"], example="1"),
        ACCOUNT,
        ACCOUNT_NAME,
        SKU,
        SKU_NAME,
        day(
            "ordered_on",
            "下单日期",
            "Ordered on",
            also=("订单日期", "单据日期", "日期", "制单日期", "orderdate", "audat", "erdat", "fdate", "ddate"),
            example="2026-05-25",
        ),
        day(
            "requested_on",
            "要求到货日期",
            "Requested on",
            need=False,
            also=("要货日期", "需求日期", "客户要求日期", "requesteddate", "requireddate", "vdatu", "fdeliverydate"),
            example="2026-06-12",
        ),
        day(
            "promised_on",
            "承诺到货日期",
            "Promised on",
            need=False,
            also=("承诺日期", "预计交期", "交货日期", "预发货日期", "promiseddate", "duedate", "edatu", "dpredate"),
            example="2026-06-15",
        ),
        day(
            "shipped_on",
            "发货日期",
            "Shipped on",
            need=False,
            also=("出库日期", "实际发货日期", "shipdate", "shippeddate", "wadatist"),
            example="2026-06-11",
        ),
        day(
            "delivered_on",
            "实际到货日期",
            "Delivered on",
            need=False,
            also=("到货日期", "签收日期", "收货日期", "deliverydate", "delivereddate"),
            example="2026-06-15",
        ),
        replace(
            QTY,
            label=Text("订购数量", "Ordered quantity"),
            also=(
                "订单数量",
                "订货数量",
                "订单量",
                "数量",
                "kwmeng",
                "iquantity",
                "fqty",
                "qty",
                "orderquantity",
                "quantityordered",
            ),
            example="40",
        ),
        number(
            "shipped_qty",
            Kind.QUANTITY,
            "已发数量",
            "Shipped quantity",
            "pcs",
            also=("发货数量", "实发数量", "累计发货数量", "ifhquantity", "fstockoutqty", "lfimg", "shippedqty"),
            check="shipped_qty >= 0",
            example="36",
        ),
        number(
            "amount",
            Kind.MONEY,
            "订单金额",
            "Order amount",
            "CNY",
            also=HEADERS["amount_tax"] + HEADERS["amount_net"],
            check="abs(amount) < 1e12",
            example="119600.00",
        ),
        text(
            "cause",
            "未达成原因",
            "Cause of the miss",
            also=("原因", "缺货原因", "延误原因", "abgru", "reason"),
            example="产能不足",
            usual=CAUSES,
        ),
    ),
    dated="ordered_on",
    happened=True,
    quantity="qty",
    amount="amount",
    latest_wins=True,
    rules=RULES,
)
