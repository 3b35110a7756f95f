"""What exactly did people at the pilots say?

The original words behind the counts of `trials.cards`: by theme the newest cards that take a side and say why, then
others; the very same words once with how many cards say them; with account, role, week of the trial, score, and the
words that the lists know.

Units: cards; score in points of 5.
Source: `feedback`, `trials`; see `cards.sql`; word lists in analytics/trials/words.py.
Duty: 3, trials of new products.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, OfAccount, Scope
from analytics.charts.theme import Look
from analytics.numbers import MINUS
from analytics.trials import cards
from analytics.trials.opinions import Opinion, Verdict, called, read
from analytics.trials.weeks import nth
from data.store import Store
from data.text import Text, same

QUESTION = Text("试点的人原话怎么说？", "What exactly did people at the pilots say?")
CAPTION = Text("说同一句话的卡片数，张", "Cards that say the very same words")
MEANING = Text(
    "每个主题列出最新的几张有态度的卡，原文照录；同样的话只列一次，并数出有几张。用词一列是词表认出的词：＋为夸，−为骂。",
    "By theme the newest cards that take a side, as they were written; the very same words once, with the number of "
    "cards. The words that the lists know stand beside: + is praise, − blame.",
)
NEEDS = ("feedback", "trials")
BUILDS_ON = (cards,)
EACH = 4  # voices of a theme: enough to hear it, few enough to read
SHOWN, LONG = 8, 28  # bars in the figure; characters of a sentence in it
LIKED = Text("{theme}，满意：“{words}”（{who}，第 {week} 周）", "{theme}, satisfied: “{words}” ({who}, week {week})")
DISLIKED = Text(
    "{theme}，不满：“{words}”（{who}，第 {week} 周）", "{theme}, dissatisfied: “{words}” ({who}, week {week})"
)
NEUTRAL = Text("{n} 句话都没有明显的态度", "None of {n} voices takes a side")
BY = Text("{account}{role}", "{account}, {role}")
MOODS: dict[Verdict, Text] = {
    "satisfied": Text("满意", "Satisfied"),
    "neutral": Text("一般", "Neither"),
    "dissatisfied": Text("不满", "Dissatisfied"),
}


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """One voice."""

    theme: str
    theme_en: str
    account: str
    name: str
    name_en: str
    role: str  # "" where it is not shown
    role_en: str
    given_on: date
    week: int  # of the trial, from 1
    score: int | None  # points of 5
    mood: Verdict
    words: str
    hits: str  # the words that the lists know, each with + or −
    cards: int  # that say the very same

    @property
    def themed(self) -> Text:
        """The theme in both languages."""
        return Text(self.theme, self.theme_en)

    @property
    def who(self) -> Text:
        """Account and role, as far as it is shown."""
        return BY.fill(account=self.called, role=Text(self.role, self.role_en)) if self.role else self.called


def ask(store: Store, scope: Scope) -> list[Row]:
    """Theme by theme, those with the most cards first; in each the newest that take a side."""
    found = [o for o in read(store, scope) if o.card.words.strip()]
    often = Counter(o.theme for o in found)
    said = Counter((o.theme, o.card.words.strip()) for o in found)
    newest: dict[tuple[str, str], Opinion] = {}
    for o in sorted(found, key=lambda o: not o.telling):  # else in the order of the days
        newest.setdefault((o.theme, o.card.words.strip()), o)
    rows: list[Row] = []
    for theme in sorted(often, key=lambda name: (-often[name], name)):
        mine = [o for (name, _), o in newest.items() if name == theme]
        telling = sorted(mine, key=lambda o: (not o.telling, o.verdict == "neutral"))[:EACH]
        rows += [_row(o, said[theme, o.card.words.strip()]) for o in telling]
    return rows


def _row(o: Opinion, cards_: int) -> Row:
    card, theme = o.card, called(o.theme)
    marked = (f"{hit.said} {'+' if hit.mood == 'good' else MINUS}" for hit in o.hits)
    return Row(
        theme=theme.zh, theme_en=theme.en, account=card.account, name=card.name, name_en=card.name_en,
        role=o.role, role_en=called(o.role).en if o.role else "", given_on=card.given_on,
        week=nth(card.given_on, card.starts_on), score=card.score, mood=o.verdict, words=card.words.strip(),
        hits=" · ".join(marked), cards=cards_,
    )  # fmt: skip


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Of each theme the newest blame, then the newest praise."""
    found: list[Finding] = []
    for mood, text in (("dissatisfied", DISLIKED), ("satisfied", LIKED)):
        first: dict[str, Row] = {}
        for row in rows:
            if row.mood == mood:
                first.setdefault(row.theme, row)
        for row in first.values():
            told = text.fill(theme=row.themed, words=same(row.words), who=row.who, week=row.week)
            found.append(Finding("rain" if mood == "dissatisfied" else "fair", told, 0.0, row.account, row.called))
    return found or [Finding("change", NEUTRAL.fill(n=len(rows)))] * bool(rows)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """How many cards say the same, the most frequent first."""
    top = sorted(rows, key=lambda r: (-r.cards, r.words))[:SHOWN]
    items = [(r.words if len(r.words) <= LONG else r.words[:LONG] + "…", float(r.cards)) for r in top]
    return charts.amounts(items, look, CAPTION, 0)
