"""The list of what to send: which lines, in which order, what they come to, and what is said of them."""

from datetime import date, timedelta

from analytics.answer import Scope
from analytics.supply import gap, glance, ship

DAY = date(2026, 6, 30)
SCOPE = Scope(DAY)
SENT = {"dispatch_by": DAY + timedelta(days=20), "arrive_by": DAY + timedelta(days=23)}


def line(account: str, ship: float, rush: float = 0.0, **more) -> dict:
    """One product that has something to be sent."""
    usual = {"account": account, "ship": ship, "rush": rush, "allotted": ship + rush, "kept_pcs": ship + rush}
    return usual | SENT | more


def words(found) -> str:
    return " ".join(f.text.en for f in found)


def test_only_what_has_to_be_sent_is_listed_by_sales_kept(store, planned):
    planned(line("A", 10), line("B", 0, rush=30), line("C", 0), line("D", 20, price=None))

    rows = ship.ask(store, SCOPE)

    assert [r.account for r in rows] == ["B", "A", "D"]
    assert [r.kept_cny for r in rows] == [30_000, 10_000, None]


def test_the_sum_counts_pieces_of_all_and_money_of_what_has_a_price(store, planned):
    planned(line("A", 10, allotted=4.0, kept_pcs=3.0), line("D", 20, price=None))

    found = ship.total(ship.ask(store, SCOPE))

    assert (found.lines, found.wanted, found.pcs, found.unpriced) == (2, 30, 24, 1)
    assert (found.wanted_cny, found.goods_cny, found.kept_cny) == (10_000, 4_000, 3_000)


def test_what_leaves_within_a_fortnight_and_what_is_late_is_counted_on_both_sides(store, planned):
    day = timedelta(days=1)
    planned(
        line("A", 1, dispatch_by=DAY + 14 * day, order_by=DAY),
        line("B", 1, dispatch_by=DAY + 15 * day, order_by=DAY - day),
    )

    rows = ship.ask(store, SCOPE)

    assert (ship.total(rows).soon, ship.total(rows).late) == (1, 1)
    assert "1 of them" in words(ship.say(rows, SCOPE)) and "Past the latest order date: 1" in words(
        ship.say(rows, SCOPE)
    )


def test_a_lack_of_our_own_stock_is_said_and_no_lack_is_not(store, planned):
    planned(line("A", 10, allotted=4.0))
    assert "Our own stock lacks: 10 wanted, 4 can go" in words(ship.say(ship.ask(store, SCOPE), SCOPE))


def test_the_gap_adds_up_to_the_list_with_what_whole_packs_add(store, planned):
    planned(
        line("A", 24, need=84.0, safety=10.0, on_hand=50.0, in_transit=15.0, unsent=8.0),
        {"account": "B", "need": 40.0, "safety": 5.0, "on_hand": 400.0, "in_transit": 9.0},  # fills no gap of A
    )

    [row] = gap.ask(store, SCOPE)

    assert (row.need, row.safety, row.on_hand, row.in_transit, row.unsent) == (124, 15, 95, 15, 8)
    assert (row.packs, row.ship, row.items, row.short) == (3, 24, 2, 1)
    assert sum(amount for _, amount in gap.parts([row])) == row.ship == ship.total(ship.ask(store, SCOPE)).wanted


def test_what_a_plan_changes_is_told_with_its_sign():
    before = ship.Sum(5, 100.0, 1e6, 100.0, 1e6, 5e5, 0, 0, 0, 42.0)
    now = ship.Sum(7, 60.0, 1.2e6, 60.0, 1e6, 5e5, 0, 0, 0, 42.0)

    told = glance.changed(now, before).en

    assert "+2 lines" in told and "\u221240 pieces" in told and "+¥200K of goods" in told and "±¥0 of sales" in told
