"""Whether a file's money is with tax or net: said by the header, by the columns beside it, or asked once a file."""

import re
from collections.abc import Mapping, Sequence

from data.contract import Dataset, plain
from data.datasets.headers import HEADERS
from data.ingest.shapes import Option, Question, WrongAnswer
from data.text import Text

KEY = "tax_basis"
WITH_TAX, NET, UNKNOWN = "with_tax", "net", "unknown"
GENERIC = frozenset(
    {"金额", "amount", "sales", "salesamount", "销售额", "销售金额", "销售收入", "linetotal", "开票金额", "发票金额"}
)  # say nothing of tax
NET_WORDS = re.compile(r"不含税|未税|无税|net|excl", re.IGNORECASE)
TAX_WORDS = re.compile(r"含税|价税|incl|gross", re.IGNORECASE)
ASK = Text("“{header}”是含税的，还是不含税的？", "Is “{header}” with tax or net of tax?")
ANSWERS = (
    Option(WITH_TAX, Text("含税", "With tax")),
    Option(NET, Text("不含税", "Net of tax")),
    Option(UNKNOWN, Text("不知道，照原样读并注明", "Not known: read it as it is and say so")),
)
NOTES = {
    WITH_TAX: Text("金额按含税读取（{header}）。", "Amounts are with tax ({header})."),
    NET: Text("金额按不含税读取（{header}）。", "Amounts are net of tax ({header})."),
    UNKNOWN: Text("不知道“{header}”是否含税。", "It is not known whether “{header}” is with tax."),
}


def basis(dataset: Dataset, mapping: Mapping[str, str], headers: Sequence[str], answer: str = "") -> str:
    """with_tax | net | unknown, "" when it must be asked, or when the dataset has no money from sales documents.

    Raises `WrongAnswer`.
    """
    header = mapping.get(dataset.amount, "") if is_asked_of(dataset) else ""
    if answer and answer not in NOTES:
        raise WrongAnswer(f"{KEY} is answered {answer!r}; it takes one of {sorted(NOTES)}")
    return (answer or _said(header) or _beside(header, headers)) if header else ""


def questions(
    dataset: Dataset, mapping: Mapping[str, str], headers: Sequence[str], answers: Mapping[str, str]
) -> list[Question]:
    """The question about the header that feeds the amount, unless it or its neighbours say it."""
    header = mapping.get(dataset.amount, "")
    if not header or not is_asked_of(dataset) or basis(dataset, mapping, headers, answers.get(KEY, "")):
        return []
    return [Question(KEY, ASK.fill(header=header), ANSWERS)]


def is_asked_of(dataset: Dataset) -> bool:
    """Whether its amounts are those of sales documents, which may be either."""
    return bool(dataset.amount) and set(HEADERS["amount_tax"]) <= set(dataset.field(dataset.amount).also)


def _said(header: str) -> str:
    word = plain(header)
    if NET_WORDS.search(header) or (word in HEADERS["amount_net"] and word not in GENERIC):
        return NET
    return WITH_TAX if TAX_WORDS.search(header) or word in HEADERS["amount_tax"] else ""


def _beside(header: str, headers: Sequence[str]) -> str:
    """What a plain 金额 is beside another amount that says it: the other one."""
    others = {_said(other) for other in headers if other != header and _is_amount(other)}
    return NET if others == {WITH_TAX} else WITH_TAX if others == {NET} else ""


def _is_amount(header: str) -> bool:
    return plain(header) in HEADERS["amount_tax"] + HEADERS["amount_net"]
