"""The five numbers: each equals what its list shows."""

from datetime import UTC, date, datetime

from analytics.answer import Finding
from analytics.health import strip
from analytics.health.completeness import Row
from analytics.health.freshness import Row as Fresh
from data.lake import Batch, Receipt
from data.lineage import Entry
from data.quarantine import Held
from data.text import Text

JUNE = date(2026, 6, 1)


def row(state: str) -> Row:
    return Row("sell_out", state, state, state, "", state, state * 12, JUNE, JUNE, JUNE, 0, 10.0)


def file(*, undone: bool = False, lost: int = 0) -> Entry:
    receipt = Receipt("a.csv", "", "ana", rows_in=5 + lost)
    at = datetime(2026, 7, 1, tzinfo=UTC)
    return Entry(Batch("b", "sell_out", 1, at, 5, receipt, at if undone else None), 5)


def test_reported_counts_zeros_and_leaves_out_who_had_not_begun():
    kpi = strip.reported([row(s) for s in "✓✓0?×○·"])

    assert (kpi.value, kpi.against.en) == (3, "of 6")
    assert strip.reported([]).shown("en") == "–"


def test_unheard_sums_the_money_at_stake():
    calls = [Finding("storm", Text("x", "x"), 2_000_000.0), Finding("rain", Text("x", "x"), 500_000.0)]

    kpi = strip.unheard(calls)

    assert (kpi.value, kpi.against.en) == (2, "usually ¥2.50M a month")
    assert strip.unheard([]).against.en == "all are there"


def test_overdue_is_of_the_datasets_with_a_rhythm():
    kpi = strip.overdue(
        [Fresh("stock", JUNE, 9, 7.0, 8), Fresh("orders", JUNE, 8, 7.0, 8), Fresh("payments", JUNE, 99, None, None)]
    )

    assert (kpi.value, kpi.against.en) == (1, "of 2")


def test_unreconciled_counts_live_files_only():
    kpi = strip.unreconciled([file(), file(lost=1), file(lost=1, undone=True)])

    assert (kpi.value, kpi.against.en) == (1, "of 2")


def test_quarantined_sums_rows(tmp_path):
    held = [Held(file().batch, tmp_path, n, 1, JUNE) for n in (3, 4)]

    assert (strip.quarantined(held).value, strip.quarantined(held).against.en) == (7, "files: 2")
    assert strip.quarantined([]).value == 0


def test_rows_of_a_file_that_was_corrected_wait_no_longer(tmp_path):
    held = [Held(file().batch, tmp_path, 3, 1, JUNE, corrected=n) for n in (0, 1)]

    assert (strip.quarantined(held).value, strip.quarantined(held).against.en) == (3, "files: 1")
