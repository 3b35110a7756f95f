"""Codes that mean the same are one: which aliases are in force, and how rows come by their code when they are read.

The lake keeps what a file said. Both engines put every dataset through `Door`, so that marts and questions see one code
for an account, a store or a product without knowing of aliases; taking an alias back brings back what was there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from data.contract import Dataset

KINDS = ("account", "store", "sku")  # what a code may stand for; "kind" below is one of these
ALIASES = "aliases"  # the dataset that says what means what; it is never put through the door itself
ALSO = {("accounts", "parent"): "account", ("trials", "replaces"): "sku"}  # codes, too
MEANS = "_means"  # the table, or view, of the meanings in force
MEANS_COLUMNS = "kind VARCHAR, code VARCHAR, used_by VARCHAR, target VARCHAR"
SAID = "_said"  # the column that keeps a row's own word for its account (or product) where an alias means another
SAYS = "alias, coalesce(used_by, '') AS used_by, account, store, sku"  # the columns of an `Alias`
SPOKEN = f"SELECT {SAYS} FROM {ALIASES}"


class Alias(NamedTuple):
    """One row of `aliases`; exactly one of the last three is the code that it stands for."""

    alias: str
    used_by: str = ""
    account: str | None = None
    store: str | None = None
    sku: str | None = None

    def target(self, kind: str) -> str | None:
        """What it stands for, as a code of this kind."""
        return {"account": self.account, "store": self.store, "sku": self.sku}[kind]

    def bound(self, kind: str) -> str:
        """The account whose rows it counts for, "" for everybody's. An account's alias counts everywhere: whose system
        uses it is only told."""
        return "" if kind == "account" else self.used_by


class Meaning(NamedTuple):
    """An alias in force: `code` means `target`, in the rows of the account `used_by` or ("") everywhere."""

    kind: str
    code: str
    used_by: str
    target: str


def in_force(aliases: Iterable[Alias]) -> list[Meaning]:
    """The meanings that aliases come to, each pointing at a code that is no alias itself.

    A chain is followed to its end. What goes round in a circle, or is said to be two things at once, stays what the
    file said: nothing is guessed. An alias of itself is none, unless it says that a code is itself with one account.
    """
    rows = list(aliases)
    accounts = _settled(_said(rows, "account", {}))
    found = [Meaning("account", code, "", target) for (code, _), target in accounts.items()]
    meant = {code: target for (code, _), target in accounts.items()}
    for kind in KINDS[1:]:
        found += [Meaning(kind, *key, target) for key, target in _settled(_said(rows, kind, meant)).items()]
    return sorted(found)


def _said(rows: Iterable[Alias], kind: str, accounts: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(code, account it is bound to) to what it is said to mean, where it is said to mean one thing."""
    said: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        target, bound = row.target(kind), row.bound(kind)
        if target is not None and (bound or target != row.alias):
            said.setdefault((row.alias, accounts.get(bound, bound)), set()).add(target)
    return {key: next(iter(targets)) for key, targets in said.items() if len(targets) == 1}


def _settled(said: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    return {key: end for key in said if (end := _end(said, *key)) is not None}


def _end(said: Mapping[tuple[str, str], str], code: str, bound: str) -> str | None:
    """Where a code's chain ends; None when it goes round in a circle."""
    seen = {code}
    while (target := said.get((code, bound), said.get((code, "")))) not in (None, code):
        assert target is not None
        if target in seen:
            return None
        seen.add(target)
        code = target
    return code


def tangles(before: Iterable[Alias], new: Iterable[Alias]) -> dict[str, str]:
    """New aliases that cannot be taken beside those there are: {alias: key of REASONS}.

    Aliases of aliases are refused rather than followed: whoever writes one has not seen the other.
    """
    fresh = {(row.alias, row.used_by): row for row in new}
    said: dict[tuple[str, str], set[tuple[str, str]]] = {}  # (kind, alias) to what it means to whom
    meant: set[tuple[str, str]] = set()
    for row in ({(row.alias, row.used_by): row for row in before} | fresh).values():
        for kind in KINDS:
            target = row.target(kind)
            if target is not None and target != row.alias:
                said.setdefault((kind, row.alias), set()).add((row.bound(kind), target))
                meant.add((kind, target))
    return {row.alias: key for row in fresh.values() if (key := _tangle(row, said, meant))}


def _tangle(row: Alias, said: Mapping[tuple[str, str], set[tuple[str, str]]], meant: set[tuple[str, str]]) -> str:
    kinds = [kind for kind in KINDS if row.target(kind) is not None]
    if len(kinds) != 1:
        return "alias_of_one"
    [kind] = kinds
    target = row.target(kind) or ""
    if target == row.alias:
        return "" if row.used_by else "alias_itself"
    if sum(bound == row.bound(kind) for bound, _ in said[kind, row.alias]) > 1:
        return "alias_of_two"
    if row.alias in (end for _, end in said.get((kind, target), ())):
        return "alias_circle"
    return "alias_chain" if (kind, target) in said or (kind, row.alias) in meant else ""


@dataclass(frozen=True, slots=True)
class Door:
    """SQL that gives a dataset's rows, read as `f`, the codes that count: `joins` beside them, `value` of a column.

    Portable, so that both engines read through the same words. Without meanings of a kind its codes stay as they are.
    """

    dataset: Dataset
    kinds: frozenset[tuple[str, bool]]  # kinds in force, for everybody (False) and with one account (True)

    @property
    def coded(self) -> dict[str, str]:
        """Its columns that hold codes which an alias may change."""
        kinds = {name: kind for (dataset, name), kind in ALSO.items() if dataset == self.dataset.name}
        kinds |= {kind: kind for kind in KINDS if self.dataset.has(kind)}
        return {} if self.dataset.name == ALIASES else kinds

    def joins(self) -> str:
        """LEFT JOINs, none of which adds a row."""
        return " ".join(
            f"LEFT JOIN (SELECT code AS code, used_by AS used_by, target AS target FROM {MEANS} WHERE kind = '{kind}' "
            f"AND used_by {'<>' if bound else '='} '') AS {self._side(name, bound)} "
            f"ON {self._side(name, bound)}.code = f.{name}"
            + (f" AND {self._side(name, bound)}.used_by = {self.value('account')}" if bound else "")
            for name, kind in self.coded.items()
            for bound in self._sides(kind)
        )

    def value(self, name: str) -> str:
        """A column as it counts."""
        kind = self.coded.get(name)
        sides = [self._side(name, bound) for bound in reversed(self._sides(kind))] if kind else []
        return f"coalesce({', '.join(f'{side}.target' for side in sides)}, f.{name})" if sides else f"f.{name}"

    def said(self) -> str:
        """The row's own word where an alias means another, else NULL."""
        name = said_of(self.dataset)
        return f"nullif(f.{name}, {self.value(name)})" if name and self._sides(self.coded.get(name)) else "NULL"

    def _sides(self, kind: str | None) -> list[bool]:
        return [b for b in (False, True) if (kind, b) in self.kinds and not (b and not self.dataset.has("account"))]

    def _side(self, name: str, bound: bool) -> str:
        return f"{'at' if bound else 'as'}_{name}"


def said_of(dataset: Dataset) -> str:
    """The column whose own word a row keeps: the account, else the product, "" without either."""
    return next((name for name in ("account", "sku") if dataset.has(name) and dataset.name != ALIASES), "")


def door(dataset: Dataset, meanings: Iterable[Meaning]) -> Door:
    """The door of one dataset while these meanings are in force."""
    return Door(dataset, frozenset((m.kind, m.used_by != "") for m in meanings))


def turn(dataset: Dataset) -> str:
    """SQL: the largest of several rows of a key counts: a later one; in a master one that is under its own code. Where
    rows of one file add up, all of the latest file do."""
    if dataset.adds:
        return "_seq"
    own = f"CASE WHEN {SAID} IS NULL THEN 1 ELSE 0 END, " if dataset.key == (said_of(dataset),) else ""
    return f"{own}_seq, _line"
