"""What one session remembers, and what one run of it reads. Only state.py puts it into the session and takes it out."""

from dataclasses import dataclass, field

from data.shelf import Shelf
from data.text import Lang, Text
from pages.ui.queue import Queue
from pages.ui.register import Register
from pages.ui.wizard import Wizard

SILENT = Text("", "")
PAGE = 20  # batches shown at a time


@dataclass(frozen=True, slots=True)
class Data:
    """What one run reads: the data's version, what there is to choose from, which datasets hold rows."""

    version: str
    shelf: Shelf
    loaded: frozenset[str]


@dataclass(slots=True)
class Memory:
    """What one session remembers.

    `bound` is the page whose filters the address holds at present; `lent` an account that was opened from another page
    rather than chosen: it stays behind when its page is left, also where Back finds it in the address (st.switch_page
    leaves an entry of the old page with the new query behind).
    """

    lang: Lang
    picks: dict[str, str] = field(default_factory=dict)
    bound: str = ""
    lent: str = ""
    wizard: Wizard = field(default_factory=Wizard)
    queue: Queue = field(default_factory=Queue)
    register: Register = field(default_factory=Register)
    undoing: str = ""
    told: Text = SILENT
    batches: int = PAGE
    data: Data | None = None
