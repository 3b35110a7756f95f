"""What the tests of a watched folder share: a file of sales, and where files lie."""

from pathlib import Path

HEAD = "客户编码,产品编码,销售日期,数量,含税金额\n"


def sold(month: int, rows: int = 2, more: str = "") -> str:
    return HEAD + "".join(f"A01,X,2026-{month:02}-{n + 1:02},1,10.00\n" for n in range(rows)) + more


def lying(folder: Path) -> set[str]:
    """Where every file lies, reports left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".watch.lock")
    return {path.relative_to(folder).as_posix() for path in found if path.suffix != ".json"}
