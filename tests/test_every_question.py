"""What any question must keep, so that a new one is covered the day it is added."""

import inspect
import re
import string
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import plotly.graph_objects as go
import pytest
import sqlglot
from sqlglot import exp

from analytics import questions
from analytics.answer import Finding, Scope
from analytics.asking import EITHER
from analytics.charts.theme import Look
from analytics.columns import COLUMNS
from data.datasets import BY_NAME
from data.marts import FLOWS, KEPT, MARTS
from data.store import Store
from data.text import LANGS, Text

SCOPES = (Scope(date(2026, 3, 31)), Scope(date(2026, 3, 15), "sell_in", ("A",), ("E",), ("washers",)))
VIEW_READS = {"sales": ("sell_out", "sell_in")}
every_question = pytest.mark.parametrize("question", questions().values(), ids=questions())


def sql_of(question: ModuleType) -> Path:
    return Path(str(question.__file__)).with_suffix(".sql")


def tables_read(question: ModuleType) -> set[str]:
    """The datasets behind the tables, marts and views that a question's own SQL and those it builds on name."""
    marts = {mart.name: mart.reads for mart in (*MARTS, *KEPT)} | VIEW_READS
    read: set[str] = set()
    for part in (question, *getattr(question, "BUILDS_ON", ())):
        if sql_of(part).exists():
            tree = sqlglot.parse_one(sql_of(part).read_text(encoding="utf-8"), dialect="duckdb")
            named = {t.name for t in tree.find_all(exp.Table)} - {c.alias for c in tree.find_all(exp.CTE)}
            read |= {dataset for name in named for dataset in marts.get(name, (name,)) if dataset in BY_NAME}
    return read


@every_question
def test_has_the_four_parts(question):
    assert isinstance(question.QUESTION, Text)
    assert is_dataclass(question.Row)
    assert all(inspect.isfunction(getattr(question, part)) for part in ("ask", "say", "draw"))


@every_question
def test_says_what_its_figure_shows_how_it_is_meant_and_what_its_columns_are_called(question):
    assert isinstance(question.CAPTION, Text)
    assert isinstance(question.MEANING, Text)
    assert {field.name for field in fields(question.Row)} <= set(COLUMNS)


@every_question
def test_docstring_gives_units_source_and_duty(question):
    assert all(word in question.__doc__ for word in ("Units:", "Source:", "Duty:"))
    assert question.__doc__.splitlines()[0].endswith("?")


@every_question
def test_has_its_sql_or_says_what_it_builds_on(question):
    assert sql_of(question).exists() or question.BUILDS_ON


@every_question
def test_sql_opens_with_what_grain_units_and_parameters(question):
    if sql_of(question).exists():
        head = sql_of(question).read_text(encoding="utf-8").split("WITH")[0].split("SELECT")[0]
        assert all(word in head for word in ("-- Grain:", "Units:", "-- Params:"))


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store; a question only reads."""
    opened = Store(tmp_path_factory.mktemp("nothing"), memory_mb=256)
    yield opened
    opened.close()


@every_question
@pytest.mark.parametrize("scope", SCOPES, ids=("all", "narrow"))
def test_an_empty_store_yields_no_rows_no_findings_and_a_drawable_figure(question, scope: Scope, nothing: Store):
    rows = question.ask(nothing, scope)

    assert rows == []
    assert question.say(rows, scope) == []
    for lang in LANGS:
        assert isinstance(question.draw(rows, Look(lang)), go.Figure)
    assert nothing.version() == ()


@every_question
def test_both_languages_have_the_same_slots_and_chinese_punctuation(question):
    def slots(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    texts = [t for t in vars(question).values() if isinstance(t, Text)]
    assert texts
    for text in texts:
        assert slots(text.zh) == slots(text.en), text
        assert not re.search(r"[\u4e00-\u9fff][,:;?!]", text.zh), text
        assert not re.search(r"[\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]", text.en), text


@every_question
def test_needs_are_the_datasets_its_sql_reads(question):
    extra = {dataset for name in getattr(question, "ENRICHED_BY", ()) for dataset in (name,)}
    wanted = {dataset for name in question.NEEDS for dataset in EITHER.get(name, (name,))}
    # names of accounts and products come from their masters, or from the sales files where there is no master
    optional = extra | {"accounts", "products"}
    optional |= set(FLOWS) if wanted & set(FLOWS) else set()  # the sales marts hold both kinds

    assert wanted <= tables_read(question) <= wanted | optional
    assert extra <= tables_read(question)


@every_question
def test_every_field_of_a_row_has_a_type_that_travels(question):
    for field in fields(question.Row):
        assert not any(word in str(field.type) for word in ("Any", "object", "dict", "DataFrame")), field


@every_question
def test_answers_on_the_demo_company_in_both_languages_without_markup(question, demo: Store, demo_scope: Scope):
    rows = question.ask(demo, demo_scope)
    found = question.say(rows, demo_scope)

    assert rows
    assert found
    for finding in found:
        assert isinstance(finding, Finding)
        assert "{" not in finding.text.zh + finding.text.en
        assert not re.search(r"\bnan\b", (finding.text.zh + " " + finding.text.en).lower())
    light, dark = question.draw(rows, Look("zh")), question.draw(rows, Look("en", dark=True))
    assert light.to_json() != dark.to_json()
    assert (
        question.draw(rows, Look("zh")).to_json() == light.to_json()
    )  # byte-identical, so that reruns send a reference


@every_question
def test_every_value_in_its_sql_is_a_parameter(question):
    if sql_of(question).exists():
        assert "{" not in sql_of(question).read_text(encoding="utf-8")
