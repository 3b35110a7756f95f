"""Sell-in: what we shipped and invoiced to an account."""

from data.contract import Dataset, Kind
from data.datasets.fields import (
    ACCOUNT,
    ACCOUNT_NAME,
    AMOUNT,
    CATEGORY,
    QTY,
    REGION,
    SKU,
    SKU_NAME,
    day,
    number,
    text,
)
from data.datasets.headers import HEADERS
from data.text import Text

SELL_IN = Dataset(
    name="sell_in",
    title=Text("发货开票明细", "Sell-in (shipments and invoices)"),
    grain=Text("每张单据每行一行", "One row per document line"),
    key=("doc_no", "line_no"),
    fields=(
        ACCOUNT,
        ACCOUNT_NAME,
        SKU,
        SKU_NAME,
        day("sold_on", "单据日期", "Document date", also=HEADERS["doc_date"]),
        QTY,
        AMOUNT,
        text("doc_no", "单据编号", "Document number", also=HEADERS["doc_no"], example="XSCK000123"),
        text("line_no", "行号", "Line number", also=HEADERS["line_no"], example="1"),
        REGION,
        CATEGORY,
        text("rep", "业务员", "Sales person", also=HEADERS["salesperson"], example="李敏"),
        number("cost", Kind.MONEY, "成本", "Cost", "CNY", also=HEADERS["cost"], example="24000.00"),
        text("currency", "币种", "Currency", also=HEADERS["currency"], example="CNY"),
    ),
    dated="sold_on",
    happened=True,
    quantity="qty",
    amount="amount",
)
