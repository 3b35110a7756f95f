"""Columns that many datasets share, said once: who, what, when, how much."""

from dataclasses import replace

from data.contract import Choice, Field, Kind
from data.datasets.headers import HEADERS
from data.text import Text

ACCOUNT = Field("account", Kind.TEXT, Text("客户编码", "Account code"), also=HEADERS["customer_code"], example="A01")
ACCOUNT_NAME = Field(
    "account_name",
    Kind.TEXT,
    Text("客户名称", "Account name"),
    also=HEADERS["customer_name"],
    required=False,
    example="锦泰家电",
)
SKU = Field("sku", Kind.TEXT, Text("产品编码", "SKU"), also=HEADERS["sku_code"], example="XQG100-B1")
SKU_NAME = Field(
    "sku_name",
    Kind.TEXT,
    Text("产品名称", "Product name"),
    also=HEADERS["sku_name"],
    required=False,
    example="10 公斤滚筒洗衣机",
)
STORE = Field("store", Kind.TEXT, Text("门店", "Store"), also=HEADERS["store"], required=False, example="S0101")
REGION = Field("region", Kind.TEXT, Text("区域", "Region"), also=HEADERS["region"], required=False, example="华东")
CATEGORY = Field(
    "category", Kind.TEXT, Text("品类", "Category"), also=HEADERS["category"], required=False, example="洗衣机"
)
QTY = Field(
    "qty",
    Kind.QUANTITY,
    Text("数量", "Quantity"),
    unit="pcs",
    also=HEADERS["qty"],
    check="abs(qty) < 1e12",
    example="12",
)
AMOUNT = Field(
    "amount",
    Kind.MONEY,
    Text("金额", "Amount"),
    unit="CNY",
    also=HEADERS["amount_tax"] + HEADERS["amount_net"],
    check="abs(amount) < 1e12",
    example="35880.00",
)

DEGREES = {"1": Text("低", "Low"), "2": Text("中", "Medium"), "3": Text("高", "High")}


def optional(field: Field) -> Field:
    """The same column where a file may leave it out."""
    return replace(field, required=False)


def required(field: Field) -> Field:
    """The same column where every row must have it."""
    return replace(field, required=True)


def day(
    name: str,
    zh: str,
    en: str,
    *,
    need: bool = True,
    also: tuple[str, ...] = (),
    example: str = "2026-06-30",
    about: Text | None = None,
) -> Field:
    """A date column called `name`."""
    return Field(name, Kind.DATE, Text(zh, en), also=also, required=need, example=example, about=about)


def text(
    name: str,
    zh: str,
    en: str,
    *,
    need: bool = False,
    also: tuple[str, ...] = (),
    example: str = "",
    about: Text | None = None,
    usual: tuple[Text, ...] = (),
    closed: bool = False,
) -> Field:
    """A column of words or codes called `name`; `usual` are the words that it mostly holds, stored in Chinese."""
    choices = tuple(Choice(word.zh, word) for word in usual)
    return Field(name, Kind.TEXT, Text(zh, en), "", also, need, "", example, about, choices, closed)


def coded(name: str, zh: str, en: str, words: dict[str, Text], *, also: tuple[str, ...], example: str) -> Field:
    """An optional whole number called `name` that stands for one of a closed list of `words`, by number."""
    choices = tuple(Choice(value, label) for value, label in words.items())
    check = f"{name} IN ({', '.join(words)})"
    return Field(name, Kind.COUNT, Text(zh, en), "", also, False, check, example, None, choices, closed=True)


def number(
    name: str,
    kind: Kind,
    zh: str,
    en: str,
    unit: str,
    *,
    need: bool = False,
    also: tuple[str, ...] = (),
    check: str = "",
    example: str = "0",
    about: Text | None = None,
) -> Field:
    """A numeric column called `name`, in `unit`."""
    return Field(name, kind, Text(zh, en), unit, also, need, check, example, about)


def flag(
    name: str,
    zh: str,
    en: str,
    *,
    need: bool = False,
    also: tuple[str, ...] = (),
    example: str = "是",
    about: Text | None = None,
) -> Field:
    """A yes-or-no column called `name`: a choice that files in either language spell alike."""
    return Field(name, Kind.FLAG, Text(zh, en), also=also, required=need, example=example, about=about)


def month(name: str, zh: str, en: str, *, also: tuple[str, ...] = (), example: str = "2026-06") -> Field:
    """A required month called `name`, kept as its first day."""
    return Field(name, Kind.MONTH, Text(zh, en), also=also, example=example)
