"""What a target covers is asked where its file leaves it open: rows that stand months apart may be a month's or more.

A file in which one month follows another is monthly and is not asked; one that says it in a column is not either.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from data.contract import Choice, Dataset
from data.datasets.targets import CALENDAR, COVERS, ONE_MONTH, ONWARD
from data.ingest.plan import Plan
from data.ingest.shapes import Option, Question, WrongAnswer
from data.ingest.timing import by_month
from data.text import Text

KEY = "period"
FIELD = COVERS.name
NAMED = 4  # months named in the question
ASK = Text(
    "文件里只有这些月份的目标：{months}。每行的目标管多久？",
    "There are targets of these months only: {months}. How long is the target of a row for?",
)
LABELS = {
    "month": Text("只是当月", "The month alone"),
    "quarter": Text("日期所在的季度", "The calendar quarter of its date"),
    "half-year": Text("日期所在的半年", "The half-year of its date"),
    "year": Text("日期所在的年度", "The calendar year of its date"),
    **{c.value: Text(f"从当月起的 {n} 个月", f"The {n} months that begin with it") for n, c in ONWARD.items()},
}
SAID = Text("没写周期的目标按“{covers}”读取。", "Targets that do not say their period are read as: {covers}.")


def is_asked_of(dataset: Dataset) -> bool:
    """Whether its rows may cover several months."""
    return dataset.has(FIELD)


def apart(plan: Plan) -> str:
    """SQL: how many rows without a period lie in each month; NULL where the dataset has no periods."""
    if not is_asked_of(plan.dataset):
        return "NULL"
    silent = f'"{FIELD}" IS NULL' if FIELD in plan.columns else "true"
    return by_month(f'"{plan.dataset.dated}"') + f" FILTER (WHERE {silent})"


def said(dataset: Dataset, answers: Mapping[str, str]) -> dict[str, str]:
    """What the field holds in rows that say nothing."""
    return {FIELD: answers[KEY]} if is_asked_of(dataset) and KEY in answers else {}


def question(months: Mapping[int, int], dataset: Dataset, answers: Mapping[str, str]) -> list[Question]:
    """What is open; `months` counts the rows without a period, by month as in `timing.Months`. Raises `WrongAnswer`."""
    if answers.get(KEY, ONE_MONTH.value) not in LABELS:
        raise WrongAnswer(f"{KEY} is answered {answers[KEY]!r}; it takes one of {list(LABELS)}")
    found = sorted(months)
    if not is_asked_of(dataset) or KEY in answers or not is_open(found):
        return []
    dots = " …" if len(found) > NAMED else ""
    named = [f"{date(month // 12, month % 12 + 1, 1):%Y-%m}" for month in found[:NAMED]]
    options = tuple(Option(choice.value, LABELS[choice.value]) for choice in offered(found))
    return [Question(KEY, ASK.fill(months=Text("、".join(named) + dots, ", ".join(named) + dots)), options)]


def is_open(months: list[int]) -> bool:
    """Whether no month follows another; a single month only where it begins a quarter, as a target of more would."""
    if len(months) == 1:
        return months[0] % min(CALENDAR) == 0
    return bool(months) and all(later - earlier > 1 for earlier, later in pairwise(months))


def offered(months: list[int]) -> list[Choice]:
    """What a row may cover: its month, the calendar period as long as most gaps and, where some row does not begin
    one, as many months from it on; a single month every calendar period that it begins."""
    if len(months) == 1:
        return [ONE_MONTH, *(choice for n, choice in CALENDAR.items() if months[0] % n == 0)]
    gaps = Counter(later - earlier for earlier, later in pairwise(months))
    usual = min(gaps, key=lambda gap: (-gaps[gap], gap))
    length = min(CALENDAR, key=lambda n: abs(n - usual))
    inside = any(month % length for month in months)
    return [ONE_MONTH, CALENDAR[length], *([ONWARD[length]] if inside else [])]


def notes(months: Mapping[int, int], answers: Mapping[str, str]) -> tuple[Text, ...]:
    """How rows without a period were read, where that was told."""
    return (SAID.fill(covers=LABELS[answers[KEY]]),) if months and KEY in answers else ()
