"""Words beyond the list of a column whose list is open: loaded as they stand, and named with what they may be."""

from collections.abc import Iterator

import duckdb

from data.contract import Field
from data.ingest.plan import Plan
from data.ingest.staging import literal
from data.likeness import Index, Named, fold, slip
from data.text import Text

NAMED = 5  # words of a column in its note, those of the most rows
LONGEST = 20  # characters of a word in a note: beyond them it is a sentence, and its column not what it was taken for
SHORTEST = 2  # letters of a word that may be another's slip: A+ is a tier of its own, not a misspelt A
SHORTEST_LATIN = 5  # below, one letter makes another word as often as a slip
FOUND = Text(
    "“{header}”里有 {count:,} 行是常用词以外的写法，照样载入：{words}。常用词：{known}。",
    "In {count:,} rows “{header}” has a word that is not among the usual ones; it is loaded as it is: {words}. The "
    "usual ones: {known}.",
)
WORD, LIKE = Text("“{word}” {n:,} 行", "“{word}” {n:,} rows"), Text("（是不是“{known}”？）", " (is it “{known}”?)")


def notes(con: duckdb.DuckDBPyConnection, plan: Plan) -> Iterator[Text]:
    """A sentence for each open list that good rows go beyond; a column whose cells are all listed is not looked at."""
    assert plan.source.staged
    for f in (f for f in plan.mapped if f.choices and not f.closed and f.name in plan.verdicts):
        known = ", ".join(literal(choice.value) for choice in f.choices)
        found = con.execute(
            f'SELECT "{f.name}", count(*) AS n, sum(count(*)) OVER (), count(*) OVER () FROM ({plan.judged()}) '
            f'WHERE {plan.is_good()} AND "{f.name}" NOT IN ({known}) GROUP BY 1 ORDER BY n DESC, 1 LIMIT {NAMED}',
            plan.headers(),
        ).fetchall()
        if found:
            [(*_, rows, kinds), *_] = found
            header = plan.source.staged.headers[plan.columns[f.name]]
            words = _listed([_word(f, word, n) for word, n, *_ in found], more=kinds > len(found))
            yield FOUND.fill(header=header, count=int(rows), words=words, known=f.allowed)


def near(field: Field, word: str) -> Text | None:
    """The listed word that another one may be a spelling of; None where none is near."""
    if len(fold(word)) < SHORTEST:
        return None
    index = Index(Named(c.value, (c.label.zh, c.label.en)) for c in field.choices)
    like = [pair.one for pair in index.like(Named(word))]
    like += [c.value for c in field.choices if _slipped(word, c.label.en)]
    return next((c.label for c in field.choices if like and c.value == like[0]), None)


def _slipped(word: str, known: str) -> bool:
    return known.isascii() and word.isascii() and len(word) >= SHORTEST_LATIN and slip(word, known)


def _word(field: Field, word: str, rows: int) -> Text:
    shown = word if len(word) <= LONGEST else f"{word[:LONGEST]}…"
    said, like = WORD.fill(word=shown, n=rows), near(field, word)
    return _joined([said, LIKE.fill(known=like)], Text("", "")) if like else said


def _listed(words: list[Text], *, more: bool) -> Text:
    found = _joined(words, Text("、", ", "))
    return _joined([found, Text("等", " and others")], Text("", "")) if more else found


def _joined(words: list[Text], mark: Text) -> Text:
    return Text(mark.zh.join(word.zh for word in words), mark.en.join(word.en for word in words))
