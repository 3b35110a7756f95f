"""What the process and a session remember. Only this touches st.session_state and the query string.

The address holds short codes, never labels, so that a link opens in either language: lang=en, p=2026-06 (month),
r (region), a (account code), c (category), f=out or f=in (sell-out or sell-in), w=year (to date, not the month), x
and s (the lines of a key account: sales in CNY, share in %), k, g, v and l (the plan tried for supply: first day of the
peak, growth in %, service in %, lead time in days), t and b (trial, promotion looked at), q, m, d, i, e, o and u (the
promotion tried: SKU, mechanic, depth in %, first day, weeks, fixed cost in CNY, our share in %). Absent means: newest,
all, sell-out, month, usual lines.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

import streamlit as st

from analytics import asking
from analytics.answer import Flow, Scope
from analytics.charts.theme import Look
from data.datasets import BY_NAME
from data.home import Home
from data.shelf import Shelf
from data.shelf import shelf as shelf_of
from data.store import Store
from data.text import LANGS, Lang, Text
from pages.ui.memory import PAGE, SILENT, Data, Memory
from pages.ui.queue import Queue
from pages.ui.register import Register
from pages.ui.wizard import Wizard
from settings import settings

Code = Literal[
    "p", "r", "a", "c", "f", "w", "x", "s", "k", "g", "v", "l", "t", "b", "q", "m", "d", "i", "e", "o", "u"
]  # fmt: skip
CODES: tuple[Code, ...] = get_args(Code)
FLOWS: dict[str, Flow] = {"out": "sell_out", "in": "sell_in"}
ACCOUNTS = "accounts"  # the address of the page that shows one account
MARK = "weatherglass"  # our one key in st.session_state, beside those of widgets


# -- the process ------------------------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False)
def home() -> Home:
    """Where this process keeps its data."""
    return Home(settings().home, settings().memory_mb, settings().engine)


def store() -> Store:
    """The store to read: one's own data, or the demo company's."""
    return home().store()


def uploads() -> Path:
    """Files on their way; swept at every start."""
    return settings().home / "uploads"


@st.cache_resource(show_spinner=False, max_entries=8)
def _data(version: str, _store: Store) -> Data:
    return Data(version, shelf_of(_store), frozenset(name for name in BY_NAME if not _store.is_empty(name)))


def pin() -> None:
    """Look at the data once, at the start of a run: a page then speaks of one version all over."""
    source = store()
    key = repr((home().is_demo, source.version()))
    _memory().data = _data(hashlib.blake2b(key.encode(), digest_size=12).hexdigest(), source)


def _pinned() -> Data:
    if _memory().data is None:
        pin()
    return cast(Data, _memory().data)


def version() -> str:
    """What an answer depends on besides question and scope: whose data it is and how new; part of every cache key."""
    return _pinned().version


def has(dataset: str) -> bool:
    """Whether a dataset holds any row."""
    return dataset in _pinned().loaded


# -- the session ------------------------------------------------------------------------------------------------------


def _memory() -> Memory:
    try:
        return st.session_state[MARK]
    except KeyError:
        st.session_state[MARK] = Memory(_spoken())
        return st.session_state[MARK]


def _spoken() -> Lang:
    """The language of the browser: Chinese of any kind, or English; Chinese when it does not say."""
    locale = st.context.locale or "zh"
    return "zh" if locale.lower().startswith("zh") else "en"


def hear() -> Lang:
    """The language at the start of a run: what the address says, else what was chosen before, else the browser's."""
    memory, asked = _memory(), st.query_params.get("lang")
    if asked in LANGS:
        memory.lang = cast(Lang, asked)
    return memory.lang


def lang() -> Lang:
    """The reader's language, as heard at the start of the run; asked some hundred times in one."""
    return _memory().lang


def speak(code: str) -> None:
    """Switch the language."""
    _memory().lang = cast(Lang, code)
    st.query_params["lang"] = code


def look() -> Look:
    """How to draw: the language, and whether the reader's theme is dark."""
    return Look(lang(), dark=st.context.theme.type == "dark")


def wizard() -> Wizard:
    """The file this session is about to publish."""
    return _memory().wizard


def queue() -> Queue:
    """The files this session brings in together."""
    return _memory().queue


def register() -> Register:
    """The register this session types into."""
    return _memory().register


def undoing() -> str:
    """The batch that the reader is asked about: really undo?"""
    return _memory().undoing


def ask_undo(batch: str) -> None:
    """Ask before a batch is undone; "" withdraws the question."""
    _memory().undoing = batch


def tell(text: Text) -> None:
    """What the next run is to say once."""
    _memory().told = text


def told() -> Text:
    """What is to be said now, and then no more."""
    text, _memory().told = _memory().told, SILENT
    return text


def batches_shown() -> int:
    """How many batches are listed."""
    return _memory().batches


def show_more_batches() -> None:
    """List some more."""
    _memory().batches += PAGE


def widget(key: str, value: object) -> str:
    """Set a widget before it is drawn, and return its key; its value is decided here, not by the widget's memory.

    The language is part of the key: a kept widget loses its value when its labels are translated.
    """
    key = f"{key}-{lang()}"
    st.session_state[key] = value
    return key


def is_new(key: str) -> bool:
    """Whether a widget of this key is not there yet, or no longer: its memory went with the page that was left."""
    return key not in st.session_state


def read(key: str) -> object:
    """What a widget was set to, inside its callback."""
    return st.session_state[key]


# -- the address ------------------------------------------------------------------------------------------------------


def arrive(page: str, *, filtered: bool) -> None:
    """Bring the session and the address in line at the start of a run.

    The menu opens a page without a query string: the session's choices are then written into the address. In every
    other case the address decides, so that links and Back work: what it does not name is not chosen.
    """
    memory, address = _memory(), dict(st.query_params)
    wanted = dict(address)
    if memory.lang != _spoken():
        wanted["lang"] = memory.lang
    if filtered:
        named = {code: address[code] for code in CODES if code in address}
        memory.picks = named or (memory.picks if memory.bound != page else {})
        if page != ACCOUNTS and memory.picks.get("a") == memory.lent:
            memory.picks = {code: value for code, value in memory.picks.items() if code != "a"}
        wanted |= memory.picks
    if wanted != address:
        st.query_params.from_dict(wanted)
    memory.bound = page if filtered else ""


def choose(code: Code, value: str, default: str) -> None:
    """Set a filter; the default leaves the address."""
    picks = _memory().picks
    if code == "a":
        _memory().lent = ""
    if value == default:
        picks.pop(code, None)
        st.query_params.pop(code, None)
    else:
        picks[code] = st.query_params[code] = value


def picked(code: Code, offered: tuple[str, ...], default: str) -> str:
    """What a filter is set to; the default when nothing was chosen or the choice is not on offer (any more)."""
    value = _memory().picks.get(code, default)
    return value if value in offered else default


def open_account(code: str) -> None:
    """Go to an account's page ("": to all of them) with everything else as it is; inside a run, not a callback."""
    memory = _memory()
    memory.lent = code
    others = {key: value for key, value in memory.picks.items() if key != "a"}
    st.switch_page("look/accounts.py", query_params=others | ({"a": code} if code else {}))


# -- the scope --------------------------------------------------------------------------------------------------------


def shelf() -> Shelf:
    """What there is to choose from."""
    return _pinned().shelf


def flows() -> tuple[str, ...]:
    """Codes of the kinds of sales that were loaded."""
    return tuple(code for code, name in FLOWS.items() if name in shelf().flows)


def flow() -> Flow:
    """Which sales are meant: the ones chosen, or those that were loaded; sell-out when both or neither were."""
    loaded = flows()
    return FLOWS[picked("f", loaded, loaded[0] if loaded else "out")]


def months() -> tuple[str, ...]:
    """Months with data of the sales that are meant, newest first, as 2026-06."""
    return tuple(f"{month:%Y-%m}" for month in shelf().months.get(flow(), ()))


def scope() -> Scope:
    """The slice that the filters describe. A month still open in the data ends with its last day of data."""
    choices = shelf()
    return Scope(
        as_of=_as_of(choices),
        flow=flow(),
        accounts=_one(picked("a", tuple(account.code for account in choices.accounts), "")),
        regions=_one(picked("r", choices.regions, "")),
        categories=_one(picked("c", choices.categories, "")),
    )


def _as_of(choices: Shelf) -> date:
    """The last day of the month chosen, by default of the newest with data."""
    offered = months()
    chosen = picked("p", offered, next(iter(offered), ""))
    return asking.as_of(choices, flow(), date.fromisoformat(f"{chosen}-01")) if chosen else asking.NEVER


def _one(code: str) -> tuple[str, ...] | None:
    return (code,) if code else None
