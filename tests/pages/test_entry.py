"""The page of the registers: what is typed is published with one click, or handed back by row and cell."""

from datetime import date

import pandas as pd
import pytest
import streamlit as st

from data.datasets import BY_NAME
from data.entry import REGISTERS, rows
from data.store import Store
from pages.ui import grid, state
from tests.pages.words import words

GOOD = {"event": "SJ1", "account": "A01", "starts_on": pd.Timestamp("2026-08-01"), "importance": "3"}


@pytest.fixture
def type_in(monkeypatch):
    """Type into the page's tables: {"fresh": {(row, column): value}}, as a person would."""
    cells: dict[str, dict[tuple[int, str], object]] = {}

    def editor(frame: pd.DataFrame, key: str, **look: object) -> pd.DataFrame:
        typed = frame.copy()
        for (row, column), value in cells.get(key.partition("-")[0], {}).items():
            typed.loc[row, column] = value
        return typed

    monkeypatch.setattr(st, "data_editor", editor)
    return cells


def opened(run, home, register="events", **query):
    at = run(home, "entry", **query)
    at.selectbox[0].set_value(register).run()
    assert not at.exception
    return at


def kept(path) -> list[dict]:
    """What a look from outside finds published."""
    store = Store(path, memory_mb=256)
    store.version()
    try:
        return rows(store, BY_NAME["events"])
    finally:
        store.close()


def own(path):
    (path / "begun").touch()
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_register_of_the_demo_company_opens_with_nothing_changed(run, demo_home, lang):
    at = run(demo_home, "entry", lang=lang)
    for register in REGISTERS:
        at.selectbox[0].set_value(register).run()

        assert not at.exception
        assert REGISTERS[register].grain[lang] in words(at)
        assert {"zh": "还没有填写或修改", "en": "Nothing was typed or changed yet"}[lang] in words(at)
        assert at.button(key="publish-typed").disabled


def test_a_good_row_is_published_with_one_click(run, tmp_path, type_in):
    at = opened(run, own(tmp_path), lang="en")
    type_in["fresh"] = {(2, name): value for name, value in GOOD.items()}
    at.run()
    at.button(key="publish-typed").click().run()

    assert not at.exception
    assert "Rows published: 1 · Account events" in words(at)
    [row] = kept(tmp_path)
    assert (row["event"], row["starts_on"], row["importance"]) == ("SJ1", date(2026, 8, 1), 3)


def test_a_bad_row_is_named_and_nothing_is_published(run, tmp_path, type_in):
    at = opened(run, own(tmp_path), lang="en")
    type_in["fresh"] = {(2, name): value for name, value in GOOD.items() if name != "account"}
    at.run()
    at.button(key="publish-typed").click().run()

    assert "Nothing was published, to be corrected: 1" in words(at)
    shown = at.dataframe[-1].value
    assert shown.iloc[0].tolist() == ["New row 2", "Account code", "", "must not be empty"]
    assert kept(tmp_path) == []


def test_a_registered_row_is_changed_in_place(run, tmp_path, given, store, type_in):
    given("events", {"event": "SJ1", "account": "A01", "starts_on": "2026-08-01", "importance": 1})
    type_in["known"] = {(1, "importance"): "3"}
    at = opened(run, own(store.root))
    at.button(key="publish-typed").click().run()

    store.version()
    [row] = rows(store, BY_NAME["events"])
    assert not at.exception and (row["event"], row["importance"]) == ("SJ1", 3)


def test_the_demo_company_goes_only_when_the_reader_says_so(run, tmp_path, demo_home, monkeypatch, type_in):
    taken = []
    monkeypatch.setattr("data.entry.publish", lambda *said: taken.append(said) or [])
    type_in["fresh"] = {(1, name): value for name, value in GOOD.items()}
    at = opened(run, demo_home, lang="en")

    assert "Once you publish, the demo company goes" in words(at)
    assert at.button(key="publish-typed").disabled
    at.main.button_group[-1].set_value("go").run()
    assert not at.button(key="publish-typed").disabled
    at.button(key="publish-typed").click().run()
    assert len(taken) == 1


def test_an_optional_yes_or_no_has_a_third_answer_and_a_word_that_is_in_no_list_stays_on_offer(monkeypatch):
    monkeypatch.setattr(state, "lang", lambda: "en")
    table = grid.Grid(BY_NAME["promises"], {"account": {"A01": grid.Text("锦泰", "Jintai")}})
    frame = table.frame([{"kept": None, "account": "Z9"}, {"kept": True}, {"kept": False}])
    config = {name: table._config(table.dataset.field(name), frame) for name in ("kept", "account", "made_on")}

    assert frame["kept"].tolist() == [None, "true", "false"]
    assert [o["value"] for o in config["account"]["type_config"]["options"]] == ["A01", "Z9"]
    assert [o["label"] for o in config["kept"]["type_config"]["options"]] == ["yes", "no"]
    assert config["made_on"]["label"] == "Made on*"


def test_both_templates_of_a_dataset_are_offered_at_the_upload(run, tmp_path):
    at = run(own(tmp_path), "upload", lang="en")
    at.selectbox[0].set_value("visits").run()

    assert [b.proto.label for b in at.get("download_button")] == ["Get the Excel template", "Get the CSV template"]


def test_a_column_of_dates_without_any_is_one_of_dates():
    frame = grid.Grid(BY_NAME["promises"], {}).frame([{}])

    assert str(frame["due_on"].dtype).startswith("datetime64") and grid.rows(frame) == [dict.fromkeys(frame.columns)]


@pytest.mark.parametrize("register", ["feedback", "trial_scope"])
def test_cards_and_pilots_choose_a_registered_trial_and_a_pilot_is_a_box_to_tick(run, demo_home, monkeypatch, register):
    seen: dict[str, dict] = {}
    show = grid.Grid.show

    def shown(table: grid.Grid, frame: pd.DataFrame, key: str, **look) -> pd.DataFrame:
        seen[key.partition("-")[0]] = {n: table._config(table.dataset.field(n), frame) for n in frame.columns}
        return show(table, frame, key, **look)

    monkeypatch.setattr(grid.Grid, "show", shown)

    opened(run, demo_home, register, lang="zh")

    kinds = {name: column["type_config"]["type"] for name, column in seen["fresh"].items()}
    assert seen["fresh"]["trial"]["type_config"]["options"][0]["value"] == "SD03"
    assert kinds["trial"] == kinds["account"] == "selectbox"
    assert kinds.get("pilot", "checkbox") == "checkbox"
    assert {kinds.get("theme", "selectbox"), kinds.get("role", "selectbox")} == {"selectbox"}
