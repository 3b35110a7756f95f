"""A register that is being typed into: what was there, what was typed so far. Kept in the session by state.py."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.entry import Problem
from data.lake import Batch

if TYPE_CHECKING:
    import pandas as pd


@dataclass(slots=True)
class Register:
    """`rows` are the register's as it was opened; `typed` holds what each table was last seen to contain.

    A new `turn` gives the tables new widgets. `agreed` is the reader's word that the demo company may go.
    """

    dataset: str = ""
    turn: int = 0
    rows: list[dict[str, object]] | None = None
    opened: dict[str, "pd.DataFrame"] = field(default_factory=dict)
    typed: dict[str, "pd.DataFrame"] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    agreed: str = ""
    batch: Batch | None = None

    def choose(self, dataset: str) -> None:
        """Open another register; what was typed into this one and not published is gone."""
        self.dataset, self.batch = dataset, None
        self.begin()

    def begin(self) -> None:
        """Look at the register anew."""
        self.turn += 1
        self.rows, self.opened, self.typed, self.problems, self.agreed = None, {}, {}, [], ""

    def agree(self, word: str) -> None:
        """The reader has said what is to become of the demo company."""
        self.agreed = word

    def end(self, outcome: Batch | list[Problem]) -> None:
        """Published, or not: then everything stays as it was typed."""
        if isinstance(outcome, Batch):
            self.batch = outcome
            self.begin()
        else:
            self.problems, self.batch = outcome, None
