"""Real files, loaded and asked by the command lines only, must give the totals that plain pandas gave: to the cent."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import fastexcel
import pandas as pd
import pytest

import analytics.__main__ as analytics
import data.__main__ as data
from analytics import asking
from analytics.accounts import alarms, bridge, returns, slipping, target
from analytics.answer import Scope
from analytics.supply import service, transit
from data.home import Home
from data.shelf import shelf
from settings import settings


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run a command line on a home of its own; returns (exit code, parsed JSON)."""
    monkeypatch.setenv("WEATHERGLASS_HOME", str(tmp_path / "home"))
    settings.cache_clear()

    def call(program, *args: object):
        code = program.main([str(a) for a in args] + ["--json"])
        return code, json.loads(capsys.readouterr().out)

    yield call
    settings.cache_clear()


def test_adventureworks_by_month_year_and_account(run, real: Path):
    file, truth = real / "adventureworks" / "aw_reseller_sales_flat.csv", real / "adventureworks" / "truth.json"
    want = json.loads(truth.read_text(encoding="utf-8"))

    code, asked = run(data, "load", file, "--as", "sell_in")
    assert (code, [q["key"] for q in asked["questions"]]) == (3, ["map.sold_on", "tax_basis"])  # OrderDate or ShipDate?
    told = ("--map", "sold_on=OrderDate", "--answer", "tax_basis=net")
    code, loaded = run(data, "load", file, "--as", "sell_in", *told)

    assert (code, loaded["rows_in"], loaded["rows_loaded"], loaded["rows_rejected"]) == (0, 60855, 60855, 0)
    assert (loaded["totals"]["amount"], loaded["totals"]["qty"]) == (want["total"], want["units"])

    _, years = run(analytics, "ask", "barometer.years", "--month", "2013-11")
    assert {str(r["year"]): r["amount"] for r in years["rows"]} == want["by_year"]
    _, months = run(analytics, "ask", "barometer.sales", "--month", "2013-11")
    got = {r["month"][:7]: r["amount"] for r in months["rows"]}
    assert {m: a for m, a in got.items() if a is not None} == want["by_month"]
    assert [m for m, a in got.items() if a is None] == want["missing_months"]

    _, ranking = run(analytics, "ask", "accounts.ranking", "--month", "2013-11")
    assert top(ranking, "total") == want["top10_accounts"]
    for year, month in (("2011", "2011-12"), ("2012", "2012-12"), ("2013", "2013-11")):
        _, ranking = run(analytics, "ask", "accounts.ranking", "--month", month)
        assert top(ranking, "year_amount") == want["top10_accounts_by_year"][year]

    by_month = want["by_month"]
    both = [m for m in by_month if m[:4] == "2012" and f"2011{m[4:]}" in by_month]
    assert gaps(date(2012, 12, 1)) == {
        "month": (by_month["2012-12"], by_month["2011-12"]),
        "year": pytest.approx(sums(by_month, both, 2012), abs=0.06),  # months are rounded in truth.json
    }
    for year in ("2011", "2012"):
        whole = want["pareto_by_year"][year]
        _, twenty = run(analytics, "ask", "portfolio.twenty", "--month", f"{year}-12")
        shares = [r for r in twenty["rows"] if r["rule"] == "share"]
        assert (shares[-1]["month"], shares[-1]["accounts"]) == (f"{year}-12-01", whole["accounts_to_reach_80pct"])
        _, spread = run(analytics, "ask", "portfolio.concentration", "--month", f"{year}-12")
        assert spread["rows"][-1]["accounts"] == whole["accounts_total"]
        assert round(spread["rows"][-1]["cr1"], 6) == whole["share_top1"]


def sums(by_month: dict[str, float], months: list[str], year: int) -> tuple[float, float]:
    """Months of a year, and the same months of the year before, to the cent."""
    now, before = (sum(by_month[m] for m in ms) for ms in (months, [f"{year - 1}{m[4:]}" for m in months]))
    return round(now, 2), round(before, 2)


def gaps(month: date) -> dict[str, tuple[float, float]]:
    """Both sides of the bridge by period, having seen that each account's parts sum to its difference."""
    store = Home(settings().home).store()
    store.version()
    rows = bridge.ask(store, asking.scope(shelf(store), month, "sell_in"))
    assert all(r.gap == sum(getattr(r, part) for part in bridge.PARTS) for r in rows)
    chosen = {period: [r for r in rows if r.period == period] for period in bridge.PERIODS}
    return {
        period: (asking.cents(sum(r.this_period for r in some)), asking.cents(sum(r.before for r in some)))
        for period, some in chosen.items()
    }


def top(answer: dict, column: str) -> list[list]:
    """The ten largest accounts as truth.json spells them: code|name, amount."""
    rows = sorted((r for r in answer["rows"] if r[column] is not None), key=lambda r: (-r[column], r["account"]))
    return [[f"{r['account']}|{r['name']}", r[column]] for r in rows[:10]]


@pytest.mark.parametrize(
    ("name", "answers"),
    [("订单_gb18030_derived.csv", {}), ("示例 - 超市.xls", {"sheet": "订单"})],
    ids=["gb18030 csv", "xls"],
)
def test_superstore_ranks_by_id_not_by_name(run, real: Path, name, answers):
    want = json.loads((real / "superstore_zh" / "truth.json").read_text(encoding="utf-8"))
    given = [f"{k}={v}" for k, v in ({"map.sold_on": "订单日期", "tax_basis": "net"} | answers).items()]

    code, loaded = run(data, "load", real / "superstore_zh" / name, "--as", "sell_in", "--answer", *given)

    assert (code, loaded["rows_loaded"], loaded["totals"]["amount"]) == (0, 10000, 16117548.24)
    _, years = run(analytics, "ask", "barometer.years", "--month", "2017-12")
    assert {str(r["year"]): r["amount"] for r in years["rows"]} == want["by_year"]
    _, months = run(analytics, "ask", "barometer.sales", "--month", "2017-12")
    assert {r["month"][:7]: r["amount"] for r in months["rows"]} == want["by_month"]
    sides = gaps(date(2016, 12, 1))
    assert sides["month"] == (want["by_month"]["2016-12"], want["by_month"]["2015-12"])
    assert sides["year"] == (want["by_year"]["2016"], want["by_year"]["2015"])
    _, ranking = run(analytics, "ask", "accounts.ranking", "--month", "2017-12")
    assert len(ranking["rows"]) == want["pareto_by_id"]["accounts_total"]
    by_total = sorted(ranking["rows"], key=lambda r: (-(r["total"] or 0), r["account"]))
    assert [[r["account"], r["total"]] for r in by_total[:10]] == want["top10_by_id"]


def test_classicmodels_grows_by_36_percent_against_the_same_months(run, real: Path):
    want = json.loads((real / "classicmodels" / "truth.json").read_text(encoding="utf-8"))
    file = real / "classicmodels" / "sales_data_sample.csv"

    told = ("--map", "account=CUSTOMERNAME", "--answer", "tax_basis=net")
    code, loaded = run(data, "load", file, "--as", "sell_in", *told)

    assert (code, loaded["rows_loaded"]) == (0, want["rows"])
    assert gaps(date(2005, 5, 1))["year"] == (want["same_period_2005_JanMay"], want["same_period_2004_JanMay"])


def test_superstore_returns_are_a_share_of_what_was_shipped(run, real: Path, tmp_path: Path):
    """Returned orders stand on a sheet of their own; as negative lines they come back in the month of their order."""
    want = json.loads((real / "superstore_zh" / "truth.json").read_text(encoding="utf-8"))
    book = fastexcel.read_excel(real / "superstore_zh" / "示例 - 超市.xls")
    orders, back = (book.load_sheet(name).to_pandas() for name in ("订单", "退货"))
    sent_back = orders[orders["订单 ID"].isin(back["订单 ID"])]
    file = tmp_path / "orders.csv"
    both = pd.concat([orders, sent_back.assign(数量=-sent_back["数量"], 销售额=-sent_back["销售额"])])
    both.to_csv(file, index=False)

    answers = ("--answer", "map.sold_on=订单日期", "tax_basis=net")
    code, loaded = run(data, "load", file, "--as", "sell_in", *answers)
    assert (code, loaded["totals"]["amount"]) == (0, want["net_of_returns"])

    store = Home(settings().home).store()
    store.version()
    years = [returns.ask(store, Scope(date(year, 12, 31), "sell_in")) for year in range(2014, 2018)]
    totals = [sum(getattr(r, side) for rows in years for r in rows) for side in ("back", "shipped")]
    assert totals[0] == Decimal("1961954.995")  # to the half cent, on which pandas' floating sum comes out below
    assert float(totals[0]) == pytest.approx(want["returned_sales"], abs=0.0051)
    assert asking.cents(totals[1]) == want["total"]


def test_northwind_by_a_join_of_orders_and_their_lines(run, real: Path, tmp_path: Path):
    want = json.loads((real / "northwind" / "truth.json").read_text(encoding="utf-8"))
    orders, lines = (pd.read_csv(real / "northwind" / f"{name}.csv") for name in ("orders", "order_details"))
    joined = lines.merge(orders, on="orderID")
    net = (joined["unitPrice"] * joined["quantity"] * (1 - joined["discount"])).round(4)
    file = tmp_path / "northwind.csv"
    named = joined.assign(net=net, day=joined["orderDate"].str[:10])
    named[["customerID", "productID", "day", "quantity", "net"]].set_axis(
        ["客户编码", "产品编码", "单据日期", "数量", "无税金额"], axis=1
    ).to_csv(file, index=False)

    code, loaded = run(data, "load", file, "--as", "sell_in")

    assert (code, loaded["rows_loaded"], loaded["totals"]["amount"]) == (0, want["lines"], want["net"])
    _, ranking = run(analytics, "ask", "accounts.ranking", "--month", "1998-05")
    by_total = sorted(ranking["rows"], key=lambda r: (-(r["total"] or 0), r["account"]))[:10]
    assert [r["account"] for r in by_total] == [account for account, _ in want["top10"]]
    sums = [amount for _, amount in want["top10"]]
    assert [r["total"] for r in by_total] == pytest.approx(sums, abs=0.0101)  # sums of half cents, rounded either way


def test_adventureworks_accounts_are_silent_by_their_own_quarterly_rhythm(run, real: Path):
    want = json.loads((real / "adventureworks" / "truth.json").read_text(encoding="utf-8"))
    told = ("--map", "sold_on=OrderDate", "--answer", "tax_basis=net")
    run(data, "load", real / "adventureworks" / "aw_reseller_sales_flat.csv", "--as", "sell_in", *told)
    store = Home(settings().home).store()
    store.version()
    scope = asking.scope(shelf(store), date(2013, 11, 1), "sell_in")

    pauses = store.rows(Path(slipping.__file__).with_suffix(".sql"), slipping.Pause, **scope.params())
    rows = slipping.ask(store, scope)

    assert len({p.account for p in pauses if p.pause}) == want["accounts_with_2plus_orders"]
    judged = [r for r in rows if r.usual_days is not None]
    assert 88 < sorted(r.usual_days for r in judged)[len(judged) // 2] < 95  # its accounts order once a quarter
    assert not [r for r in judged if r.state == "silent" and r.silent_days <= 92]
    assert {r.state for r in alarms.ask(store, scope)} <= {"rare", "short", "noisy", "steady", "back", "dropped"}


def test_adventureworks_quotas_are_asked_what_they_cover_and_each_answer_has_its_attainment(run, real: Path, tmp_path):
    """Quotas are a rep's, so reps stand for the accounts. All figures are sums over the years of the file."""
    folder, file = real / "adventureworks", tmp_path / "quota.csv"
    want = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    quotas = pd.read_parquet(folder / "FactSalesQuota.parquet")
    quotas[["EmployeeKey", "Date", "SalesAmountQuota"]].to_csv(file, index=False)
    sold = ("--map", "account=EmployeeKey", "--map", "sold_on=OrderDate", "--answer", "tax_basis=net")
    run(data, "load", folder / "aw_reseller_sales_flat.csv", "--as", "sell_in", *sold)

    told = ("--as", "targets", "--map", "account=EmployeeKey", "--map", "month=Date")
    code, asked = run(data, "load", file, *told)
    assert (code, [q["key"] for q in asked["questions"]]) == (3, ["period"])
    offered = [option["value"] for option in asked["questions"][0]["options"]]
    found = {}
    for answer in offered:
        code, loaded = run(data, "load", file, *told, "--answer", f"period={answer}")
        assert (code, loaded["rows_loaded"], loaded["totals"]["amount"]) == (0, want["quota_rows"], 95_714_000)
        found[answer] = attained()
        run(data, "undo", loaded["batch"])

    quota: dict[str, Decimal] = {}
    for rep, aim in zip(quotas["EmployeeKey"], quotas["SalesAmountQuota"], strict=True):
        quota[str(rep)] = quota.get(str(rep), Decimal()) + aim
    truths = {"3 months": "rep_attainment_quota_date_starts_period", "quarter": "rep_attainment_matched_quarters"}
    for answer, truth in truths.items():
        sales = {rep.partition("|")[0]: one["sales"] for rep, one in want[truth].items()}
        assert {rep: asking.cents(amount) for rep, (amount, _) in found[answer].items()} == sales
        assert {rep: aim for rep, (_, aim) in found[answer].items()} == quota
    shares = {answer: share([*reps.values()]) for answer, reps in found.items()}
    assert {answer: round(of * 100, 1) for answer, (_, of) in shares.items()} == {
        "month": 21.2,
        "quarter": 72.8,
        "3 months": 84.1,
    }
    assert [sales for sales, _ in shares.values()] == [20_291_666.26, 69_692_681.00, want["total"]]


def attained() -> dict[str, tuple[Decimal, Decimal]]:
    """By rep: (sales, quota) of the months with a quota, as the target question gives them year by year."""
    store = Home(settings().home).store()
    store.version()
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for month in (date(2010, 12, 1), date(2011, 12, 1), date(2012, 12, 1), date(2013, 11, 1)):
        for row in target.ask(store, asking.scope(shelf(store), month, "sell_in")):
            sales, quota = found.get(row.account, (Decimal(), Decimal()))
            found[row.account] = (sales + (row.year_amount or 0), quota + (row.year_target or 0))
    return found


def share(sums: list[tuple[Decimal, Decimal]]) -> tuple[float, float]:
    """(all sales to the cent, sales over quota)."""
    sales, quota = (sum(side, Decimal()) for side in zip(*sums, strict=True))
    return asking.cents(sales), float(sales / quota)


def test_northwind_orders_are_late_and_unshipped_as_pandas_counts_them(run, real: Path, tmp_path: Path):
    """An order stands for a line of one piece, its day of shipping for the delivery, which the sample does not know."""
    want = json.loads((real / "northwind" / "truth.json").read_text(encoding="utf-8"))
    orders, file = pd.read_csv(real / "northwind" / "orders.csv"), tmp_path / "orders.csv"
    orders[["orderID", "customerID", "orderDate", "requiredDate", "shippedDate"]].to_csv(file, index=False)
    mapped = ("--map", "requested_on=requiredDate", "delivered_on=shippedDate")
    whole = ("--answer", "value:line_no=1", "value:sku=-", "value:qty=1", "value:shipped_qty=1")

    code, loaded = run(data, "load", file, "--as", "orders", *mapped, *whole)
    store, scope = Home(settings().home).store(), Scope(date(1998, 5, 6))
    store.version()

    assert (code, loaded["rows_loaded"]) == (0, want["orders"])
    waiting = transit.of(transit.ask(store, scope), "open")
    assert sum(r.open_pcs or 0 for r in waiting) == want["unshipped"]
    assert {r.stage for r in waiting} == {"to ship"}
    years = service.of(service.ask(store, scope), "year")
    assert sum(r.late_pcs for r in years) == want["late_orders"]
    due = pd.to_datetime(orders["requiredDate"]) <= "1998-05-06"
    assert sum(r.ordered_pcs for r in years) == due.sum()
    [left] = service.of(service.ask(store, scope), "left out")
    assert (left.cause, left.lines) == ("open", (~due).sum())
