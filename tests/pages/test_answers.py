"""Answers are worked out once for one version of the data, one scope and one look, and are shared as they are."""

from dataclasses import FrozenInstanceError, dataclass, fields
from datetime import date
from types import SimpleNamespace

import plotly.graph_objects as go
import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data

from analytics import questions
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from data.text import Text
from pages.ui import answers, state

ZH = Look("zh")
JUNE, MAY = Scope(date(2026, 6, 30)), Scope(date(2026, 5, 31))


@dataclass(frozen=True, slots=True)
class Row:
    """One answer."""

    turn: int


class Question(SimpleNamespace):
    """A question that counts how often it is asked, said and drawn."""

    NEEDS = ("sales",)

    def __init__(self, name: str):
        super().__init__(__name__=name, asked=0, spoken=0, drawings=0)

    def ask(self, _store, _scope):
        self.asked += 1
        return [Row(self.asked)]

    def say(self, rows, _scope):
        self.spoken += 1
        return [Finding("fair", Text(f"第{rows[0].turn}次", f"turn {rows[0].turn}"))]

    def draw(self, rows, look):
        self.drawings += 1
        return go.Figure(go.Bar(x=[rows[0].turn], name=look.lang))


@pytest.fixture
def question(monkeypatch, request):
    """A question of one test's own, on data of version "1"; `answers` finds it by its name as it does a module."""
    made = Question(request.node.name)
    monkeypatch.setitem(answers.sys.modules, made.__name__, made)  # type: ignore[arg-type]
    at(monkeypatch, "1")
    return made


def at(monkeypatch, version: str, loaded: tuple[str, ...] = ("sell_out",), look: Look = ZH) -> None:
    monkeypatch.setattr(state, "version", lambda: version)
    monkeypatch.setattr(state, "store", lambda: None)
    monkeypatch.setattr(state, "flow", lambda: "sell_out")
    monkeypatch.setattr(state, "has", lambda name: name in loaded)
    monkeypatch.setattr(state, "look", lambda: look)


def test_rows_are_asked_for_once_and_handed_out_as_the_same_tuple(question):
    first = answers.rows_of(question, JUNE)

    assert first == (Row(1),)
    assert answers.rows_of(question, Scope(date(2026, 6, 30))) is first and question.asked == 1


@pytest.mark.parametrize("other", [MAY, Scope(JUNE.as_of, "sell_in"), Scope(JUNE.as_of, "sell_out", ("A",))])
def test_another_scope_has_its_own_rows(question, other):
    answers.rows_of(question, JUNE)

    assert answers.rows_of(question, other) == (Row(2),)


def test_newer_data_is_asked_anew_for_rows_sentences_and_figures(question, monkeypatch):
    answers.rows_of(question, JUNE), answers.findings(question, JUNE), answers.drawn(question, JUNE)
    at(monkeypatch, "2")

    assert answers.rows_of(question, JUNE) == (Row(2),)
    assert answers.findings(question, JUNE)[0].text.en == "turn 2"
    assert answers.drawn(question, JUNE).data[0].x == (2,)


def test_a_figure_is_drawn_once_for_each_language_and_theme(question, monkeypatch):
    looks = [ZH, Look("en"), Look("zh", dark=True)]
    for look in [*looks, *looks]:
        at(monkeypatch, "1", look=look)
        assert answers.drawn(question, JUNE).data[0].name == look.lang

    assert (question.drawings, question.asked) == (3, 1)


def test_without_its_data_a_question_says_nothing_and_is_not_asked(question, monkeypatch):
    at(monkeypatch, "1", loaded=())

    assert answers.missing(question) == ["sell_out"]
    assert answers.findings(question, JUNE) == () and question.asked == 0


def test_a_download_gives_the_rows_of_the_version_it_was_offered_on(question, monkeypatch):
    [(_, offered)] = answers.later([question], JUNE)
    at(monkeypatch, "2")

    assert answers.rows_of(question, JUNE) == (Row(1),)
    assert offered() == (Row(2),)  # not those of version "2"


@pytest.mark.parametrize("asked", questions().values(), ids=questions())
def test_what_is_shared_cannot_be_changed_by_showing_it(asked, demo, demo_scope):
    rows = asked.ask(demo, demo_scope)
    figure = asked.draw(rows, ZH)
    before = plotly.io.to_json(figure)

    plotly.io.to_json(return_figure_from_figure_or_data(figure, validate_figure=True), validate=False)

    assert plotly.io.to_json(figure) == before
    with pytest.raises((FrozenInstanceError, TypeError)):  # TypeError: a slots class made by dataclass, in Python 3.11
        setattr(rows[0], fields(rows[0])[0].name, None)
