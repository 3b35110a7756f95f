"""What the questions answer, worked out once for all readers of the same data and scope: rows, sentences, figures.

A reader's reach is part of the scope, and so of every key. Everything here is shared, not copied: rows and findings are
frozen, figures are only read. st.cache_data would unpickle them in every rerun (docs/decisions/0007).
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType

import plotly.graph_objects as go
import streamlit as st

from analytics.answer import Cut, Finding, Scope
from analytics.charts.theme import Look
from data.store import Store
from pages.ui import state

SPELLED = {Scope: repr, Look: repr}  # how a key spells them; Streamlit's own way through a dataclass took 5 ms a page
READERS = 17  # scopes that are looked at between two versions of the data: months and accounts
QUESTIONS = 66  # on all pages
LOOKS = 2  # that are common: a language each, and one theme or the other


def rows_of(question: ModuleType, scope: Scope) -> Sequence:
    """A question's rows."""
    return _rows(question.__name__, scope, state.version(), state.store())


def later(questions: Sequence[ModuleType], scope: Scope) -> list[tuple[ModuleType, Callable[[], Sequence]]]:
    """The answerable ones of some questions, each with what fetches its rows of today's data outside a script run."""
    version, store = state.version(), state.store()
    return [(q, partial(_rows, q.__name__, scope, version, store)) for q in questions if answerable(q)]


def missing(question: ModuleType) -> list[str]:
    """The datasets a question needs and nobody has uploaded; "sales" stands for the kind that is looked at."""
    names = [state.flow() if need == "sales" else need for need in question.NEEDS]
    return [name for name in names if not state.has(name)]


def answerable(question: ModuleType) -> bool:
    """Whether all that a question needs is there."""
    return not missing(question)


def findings(question: ModuleType, scope: Scope) -> Sequence[Finding]:
    """A question's sentences, the most urgent first; none when data is missing."""
    return _said(question.__name__, scope, state.version(), state.store()) if answerable(question) else ()


def drawn(question: ModuleType, scope: Scope, form: str = "draw") -> go.Figure:
    """A question's figure as the reader looks at it; `form` names the function that draws. Not to be changed."""
    return _drawn(question.__name__, form, scope, state.look(), state.version(), state.store())


@st.cache_resource(show_spinner=False, hash_funcs=SPELLED, max_entries=QUESTIONS * READERS)
def _rows(question: str, scope: Scope, version: str, _store: Store) -> Sequence:
    found = sys.modules[question].ask(_store, scope)
    return found if isinstance(found, Cut) else tuple(found)


@st.cache_resource(show_spinner=False, hash_funcs=SPELLED, max_entries=QUESTIONS * READERS)
def _said(question: str, scope: Scope, version: str, _store: Store) -> tuple[Finding, ...]:
    return tuple(sys.modules[question].say(_rows(question, scope, version, _store), scope))


@st.cache_resource(show_spinner=False, hash_funcs=SPELLED, max_entries=QUESTIONS * READERS * LOOKS)
def _drawn(question: str, form: str, scope: Scope, look: Look, version: str, _store: Store) -> go.Figure:
    return getattr(sys.modules[question], form)(_rows(question, scope, version, _store), look)
