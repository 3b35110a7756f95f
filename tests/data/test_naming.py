"""Proposals with their evidence, and what saying "the same" or "different" comes to."""

from datetime import date

import pytest

from data.codes import Alias
from data.likeness import CODE, CONTAINED, NAME
from data.naming import different, proposed, put, same, told
from data.vet import spoken


def sold(
    account: str, *months: int, sku: str = "X", name: str | None = None, **more: object
) -> list[dict[str, object]]:
    rows = [{"account": account, "sku": sku, "sold_on": f"2026-{month:02}-10", "sku_name": name} for month in months]
    return [row | more for row in rows]


def pairs(store, kind: str = "account") -> list[tuple]:
    return [(p.alias.code, p.target.code, p.reason, p.shared) for p in proposed(store, kind)]


def test_a_pair_comes_with_rows_months_and_time_of_both_and_the_months_they_share(store, given):
    given("sell_out", *sold("苏宁易购", 1, 2, 3, region="华东"), *sold("苏宁", 3, 4), *sold("苏宁", 4))

    [found] = proposed(store, "account")

    assert (found.alias.code, found.target.code, found.reason, found.shared) == ("苏宁", "苏宁易购", CONTAINED, 1)
    assert (found.alias.rows, found.alias.months, found.alias.first, found.alias.last) == (
        3, 2, date(2026, 3, 1), date(2026, 4, 1)
    )  # fmt: skip
    assert (found.target.place, found.target.listed, found.target.rows) == ("华东", False, 3)


def test_months_are_shared_within_one_kind_of_sales_only(store, given):
    given("sell_out", *sold("苏宁易购", 1, 2))
    given("sell_in", *sold("苏宁", 1, 2))

    assert pairs(store) == [("苏宁", "苏宁易购", CONTAINED, 0)]


def test_the_code_of_the_master_is_the_one_that_stays_however_few_rows_it_has(store, given):
    given("accounts", {"account": "苏宁", "account_name": "苏宁"})
    given("sell_out", *sold("苏宁易购", 1, 2, 3))

    assert pairs(store)[0][:2] == ("苏宁易购", "苏宁")


def test_the_likeliest_pairs_come_first(store, given):
    given(
        "sell_out", *sold("国美电器", 1), *sold("国美", 1), *sold("苏宁易购", 1), *sold("苏宁", 2), *sold("a 苏宁", 1)
    )
    given("sell_out", *sold("A苏宁", 3))

    assert [(alias, why, shared) for alias, _, why, shared in pairs(store)] == [
        ("A苏宁", CODE, 0),
        ("苏宁", CONTAINED, 0),
        ("国美", CONTAINED, 1),
    ]


@pytest.mark.parametrize(("account", "month", "proposed_"), [("A", 1, False), ("A", 2, True), ("B", 1, True)])
def test_products_of_one_name_that_sell_side_by_side_are_two(store, given, account, month, proposed_):
    given("sell_out", *sold("A", 1, sku="W1X", name="洗衣机"), *sold(account, month, sku="Q77K", name="洗衣机"))

    assert bool(pairs(store, "sku")) == proposed_
    assert not proposed_ or pairs(store, "sku")[0][2] == NAME


def test_saying_the_same_points_what_meant_the_alias_at_the_target_too(store, given):
    given("aliases", {"alias": "SN", "account": "苏宁"}, {"alias": "X", "account": "Y"})

    same(store, "account", "苏宁", "苏宁易购", "ana")

    in_force = {one.alias.alias: one.target for one in told(store) if one.counts}
    assert in_force == {"SN": "苏宁易购", "苏宁": "苏宁易购", "X": "Y"}


def test_saying_the_same_of_an_alias_points_at_what_it_means(store, given):
    given("aliases", {"alias": "苏宁", "account": "苏宁易购"})

    batch = same(store, "account", "SN", "苏宁", "ana")

    assert (batch.rows, batch.receipt.user) == (1, "ana")
    assert {one.alias.alias: one.target for one in told(store)} == {"SN": "苏宁易购", "苏宁": "苏宁易购"}


def test_different_concerns_one_pair_only(store, given):
    given("sell_out", *sold("苏宁易购", 1), *sold("苏宁", 2), *sold("苏宁电器", 3))
    assert len(pairs(store)) == 2

    different(store, "account", "苏宁", "苏宁易购", "ana")

    assert [{a, t} for a, t, *_ in pairs(store)] == [{"苏宁", "苏宁电器"}]
    assert spoken(store) == [Alias("苏宁", "苏宁易购", account="苏宁")]


def test_aliases_written_by_hand_are_a_batch_with_a_receipt(store):
    batch = put(store.lake, [Alias("a", "", "b"), Alias("10", "A", sku="X")], "ana", "in.csv")

    assert (batch.dataset, batch.rows, batch.receipt.rows_in, batch.receipt.file) == ("aliases", 2, 2, "in.csv")
