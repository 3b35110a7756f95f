"""The command line: what it prints and how it exits, for a schedule that must know what happened."""

import json

import pytest

import data.__main__ as data
from settings import settings

GOOD = "客户编码,产品编码,销售日期,数量,含税金额\nA01,X,2026-06-01,2,20.00\nA02,X,2026-06-02,3,30.00\n"
BAD = GOOD.replace("2026-06-02", "2026-02-30") + ",X,2026-06-03,many,1\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Write a file and run a command on it; returns (exit code, report)."""
    monkeypatch.setenv("WEATHERGLASS_HOME", str(tmp_path / "home"))
    settings.cache_clear()

    def call(*args: str, text: str | bytes | None = None, name: str = "sales.csv"):
        if text is not None:
            file = tmp_path / name
            file.write_bytes(text.encode() if isinstance(text, str) else text)
            args = ("load", str(file), "--as", "sell_out", *args)
        code = data.main([*args, "--json"])
        return code, json.loads(capsys.readouterr().out)

    yield call
    settings.cache_clear()


def test_a_good_file_is_loaded_with_its_control_totals(run):
    code, report = run(text=GOOD)

    assert code == 0
    assert (report["status"], report["rows_in"], report["rows_loaded"], report["rows_rejected"]) == ("loaded", 2, 2, 0)
    assert (report["totals"], report["period"]) == ({"qty": 5.0, "amount": 50.0}, ["2026-06-01", "2026-06-02"])
    assert report["batch"]


def test_bad_rows_hold_the_whole_file_back_and_name_line_column_value_and_reason(run):
    code, report = run(text=BAD)

    assert (code, report["status"], report["rows_loaded"], report["rows_rejected"]) == (4, "handed_back", 0, 3)
    assert {(r["line"], r["column"], r["value"]) for r in report["rejects"]} >= {
        (3, "销售日期", "2026-02-30"),
        (4, "数量", "many"),
    }
    assert all(r["reason"] for r in report["rejects"])
    assert run("list") == (0, {"made_up": True, "batches": []})


def test_partial_loads_the_good_rows_and_still_exits_4(run):
    code, report = run("--partial", text=BAD)

    assert (code, report["status"]) == (4, "loaded")
    assert report["rows_in"] == report["rows_loaded"] + report["rows_rejected"] == 1 + 2


def test_the_same_bytes_are_refused_with_the_date_of_the_first(run):
    _, first = run(text=GOOD)

    code, again = run(text=GOOD, name="renamed.csv")

    assert (code, again["status"]) == (2, "refused")
    assert first["batch"] in again["notes"][0]


def test_rows_for_days_that_are_there_already_are_asked_about(run):
    run(text=GOOD)
    later = GOOD.replace("20.00", "25.00")

    code, asked = run(text=later)
    assert (code, [q["key"] for q in asked["questions"]]) == (3, ["overlap"])
    assert [o["value"] for o in asked["questions"][0]["options"]] == ["replace", "add"]

    code, _ = run("--answer", "overlap=replace", text=later)
    assert code == 0
    batches = run("list")[1]["batches"]
    assert [b["totals"]["amount"] for b in batches] == ["55.0000", "50.0000"]


def test_an_undone_batch_may_be_loaded_again(run):
    _, first = run(text=GOOD)

    code, undone = run("undo", first["batch"])
    assert (code, undone["status"]) == (0, "undone")
    assert run("undo", first["batch"])[0] == 2
    assert run(text=GOOD)[0] == 0


def test_what_cannot_be_read_is_refused_with_a_reason(run, tmp_path):
    for content in (b"", b"\n\n\n", b"PK\x03\x04 not a workbook"):
        code, report = run(text=content)
        assert (code, report["status"]) == (2, "refused")
        assert report["notes"][0]
    code, report = run("load", str(tmp_path / "nowhere.csv"), "--as", "sell_out")
    assert (code, report["status"]) == (2, "refused")


def test_a_missing_column_is_asked_for_with_the_files_own_headers(run):
    code, report = run(text="客户编码,产品编码,数量\nA,X,1\n")

    assert code == 3
    [question] = report["questions"]
    assert question["key"] == "map.sold_on"


def test_loading_ends_the_demo(run, tmp_path, capsys):
    assert data.main(["demo"]) == 0
    capsys.readouterr()
    run(text=GOOD)

    assert not (tmp_path / "home" / "demo").exists()
    assert data.main(["demo"]) == 2


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (("--answer", "dates:sold_on=xyz"), "dates:sold_on"),
        (("--answer", "comma:amount=xyz"), "comma:amount"),
        (("--answer", "unit:amount=xyz"), "unit:amount"),
        (("--answer", "encoding=klingon"), "klingon"),
        (("--map", "nofield=销售日期"), "no field 'nofield'"),
        (("--map", "sold_on=Nope"), "no header 'Nope'; the file has 客户编码, 产品编码, 销售日期, 数量, 含税金额"),
        (("--map", "region=Nope"), "no header 'Nope'"),
        (("--answer", "map.sold_on=Nope"), "no header 'Nope'"),
        (("--answer", "encodng=utf-8"), "the nearest is 'encoding'"),
        (("--answer", "dates:sold_in=mdy"), "the nearest is 'dates:sold_on'"),
        (("--answer", "column:=金额"), "the name of 'column:'"),
    ],
)
def test_an_answer_that_is_not_on_offer_is_refused_and_named(run, args, named):
    odd = GOOD.replace("2026-06-01", "03/04/2026").replace("20.00", '"1,234"')

    code, report = run(*args, text=odd)

    assert (code, report["status"]) == (2, "refused")
    assert named in report["notes"][0]


def test_a_batch_of_the_demo_is_not_undone_and_the_reason_is_said(run):
    code, report = run("undo", "20260101T000000-abcdef")

    assert (code, report["status"]) == (2, "refused") and "demo" in report["notes"][0]


@pytest.mark.parametrize(
    ("args", "name", "starts"),
    [((), "visits.xlsx", b"PK"), (("--format", "csv", "--lang", "en"), "visits.csv", b"\xef\xbb\xbfVisit*,")],
)
def test_a_template_is_written_here_and_its_name_is_printed(tmp_path, monkeypatch, capsys, args, name, starts):
    monkeypatch.chdir(tmp_path)

    assert data.main(["template", "visits", *args]) == 0
    assert capsys.readouterr().out == f"{name}\n"
    assert (tmp_path / name).read_bytes().startswith(starts)


def test_a_file_that_may_be_filled_in_already_is_never_written_over(tmp_path, capsys):
    filled = tmp_path / "mine.xlsx"
    filled.write_text("filled in")

    assert data.main(["template", "visits", "-o", str(filled)]) == 2
    assert filled.read_text() == "filled in" and "exists already" in capsys.readouterr().err


def test_the_page_of_the_datasets_is_printed(capsys):
    assert data.main(["docs"]) == 0
    assert capsys.readouterr().out.startswith("# 数据集 · Datasets\n")


# -- the same layout again --------------------------------------------------------------------------------------------

TWO_DATES = "客户编码,产品编码,订单日期,发货日期,数量,含税金额\nA01,X,2026-05-01,2026-05-03,2,20.00\n"


def test_what_was_told_once_is_told_again_by_the_last_file_of_the_layout(run):
    assert run(text=TWO_DATES)[0] == 3
    _, first = run("--map", "sold_on=发货日期", text=TWO_DATES, name="五月.csv")
    june = TWO_DATES.replace("2026-05", "2026-06")

    assert run("--afresh", text=june)[0] == 3
    code, report = run(text=june, name="六月.csv")

    assert (code, report["period"]) == (0, ["2026-06-03", "2026-06-03"])
    assert "Read as 五月.csv was" in report["notes"][0] and first["batch"] in report["notes"][0]
    for batch in (report["batch"], first["batch"]):
        run("undo", batch)
    assert run(text=june)[0] == 3


def test_while_something_is_asked_no_row_counts_as_rejected(run):
    unclear = GOOD.replace("20.00", '"1,234"').replace("30.00", "30")
    run(text=GOOD)

    for text in (unclear, GOOD + "A09,X,2026-06-09,many,1\n"):  # by its cells; by what it meets
        code, report = run(text=text)
        assert (code, report["status"], report["rows_loaded"], report["rows_rejected"]) == (3, "asked", 0, None)


# -- control totals ---------------------------------------------------------------------------------------------------


def test_totals_that_agree_are_kept_with_the_batch(run):
    code, report = run("--control", "qty=5", "amount=50.00", "rows=2", text=GOOD)

    assert (code, [one["agrees"] for one in report["control"].values()]) == (0, [True, True, True])
    [batch] = run("list")[1]["batches"]
    assert batch["control"] == {"qty": "5", "amount": "50.00", "rows": "2"}


def test_a_total_that_differs_refuses_the_file_with_the_difference_until_it_is_accepted(run):
    code, report = run("--control", "amount=51", "rows=2", text=GOOD)

    assert (code, report["status"], report["rows_loaded"], report["rows_rejected"]) == (2, "refused", 0, 2)
    assert report["control"]["amount"] | {"share": None} == {
        "should_be": "51",
        "difference": -1.0,
        "share": None,
        "agrees": False,
    }
    assert "control:amount=accept" in report["notes"][-1] and run("list")[1]["batches"] == []
    code, report = run("--control", "amount=51", "--answer", "control:amount=accept", text=GOOD)
    assert (code, report["rows_loaded"]) == (0, 2)


@pytest.mark.parametrize("total", ["amount=many", "weight=3", "rows=1.5", "5"])
def test_what_is_no_control_total_is_refused_before_anything_is_read(run, capsys, total):
    with pytest.raises(SystemExit) as stop:
        run("--control", total, text=GOOD)

    assert stop.value.code == 2 and total in capsys.readouterr().err


# -- registers --------------------------------------------------------------------------------------------------------

TARGETS = "客户编码,月份,目标金额\nA01,2026-06,100\nA02,2026-06,200\n"


def test_a_register_says_what_it_adds_and_what_it_changes_from_and_to(run, tmp_path):
    file = tmp_path / "targets.csv"
    for amount in (100, 1000):
        file.write_text(TARGETS.replace("A01,2026-06,100", f"A01,2026-06,{amount}"), encoding="utf-8")
        code, report = run("load", str(file), "--as", "targets")
        assert code == 0

    told = report["overwrites"]
    assert (told["new"], told["changed"], told["same"], told["repeated"]) == (0, 1, 1, 0)
    assert told["totals"] == {"amount": {"from": 300.0, "to": 1200.0}}
    assert told["columns"] == {"amount": {"rows": 1, "emptied": 0}}
    assert told["examples"] == [
        {"key": {"account": "A01", "category": None, "month": "2026-06"}, "cells": {"amount": [100.0, 1000.0]}}
    ]
    assert "新增 0 行，改动 1 行，相同 1 行 / New: 0; changed: 1; the same: 1" in report["notes"]


def test_where_rows_add_up_nothing_is_said_to_be_overwritten(run):
    assert run(text=GOOD)[1]["overwrites"] == {}


# -- what a row says of others ----------------------------------------------------------------------------------------


def test_a_file_of_months_is_said_to_cover_them_whole(run):
    code, report = run(text=GOOD.replace("2026-06-01", "2026年5月").replace("2026-06-02", "2026年6月"))

    assert (code, report["period"]) == (0, ["2026-05-01", "2026-06-30"])
    assert run("list")[1]["batches"][0]["period"] == ["2026-05-01", "2026-06-30"]


ORDERS = (
    "订单号,行号,客户编码,产品编码,下单日期,发货日期,订购数量,已发数量,未达成原因\n"
    "D1,1,A,X,2026-06-02,2026-06-01,5,7,下雨\nD2,1,A,X,2026-06-02,2026-06-03,5,5,\n"
)


def test_days_of_an_order_that_cannot_be_are_asked_and_the_rest_is_told(run, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    load = ("load", str(file), "--as", "orders")

    code, report = run(*load)
    assert (code, [q["key"] for q in report["questions"]]) == (3, ["rule:shipped_early"])
    assert run(*load, "--answer", "rule:shiped_early=keep")[1]["notes"][0].endswith("nearest is 'rule:shipped_early'")
    code, report = run(*load, "--answer", "rule:shipped_early=keep")

    assert (code, report["rows_loaded"]) == (0, 2)
    for told in ("is more than was ordered", "“下雨” 1 row", "is before the day of the order"):
        assert any(told in note for note in report["notes"]), told


# -- many files -------------------------------------------------------------------------------------------------------


@pytest.fixture
def load_many(run, tmp_path, capsys):
    """Load several files in one go; (exit code, reports, what went to stderr)."""

    def call(*texts: str, args: tuple[str, ...] = ()):
        files = []
        for n, text in enumerate(texts):
            files.append(tmp_path / f"{n}.csv")
            files[-1].write_text(text, encoding="utf-8")
        code = data.main(["load", *map(str, files), "--as", "sell_out", *args, "--json"])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return call


MAY = GOOD.replace("2026-06", "2026-05")


@pytest.mark.parametrize(
    ("texts", "worst", "statuses"),
    [
        ((MAY, GOOD), 0, ["loaded", "loaded"]),
        ((MAY, BAD), 4, ["loaded", "handed_back"]),
        ((BAD, TWO_DATES, MAY), 3, ["handed_back", "asked", "loaded"]),
        ((TWO_DATES, "", GOOD), 2, ["asked", "refused", "loaded"]),
    ],
)
def test_each_of_many_files_has_its_report_and_the_worst_decides_the_exit_code(load_many, texts, worst, statuses):
    code, reports, err = load_many(*texts)

    assert (code, [report["status"] for report in reports]) == (worst, statuses)
    assert [report["file"] for report in reports] == [f"{n}.csv" for n in range(len(texts))]
    assert err == ""  # progress is for terminals


def test_a_terminal_is_told_which_file_is_at_hand(load_many, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    assert "1/2" in load_many(MAY, GOOD)[2]


def test_control_totals_are_of_one_file(load_many):
    assert load_many(MAY, GOOD, args=("--control", "rows=2"))[:2] == (2, [])


MASTER = "客户编码,客户名称\nA01,锦泰家电\n"
UNKNOWN = "客户编码,产品编码,销售日期,数量,含税金额\nA01,X,2026-06-01,2,20.00\n锦泰家电有限公司,X,2026-06-02,3,30.00\n"


def test_an_unknown_account_is_asked_about_and_answered_on_the_command_line(run, tmp_path):
    (tmp_path / "master.csv").write_text(MASTER, encoding="utf-8")
    assert run("load", str(tmp_path / "master.csv"), "--as", "accounts")[0] == 0

    code, report = run(text=UNKNOWN)
    assert (code, report["status"]) == (3, "asked")
    assert [q["key"] for q in report["questions"]] == ["unknown:account", "alias:account:锦泰家电有限公司"]
    assert report["questions"][1]["options"] == [{"value": "A01", "label": "A01 锦泰家电"}]

    code, report = run("--answer", "unknown:account=hand_back", text=UNKNOWN)
    assert (code, report["status"], report["rows_rejected"]) == (4, "handed_back", 2)
    assert [r["line"] for r in report["rejects"]] == [3]
    code, report = run("--answer", "alias:account:锦泰家电有限公司=nobody", text=UNKNOWN)
    assert (code, report["status"]) == (2, "refused") and "nobody" in report["notes"][0]
    code, report = run("--answer", "alias:account:锦泰家电有限公司=A01", text=UNKNOWN)
    assert (code, report["status"], report["rows_loaded"]) == (0, "loaded", 2)

    [alias] = [b for b in run("list")[1]["batches"] if b["dataset"] == "aliases"]
    assert run("undo", alias["batch"])[0] == 0


def test_a_file_of_quarterly_targets_is_asked_once_and_the_next_of_its_layout_is_not(run, tmp_path):
    def load(*args: str, year: int):
        rows = "".join(f"A01,{year}-{month:02},300\n" for month in (1, 4, 7, 10))
        (tmp_path / "targets.csv").write_text("客户编码,月份,目标金额\n" + rows, encoding="utf-8")
        return run("load", str(tmp_path / "targets.csv"), "--as", "targets", *args)

    code, report = load(year=2025)
    assert (code, [q["key"] for q in report["questions"]]) == (3, ["period"])
    assert [option["value"] for option in report["questions"][0]["options"]] == ["month", "quarter"]
    code, report = load("--answer", "period=decade", year=2025)
    assert (code, report["status"]) == (2, "refused") and "'3 months'" in report["notes"][0]
    assert load("--answer", "period=quarter", year=2025)[0] == 0

    code, report = load(year=2026)
    assert (code, report["rows_loaded"]) == (0, 4)
    assert any("The calendar quarter of its date" in note for note in report["notes"])
