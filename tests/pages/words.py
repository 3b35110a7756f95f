"""What a page says, as a person reads it."""

from streamlit.testing.v1 import AppTest


def words(at: AppTest) -> str:
    """All that a run put on the page, without what `kit.keep` glues numbers with."""
    said = " ".join(str(block.proto.body) for block in at.get("html"))
    return said.replace("\u00a0", " ").replace("\u2060", "")
