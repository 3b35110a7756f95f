"""What do people at the pilots praise, and what do they complain about?

The feedback cards of one trial by theme: over all, by account, by role, and by role at an account. A role of which an
account has fewer than three cards is not shown there, nor by theme, so that nobody can be told from the counts.

Units: cards.
Source: `feedback`, `trials`; see `cards.sql`; word lists in analytics/trials/words.py; docs/methods.md.
Duty: 3, trials of new products.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.trials.opinions import Opinion, called, read
from analytics.trials.words import OTHER
from data.store import Store
from data.text import Text

QUESTION = Text("试点的人夸什么、骂什么？", "What do people at the pilots praise, and what do they complain about?")
CAPTION = Text("提到的卡片数，左为不满，右为满意", "Cards by theme: dissatisfied to the left, satisfied to the right")
MEANING = Text(
    "评分 4、5 为满意，1、2 为不满，3 为一般；没打分的按用词判断（夸的词多于骂的为满意，反之不满），用词表公开，“不吵”"
    "算夸。没写主题的按用词归类。同一客户同一角色不到 3 张时不细分角色，以免认出是谁。",
    "A score of 4 or 5 is satisfied, 1 or 2 dissatisfied, 3 neither. Without a score the words decide, by open lists: "
    "more praise than blame is satisfied; “not noisy” is praise. Without a theme the words name it. A role of which "
    "an account has fewer than three cards is not shown, so that nobody can be told from the counts.",
)
NEEDS = ("feedback", "trials")
View = Literal["theme", "account", "role", "cell"]
HEAD = Text(
    "{n} 张卡：{good} 张满意，{bad} 张不满，{even} 张一般",
    "{n} cards: {good} satisfied, {bad} dissatisfied, {even} neither",
)
MOST = Text(
    "骂得最多的是{theme}：{bad} 张不满，{good} 张满意", "Most complaints: {theme}, {bad} against {good} satisfied"
)
BEST = Text(
    "夸得最多的是{theme}：{good} 张满意，{bad} 张不满", "Most praise: {theme}, {good} against {bad} dissatisfied"
)
READ = Text("{n} 张没有打分，按用词判断", "{n} had no score and were judged by their words")
HELD = Text(
    "{n} 张的角色不细分：同一客户同一角色不到 3 张",
    "The role of {n} is not shown: an account has fewer than three cards of it",
)
BAD, GOOD = Text("不满", "Dissatisfied"), Text("满意", "Satisfied")


@dataclass(frozen=True, slots=True)
class Row:
    """A theme in one view: over all, at an account, of a role, or of a role at an account ("" where it is all)."""

    view: View
    theme: str
    theme_en: str
    account: str
    name: str
    name_en: str
    role: str  # "" in the views role and cell: too few of it to be shown
    role_en: str
    satisfied: int
    neutral: int
    dissatisfied: int
    by_words: int  # of these judged by words
    held: int  # of these without their role

    @property
    def cards(self) -> int:
        """All of them."""
        return self.satisfied + self.neutral + self.dissatisfied

    @property
    def themed(self) -> Text:
        """The theme in both languages."""
        return Text(self.theme, self.theme_en)


def ask(store: Store, scope: Scope) -> list[Row]:
    """View by view, themes by how much more they are praised than blamed, the rest last."""
    found = read(store, scope)
    views: dict[View, Callable[[Opinion], tuple[str, str]]] = {
        "theme": lambda o: ("", ""),
        "account": lambda o: (o.card.account, ""),
        "role": lambda o: ("", o.role),
        "cell": lambda o: (o.card.account, o.role),
    }
    net: Counter[str] = Counter()
    for o in found:
        net[o.theme] += (o.verdict == "satisfied") - (o.verdict == "dissatisfied")
    rows = [row for view, of in views.items() for row in _counted(view, found, of)]
    place = {view: n for n, view in enumerate(views)}
    return sorted(rows, key=lambda r: (place[r.view], r.account, r.role, r.theme == OTHER, -net[r.theme], r.theme))


def _counted(view: View, found: Sequence[Opinion], of: Callable[[Opinion], tuple[str, str]]) -> list[Row]:
    """The counts of one view."""
    groups: dict[tuple[str, str, str], list[Opinion]] = {}
    for o in found:
        groups.setdefault((*of(o), o.theme), []).append(o)
    return [_row(view, *key, some) for key, some in groups.items()]


def _row(view: View, account: str, role: str, theme: str, some: Sequence[Opinion]) -> Row:
    counts = Counter(o.verdict for o in some)
    one = some[0].card
    by_role = view in ("role", "cell")
    return Row(
        view=view, theme=called(theme).zh, theme_en=called(theme).en, account=account,
        name=one.name if account else "", name_en=one.name_en if account else "",
        role=role, role_en=called(role).en if by_role else "",
        satisfied=counts["satisfied"], neutral=counts["neutral"], dissatisfied=counts["dissatisfied"],
        by_words=sum(o.by_words for o in some), held=sum(not o.role and bool(o.card.role) for o in some),
    )  # fmt: skip


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """All cards, the theme most blamed and the one most praised; what was judged by words, what is not shown."""
    themes = [r for r in rows if r.view == "theme"]
    if not themes:
        return []
    good, bad, even = (sum(getattr(r, side) for r in themes) for side in ("satisfied", "dissatisfied", "neutral"))
    head = HEAD.fill(n=good + bad + even, good=good, bad=bad, even=even)
    found = [Finding("rain" if bad > good else "fair", head)]
    named = [r for r in themes if r.theme != OTHER]
    blamed = max(named, key=lambda r: r.dissatisfied, default=None)
    praised = max(named, key=lambda r: r.satisfied, default=None)
    if blamed is not None and blamed.dissatisfied:
        found.append(Finding("rain", _of(MOST, blamed)))
    if praised is not None and praised.satisfied:
        found.append(Finding("fair", _of(BEST, praised)))
    if read_ := sum(r.by_words for r in themes):
        found.append(Finding("change", READ.fill(n=read_)))
    if held := sum(r.held for r in themes):
        found.append(Finding("change", HELD.fill(n=held)))
    return found


def _of(text: Text, row: Row) -> Text:
    return text.fill(theme=row.themed, good=row.satisfied, bad=row.dissatisfied)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """Each theme to both sides of nothing, the most praised on top."""
    items = [(r.themed, r.dissatisfied, r.satisfied) for r in rows if r.view == "theme"]
    return charts.opposed(items, look, BAD, GOOD)
