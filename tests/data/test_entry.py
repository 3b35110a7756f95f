"""Typing in: the same checks as an upload, nothing published while a cell is wrong, a changed row wins, undo works."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies

from data import entry
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import upload
from data.lake import Batch
from data.text import same
from tests.data.ingest.kit import read_here

VISITS = BY_NAME["visits"]
MADE = {"visit": "BF1", "account": "A01", "visited_on": date(2026, 5, 20), "visitor": "沈国栋", "executive": True}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home without data, whose demo was never made; files are read without a process of their own."""
    monkeypatch.setattr(upload, "read", read_here)
    return Home(tmp_path / "home", memory_mb=256)


def typed(home: Home, *fresh: dict, altered: tuple[dict, ...] = ()) -> Batch | list[entry.Problem]:
    return entry.publish(home, VISITS, fresh, altered, "李敏")


def there(home: Home) -> list[dict]:
    home.own().version()
    return entry.rows(home.own(), VISITS)


def said(problems: Batch | list[entry.Problem]) -> list[tuple[str, str, str, str]]:
    assert isinstance(problems, list)
    return [(p.row.en, p.column.en, p.value, p.reason.en) for p in problems]


def test_typed_rows_are_a_batch_that_says_so_and_by_whom(home):
    batch = typed(home, MADE, {}, {**MADE, "visit": "BF2", "executive": False, "days": 1.5})

    assert isinstance(batch, Batch) and batch.rows == 2
    assert entry.is_typed(batch.receipt) and batch.receipt.user == "李敏" and batch.receipt.rows_in == 2
    assert batch.receipt.period == ("2026-05-20", "2026-05-20")
    assert [(row["visit"], row["executive"], row["days"]) for row in there(home)] == [
        ("BF1", True, None),
        ("BF2", False, 1.5),
    ]
    assert len(list((home.path / "originals").iterdir())) == 1 and not list((home.path / "uploads").iterdir())


def test_a_batch_of_a_file_is_not_a_typed_one(given):
    assert not entry.is_typed(given("visits", MADE).receipt)


def test_a_wrong_cell_holds_every_row_back_and_is_named_by_row_column_and_reason(home):
    problems = typed(home, MADE, {}, {"visit": "BF2", "account": "A01", "visitor": "沈国栋", "days": -1.0})

    assert said(problems) == [
        ("New row 3", "Visited on", "", "must not be empty"),
        ("New row 3", "By an executive", "", "must not be empty"),
        ("New row 3", "Days spent", "-1", "is outside the allowed range"),
    ]
    assert home.is_demo and there(home) == [] and not list((home.path / "originals").glob("*"))


def test_a_word_outside_a_closed_list_names_the_list(home):
    row = {"event": "SJ1", "account": "A01", "starts_on": date(2026, 8, 1), "importance": "9"}

    problems = entry.publish(home, BY_NAME["events"], [row], [], "李敏")

    assert said(problems) == [("New row 1", "Importance", "9", "must be one of: 1 Low, 2 Medium, 3 High")]


def test_a_new_row_never_replaces_one_that_is_there_or_was_typed_above(home):
    typed(home, MADE)

    problems = typed(home, {**MADE, "visitor": "周婷"}, {**MADE, "visit": "BF2"}, {**MADE, "visit": " BF2 "})

    assert said(problems) == [
        ("New row 1", "Visit", "BF1", "is in the register already: change it in the table below"),
        ("New row 3", "Visit", "BF2", "has the same key as a row above"),
    ]
    assert [row["visitor"] for row in there(home)] == ["沈国栋"]


def test_a_changed_row_wins_and_undoing_its_batch_brings_the_old_one_back(home):
    typed(home, MADE, {**MADE, "visit": "BF2"})
    before = there(home)
    after = [{name: row[name] for name in entry.fields(VISITS)} for row in before]
    after[1]["purpose"] = "例行走访"

    batch = typed(home, altered=tuple(entry.changed(before, after)))

    assert isinstance(batch, Batch) and batch.rows == 1
    assert [row["purpose"] for row in there(home)] == [None, "例行走访"]
    home.own().lake.undo(batch.id, "李敏")
    assert there(home) == before


def test_a_row_can_be_changed_back_although_that_file_was_published_before(home):
    typed(home, MADE)
    for purpose in ("例行走访", "年度协议", "例行走访"):
        assert isinstance(typed(home, altered=({**MADE, "purpose": purpose},)), Batch)

    assert [row["purpose"] for row in there(home)] == ["例行走访"]


def test_the_same_rows_twice_at_once_are_published_once(home, monkeypatch):
    typed(home, MADE)
    batch = typed(home, altered=({**MADE, "purpose": "例行走访"},))
    assert isinstance(batch, Batch)
    monkeypatch.setattr(type(home.own().lake), "version", lambda lake: (("visits", batch.seq - 1),))

    assert said(typed(home, altered=({**MADE, "purpose": "例行走访"},)))[0][0] == "The whole table"


def test_the_name_goes_with_the_code_and_leaves_with_it():
    old = {**MADE, "account_name": "锦泰家电"}
    typed_over = [{**MADE, "purpose": "例行走访"}, {**MADE, "account": "A02"}, MADE]

    found = entry.changed([old] * 3, typed_over)

    assert [row.get("account_name") for row in found] == ["锦泰家电", None]


def test_a_cell_as_the_table_returns_it_is_no_change():
    old = {"visit": "BF1", "days": Decimal("1.500"), "done": True, "visited_on": date(2026, 5, 20), "summary": "a\nb "}
    new = {"visit": "BF1", "days": 1.5, "done": "true", "visited_on": date(2026, 5, 20), "summary": "a b"}

    assert entry.changed([old], [new]) == []


@pytest.mark.parametrize(("row", "empty"), [({}, True), ({"executive": False}, True), ({"visitor": " "}, True),
                                            ({"visitor": "x"}, False), ({"days": 0.0}, False)])  # fmt: skip
def test_a_row_is_blank_when_no_more_than_a_box_is_unticked(row, empty):
    assert entry.blank(VISITS, row) is empty


def test_publishing_typed_rows_ends_the_demo_and_nothing_else_does(home):
    assert home.is_demo
    typed(home, {"visit": "BF1"})
    assert home.is_demo
    typed(home, MADE)
    assert not home.is_demo


def test_the_newest_rows_are_shown(given, store, monkeypatch):
    monkeypatch.setattr(entry, "SHOWN", 2)
    given("visits", *[{**MADE, "visit": f"BF{n}", "visited_on": f"2026-05-0{n}"} for n in (1, 3, 2)])

    assert [row["visit"] for row in entry.rows(store, VISITS)] == ["BF3", "BF2"]
    assert entry.count(store, VISITS) == 3


@drawn(strategies.floats(-1e11, 1e11).map(lambda number: round(number, 4)))
def test_a_number_is_spelled_so_that_it_is_the_same_number_again(number: float):
    assert float(entry.spelled(number)) == pytest.approx(number, rel=1e-14)
    assert entry.spelled(Decimal(str(number))) == entry.spelled(number)


@pytest.mark.parametrize("dataset", entry.REGISTERS.values(), ids=lambda dataset: dataset.name)
def test_every_register_takes_its_own_example_typed_in(home, dataset):
    words = {"是": True, "否": False}
    row = {f.name: words.get(f.example, f.example) or None for f in dataset.fields}

    batch = entry.publish(home, dataset, [row], [], "李敏")

    assert isinstance(batch, Batch) and batch.rows == 1
    assert entry.changed(entry.rows(home.own(), dataset), entry.rows(home.own(), dataset)) == []


def test_cells_left_empty_are_named_row_by_row_and_never_filled_down(home):
    months = [{"account": account, "month": date(2026, 6, 1), "amount": 5.0} for account in ("A01", None, None)]

    problems = entry.publish(home, BY_NAME["targets"], months, [], "李敏")

    assert [one[:2] for one in said(problems)] == [("New row 2", "Account code"), ("New row 3", "Account code")]


def test_a_typed_target_without_a_period_is_its_months(home):
    january, july = ({"account": "A01", "month": date(2026, m, 1), "amount": 5.0} for m in (1, 7))

    assert isinstance(
        entry.publish(home, BY_NAME["targets"], [january, july | {"covers": "half-year"}], [], "李敏"), Batch
    )
    assert {row["month"].month: row["covers"] for row in entry.rows(home.own(), BY_NAME["targets"])} == {
        1: "month",
        7: "half-year",
    }


def test_an_alias_that_cannot_be_is_handed_back_as_in_an_upload(home):
    rows = [{"alias": "B", "account": "C"}, {"alias": "C", "account": "B"}]

    problems = entry.publish(home, BY_NAME["aliases"], rows, [], "李敏")

    assert [one[:2] for one in said(problems)] == [("New row 1", "Alias"), ("New row 2", "Alias")]


def test_a_code_that_only_the_sales_know_can_be_typed(home):
    entry.publish(home, BY_NAME["aliases"], [{"alias": "B", "account": "A01"}], [], "李敏")
    row = {"account": "Z9", "month": date(2026, 6, 1), "amount": 5.0}

    assert isinstance(entry.publish(home, BY_NAME["targets"], [row], [], "李敏"), Batch)


def test_a_register_that_names_another_ones_rows_may_choose_from_their_codes_the_newest_first(given, store):
    given(
        "trials",
        {"trial": "SD01", "title": "样机体验台", "starts_on": "2026-01-05"},
        {"trial": "SD02", "title": None, "starts_on": "2026-03-02"},
    )

    assert {name: list(found.items()) for name, found in entry.codes(store, BY_NAME["feedback"]).items()} == {
        "trial": [("SD02", same("SD02")), ("SD01", same("样机体验台"))]
    }
    assert entry.codes(store, BY_NAME["trials"]) == {} and list(entry.codes(store, BY_NAME["tiers"])) == ["agreement"]


def test_trials_their_accounts_feedback_and_promotions_can_be_typed_in():
    assert {"trials", "trial_scope", "feedback", "promotions"} <= entry.REGISTERS.keys()
