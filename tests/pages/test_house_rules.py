"""What every page keeps: one place for colours, for state, for escaping; texts in both languages; small functions."""

import ast
import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from analytics.charts.theme import DARK, LIGHT

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
every_file = pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b|#[0-9A-Fa-f]{3}\b")


@every_file
def test_no_colour_outside_the_token_files(path):
    assert HEX.findall(path.read_text(encoding="utf-8")) == []


@every_file
def test_nothing_forbidden_is_used(path):
    source = path.read_text(encoding="utf-8")

    words = ("unsafe_allow_html", "unsafe_allow_javascript", "plotly.express", 'lang == "', "use_container_width")
    assert [word for word in words if word in source] == []


@every_file
def test_only_state_touches_session_state_and_the_query_string(path):
    names = {node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)}

    assert path.name == "state.py" or not names & {"session_state", "query_params"}


@every_file
def test_functions_are_short_and_files_fit(path):
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > 25
    ]

    assert long == [] and len(path.read_text(encoding="utf-8").splitlines()) <= 300


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_main_script_has_no_folder_pages_beside_it():
    """With one, Streamlit starts in its old multipage mode and runs a page without the frame and its sign-in."""
    assert not (ROOT / "pages" / "pages").exists()


@pytest.mark.parametrize("token", [t for t in asdict(LIGHT) if t != "prior"])
def test_the_style_sheet_and_the_charts_have_the_same_colours(token):
    sheet = (ROOT / "pages" / "static" / "app.css").read_text(encoding="utf-8")

    found = re.search(rf"--{token}: light-dark\((#\w+), (#\w+)\);", sheet)

    assert found and found.groups() == (getattr(LIGHT, token), getattr(DARK, token))


def test_streamlit_is_set_up_for_a_closed_network():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["runner"] == {"magicEnabled": False, "postScriptGC": False}
    assert "address" not in config["server"]  # the operator's decision


@pytest.mark.parametrize("theme, colours", [("light", LIGHT), ("dark", DARK)])
def test_streamlits_own_theme_has_the_same_colours(theme, colours):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]

    shared = ("backgroundColor", "secondaryBackgroundColor", "textColor", "borderColor", "blueColor", "orangeColor")
    assert [config[name] for name in shared] == [
        getattr(colours, t) for t in ("bg", "panel", "ink", "line", "good", "bad")
    ]
