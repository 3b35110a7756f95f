"""What an analyst should know of rows that are loaded all the same: repeats, negatives, contradictions, outliers."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from data.contract import plain
from data.datasets.headers import HEADERS
from data.ingest.plan import Plan, is_code
from data.ingest.shapes import Option, Question, WrongAnswer
from data.ingest.timing import KEPT
from data.text import Text

ROUND_COUNTS = frozenset(
    {1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 65_535, 100_000, 1_048_575}
)  # rows at which exports stop
TOP = 6  # the largest figures that are compared
BEYOND = 100  # times the last of them
EXACT = 15  # digits that a spreadsheet keeps of a number
DUPLICATES = Text(
    "有 {count:,} 行与其他行完全相同，仍已计入。",
    "{count:,} rows repeat another row exactly; they are counted all the same.",
)
TWICE, KEEP, ONCE = "twice", "keep", "once"  # key and answers of the question whether a table was pasted twice
MANY = 10  # rows of which all repeat another one: fewer may by chance
ASK_TWICE = Text(
    "{count:,} 行里每一行都出现两次，像是整张表贴了两遍。怎么办？",
    "Each of {count:,} rows is there twice, as if the table had been pasted in twice. What is to be done?",
)
ANSWERS = (
    Option(ONCE, Text("只算一遍，其余退回", "Count it once, hand the others back")),
    Option(KEEP, Text("都是真的，都算", "They are real: count all")),
)
TRUNCATED = Text(
    "正好 {count:,} 行，导出可能在此截断，请核对。",
    "Exactly {count:,} rows: the export may have been cut off there; please check.",
)
NEGATIVE = Text("有 {count:,} 行的“{field}”是负数。", "{count:,} rows have a negative “{field}”.")
SIGNS = Text("有 {count:,} 行的数量和金额正负相反。", "In {count:,} rows quantity and amount have opposite signs.")
PRICED = Text(
    "有 {count:,} 行的金额不等于数量 × “{header}”。", "In {count:,} rows the amount is not quantity × “{header}”."
)
OUTLIER = Text(
    "“{field}”里最大的数是 {most}，是第 {top} 大的 {times:,} 倍，请核对。",
    "The largest “{field}” is {most}, {times:,} times the one in place {top}; please check.",
)
ROUNDED = Text(
    "“{field}”里有超过 15 位的编码，末位都是 0：可能被 Excel 改过，请按文本导出。",
    "“{field}” holds codes of more than 15 digits that end in 0: Excel may have rounded them; export them as text.",
)


def looks(plan: Plan) -> dict[str, str]:
    """What to ask of the good rows: {name: SQL aggregate}."""
    dataset, has = plan.dataset, plan.columns
    qty, amount = f'"{dataset.quantity}"', f'"{dataset.amount}"'
    asked = {}
    for name in (n for n in (dataset.quantity, dataset.amount) if n in has):
        asked[f"top_{name}"] = f'max(abs("{name}"), {TOP})'
    if dataset.quantity in has:
        asked["negative"] = f"count_if({qty} < 0)"
    if dataset.quantity in has and dataset.amount in has:
        asked["signs"] = f"count_if(sign({qty}) * sign({amount}) < 0)"
        if at := _price(plan):
            product = f"{qty}::DOUBLE * TRY_CAST(replace(c{at[0]}, ',', '') AS DOUBLE)"
            asked["priced"] = f"count_if(abs({product} - {amount}) > 0.05 + 0.01 * abs({amount}))"
    if plan.source.staged and not plan.source.staged.encoding:  # a workbook
        pattern = f"'[0-9]{{{EXACT}}}[0-9]*0'"
        codes = (f for f in plan.mapped if is_code(dataset, f))
        asked |= {f"rounded_{f.name}": f'bool_or(regexp_full_match("{f.name}", {pattern}))' for f in codes}
    return asked


def questions(seen: Mapping[str, Any], answers: Mapping[str, str]) -> list[Question]:
    """Whether a table that stands in its file twice counts twice. Raises `WrongAnswer`."""
    if answers.get(TWICE, KEEP) not in (KEEP, ONCE):
        raise WrongAnswer(f"{TWICE} is answered {answers[TWICE]!r}; it takes {KEEP!r} or {ONCE!r}")
    is_double = seen["good"] >= MANY and seen["good"] == 2 * seen["distinct_rows"]
    return [Question(TWICE, ASK_TWICE.fill(count=seen["good"]), ANSWERS)] if is_double and TWICE not in answers else []


def remarks(plan: Plan, seen: Mapping[str, Any], rows_in: int, today: date) -> Iterator[Text]:
    """One sentence for each thing found; `seen` has what `looks` asked for, `good`, `distinct_rows` and `future`."""
    dataset = plan.dataset
    if seen["good"] > seen["distinct_rows"]:
        yield DUPLICATES.fill(count=seen["good"] - seen["distinct_rows"])
    if seen["future"]:
        yield KEPT.fill(count=seen["future"], today=today.isoformat())
    if rows_in in ROUND_COUNTS:
        yield TRUNCATED.fill(count=rows_in)
    if seen.get("negative"):
        yield NEGATIVE.fill(count=seen["negative"], field=dataset.field(dataset.quantity).label)
    if seen.get("signs"):
        yield SIGNS.fill(count=seen["signs"])
    if seen.get("priced"):
        price = _price(plan)
        assert price
        yield PRICED.fill(count=seen["priced"], header=price[1])
    for f in plan.mapped:
        if seen.get(f"rounded_{f.name}"):
            yield ROUNDED.fill(field=f.label)
        yield from _outlier(f.label, seen.get(f"top_{f.name}") or [])


def _outlier(label: Text, top: list[Decimal]) -> Iterator[Text]:
    """Whether the largest figure is out of all proportion to the next few."""
    if len(top) == TOP and top[-1] > 0 and top[0] >= BEYOND * top[-1]:
        yield OUTLIER.fill(field=label, most=f"{top[0].normalize():,f}", times=int(top[0] / top[-1]), top=TOP)


def _price(plan: Plan) -> tuple[int, str] | None:
    """(column, header) of a price that feeds no field; with or without tax as the amount."""
    staged = plan.source.staged
    assert staged
    used = set(plan.columns.values())
    prices = HEADERS["price_tax"] + HEADERS["price_net"]
    found = [(at, h) for at, h in enumerate(staged.headers) if at not in used and plain(h) in prices]
    return found[0] if len(found) == 1 else None
