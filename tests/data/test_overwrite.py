"""What a file changes of a register before it is published: new rows, changed rows, totals from and to."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.intake import take
from data.overwrite import NAMED, Overwrite, overwrite, plainly
from data.store import Store

JUNE = ("A,洗衣机,2026-06,100,5", "B,,2026-06,200,6", "C,,2026-06,300,")


def held(home, prepared) -> None:
    take(home, prepared, {}, "li", False)


def looked(home, prepared, answers=None) -> Overwrite:
    found = overwrite(home.own(), prepared, answers or {})
    assert found is not None
    return found


def counts(found: Overwrite) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.same, found.repeated


def test_where_nothing_is_there_every_key_is_new_and_no_total_was_anything(home, came):
    found = looked(home, came(*JUNE, dataset="plan"))

    assert counts(found) == (3, 0, 0, 0)
    assert [(t.field.name, t.before, t.after, t.growth) for t in found.totals] == [
        ("amount", None, 600, None),
        ("qty", None, 11, None),
    ]
    assert found.columns == found.examples == ()


def test_rows_are_new_changed_or_the_same_by_their_key_an_empty_part_of_it_included(home, came):
    held(home, came(*JUNE, dataset="plan"))

    found = looked(home, came("A,洗衣机,2026-06,100,5", "B,,2026-06,260,6", "A,,2026-06,1,1", dataset="plan"))

    assert counts(found) == (1, 1, 1, 0)
    assert [(t.field.name, t.before, t.after) for t in found.totals] == [("amount", 300, 361), ("qty", 11, 12)]
    assert found.totals[0].growth == pytest.approx(61 / 300)


def test_lots_of_a_count_are_one_key_that_adds_up(home, came):
    lots = ("杭州,X,2026-06-30,10,5,40", "杭州,X,2026-06-30,15,,40", ",X,2026-06-30,3,,")
    held(home, came(*lots, dataset="own_stock"))

    found = looked(home, came("杭州,X,2026-06-30,20,5,40", "杭州,X,2026-06-30,9,,40", lots[2], dataset="own_stock"))

    assert counts(found) == (0, 1, 1, 0)
    assert [(t.field.name, t.before, t.after) for t in found.totals] == [
        ("on_hand", 28, 32),
        ("on_order", 5, 5),
        ("reorder_level", 40, 40),  # taken once
    ]


def test_a_change_names_the_key_and_every_column_from_and_to(home, came):
    held(home, came(*JUNE, dataset="plan"))

    [one] = looked(home, came("B,,2026-06,2000,6", dataset="plan")).examples

    assert [(f.name, value) for f, value in one.key] == [
        ("account", "B"),
        ("category", None),
        ("month", date(2026, 6, 1)),
    ]
    assert [(f.name, old, new) for f, old, new in one.cells] == [("amount", Decimal(200), Decimal(2000))]


def test_a_column_that_the_file_lacks_is_emptied_and_that_is_said(home, came):
    held(home, came(*JUNE, dataset="plan"))

    found = looked(home, came("A,2026-06,1", "B,2026-06,200", "C,2026-06,300", dataset="targets"))

    assert counts(found) == (1, 1, 1, 0)  # A has no row without a category
    assert [(c.field.name, c.rows, c.emptied) for c in found.columns] == [("qty", 1, 1)]
    assert [(t.field.name, t.before, t.after) for t in found.totals] == [("amount", 500, 501), ("qty", 6, None)]


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_largest_changes_are_named_and_no_more_than_a_few(home, came, more):
    rows = range(NAMED + more)
    held(home, came(*(f"A{n},,2026-06,100,1" for n in rows), dataset="plan"))

    found = looked(home, came(*(f"A{n},,2026-06,{100 + n * (-1) ** n * 10 + 1},1" for n in rows), dataset="plan"))

    assert found.changed == NAMED + more
    named = [one.key[0][1] for one in found.examples]
    assert named[0] == f"A{max(rows)}" and len(named) == min(NAMED, NAMED + more)


def test_of_a_key_that_the_file_has_twice_the_later_row_counts(home, came):
    held(home, came("A,,2026-06,100,1", dataset="plan"))

    found = looked(home, came("A,,2026-06,500,1", "A,,2026-06,100,1", dataset="plan"))

    assert counts(found) == (0, 0, 1, 1)


def test_only_the_rows_that_count_are_compared_with(home, came):
    held(home, came("A,,2026-06,100,1", dataset="plan"))
    held(home, came("A,,2026-06,150,1", dataset="plan"))
    later = home.own().lake.batches("targets")[0]

    assert counts(looked(home, came("A,,2026-06,100,1", "A,,2026-07,1,1", dataset="plan"))) == (1, 1, 0, 0)
    home.own().lake.undo(later.id, "li")
    assert counts(looked(home, came("A,,2026-06,100,1", "A,,2026-07,1,1", dataset="plan"))) == (1, 0, 1, 0)


def test_rows_that_are_handed_back_change_nothing(home, came):
    found = looked(home, came("A,,2026-06,100,1", "B,,2026-06,many,1", dataset="plan"))

    assert counts(found) == (1, 0, 0, 0)


def test_prices_and_pack_sizes_are_never_added_up(home, came):
    assert looked(home, came("X,Milk", dataset="products")).totals == ()


def test_another_name_of_an_account_is_the_account_also_when_it_becomes_so_with_this_file(home, came):
    held(home, came("A,,2026-06,100,1", dataset="plan"))

    later = came("A2,,2026-06,150,1", dataset="plan")

    assert counts(looked(home, later)) == (1, 0, 0, 0)
    assert counts(looked(home, later, {"alias:account:A2": "A"})) == (0, 1, 0, 0)


def test_in_a_master_a_row_under_its_own_code_is_not_changed_by_one_under_an_alias(home, came, tmp_path):
    held(home, came("A,Jintai", dataset="accounts"))
    held(home, came("A2,,,A", dataset="aliases"))

    assert counts(looked(home, came("A2,Other", dataset="accounts"))) == (0, 0, 1, 0)
    assert counts(looked(home, came("A,Other", dataset="accounts"))) == (0, 1, 0, 0)


def test_files_whose_rows_add_up_and_files_with_questions_have_no_keys_to_change(home, came):
    assert overwrite(home.own(), came("A,X,2026-06-01,1,10"), {}) is None
    assert overwrite(home.own(), came("1,1,A,X,03/04/2026,1,1", dataset="orders"), {}) is None


def test_cells_are_spelled_for_json(home, came):
    held(home, came("A,,2026-06,100,1", dataset="plan"))
    [one] = looked(home, came("A,,2026-06,100.5,1", dataset="plan")).examples

    assert [plainly(f, value) for f, value in one.key] == ["A", None, "2026-06"]
    assert [plainly(f, value) for f, *values in one.cells for value in values] == [100.0, 100.5]
    with pytest.raises(TypeError, match="amount holds"):
        plainly(one.cells[0][0], object())


ROW = st.tuples(st.sampled_from("AB"), st.sampled_from(["", "洗衣机"]), st.sampled_from("56"), st.integers(0, 2))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(st.lists(ROW, min_size=1, max_size=5), min_size=2, max_size=3))
def test_what_is_said_before_is_what_the_store_has_afterwards(home, came, files):
    for batch in home.own().lake.batches("targets"):
        if batch.live:
            home.own().lake.undo(batch.id, "li")
    for rows in files:
        before, store = _held(home.own()), home.own()
        file = came(*(f"{a},{c},2026-0{m},{q}.00,1" for a, c, m, q in rows), dataset="plan")
        found = looked(home, file)
        if any(b.live and b.receipt.sha256 == file.source.sha256 for b in store.lake.batches("targets")):
            continue
        take(home, file, {"twice": "keep"}, "li", False)
        after = _held(store)
        assert found.new == len(after.keys() - before.keys())
        assert found.changed == sum(before[key] != after[key] for key in before)
        assert found.new + found.changed + found.same + found.repeated == len(rows)
        [total, _] = found.totals
        touched = {(a, c or None, date(2026, int(m), 1)) for a, c, m, _ in rows}
        assert total.after == sum(after[key] for key in touched)
        assert (total.before or 0) == sum(before.get(key, 0) for key in touched)


def _held(store: Store) -> dict[tuple, Decimal]:
    store.version()
    return {
        tuple(key): amount for *key, amount in store.execute("SELECT account, category, month, amount FROM targets")
    }
