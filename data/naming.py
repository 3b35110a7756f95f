"""Saying that two codes are the same, or that they are not: batches of aliases written by hand, undone like any other.

That two are *not* the same is a row, too: the alias stands for itself and names the other under `used_by`; it changes
no figure, and keeps the pair from being proposed again.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from data.codes import ALIASES, KINDS, SAYS, SPOKEN, Alias, in_force
from data.datasets import BY_NAME
from data.lake import Batch, Lake, Receipt, arrow_schema
from data.likeness import NAME, REASONS, Named, Pair, proposals
from data.store import Store
from data.text import Text

BY_HAND = Text("编码对照页面", "Names and codes page")
DIFFERENT = "不是同一个 / not the same"  # the note of such a row
DIMS = {  # who there is, by kind: code, names, where it belongs, whether the master has it
    "account": "SELECT account AS code, name AS name, name_en AS name_en, region AS place, listed AS listed "
    "FROM account_dim ORDER BY account",
    "sku": "SELECT sku AS code, name AS name, name_en AS name_en, category AS place, listed AS listed "
    "FROM product_dim ORDER BY sku",
}
SOLD = {  # in which months, of which kind of sales (and with whom), codes have how many lines
    "account": "SELECT account AS code, month AS month, flow AS side, sum(lines)::BIGINT AS lines FROM sales_month "
    "WHERE list_contains($codes::VARCHAR[], account) GROUP BY account, month, flow",
    "sku": "SELECT sku AS code, month AS month, concat(flow, ' ', account) AS side, sum(lines)::BIGINT AS lines "
    "FROM sales_month WHERE list_contains($codes::VARCHAR[], sku) GROUP BY sku, month, concat(flow, ' ', account)",
}
MOST = 100  # pairs of a kind that are looked into; more are not read in one sitting


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the data knows of one code: sales lines of both kinds, months with sales, the `first` and `last` of them."""

    code: str
    name: str
    place: str
    listed: bool
    rows: int
    months: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """`alias` may mean `target`, for this reason.

    `shared`: months in which both have sales of one kind, products with one account; two that sell side by side are
    less likely the same.
    """

    kind: str
    alias: Evidence
    target: Evidence
    reason: Text
    shared: int


@dataclass(frozen=True, slots=True)
class Told:
    """One alias as it was published: what it stands for, whether that is in force, and the batch that says so.

    `stranded`: it is bound to the rows of an account that nobody knows, so that it is in force nowhere.
    """

    alias: Alias
    kind: str
    target: str
    counts: bool
    batch: Batch
    stranded: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether it says that two codes are not the same."""
        return self.target == self.alias.alias


@contextmanager
def written(lake: Lake, new: Sequence[Alias], user: str, file: str) -> Iterator[None]:
    """Aliases in force while something is published with them; taken back when that fails."""
    batch = put(lake, new, user, file) if new else None
    try:
        yield
    except BaseException:
        if batch is not None:
            lake.undo(batch.id, user)
        raise


def put(lake: Lake, new: Sequence[Alias], user: str, file: str, note: str = "") -> Batch:
    """Publish aliases as one batch."""
    schema = arrow_schema(BY_NAME[ALIASES])
    rows = [
        {**row._asdict(), "used_by": row.used_by or None, "note": note or None, "_line": n}
        for n, row in enumerate(new, 1)
    ]
    table = pa.Table.from_pylist(rows, schema=schema)
    return lake.commit(BY_NAME[ALIASES], table, Receipt(file, "", user, rows_in=len(rows)))


def same(store: Store, kind: str, alias: str, target: str, user: str) -> Batch:
    """From now on `alias` means `target`, and so does what meant `alias` so far: no chain comes about."""
    spoken = [Alias(*row) for row in store.execute(SPOKEN)]
    meant = {m.code: m.target for m in in_force(spoken) if m.kind == kind and not m.used_by}
    end = meant.get(target, target)
    assert end != alias, f"{target} means {alias} already"
    moved = [row for row in spoken if row.target(kind) == alias and row.alias not in (alias, end)]
    new = [*(row._replace(**{kind: end}) for row in moved), Alias(alias)._replace(**{kind: end})]
    return _put(store, new, user)


def different(store: Store, kind: str, one: str, other: str, user: str) -> Batch:
    """Remember that two codes are not the same."""
    return _put(store, [Alias(one, other)._replace(**{kind: one})], user, DIFFERENT)


def _put(store: Store, new: Sequence[Alias], user: str, note: str = "") -> Batch:
    batch = put(store.lake, new, user, f"{BY_HAND.zh} {BY_HAND.en}", note)
    store.version()
    return batch


def told(store: Store) -> list[Told]:
    """Every alias, in force or not, and what was said to be apart; the newest first."""
    batches = {batch.seq: batch for batch in store.lake.batches(ALIASES) if batch.live}
    rows = store.execute(f"SELECT {SAYS}, _seq AS seq FROM {ALIASES} ORDER BY _seq DESC, alias, used_by")
    force = in_force(Alias(*row[:-1]) for row in rows)
    meanings, meant = {(m.kind, m.code) for m in force}, {m.code: m.target for m in force if m.kind == "account"}
    accounts = {code for (code,) in store.execute("SELECT account FROM account_dim")}
    found = []
    for *row, seq in rows:
        alias = Alias(*row)
        for kind in (kind for kind in KINDS if alias.target(kind) is not None):
            bound, target = alias.bound(kind), alias.target(kind) or ""
            stranded = bool(bound) and target != alias.alias and meant.get(bound, bound) not in accounts
            counts = (kind, alias.alias) in meanings and not stranded
            found.append(Told(alias, kind, target, counts, batches[seq], stranded))
    return found


def apart(aliases: Iterable[Alias]) -> set[tuple[str, frozenset[str]]]:
    """(kind, two codes) that were said not to be the same."""
    return {
        (kind, frozenset((row.alias, row.used_by)))
        for row in aliases
        for kind in DIMS
        if row.target(kind) == row.alias and row.used_by
    }


def proposed(store: Store, kind: str) -> list[Proposal]:
    """Codes of a kind that may be the same and were not said to be apart, with evidence, the likeliest first."""
    known = {code: rest for code, *rest in store.execute(DIMS[kind])}
    settled = {pair for k, pair in apart(Alias(*row) for row in store.execute(SPOKEN)) if k == kind}
    pairs = proposals((Named(code, tuple(rest[:2])) for code, rest in known.items()), loose=kind == "account")
    asked = [pair for pair in pairs if frozenset(pair[:2]) not in settled][:MOST]
    sold = _sold(store, kind, {code for pair in asked for code in pair[:2]})
    found = (_proposal(kind, pair, known, sold) for pair in asked)
    likely = (p for p in found if kind == "account" or p.reason is not NAME or not p.shared)
    return sorted(likely, key=lambda p: (REASONS.index(p.reason), p.shared > 0, -p.alias.rows, p.alias.code))


def _sold(store: Store, kind: str, codes: set[str]) -> dict[str, dict[tuple[date, str], int]]:
    """By code: lines of each (month, side)."""
    found: dict[str, dict[tuple[date, str], int]] = {code: {} for code in codes}
    for code, month, side, lines in store.execute(SOLD[kind], codes=sorted(codes)):
        found[code][month, side] = lines
    return found


def _proposal(kind: str, pair: Pair, known: dict[str, list], sold: dict[str, dict[tuple[date, str], int]]) -> Proposal:
    """Of two codes the one that the master has, or else the one with more rows, is what the other means."""
    one, other = (_evidence(code, known[code], sold[code]) for code in pair[:2])
    alias, target = sorted((one, other), key=lambda e: (e.listed, e.rows, e.code))
    return Proposal(
        kind, alias, target, pair.reason, len({month for month, _ in sold[one.code].keys() & sold[other.code]})
    )


def _evidence(code: str, told: list, sold: dict[tuple[date, str], int]) -> Evidence:
    name, _, place, listed = told
    months = sorted({month for month, _ in sold})
    first, last = (months[0], months[-1]) if months else (None, None)
    return Evidence(code, name, place, listed, sum(sold.values()), len(months), first, last)
