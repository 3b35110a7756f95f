"""What is told about a file from outside of any question: refused by name where neither file nor dataset knows it.

The wizard asks again where a header of an earlier file is not in this one; a command line has nobody to ask.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from data.contract import Dataset
from data.ingest.shapes import WrongAnswer

ONCE = (
    *("encoding", "sheet", "table", "fill", "months", "months_year", "tax_basis", "future", "jump", "twice", "unit"),
    *("overlap", "ragged", "period"),
)  # questions about a file as a whole
MAP = "map."  # before the name of the field whose column is told
OF_A_FIELD = (MAP, "comma:", "dates:", "unit:", "unknown:", "blank:", "value:")  # before the name of a field
OF_THE_FILE = ("column:", "alias:", "control:", "fix:")  # before a column's number, a code, a total's role, a cell
SHOWN = 30  # headers named in a refusal; the widest files have hundreds


def columns(mapping: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, str]:
    """{field: header} of all that was told, as a mapping or as an answer, which goes before it."""
    return {**mapping, **{key.removeprefix(MAP): header for key, header in answers.items() if key.startswith(MAP)}}


def refuse_unknown_keys(dataset: Dataset, answers: Mapping[str, str]) -> None:
    """Raise `WrongAnswer` at an answer to what is never asked; it names the nearest key that is."""
    keys = [*ONCE, *(head + field.name for head in OF_A_FIELD for field in dataset.fields)]
    keys += [f"rule:{rule.name}" for rule in dataset.rules]
    for key in answers:
        if key not in keys and not (key.startswith(OF_THE_FILE) and key not in OF_THE_FILE):
            [nearest] = get_close_matches(key, [*keys, *OF_THE_FILE], n=1, cutoff=0)
            raise WrongAnswer(f"nothing is asked by the name of {key!r}; the nearest is {nearest!r}")


def refuse_absent_headers(headers: Sequence[str], told: Mapping[str, str]) -> None:
    """Raise `WrongAnswer` where `told` ({field: header}, "" for none) names a column that the file does not have."""
    for header in told.values():
        if header and header not in headers:
            more = f" and {len(headers) - SHOWN} more" if len(headers) > SHOWN else ""
            raise WrongAnswer(f"no header {header!r}; the file has {', '.join(headers[:SHOWN])}{more}")
