"""Which header of a file feeds which field of a dataset: certain, to be asked, or not there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.contract import Dataset, Field, Kind, plain
from data.ingest.layout import JOINT
from data.ingest.shapes import Option, Question, WrongAnswer
from data.ingest.words import Meaning, aside, hints, meaning
from data.text import Text, same

OFFICIAL, KNOWN, ALIKE, COMPOSED, VAGUE = 5, 4, 3, 2, 1  # how well a header fits a field; 0 is not at all
# ALIKE says in other words what a label of the field says, COMPOSED what another known header of it says
VAGUE_WORDS = frozenset(
    {"客户", "customer", "物料", "material"}
)  # these hold a code or a name; a clearer header goes first
ALONE = frozenset(
    {"date", "qty", "amount", "cost", "stock", "transit", "store", "region", "category", "person", "currency", "unit"}
)  # say enough by themselves; a mere 编号 or 名称 could be anything's, a mere 客户 its code or its name
TAX = "tax"  # 税额 and what is reckoned from it feed none of our fields, though one known header has the word in it
CODE, NAME = frozenset({"code"}), frozenset({"name"})
PAPERS = frozenset({"document", "order", "billed", "line"})  # have numbers and no names
BASIS = frozenset({"gross", "net"})  # 金额（含税） is 金额 all the same; the basis is read from the header later on
MEASURES = (Kind.QUANTITY, Kind.MONEY, Kind.COUNT, Kind.RATE)
SEVERAL = Text("有几列都可以作“{field}”，用哪一列？", "Several columns could be “{field}”. Which one is it?")
ABSENT = Text("没有认出“{field}”这一列，是哪一列？", "No column was recognised as “{field}”. Which one is it?")
NONE_OF_THESE = Text("都不是", "None of these")
LEFT_OUT = Text(
    "“{field}”有几列可选（{headers}），可有可无，未读取。",
    "“{field}” is optional and fits several columns ({headers}); it was left out.",
)


@dataclass(frozen=True, slots=True)
class Match:
    """`found` feeds a field from a header; `ambiguous` fields fit several and must be asked; `left_out` are optional
    fields of that kind that are not worth a question; `missing` are required; `unused` headers feed nothing."""

    found: dict[str, str]
    ambiguous: dict[str, tuple[str, ...]]
    left_out: dict[str, tuple[str, ...]]
    missing: tuple[Field, ...]
    unused: tuple[str, ...]

    def notes(self, dataset: Dataset) -> tuple[Text, ...]:
        """One sentence for each field that was left out."""
        return tuple(
            LEFT_OUT.fill(field=dataset.field(name).label, headers="、".join(headers))
            for name, headers in self.left_out.items()
        )


def match(dataset: Dataset, headers: Sequence[str]) -> Match:
    """Give each header to the field it fits best: official and known words before composed ones before vague ones."""
    found: dict[str, str] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    fits = {f.name: {h: fit(f, h) for h in headers} for f in dataset.fields}
    for level in (OFFICIAL, KNOWN, ALIKE, COMPOSED, VAGUE):
        open_fields = [f for f in dataset.fields if f.name not in found and f.name not in rivals]
        wishes = {f.name: [h for h in headers if h not in taken and fits[f.name][h] == level] for f in open_fields}
        for field in open_fields:
            fitting = [h for h in wishes[field.name] if not _better_claimed(dataset, field, h, wishes)]
            if len(fitting) == 1 and not _contested(field, fitting[0], dataset, wishes, level):
                found[field.name] = fitting[0]
            elif fitting:
                rivals[field.name] = tuple(fitting)
        taken.update(h for fitting in wishes.values() for h in fitting)
    found |= {name: header for name, header in _siblings(dataset, headers, found).items() if name not in rivals}
    found |= {name: header for name, header in _last_name(dataset, headers, found).items() if name not in rivals}
    return _sorted_out(dataset, headers, found, rivals)


def fit(field: Field, header: str) -> int:
    """How well a header names a field; what it says in brackets may make another figure of it."""
    group, joint, last = header.rpartition(JOINT)
    if joint:  # of two header rows: the lower one says what it is, unless the upper one makes another figure of it
        return VAGUE if fit(field, last) and aside(f"({group})") is not None else 0
    word, added, whole = plain(header), aside(header), meaning(header)
    if added is None and field.kind is not Kind.RATE:
        return 0
    says = _says(field)
    if not (whole and added and added - BASIS) and word in says.official | says.known:
        return OFFICIAL if word in says.official else VAGUE if word in VAGUE_WORDS else KNOWN
    return ALIKE if whole in says.labels else COMPOSED if whole in says.meanings else 0


@dataclass(frozen=True, slots=True)
class _Says:
    """The official words of a field and the others it answers to, folded; what its labels say, and what all of them."""

    official: frozenset[str]
    known: frozenset[str]
    labels: frozenset[Meaning]
    meanings: frozenset[Meaning]


@cache
def _says(field: Field) -> _Says:
    labels = _meanings((field.label.zh, field.label.en))
    official = frozenset(map(plain, (field.name, field.label.zh, field.label.en)))
    return _Says(official, frozenset(map(plain, field.also)), labels, labels | _meanings(field.also))


def _meanings(words: Iterable[str]) -> frozenset[Meaning]:
    said = map(meaning, words)
    return frozenset(m for m in said if TAX not in m and (len(m) > 1 or m & ALONE))


def _siblings(dataset: Dataset, headers: Sequence[str], found: Mapping[str, str]) -> dict[str, str]:
    """客户 beside 客户编码 is the name, beside 客户名称 the code, whatever a mere 客户 may be elsewhere."""
    told = {}
    for attribute, other in ((NAME, CODE), (CODE, NAME)):
        marked = [header for header in found.values() if other <= meaning(header)]
        bare = [h for h in headers if h not in found.values() and any(_is_bare(h, mark, other) for mark in marked)]
        for field in (f for f in dataset.fields if f.name not in found):
            fitting = [h for h in bare if meaning(h) | attribute in _says(field).meanings]
            if len(fitting) == 1 and fitting[0] not in told.values():
                told[field.name] = fitting[0]
    return told


def _is_bare(header: str, sibling: str, attribute: Meaning) -> bool:
    """Whether a header is another one without its 编码 or 名称."""
    return sibling.startswith(header) and meaning(sibling) == meaning(header) | attribute


def _last_name(dataset: Dataset, headers: Sequence[str], found: Mapping[str, str]) -> dict[str, str]:
    """A mere 名称 is the one name that is still missing, where nothing else in the file could have a name."""
    bare = [header for header in headers if meaning(header) == NAME and header not in found.values()]
    owners = {h: meaning(h) - CODE for h in headers if hints(h) & CODE and not hints(h) & PAPERS}
    others = [h for h in headers if "store" in hints(h) or (h in owners and h not in found.values())]
    nameless = [
        field.name
        for field in dataset.fields
        if field.name not in found and any(owner | NAME in _says(field).meanings for owner in owners.values())
    ]
    return {nameless[0]: bare[0]} if len(bare) == len(nameless) == 1 and not others else {}


def _better_claimed(dataset: Dataset, field: Field, header: str, wishes: Mapping[str, list[str]]) -> bool:
    """Whether a required field wants the same header, which an optional one then leaves to it."""
    return not field.required and any(header in wishes.get(f.name, ()) for f in dataset.fields if f.required)


def _contested(field: Field, header: str, dataset: Dataset, wishes: Mapping[str, list[str]], level: int) -> bool:
    """Whether another field has as good a right to the header, which never feeds two fields.

    What a header says only word by word must leave no choice at all: a 门店号 may be the account's code or the store's.
    """
    composed = level in (ALIKE, COMPOSED)
    rest = (f for f in dataset.fields if f.name != field.name and (composed or f.required == field.required))
    return any(header in wishes.get(f.name, ()) for f in rest)


def _sorted_out(
    dataset: Dataset, headers: Sequence[str], found: dict[str, str], rivals: dict[str, tuple[str, ...]]
) -> Match:
    asked = {name: tied for name, tied in rivals.items() if _worth_asking(dataset.field(name))}
    left_out = {name: tied for name, tied in rivals.items() if name not in asked}
    missing = tuple(f for f in dataset.missing(found) if f.name not in asked)
    used = set(found.values()) | {h for tied in asked.values() for h in tied}
    return Match(found, asked, left_out, missing, tuple(h for h in headers if h not in used))


def _worth_asking(field: Field) -> bool:
    return field.required or field.kind in MEASURES


def likeliest(field: Field, headers: Sequence[str]) -> list[str]:
    """The headers, those first that say most of what the field answers to."""
    return sorted(headers, key=lambda header: _unlike(field, header))


def settle(
    dataset: Dataset, matched: Match, headers: Sequence[str], told: Mapping[str, str]
) -> tuple[dict[str, str], list[Question]]:
    """The mapping after a person's word, and what is still to be asked.

    `told` is {field: header}, "" meaning that the field is not there; a header that was told feeds nothing else. A told
    header that this file does not have is asked again; an unknown field raises `WrongAnswer`.
    """
    if strange := [name for name in told if not dataset.has(name)]:
        raise WrongAnswer(f"{dataset.name} has no field {strange[0]!r}; it has {[f.name for f in dataset.fields]}")
    firm = {name: header for name, header in told.items() if header in headers}
    spoken_for = set(firm.values())
    auto = {name: header for name, header in matched.found.items() if name not in told and header not in spoken_for}
    mapping = {f.name: (firm | auto)[f.name] for f in dataset.fields if f.name in firm or f.name in auto}
    silent = {name for name, header in told.items() if not header and not dataset.field(name).required}
    open_fields = [f for f in dataset.fields if f.name not in mapping and f.name not in silent]
    asked = [f for f in open_fields if f.required or f.name in matched.ambiguous or f.name in told]
    needed = {mapping[f.name] for f in dataset.fields if f.required and f.name in mapping}
    rest = [h for h in headers if h not in needed]  # a name may have to serve as the code that a file lacks
    return mapping, [_question(f, matched.ambiguous.get(f.name, ()), rest) for f in asked]


def _question(field: Field, rivals: Sequence[str], rest: Sequence[str]) -> Question:
    """Ask for the column of one field, likeliest first: of its rivals, else of all that feed nothing required."""
    free = [h for h in rivals if h in rest]
    options = tuple(Option(h, same(h)) for h in likeliest(field, free or rest))
    nothing = () if field.required else (Option("", NONE_OF_THESE),)
    return Question(f"map.{field.name}", (SEVERAL if free else ABSENT).fill(field=field.label), options + nothing)


def _unlike(field: Field, header: str) -> float:
    """How far a header is from all that a field answers to: 0 says the same, 1 has nothing in common."""
    said = hints(header)
    return 1 - max((len(said & m) / len(said | m) for m in _says(field).meanings if said), default=0)
