"""What the structure of the accounts comes to at a glance: at most five numbers from the questions' own rows."""

from collections.abc import Sequence

from analytics.answer import Finding, Scope, months_back
from analytics.glance import NOTHING_BEFORE, YEAR_BEFORE, Kpi
from analytics.metrics import EFFECTIVE, FIVE_SHARE, KEY_ACCOUNTS, LOAD, LOSS
from analytics.numbers import signed
from analytics.portfolio import concentration, managers, twenty
from data.text import Text

SHOWN = 13  # months in a line: the month and the year before it
USUAL = Text("常见 3 到 10 家", "3 to 10 is usual")
NO_MANAGERS = Text("档案里没有客户经理", "no managers in the master")
OF_SALES = Text("的销售额", "of sales")


def counted(rows: Sequence[twenty.Row]) -> Kpi:
    """Key accounts by sales, against a year ago."""
    series = twenty.under(rows, "sales")
    now = series[-1] if series else None
    before = next((r for r in series if now and r.month == months_back(now.month, 12)), None)
    if now is None:
        return Kpi(KEY_ACCOUNTS, None, "", None, NOTHING_BEFORE)
    gap = None if before is None else now.accounts - before.accounts
    change, good = ("", None) if gap is None else (signed(gap, 0), KEY_ACCOUNTS.good(gap))
    line = tuple(float(r.accounts) for r in series[-SHOWN:])
    return Kpi(KEY_ACCOUNTS, now.accounts, change, good, YEAR_BEFORE if change else NOTHING_BEFORE, line)


def concentrated(rows: Sequence[concentration.Row], scope: Scope) -> list[Kpi]:
    """The five largest, effective accounts and the loss of the largest, against a year ago."""
    now, before = concentration.at(rows, scope.month), concentration.at(rows, months_back(scope.month, 12))
    known = [r for r in rows if r.cr1 is not None][-SHOWN:]
    five = _ratio(now and now.cr5, before and before.cr5, tuple((r.cr5 or 0.0) for r in known))
    width = tuple(r.effective or 0.0 for r in known)
    loss = now.loss_months if now else None
    return [
        five,
        _plain(now and now.effective, before and before.effective, width),
        Kpi(LOSS, loss, "", None, OF_SALES if loss is not None else NOTHING_BEFORE),
    ]


def _ratio(now: float | None, before: float | None, series: tuple[float, ...]) -> Kpi:
    if now is None or before is None:
        return Kpi(FIVE_SHARE, now, "", None, NOTHING_BEFORE, series)
    gap = (now - before) * 100
    return Kpi(FIVE_SHARE, now, signed(gap), FIVE_SHARE.good(round(gap, 1)), YEAR_BEFORE, series)


def _plain(now: float | None, before: float | None, series: tuple[float, ...]) -> Kpi:
    if now is None or before is None:
        return Kpi(EFFECTIVE, now, "", None, NOTHING_BEFORE, series)
    gap = now - before
    return Kpi(EFFECTIVE, now, signed(gap), EFFECTIVE.good(round(gap, 1)), YEAR_BEFORE, series)


def loaded(rows: Sequence[managers.Row] | None) -> Kpi:
    """Accounts per manager; `None`: no account master was ever loaded."""
    mean = managers.mean(rows) if rows else None
    return Kpi(LOAD, mean, "", None, NO_MANAGERS if mean is None else USUAL)


def todo(said: Sequence[Finding], most: int = 2) -> Text:
    """What to do about the structure first, from what the questions say: what is no fair weather, of all of them."""
    wanted = [f.text for f in said if f.level in ("rain", "storm") and not f.account][:most]
    return Text("；".join(t.zh for t in wanted), "; ".join(t.en for t in wanted))
