"""What became of what was approved: both sides of the day, of 95 % and of each window; no delivery counts twice."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from analytics.answer import Scope
from analytics.supply import followed
from analytics.supply.followed import Row
from data.store import Store
from tests.conftest import giver

JUNE = Scope(date(2026, 6, 30))
DECIDED, DUE, UNTIL = date(2026, 5, 4), date(2026, 5, 20), date(2026, 6, 20)
LINE = {"decision": "FH-1", "account": "A", "sku": "X", "decided_on": DECIDED, "qty": 100, "arrive_by": DUE}
LINE |= {"dispatch_by": date(2026, 5, 17), "until": UNTIL, "kept": 5000, "risk": 0.8}
NUMBERS = count(1)


def came(qty: float | None = 100, on: date = DUE, left: date | None = None, account: str = "A", **more) -> dict:
    """An order line that arrived."""
    told = {"order_no": "O", "line_no": str(next(NUMBERS)), "account": account, "sku": "X", "qty": qty or 1}
    left = left or on - timedelta(days=3)
    return told | {"ordered_on": date(2026, 4, 1), "shipped_on": left, "delivered_on": on, "shipped_qty": qty} | more


FILE_GOES_ON = came(1, date(2026, 6, 29), sku="other")


def only(store, scope: Scope = JUNE) -> Row:
    [row] = followed.ask(store, scope)
    return row


@pytest.mark.parametrize(
    ("qty", "verdict"), [(100, "full"), (95, "full"), (94.999, "part"), (1, "part"), (300, "full"), (0, "none")]
)
def test_in_full_is_95_percent_of_the_pieces(store, given, qty, verdict):
    given("approvals", LINE)
    given("orders", came(qty), FILE_GOES_ON)

    row = only(store)

    assert (row.verdict, row.in_time_pcs, row.later_pcs) == (verdict, qty or 0, 0)


@pytest.mark.parametrize(
    ("on", "verdict", "pcs"),
    [
        (DUE, "full", (100, 0)),
        (DUE + timedelta(days=1), "late", (0, 100)),
        (UNTIL, "late", (0, 100)),
        (UNTIL + timedelta(days=1), "none", (0, 0)),
    ],
)
def test_in_time_is_by_the_latest_day_of_arrival_and_late_until_the_goods_should_have_lasted(
    store, given, on, verdict, pcs
):
    given("approvals", LINE)
    given("orders", came(on=on), FILE_GOES_ON)

    row = only(store)

    assert (row.verdict, (row.in_time_pcs, row.later_pcs)) == (verdict, pcs)


def test_a_part_in_time_and_the_rest_later_is_late_and_less_is_in_part(store, given):
    after = DUE + timedelta(days=9)
    given("approvals", LINE, LINE | {"account": "B"})
    given("orders", came(20), came(75, after), came(20, account="B"), came(74, after, account="B"), FILE_GOES_ON)

    assert [(r.account, r.verdict, r.in_time_pcs, r.later_pcs) for r in followed.ask(store, JUNE)] == [
        ("A", "late", 20, 75),
        ("B", "part", 20, 74),
    ]


@pytest.mark.parametrize(("left", "pcs"), [(DECIDED, 100), (DECIDED - timedelta(days=1), 0)])
def test_what_was_on_its_way_when_it_was_decided_was_not_approved(store, given, left, pcs):
    given("approvals", LINE)
    given("orders", came(left=left, on=DECIDED + timedelta(days=3)), FILE_GOES_ON)

    assert only(store).in_time_pcs == pcs


def test_without_a_day_of_dispatch_the_day_of_delivery_decides(store, given):
    given("approvals", LINE)
    given("orders", came(60, DECIDED, shipped_on=None), came(40, DECIDED - timedelta(days=1), shipped_on=None))

    assert only(store).in_time_pcs == 60


@pytest.mark.parametrize(("as_of", "verdict"), [(DUE - timedelta(days=1), "open"), (DUE, "full")])
def test_a_line_is_judged_from_the_day_on_which_it_is_due_although_all_was_there_before(store, given, as_of, verdict):
    given("approvals", LINE)
    given("orders", came(on=DUE - timedelta(days=5)))

    assert only(store, Scope(as_of)).verdict == verdict


def test_what_happened_after_the_day_looked_at_has_not_happened(store, given):
    given("approvals", LINE, LINE | {"decision": "FH-2", "account": "B", "decided_on": date(2026, 5, 26)})
    given("sell_out", {"account": "A", "sku": "X", "sold_on": "2026-06-01", "qty": 1})
    given("orders", came(10), came(90, date(2026, 5, 26)), FILE_GOES_ON)
    given("stock", {"account": "A", "sku": "X", "counted_on": "2026-05-26", "on_hand": 0})

    row = only(store, Scope(date(2026, 5, 25)))

    assert (row.account, row.verdict, row.in_time_pcs, row.later_pcs, row.counts) == ("A", "part", 10, 0, 0)


@pytest.mark.parametrize(
    ("dispatch", "due"),
    [
        (DECIDED, DUE),  # can still leave in time
        (DECIDED - timedelta(days=1), DECIDED + timedelta(days=17)),
        (None, DUE),
    ],
)
def test_where_the_day_of_dispatch_had_passed_goods_are_due_when_they_can_be_there(store, given, dispatch, due):
    given("approvals", LINE | {"dispatch_by": dispatch})
    given("orders", FILE_GOES_ON)

    assert only(store).due_by == due


def test_needed_the_day_it_was_decided_is_not_judged_that_day(store, given):
    given("approvals", LINE | {"decided_on": JUNE.as_of, "arrive_by": JUNE.as_of, "dispatch_by": date(2026, 6, 28)})
    given("orders", FILE_GOES_ON)

    row = only(store)

    assert (row.verdict, row.due_by) == ("open", date(2026, 7, 2))


def test_sell_in_counts_where_an_account_has_no_deliveries_in_the_orders_and_returns_do_not(store, given):
    sold = {"sku": "X", "doc_no": "D", "amount": 1}
    given("approvals", LINE, LINE | {"account": "B"})
    given("orders", came(40), came(None, account="B"), FILE_GOES_ON)
    given(
        "sell_in",
        {"account": "A", "sold_on": DUE, "qty": 60, "line_no": "1"} | sold,
        {"account": "B", "sold_on": DUE, "qty": 70, "line_no": "2"} | sold,
        {"account": "B", "sold_on": DUE, "qty": -50, "line_no": "3"} | sold,
        {"account": "B", "sold_on": DUE + timedelta(days=1), "qty": 5, "line_no": "4"} | sold,
        {"account": "B", "sold_on": DECIDED - timedelta(days=1), "qty": 9, "line_no": "5"} | sold,
        {"account": "Z", "sold_on": date(2026, 6, 30), "qty": 1, "line_no": "6"} | sold,
    )

    assert [(r.account, r.in_time_pcs, r.later_pcs) for r in followed.ask(store, JUNE)] == [("A", 40, 0), ("B", 70, 5)]


def test_lines_that_cannot_be_judged_say_why_and_show_no_pieces(store, given):
    given(
        "approvals",
        LINE | {"account": "nothing known of it"},
        LINE | {"account": "B"},
        LINE | {"account": "C", "arrive_by": None},
        LINE | {"account": "D"},
    )
    given("orders", came(account="B"), came(account="C"), came(10, account="D"), came(None, account="D"), FILE_GOES_ON)

    rows = followed.ask(store, JUNE)

    assert [(r.account, r.verdict, r.in_time_pcs) for r in rows] == [
        ("B", "full", 100),
        ("C", "undated", None),
        ("D", "unknown", 10),  # one of its deliveries has no quantity
        ("nothing known of it", "unseen", None),
    ]
    assert [f.text.en for f in followed.say(rows, JUNE)][2:] == [
        "1 line has no day of arrival and cannot be judged",
        "1 line cannot be judged: no delivery to the account is on file",
        "1 line cannot be judged: deliveries without a quantity, or a file that ends before the day",
    ]


@pytest.mark.parametrize(("behind", "verdict"), [(7, "none"), (8, "unknown")])
def test_a_file_that_ends_more_than_a_week_before_a_line_was_due_says_nothing_of_it(store, given, behind, verdict):
    given("approvals", LINE)
    given("orders", came(1, DUE - timedelta(days=behind), account="A", sku="Y"))

    assert only(store).verdict == verdict


@pytest.mark.parametrize(("again", "verdict"), [(DUE, "replaced"), (DUE + timedelta(days=1), "part")])
def test_a_line_that_was_approved_again_before_it_was_due_is_judged_no_more(store, given, again, verdict):
    given("approvals", LINE, LINE | {"decision": "FH-2", "decided_on": again, "arrive_by": date(2026, 6, 10)})
    given("orders", came(30, DUE - timedelta(days=4)), came(90, DUE + timedelta(days=9)), FILE_GOES_ON)

    new, old = followed.ask(store, JUNE)

    assert (old.decision, old.verdict, old.in_time_pcs) == ("FH-1", verdict, 30)
    assert (new.verdict, new.in_time_pcs) == ("part", 90)


def test_a_line_that_was_full_before_it_was_approved_again_stays_full(store, given):
    given("approvals", LINE, LINE | {"decision": "FH-2", "decided_on": date(2026, 5, 18)})
    given("orders", came(on=date(2026, 5, 10)), FILE_GOES_ON)

    assert [r.verdict for r in followed.ask(store, JUNE)] == ["none", "full"]


def test_of_two_decisions_of_a_day_the_one_with_the_higher_number_counts(store, given):
    given("approvals", LINE | {"decision": "FH-9"}, LINE | {"decision": "FH-10"})
    given("orders", came(), FILE_GOES_ON)

    assert [(r.decision, r.verdict) for r in followed.ask(store, JUNE)] == [("FH-10", "full"), ("FH-9", "replaced")]


@settings(max_examples=12, deadline=None)  # each opens a store
@drawn(
    days=st.lists(st.integers(0, 40), min_size=1, max_size=4),
    goods=st.lists(st.tuples(st.integers(-5, 45), st.integers(0, 9)), max_size=6),
)
def test_no_delivery_counts_for_two_decisions(tmp_path_factory, days, goods):
    store = Store(tmp_path_factory.mktemp("twice"), memory_mb=256)
    decided = [DECIDED + timedelta(days=n) for n in days]
    endless = LINE | {"until": None, "dispatch_by": None}
    rows = [endless | {"decision": f"FH-{n}", "decided_on": day, "arrive_by": day + timedelta(days=9)}
            for n, day in enumerate(decided)]  # fmt: skip
    giver(store)("approvals", *rows, sync=False)
    sent = [DECIDED + timedelta(days=n) for n, _ in goods]
    moved = [came(5, left + timedelta(days=way), left) for left, (_, way) in zip(sent, goods, strict=True)]
    giver(store)("orders", *moved, FILE_GOES_ON)

    counted = sum((r.in_time_pcs or 0) + (r.later_pcs or 0) for r in followed.ask(store, JUNE))

    assert counted == 5 * sum(left >= min(decided) for left in sent)
    store.close()


@pytest.mark.parametrize(
    ("counted", "on_hand", "found"),
    [
        (DUE - timedelta(days=1), 0, (0, 0)),
        (DUE, 0, (1, 1)),
        (UNTIL, 0, (1, 1)),
        (UNTIL, -1, (1, 1)),
        (UNTIL, 1, (1, 0)),
        (UNTIL + timedelta(days=1), 0, (0, 0)),
    ],
)
def test_a_shelf_is_empty_at_a_count_between_the_day_of_arrival_and_the_day_to_last_to(
    store, given, counted, on_hand, found
):
    given("approvals", LINE)
    given("orders", came(), FILE_GOES_ON)
    given("stock", {"account": "A", "sku": "X", "counted_on": counted, "on_hand": on_hand})

    row = only(store)

    assert (row.counts, row.empty) == found and row.empty_on == (counted if found[1] else None)


def test_an_accounts_stores_are_counted_together_and_the_first_empty_count_is_named(store, given):
    counts = [("S1", "2026-05-31", 0), ("S2", "2026-05-31", 4), ("S1", "2026-06-15", 0), ("S1", "2026-06-18", 0)]
    given("approvals", LINE)
    given("orders", came(), FILE_GOES_ON)
    given("stock", *({"account": "A", "sku": "X", "store": s, "counted_on": d, "on_hand": n} for s, d, n in counts))

    row = only(store)

    assert (row.counts, row.empty, row.empty_on) == (3, 2, date(2026, 6, 15))


@pytest.mark.parametrize(("decided", "seen"), [(date(2025, 6, 30), 0), (date(2025, 7, 1), 1), (date(2026, 7, 1), 0)])
def test_decisions_of_twelve_months_are_followed(store, given, decided, seen):
    given("approvals", LINE | {"decided_on": decided})
    given("sell_out", {"account": "A", "sku": "X", "sold_on": "2026-07-01", "qty": 1})

    assert len(followed.ask(store, JUNE)) == seen


@pytest.mark.parametrize(
    ("flow", "sold", "seen"),
    [("sell_out", date(2026, 6, 12), 1), ("sell_out", date(2026, 7, 1), 0), ("sell_in", date(2026, 7, 1), 1)],
)
def test_what_is_decided_after_the_data_end_stands_there_as_not_due(store, given, flow, sold, seen):
    late = {"decided_on": date(2026, 11, 26), "arrive_by": date(2026, 6, 30), "dispatch_by": None}
    given("approvals", LINE | late)
    given("sell_out", {"account": "A", "sku": "X", "sold_on": sold, "qty": 1})
    given("orders", FILE_GOES_ON)

    assert [r.verdict for r in followed.ask(store, Scope(JUNE.as_of, flow))] == ["open"] * seen
