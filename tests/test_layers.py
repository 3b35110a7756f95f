"""Imports point down only: app → pages → analytics → data. Streamlit stays in pages and app.py."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT = {
    "data": {"data"},
    "analytics": {"analytics", "data"},
    "pages": {"pages", "analytics", "data", "settings", "streamlit"},
}
COMMAND_LINES = {"data/__main__.py", "analytics/__main__.py"}  # the only other readers of settings
GUARDED = {"data", "analytics", "pages", "streamlit", "settings", "app"}
FILES = [p for layer in MAY_IMPORT for p in sorted((ROOT / layer).rglob("*.py"))]
HEX_FILES = {"analytics/charts/theme.py", "pages/static/app.css", ".streamlit/config.toml"}


def imported(path: Path) -> set[str]:
    """The top-level package names a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_file = pytest.mark.parametrize("path", FILES, ids=named)


@every_file
def test_imports_point_down(path: Path):
    allowed = MAY_IMPORT[path.relative_to(ROOT).parts[0]] | ({"settings"} if named(path) in COMMAND_LINES else set())

    assert imported(path) & GUARDED <= allowed


@every_file
def test_no_clock_no_express_no_html_switch(path: Path):
    source = path.read_text(encoding="utf-8")
    layer = path.relative_to(ROOT).parts[0]

    assert "plotly.express" not in source
    assert "unsafe_allow_html" not in source
    if layer in ("analytics", "pages"):
        assert not re.search(r"date\.today\(\)|datetime\.now\(", source)


@every_file
def test_only_the_token_files_hold_a_colour(path: Path):
    assert named(path) in HEX_FILES or not re.search(r"[\"']#[0-9A-Fa-f]{6}", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=named)
def test_pages_hold_no_sql_and_ask_no_language(path: Path):
    source = path.read_text(encoding="utf-8")

    assert not re.search(r"\bSELECT\b.*\bFROM\b", source)
    assert not re.search(r"lang(\(\))?\s*==", source)


def test_there_is_no_pages_folder_beside_the_main_script():
    assert (ROOT / "pages" / "main.py").exists()
    assert not (ROOT / "pages" / "pages").exists()  # it would bring back Streamlit's unguarded pages (decision 0003)


def test_every_requirement_is_pinned_and_says_what_it_is_for():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            assert line.startswith("-r ") or re.fullmatch(r"[\w.-]+==[\w.]+ +# .+", line), line
