"""A file on its way: our own name on disk, gone when given up, kept when published."""

import os
from datetime import UTC, datetime

import pytest

from data.lake import Batch, Receipt
from data.text import same
from pages.ui.wizard import STALE, WHOLE, Wizard, columns, sweep


def test_a_file_is_stored_under_a_name_of_our_own(tmp_path):
    wizard = Wizard()

    wizard.take(memoryview(b"a,b"), "../../etc/CON.csv\u202e", tmp_path)

    assert [p.name for p in tmp_path.iterdir()] == [wizard.path.name] and len(wizard.path.name) == 32
    assert wizard.path.read_bytes() == b"a,b" and wizard.name == "../../etc/CON.csv\u202e"


def test_a_new_file_replaces_the_old_one_and_renews_the_uploader(tmp_path):
    wizard = Wizard()
    wizard.take(memoryview(b"1"), "a.csv", tmp_path)
    first, wizard.answers = wizard.turn, {"date": "ymd"}

    wizard.take(memoryview(b"2"), "b.csv", tmp_path)

    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"2"]
    assert wizard.turn > first and wizard.answers == {} and wizard.step == 0


@pytest.mark.parametrize("end", ["drop", "publish"])
def test_the_uploaded_copy_is_deleted_however_the_wizard_ends(tmp_path, end):
    wizard = Wizard()
    wizard.take(memoryview(b"x"), "a.csv", tmp_path)
    batch = Batch("b", "sell_out", 0, datetime.now(UTC), 1, Receipt("a.csv", "ab" * 32, "li"))

    wizard.drop() if end == "drop" else wizard.publish(batch)

    assert list(tmp_path.iterdir()) == []


def test_changing_what_the_file_is_starts_anew(tmp_path):
    wizard = Wizard()
    wizard.take(memoryview(b"x"), "a.csv", tmp_path)

    wizard.aim("stock")

    assert (wizard.dataset, wizard.path, list(tmp_path.iterdir())) == ("stock", None, [])


def test_a_column_can_be_changed_and_taken_away():
    wizard, matched = Wizard(), {"qty": "数量", "sku": "编码", "store": "门店"}

    wizard.put("qty", "门店")
    wizard.put("sku", "")

    assert columns(wizard.told, matched) == {"qty": "门店"}  # what was told of a header counts for nothing else


def test_an_answer_can_be_taken_back():
    wizard = Wizard()

    wizard.answer("date", "ymd")
    wizard.answer("unit", "wan")
    wizard.answer("date", "")

    assert wizard.answers == {"unit": "wan"}


def test_a_total_typed_anew_or_another_reading_asks_again_whether_to_publish_with_a_difference():
    wizard = Wizard()
    for again in (lambda: wizard.expect("qty", "5"), wizard.back):
        wizard.expect("qty", "4")
        wizard.answer("control:qty", "accept")
        wizard.answer("overlap", "add")

        again()

        assert wizard.answers == {"overlap": "add"} and wizard.control["qty"]


def test_reading_afresh_forgets_what_was_said_and_the_next_file_is_remembered_again(tmp_path):
    wizard = Wizard(told={"qty": "数量"}, answers={"unit": "yuan"}, like=same("as a.csv"))

    wizard.forget()

    assert (wizard.told, wizard.answers, wizard.afresh) == ({}, {}, True)
    wizard.take(memoryview(b"1"), "a.csv", tmp_path)
    assert (wizard.afresh, wizard.like, wizard.control) == (False, None, {})


def test_files_of_sessions_that_went_away_are_swept(tmp_path):
    for name, age in (("old", STALE + 60), ("new", 0)):
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / f"{name}-folder").mkdir()
        for path in (tmp_path / name, tmp_path / f"{name}-folder"):
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - age))

    sweep(tmp_path)
    sweep(tmp_path / "not there")

    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "new-folder"]


def test_what_was_said_of_the_cells_of_a_column_goes_with_the_column():
    wizard = Wizard(
        answers={
            "fix:qty:十二": "12",
            "fix:qty2:a": "b",
            "blank:qty": "empty",
            "blank:qty2": "empty",
            "value:qty": "1",
            "dates:qty": "ymd",
        }
    )

    wizard.put("qty", "数量")

    assert wizard.answers == {"fix:qty2:a": "b", "blank:qty2": "empty", "dates:qty": "ymd"}


def test_one_value_for_the_file_takes_the_place_of_a_column_until_a_column_is_chosen():
    wizard = Wizard()

    wizard.put("account", WHOLE)
    wizard.answer("value:account", "A01")
    assert (wizard.told, wizard.whole, wizard.answers) == ({"account": ""}, {"account"}, {"value:account": "A01"})
    wizard.put("account", "客户")

    assert (wizard.told, wizard.whole, wizard.answers) == ({"account": "客户"}, set(), {})
