"""Days that are questioned: those after the day of upload, and a few that lie far away from all others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.contract import Dataset
from data.ingest.shapes import Option, Question, WrongAnswer
from data.text import Text

FUTURE, JUMP = "future", "jump"  # keys of the questions
KEEP, BACK = "keep", "hand_back"
GAP = 12  # months without a row, between the bulk of a file and what is far away
FEW = 0.05  # of the rows; more than that is no slip
ASK_FUTURE = Text(
    "有 {count:,} 行的日期晚于上传日 {today}。要保留吗？", "{count:,} rows are dated after {today}, today. Keep them?"
)
ASK_JUMP = Text(
    "有 {count:,} 行的日期（{far}）离其余各行（{since} 至 {until}）很远。要保留吗？",
    "{count:,} rows ({far}) lie far away from all others ({since} to {until}). Keep them?",
)
ANSWERS = (
    Option(KEEP, Text("保留", "Keep them")),
    Option(BACK, Text("退回这些行", "Hand them back")),
)
KEPT = Text("有 {count:,} 行的日期晚于 {today}。", "{count:,} rows are dated after {today}.")
NAMED = 3  # months named


@dataclass(frozen=True, slots=True)
class Months:
    """How many rows lie in each month (counted as year * 12 + month - 1), and how many after the day of upload."""

    counts: Mapping[int, int]
    after_today: int

    def far(self) -> tuple[list[int], tuple[int, int]]:
        """(months that lie far away, first and last month of the others); no months when they are too many."""
        clusters: list[list[int]] = []
        for month in sorted(self.counts):
            if not clusters or month - clusters[-1][-1] > GAP:
                clusters.append([])
            clusters[-1].append(month)
        bulk = max(clusters, key=lambda cluster: sum(self.counts[month] for month in cluster))
        rest = [month for month in sorted(self.counts) if month not in bulk]
        few = sum(self.counts[month] for month in rest) <= FEW * sum(self.counts.values())
        return (rest if few else []), (bulk[0], bulk[-1])


def questions(months: Months, dataset: Dataset, answers: Mapping[str, str], today: date) -> list[Question]:
    """What is open. Raises `WrongAnswer`."""
    for key in (FUTURE, JUMP):
        if answers.get(key, KEEP) not in (KEEP, BACK):
            raise WrongAnswer(f"{key} is answered {answers[key]!r}; it takes {KEEP!r} or {BACK!r}")
    found = []
    if dataset.happened and months.after_today and FUTURE not in answers:
        found.append(Question(FUTURE, ASK_FUTURE.fill(count=months.after_today, today=today), ANSWERS))
    if dataset.happened and months.counts and JUMP not in answers:
        far, (first, last) = months.far()
        if far:
            named = ", ".join(f"{_day(month):%Y-%m}" for month in far[:NAMED])
            count = sum(months.counts[month] for month in far)
            span = {"since": f"{_day(first):%Y-%m}", "until": f"{_day(last):%Y-%m}"}
            found.append(Question(JUMP, ASK_JUMP.fill(count=count, far=named, **span), ANSWERS))
    return found


def window(months: Months, answers: Mapping[str, str], today: date) -> tuple[date, date]:
    """First and last day that is kept; whatever lies outside is handed back."""
    since, until = date.min, date.max
    if answers.get(JUMP) == BACK and months.counts:
        _, (first, last) = months.far()
        since, until = _day(first), date.fromordinal(_day(last + 1).toordinal() - 1)
    return since, min(until, today) if answers.get(FUTURE) == BACK else until


def by_month(dated: str) -> str:
    """SQL: how many rows lie in each month, counted as in `Months`; `dated` is a column."""
    return f"histogram(year({dated}) * 12 + month({dated}) - 1)"


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
