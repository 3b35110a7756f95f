"""What can be chosen: only what the data allows, in the order in which people look for it."""

from datetime import date

from data.shelf import Account, Shelf, shelf
from data.text import Text


def test_an_empty_store_offers_nothing(store):
    assert shelf(store) == Shelf((), {}, {}, (), (), ())


def test_months_come_newest_first_once_each_and_gaps_are_not_offered(store, given):
    given("sell_out", *[{"sold_on": day} for day in ("2025-12-31", "2026-06-01", "2026-06-18", "2026-04-30")])

    found = shelf(store)

    assert found.months == {"sell_out": (date(2026, 6, 1), date(2026, 4, 1), date(2025, 12, 1))}
    assert found.last_day == {"sell_out": date(2026, 6, 18)}


def test_the_flows_keep_their_order_and_their_own_months(store, given):
    given("sell_in", {"sold_on": "2026-07-02"})
    assert shelf(store).flows == ("sell_in",)
    given("sell_out", {"sold_on": "2026-06-18"})

    found = shelf(store)

    assert found.flows == ("sell_out", "sell_in")
    assert found.months == {"sell_out": (date(2026, 6, 1),), "sell_in": (date(2026, 7, 1),)}
    assert found.last_day == {"sell_out": date(2026, 6, 18), "sell_in": date(2026, 7, 2)}


def test_accounts_come_by_code_called_as_the_master_or_else_the_newest_sale_calls_them(store, given):
    given(
        "accounts",
        {
            "account": "C",
            "account_name": "锦泰",
            "name_en": "Jintai",
            "region": "E",
            "tier": "A",
            "channel": "chain",
            "owner": "Li",
            "parent": "B",
        },
    )
    given(
        "sell_out",
        {"account": "B", "account_name": "旧名", "region": "W", "sold_on": "2026-01-01"},
        {"account": "B", "account_name": "新名", "region": "S", "sold_on": "2026-02-01"},
        {"account": "C", "account_name": "别的", "region": "W", "sold_on": "2026-03-01"},
        {"account": "A"},
    )

    assert shelf(store).accounts == (
        Account("A", Text("A", "A"), ""),
        Account("B", Text("新名", "新名"), "S"),
        Account("C", Text("锦泰", "Jintai"), "E", "A", "chain", "Li", "B"),
    )


def test_regions_and_categories_come_once_in_order_and_never_empty(store, given):
    regions, categories = ("W", "E", "W", None), ("washers", "fridges", "washers", None)
    given("accounts", *[{"account": str(n), "region": region} for n, region in enumerate(regions)])
    given("products", *[{"sku": str(n), "category": category} for n, category in enumerate(categories)])

    found = shelf(store)

    assert (found.regions, found.categories) == (("E", "W"), ("fridges", "washers"))
