"""A file beside what is loaded already: codes that its master does not know, aliases and parents that cannot be, and
rows that change what is locked.

Nothing is dropped: an unknown code is loaded under its own name, taken for one that is known, or handed back, and which
of these is asked (`unknown:account`, `unknown:sku`; `alias:<kind>:<code>`). Without a master nothing is unknown.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.codes import SPOKEN, Alias, Meaning, in_force, tangles
from data.ingest import Option, Prepared, Question, Unfit, WrongAnswer, codes, without
from data.likeness import Index, Named, Pair
from data.locks import locked
from data.store import Store
from data.text import Text, same

VETTED = (
    "sell_in",
    "sell_out",
    "stock",
    "orders",
    "own_stock",
    "targets",
)  # datasets whose codes are looked up in the masters
MASTERS = {"account": ("accounts", "account_name"), "sku": ("products", "sku_name")}  # dataset, column of the name
UNKNOWN, ALIAS = "unknown:", "alias:"  # keys of questions begin so
KEEP = Option("keep", Text("照样载入", "Load them as they are"))
HAND_BACK = Option("hand_back", Text("退回这些行", "Hand them back"))
NOT_IN = {
    "account": Text("客户档案里没有 {count} 个客户", "Accounts that are not in the account master: {count}"),
    "sku": Text("产品档案里没有 {count} 个产品", "Products that are not in the product master: {count}"),
}
ASK = Text(
    "{what}，共 {rows:,} 行：{first}。怎么办？", "{what}; rows: {rows:,} ({first}). What is to be done with them?"
)
ASK_ALIAS = Text(
    "“{code}”（{rows:,} 行）就是下面的哪一个吗？不是就不用答。",
    "Is “{code}” ({rows:,} rows) one of these? If not, leave this unanswered.",
)
SHOWN, LOOKED_UP = 3, 200  # unknown codes in a sentence; those, by rows, for which a known one is looked for
OFFERED = 3  # known codes offered for one that is unknown


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code of a file (account or sku) that its master does not have, its name there, and known ones it may be."""

    kind: str
    code: str
    name: str
    rows: int
    like: tuple[Pair, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # of those in `like`

    @property
    def key(self) -> str:
        """The answer that says which known code it is."""
        return f"{ALIAS}{self.kind}:{self.code}"

    @property
    def called(self) -> str:
        """The code, and the name where the file has another."""
        return called(self.code, self.name)

    @property
    def options(self) -> tuple[Option, ...]:
        """The known ones, the likeliest first."""
        return tuple(Option(p.one, same(called(p.one, self.names[p.one]))) for p in self.like)

    def question(self) -> Question:
        """Which of the known ones is it?"""
        return Question(self.key, ASK_ALIAS.fill(code=self.code, rows=self.rows), self.options)


@dataclass(frozen=True, slots=True)
class Vetted:
    """A file after it was looked at beside what is loaded; `unknown` by rows, with or without an answer."""

    prepared: Prepared
    unknown: tuple[Unknown, ...] = ()

    def open(self, answers: Mapping[str, str]) -> list[Question]:
        """What is still to be answered of unknown codes, by kind; then what may be answered for single ones."""
        found: list[Question] = []
        for kind in MASTERS:
            rest = [u for u in self.unknown if u.kind == kind and u.key not in answers]
            if rest and answers.get(UNKNOWN + kind) not in (KEEP.value, HAND_BACK.value):
                found += [asked(kind, rest), *(u.question() for u in rest if u.like)]
        return found


def asked(kind: str, unknown: Sequence[Unknown]) -> Question:
    """What is to become of the unknown codes of one kind."""
    names = [u.called for u in unknown[:SHOWN]]
    first = "、".join(names), ", ".join(names)
    dots = " …" if len(unknown) > SHOWN else ""
    what = NOT_IN[kind].fill(count=f"{len(unknown):,}")
    rows = sum(u.rows for u in unknown)
    return Question(
        UNKNOWN + kind, ASK.fill(what=what, rows=rows, first=Text(*(f + dots for f in first))), (KEEP, HAND_BACK)
    )


def called(code: str, name: str) -> str:
    """A code, and beside it what it is called where that is something else."""
    return code if name in ("", code) else f"{code} {name}"


def vet(store: Store, prepared: Prepared, answers: Mapping[str, str], today: datetime.date) -> Vetted:
    """Look at a checked file beside the store's data; rows that do not fit, or are not wanted, are handed back.

    Raises `WrongAnswer` where an answer names a code that the file or the master does not have.
    """
    if prepared.checked is None or prepared.questions or not prepared.checked.rows_good:
        return Vetted(prepared)
    store.version()
    unknown = _unknown(store, prepared) if prepared.dataset.name in VETTED else ()
    _refuse_wrong(store, unknown, answers)
    unfit = _unfit(store, prepared) or {
        kind: {u.code: f"unknown_{kind}" for u in unknown if u.kind == kind and u.key not in answers}
        for kind in MASTERS
        if answers.get(UNKNOWN + kind) == HAND_BACK.value
    }
    held = locked(store, prepared, in_force(spoken(store)), today)
    handed = any(unfit.values()) or held
    return Vetted(without(prepared, unfit, today, held) if handed else prepared, unknown)


def meanings(store: Store) -> list[Meaning]:
    """The aliases in force."""
    return in_force(spoken(store))


def spoken(store: Store) -> list[Alias]:
    """Every alias that counts as a row, in force or not."""
    return [Alias(*row) for row in store.execute(SPOKEN)]


def aliases(prepared: Prepared, answers: Mapping[str, str]) -> list[Alias]:
    """The aliases that answers come to. An article number counts with the file's account where it has only one."""
    accounts = prepared.checked.accounts if prepared.checked else ()
    found = []
    for key, target in answers.items():
        if key.startswith(ALIAS):
            kind, _, code = key.removeprefix(ALIAS).partition(":")
            used_by = accounts[0] if kind == "sku" and len(accounts) == 1 else ""
            found.append(Alias(code, used_by)._replace(**{kind: target}))
    return found


def rings(parents: Mapping[str, str]) -> set[str]:
    """Accounts that stand above themselves, by way of others."""
    done: set[str] = set()
    found: set[str] = set()
    for code in parents:
        path: dict[str, int] = {}
        while code in parents and code not in path and code not in done:
            path[code] = len(path)
            code = parents[code] if parents[code] != code else ""
        if code in path:
            found |= {one for one, at in path.items() if at >= path[code]}
        done |= set(path)
    return found


def _unfit(store: Store, prepared: Prepared) -> Unfit:
    """What aliases and account masters say that cannot be."""
    checked = prepared.checked
    assert checked is not None
    if prepared.dataset.name == "aliases":
        rows = codes(checked, "alias", "used_by", "account", "store", "sku")
        new = [Alias(alias, used_by or "", *targets) for alias, used_by, *targets, _ in rows]
        return {"alias": tangles(spoken(store), new)}
    if prepared.dataset.name == "accounts":
        meant = {m.code: m.target for m in meanings(store) if m.kind == "account"}
        said = [(account, parent) for account, parent, _ in codes(checked, "account", "parent")]
        held = store.execute("SELECT account, parent FROM accounts")
        above = {meant.get(account) or account: parent for account, parent in [*held, *said]}  # a later row wins
        round_ = rings({account: meant.get(parent) or parent for account, parent in above.items() if parent})
        return {"account": {a: "parent_circle" for a, _ in said if (meant.get(a) or a) in round_}}
    return {}


def _unknown(store: Store, prepared: Prepared) -> tuple[Unknown, ...]:
    """The file's codes that the masters do not have, nor any alias in force explains; the most rows first."""
    assert prepared.checked is not None
    found: list[Unknown] = []
    for kind, (_, name) in MASTERS.items():
        master = _master(store, kind) if kind in prepared.mapping else {}
        if master:
            known = master.keys() | {m.code for m in meanings(store) if m.kind == kind and m.target in master}
            found += _named(kind, master, _counted(codes(prepared.checked, kind, name), known))
    return tuple(found)


def _master(store: Store, kind: str) -> dict[str, Named]:
    """Every code of a master, by what it and its aliases are called."""
    dataset, name = MASTERS[kind]
    also: dict[str, list[str]] = {}
    for m in meanings(store):
        if m.kind == kind:
            also.setdefault(m.target, []).append(m.code)
    rows = store.execute(f"SELECT {kind} AS code, {name} AS name, name_en AS name_en FROM {dataset}")
    return {code: Named(code, (*(n for n in names if n), *also.get(code, ()))) for code, *names in rows}


def _counted(said: Iterable[tuple], known: Iterable[str]) -> dict[str, tuple[str, int]]:
    """(name, rows) of each code that is not known."""
    found: dict[str, tuple[str, int]] = {}
    explained = frozenset(known)
    for code, name, rows in said:
        if code not in explained:
            found[code] = max(name or "", found.get(code, ("", 0))[0]), rows + found.get(code, ("", 0))[1]
    return found


def _named(kind: str, master: Mapping[str, Named], counted: Mapping[str, tuple[str, int]]) -> list[Unknown]:
    """The unknown codes of a kind, the most rows first; for the first of them known ones are looked for."""
    index = Index(master.values() if counted else (), loose=kind == "account")
    found = []
    for n, (code, (name, rows)) in enumerate(sorted(counted.items(), key=lambda item: (-item[1][1], item[0]))):
        like = tuple(index.like(Named(code, (name,)))[:OFFERED]) if n < LOOKED_UP else ()
        names = {p.one: next(iter(master[p.one].names), "") for p in like}
        found.append(Unknown(kind, code, name, rows, like, names))
    return found


def _refuse_wrong(store: Store, unknown: Sequence[Unknown], answers: Mapping[str, str]) -> None:
    """Raise `WrongAnswer` for an alias of what is not unknown, or of one to what the master does not have."""
    asked_for = {u.key: u for u in unknown}
    for key, target in ((k, v) for k, v in answers.items() if k.startswith(ALIAS)):
        if key not in asked_for:
            raise WrongAnswer(f"{key} is answered, but no such code of this file is unknown: {sorted(asked_for)[:9]}")
        kind = asked_for[key].kind
        dataset, _ = MASTERS[kind]
        if not store.execute(f"SELECT 1 AS one FROM {dataset} WHERE {kind} = $code", code=target):
            raise WrongAnswer(f"{key} is answered {target!r}, which is no {kind} of {dataset}")
    for kind in MASTERS:
        given = answers.get(UNKNOWN + kind)
        if given not in (None, KEEP.value, HAND_BACK.value):
            raise WrongAnswer(f"{UNKNOWN}{kind} is answered {given!r}; it takes one of ['hand_back', 'keep']")
