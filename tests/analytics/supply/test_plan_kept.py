"""The plan is worked out once for a version of the data, a day and a trial, and anew when what it reads changes."""

from datetime import date, timedelta

import pytest

from analytics.answer import Plan, Scope
from analytics.supply import code, outlook, plan
from data.store import Store

TODAY = date(2026, 6, 28)


@pytest.fixture
def worked(store, given, monkeypatch) -> list[str]:
    """What was worked out, in order; a product has been sold for twenty weeks."""
    days = [TODAY - timedelta(days=4 + 7 * n) for n in range(20)]
    given("sell_out", *({"account": "A", "sku": "X", "sold_on": day, "qty": 10} for day in days))
    given("stock", {"account": "A", "sku": "X", "counted_on": TODAY, "on_hand": 20})
    calls: list[str] = []

    def counted(name, work):
        def call(*told):
            calls.append(name)
            return work(*told)

        return call

    monkeypatch.setattr(outlook, "outlook", counted("outlook", outlook.outlook))
    monkeypatch.setattr(plan, "plan", counted("plan", plan.plan))
    return calls


def rows(store: Store, mark: str) -> list[tuple]:
    return store.execute("SELECT sku AS sku, state AS state FROM supply_plan WHERE kept = $kept", kept=mark)


def test_it_is_worked_out_once_whatever_part_of_the_business_is_looked_at(store, worked):
    marks = {
        plan.keep(store, scope)
        for scope in (Scope(TODAY), Scope(TODAY), Scope(TODAY, accounts=("A",), regions=("E",), key_cny=1.0))
    }

    assert worked == ["plan", "outlook"] and len(marks) == 1
    assert rows(store, marks.pop()) == [("X", "no lead")]


def test_another_day_flow_or_trial_is_another_plan_and_a_trial_needs_no_new_outlook(store, worked):
    tried = [Plan(), Plan(service=0.9), Plan(by_margin=True), Plan(lead_days=7), Plan(growth=0.1), Plan(starts=TODAY)]

    marks = [plan.keep(store, Scope(TODAY, plan=one)) for one in tried]

    assert len(set(marks)) == len(tried) and worked == ["plan", "outlook", *["plan"] * (len(tried) - 1)]
    assert rows(store, marks[3]) == [("X", "")]  # the lead time is what was not known
    assert plan.keep(store, Scope(TODAY - timedelta(days=1))) not in marks
    assert plan.keep(store, Scope(TODAY, "sell_in")) not in marks
    assert plan.keep(store, Scope(TODAY, plan=Plan(lead_days=7))) == marks[3]


def test_it_is_worked_out_anew_when_what_it_reads_changes_and_only_then(store, given, worked):
    first = plan.keep(store, Scope(TODAY))
    worked.clear()

    given("visits", {"account": "A"})
    assert plan.keep(store, Scope(TODAY)) == first and not worked

    given("own_stock", {"warehouse": "N", "sku": "X", "counted_on": TODAY, "on_hand": 5})
    assert plan.keep(store, Scope(TODAY)) != first and worked == ["plan"]  # what will be asked for is as it was

    given("stock", {"account": "A", "sku": "X", "counted_on": TODAY, "on_hand": 7})
    plan.keep(store, Scope(TODAY))
    assert worked == ["plan", "plan", "outlook"]


def test_a_release_that_plans_otherwise_does_not_read_what_an_older_one_kept(store, worked, monkeypatch):
    first = plan.keep(store, Scope(TODAY))
    for module in (plan, outlook):
        monkeypatch.setattr(module, "made_by", lambda: "another")

    assert plan.keep(store, Scope(TODAY)) != first and worked == ["plan", "outlook"] * 2


def test_every_source_file_of_the_plan_and_its_statistics_is_in_the_fingerprint(tmp_path, monkeypatch):
    supply, stats = tmp_path / "supply", tmp_path / "stats"
    for folder in (supply, stats):
        folder.mkdir()
    files = {supply / "plan.py": "a", supply / "ahead.sql": "b", stats / "allot.py": "c"}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(code, "HERE", supply)

    def mark() -> str:
        code.made_by.cache_clear()
        return code.made_by()

    try:
        marks = [mark(), mark()]
        for path in files:
            path.write_text("otherwise", encoding="utf-8")
            marks.append(mark())
        (supply / "notes.txt").write_text("of no interest", encoding="utf-8")
        marks.append(mark())
    finally:
        monkeypatch.undo()
        code.made_by.cache_clear()
    assert len(set(marks)) == 4 and marks[0] == marks[1] and marks[-1] == marks[-2]
