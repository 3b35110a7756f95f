"""What the tests of the 89 bad inputs share: a header that leaves nothing open, and what came of a file in few words.

A test's number is its case; the letter after the sentence is the response: R reject with reason, Q hand back with
reason and count, N normalise and record, A ask, W note.
"""

import re
from typing import Any

from data.ingest import Prepared
from data.ingest.reasons import REASONS
from data.text import Text
from tests.data.ingest.kit import as_csv, loaded

HEADER = ("客户编码", "产品编码", "单据日期", "数量", "含税金额")  # says that tax is included, so that nothing is asked
NOTHING: list[str] = []


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER, mark: str = ",") -> str:
    """A header and rows as csv."""
    return as_csv([header, *rows], mark)


def asked(prepared: Prepared) -> list[str]:
    """The keys of the open questions."""
    return [question.key for question in prepared.questions]


def options(prepared: Prepared) -> list[str]:
    """What may be answered to the only open question."""
    [question] = prepared.questions
    return [option.value for option in question.options]


def values(prepared: Prepared, field: str) -> list[Any]:
    """One field of the loaded rows by line, after a look that every record is accounted for."""
    assert asked(prepared) == NOTHING and prepared.checked is not None, prepared.refused
    assert prepared.checked.rows_in == prepared.checked.rows_good + prepared.checked.rejected
    return [one[field] for one in sorted(loaded(prepared), key=lambda one: one["_line"])]


def handed_back(prepared: Prepared) -> list[tuple[int, str]]:
    """(line, key of REASONS) of every reject; their number is what the file's count says."""
    assert asked(prepared) == NOTHING and prepared.checked is not None, prepared.refused
    found = [(one.line, _key(one.reason)) for one in prepared.checked.rejects]
    assert prepared.checked.rejected == len({line for line, _ in found})
    return found


def _key(reason: Text) -> str:
    """The key of a reason, or its sentence where it is none of the fixed ones."""
    fitting = [key for key, text in REASONS.items() if reason.en.startswith(text.en.partition("{")[0])]
    return max(fitting, key=lambda key: len(REASONS[key].en), default=reason.en)


def notes(prepared: Prepared) -> str:
    """All notes in English."""
    return "\n".join(note.en for note in prepared.notes)


def noted(prepared: Prepared, words: str) -> bool:
    """Whether a note says any of these words (a pattern, case aside)."""
    return re.search(words, notes(prepared), re.IGNORECASE | re.MULTILINE) is not None


def reason(prepared: Prepared) -> str:
    """Why a file was refused, in English; both languages say it."""
    assert prepared.refused is not None and prepared.refused.zh, "the file was not refused"
    return prepared.refused.en
