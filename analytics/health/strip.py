"""The five numbers of the data health page: who reported, whom to call, what is overdue, unreconciled, to correct."""

from collections.abc import Sequence

from analytics.answer import Finding
from analytics.glance import OF_ALL, Kpi
from analytics.health import completeness, freshness
from analytics.metrics import OVERDUE, QUARANTINED, REPORTED, SALES, UNHEARD, UNRECONCILED
from data.lineage import Entry
from data.quarantine import Held
from data.text import Text

AT_STAKE = Text("平常每月 {usual}", "usually {usual} a month")
LACKS = Text("要问的客户平常每月共 {usual}", "Those to be called usually make {usual} a month")
NOBODY = Text("都有数", "all are there")
FILES = Text("{n} 个文件", "files: {n}")
NO_FILES = Text("没有退回的行", "nothing handed back")


def reported(rows: Sequence[completeness.Row]) -> Kpi:
    """Accounts that are there for the last month that has ended, of those that should be."""
    total = len(completeness.expected(rows))
    return Kpi(REPORTED, len(completeness.reported(rows)) if rows else None, "", None, OF_ALL.fill(n=total))


def unheard(calls: Sequence[Finding]) -> Kpi:
    """Accounts to be called, and what they usually sell in a month, together."""
    usual = sum(call.weight for call in calls)
    against = AT_STAKE.fill(usual=SALES.text(usual)) if calls else NOBODY
    return Kpi(UNHEARD, len(calls), "", None, against)


def at_stake(calls: Sequence[Finding]) -> Text:
    """What those who are to be called usually sell in a month, as a sentence."""
    return LACKS.fill(usual=SALES.text(sum(call.weight for call in calls)))


def overdue(rows: Sequence[freshness.Row]) -> Kpi:
    """Datasets that should have come, of those whose rhythm is known."""
    judged = [r for r in rows if r.longest_days is not None]
    return Kpi(OVERDUE, sum(r.overdue for r in judged), "", None, OF_ALL.fill(n=len(judged)))


def unreconciled(entries: Sequence[Entry]) -> Kpi:
    """Files that do not add up, of those that count."""
    live = [e for e in entries if e.batch.live]
    return Kpi(UNRECONCILED, sum(e.differs for e in live), "", None, OF_ALL.fill(n=len(live)))


def quarantined(held: Sequence[Held]) -> Kpi:
    """Rows that wait to be put right."""
    waiting = [one for one in held if one.waits]
    against = FILES.fill(n=len(waiting)) if waiting else NO_FILES
    return Kpi(QUARANTINED, sum(one.rows for one in waiting), "", None, against)
