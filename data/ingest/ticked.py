"""A column that is called after one word of a list and says yes or no: Discontinued, 是否停产.

Its yes is that word, its no leaves open which of the others it is. A header that is such a word means nothing else, but
only where its cells are yes and no is the column taken for one unasked.
"""

from collections.abc import Mapping, Sequence

from data.contract import Choice, Dataset, Field, Kind, plain
from data.ingest import cells
from data.ingest.cells import Parser
from data.text import Text

WHETHER = "是否"  # before the word in Chinese headers
SAID = Text(
    "“{header}”为“是”的，“{field}”记为“{word}”；为“否”的留空。",
    "Where “{header}” is yes, “{field}” becomes “{word}”; where it is no, it stays empty.",
)


def word(field: Field, header: str) -> Choice | None:
    """The word of a field's list after which a column is called."""
    called = {plain(header), plain(header).removeprefix(WHETHER)}
    named = (c for c in field.choices if called & {plain(said) for said in (c.value, c.label.zh, c.label.en)})
    return next(named, None) if field.kind is Kind.TEXT else None


def told(
    dataset: Dataset, headers: Sequence[str], samples: Sequence[Sequence[str]], matched: Mapping[str, str]
) -> dict[str, str]:
    """{field: header} of optional lists that have no column yet, and that one spare column alone is called after."""
    columns = zip(headers, samples, strict=False)
    ticks = [h for h, seen in columns if h not in matched.values() and seen and all(map(_is_tick, seen))]
    lists = (f for f in dataset.fields if f.choices and not f.required and f.name not in matched)
    named = {f.name: [h for h in ticks if word(f, h)] for f in lists}
    fed = [h for found in named.values() for h in found]
    return {name: found[0] for name, found in named.items() if len(found) == 1 and fed.count(found[0]) == 1}


def _is_tick(cell: str) -> bool:
    return cells.flag(cell) in ("true", "false", None)


def parser(field: Field, choice: Choice) -> Parser:
    """Yes as the word, no as empty, and the list's words as themselves."""
    listed = cells.choice(field)

    def parse(cell: str) -> cells.Value:
        return {"true": choice.value, "false": None}.get(str(cells.flag(cell)), listed(cell))

    return parse


def note(field: Field, header: str) -> tuple[Text, ...]:
    """What a column was taken for, where it is called after a word of the list."""
    choice = word(field, header)
    return (SAID.fill(header=header, field=field.label, word=choice.label),) if choice else ()
