"""Share of wallet: our shipments of twelve months over what the account states that it buys from all suppliers."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.accounts import wallet
from analytics.answer import Scope
from analytics.charts.theme import Look

JUNE = Scope(date(2026, 6, 30), "sell_in")


def shipped(account: str, amount: float, months: int = 12, day: int = 10, sku: str = "X") -> list[dict]:
    """The same amount in each of the last months up to June 2026."""
    starts = [divmod(2026 * 12 + 5 - n, 12) for n in range(months)]
    return [
        {"account": account, "sku": sku, "sold_on": date(year, month + 1, day), "qty": 1, "amount": amount}
        for year, month in starts
    ]


def named(account: str, purchases: float | None, region: str = "华东") -> dict:
    name = f"{account}百货"
    return {"account": account, "account_name": name, "region": region, "owner": "李敏", "purchases": purchases}


def test_the_share_is_what_we_shipped_of_what_the_account_buys(store, given):
    given("accounts", named("A", 4800), named("B", 1200))
    given("sell_in", *shipped("A", 100, months=13), *shipped("B", 75))

    rows = wallet.ask(store, JUNE)

    assert [(r.account, r.rolling, r.share, r.room) for r in rows] == [("A", 1200, 0.25, 3600), ("B", 900, 0.75, 300)]
    assert wallet.share(rows) == pytest.approx(2100 / 6000)  # a ratio of sums, not a mean of ratios
    assert wallet.say(rows, JUNE)[0].text.en == (
        "2 accounts state what they buy: 35% is ours; A百货 buys most elsewhere (¥3.60K)"
    )


def test_an_account_that_states_nothing_is_not_in_it(store, given):
    given("accounts", named("A", None), named("B", 1200))
    given("sell_in", *shipped("A", 100), *shipped("B", 75))

    assert [r.account for r in wallet.ask(store, JUNE)] == ["B"]


def test_an_account_that_took_nothing_from_us_has_a_share_of_zero(store, given):
    given("accounts", named("A", 500), named("B", 1200))
    given("sell_in", *shipped("B", 75))

    [none, _] = sorted(wallet.ask(store, JUNE), key=lambda r: r.account)

    assert (none.rolling, none.share, none.room) == (Decimal(0), 0.0, 500.0)


def test_what_an_account_sold_on_is_not_what_we_shipped(store, given):
    given("accounts", named("A", 2400))
    given("sell_in", *shipped("A", 100))
    given("sell_out", *shipped("A", 50))

    [row] = wallet.ask(store, Scope(JUNE.as_of, "sell_out"))

    assert row.rolling == 1200


@pytest.mark.parametrize(("months", "share"), [(12, 0.5), (11, None)])
def test_a_share_takes_twelve_months_of_our_own_books(store, given, months, share):
    given("accounts", named("A", 2400))
    given("sell_in", *shipped("A", 100, months))

    rows = wallet.ask(store, JUNE)

    assert [r.share for r in rows] == [share]
    if share is None:
        assert wallet.say(rows, JUNE)[0].text.en == "11 months of shipments; a share needs twelve"


@pytest.mark.parametrize(("purchases", "share"), [(1200, 1.0), (1199, None)])
def test_purchases_below_what_we_shipped_are_questioned(store, given, purchases, share):
    given("accounts", named("A", purchases))
    given("sell_in", *shipped("A", 100))

    rows = wallet.ask(store, JUNE)

    assert (rows[0].share, rows[0].room) == (share, 0.0)
    if share is None:
        [said] = wallet.say(rows, JUNE)
        assert "check the account master" in said.text.en and said.account == "A"


def test_an_open_month_waits_until_it_has_ended(store, given):
    given("accounts", named("A", 2400))
    given("sell_in", *shipped("A", 100, months=13))

    [row] = wallet.ask(store, Scope(date(2026, 6, 15), "sell_in"))

    assert row.rolling == 1200  # June 2025 to May 2026


def test_every_category_counts_and_regions_choose(store, given):
    given("accounts", named("A", 4800), named("B", 1200, "华北"))
    given("products", *[{"sku": s, "sku_name": s, "category": c} for s, c in (("X", "洗衣机"), ("Y", "冰箱"))])
    given("sell_in", *shipped("A", 100), *shipped("A", 50, sku="Y"))

    [row] = wallet.ask(store, Scope(JUNE.as_of, "sell_out", None, ("华东",), ("冰箱",)))

    assert (row.account, row.rolling) == ("A", 1800)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figure_shows_who_buys_most_elsewhere_first(store, given, lang):
    given("accounts", *[named(f"A{n:02}", 2000 + 100 * n) for n in range(wallet.SHOWN + 2)], named("Z", 100))
    given("sell_in", *shipped("A00", 100), *shipped("Z", 100))

    figure = wallet.draw(wallet.ask(store, JUNE), Look(lang))

    size = {"zh": 1, "en": 1000}[lang]
    assert [x * size for x in figure.data[0].x] == pytest.approx([3100 - 100 * n for n in range(wallet.SHOWN)])
