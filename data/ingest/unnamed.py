"""Columns that hold data under a blank header: what each is must be said, or that it is to be left."""

from collections.abc import Mapping, Sequence

from data.contract import Dataset
from data.ingest.layout import nameless
from data.ingest.shapes import Option, Question, Staged, WrongAnswer
from data.text import Text

KEY, LEFT = "column:", "-"  # "column:3" is answered with a field's name, or with LEFT
ASK = Text(
    "第 {n} 列没有列名，里面是 {samples}。它是什么？", "Column {n} has no header and holds {samples}. What is it?"
)
LEAVE = Text("不需要这一列", "Leave it")


def told(dataset: Dataset, staged: Staged, answers: Mapping[str, str]) -> tuple[dict[str, str], tuple[int, ...]]:
    """({field: header} by the answers, columns still to be asked). Raises `WrongAnswer`."""
    found: dict[str, str] = {}
    for n in staged.unnamed:
        answer = answers.get(f"{KEY}{n}", LEFT)
        if answer != LEFT and not dataset.has(answer):
            names = [f.name for f in dataset.fields]
            raise WrongAnswer(f"{KEY}{n} is answered {answer!r}; it takes {LEFT!r} or one of {names}")
        if answer != LEFT:
            found[answer] = nameless(n)
    return found, tuple(n for n in staged.unnamed if f"{KEY}{n}" not in answers)


def questions(columns: Sequence[int], dataset: Dataset, staged: Staged, mapping: Mapping[str, str]) -> list[Question]:
    """What each of these columns is: one of the fields that no header was found for."""
    free = [f for f in dataset.fields if f.name not in mapping]
    options = (*(Option(f.name, f.label) for f in free), Option(LEFT, LEAVE))
    held = dict(zip(staged.headers, staged.samples, strict=True))
    return [Question(f"{KEY}{n}", ASK.fill(n=n, samples="、".join(held[nameless(n)]) or "…"), options) for n in columns]
