"""Which header of a file feeds which field of a dataset: certain, to be asked, or not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data.contract import Dataset, Field, Kind, plain
from data.ingest.shapes import Option, Question, WrongAnswer
from data.text import Text, same

OFFICIAL, KNOWN, VAGUE = 3, 2, 1  # how well a header fits a field; 0 is not at all
VAGUE_WORDS = frozenset(
    {"客户", "customer", "物料", "material"}
)  # these hold a code or a name; a clearer header goes first
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
    """Give each header to the field it fits best; official words before known ones before vague ones."""
    found: dict[str, str] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for level in (OFFICIAL, KNOWN, VAGUE):
        open_fields = [f for f in dataset.fields if f.name not in found and f.name not in rivals]
        wishes = {f.name: [h for h in headers if h not in taken and fit(f, h) == level] for f in open_fields}
        for field in open_fields:
            fitting = [h for h in wishes[field.name] if not _better_claimed(dataset, field, h, wishes)]
            if len(fitting) == 1 and not _contested(field, fitting[0], dataset, wishes):
                found[field.name] = fitting[0]
            elif fitting:
                rivals[field.name] = tuple(fitting)
        taken.update(h for fitting in wishes.values() for h in fitting)
    return _sorted_out(dataset, headers, found, rivals)


def fit(field: Field, header: str) -> int:
    """How well a header names a field."""
    word = plain(header)
    official, known = _words(field)
    if word in official:
        return OFFICIAL
    if word not in known:
        return 0
    return VAGUE if word in VAGUE_WORDS else KNOWN


@cache
def _words(field: Field) -> tuple[frozenset[str], frozenset[str]]:
    """The official words of a field and the others it answers to, folded."""
    return frozenset(map(plain, (field.name, field.label.zh, field.label.en))), frozenset(map(plain, field.also))


def _better_claimed(dataset: Dataset, field: Field, header: str, wishes: Mapping[str, list[str]]) -> bool:
    """Whether a required field wants the same header, which an optional one then leaves to it."""
    return not field.required and any(header in wishes.get(f.name, ()) for f in dataset.fields if f.required)


def _contested(field: Field, header: str, dataset: Dataset, wishes: Mapping[str, list[str]]) -> bool:
    """Whether another field has as good a right to the header; a header never feeds two fields."""
    rest = (f for f in dataset.fields if f.name != field.name and f.required == field.required)
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
    """Ask for the column of one field: among its rivals still free, else among all that feed nothing required."""
    free = [h for h in rivals if h in rest]
    options = tuple(Option(h, same(h)) for h in free or rest)
    nothing = () if field.required else (Option("", NONE_OF_THESE),)
    return Question(f"map.{field.name}", (SEVERAL if free else ABSENT).fill(field=field.label), options + nothing)
