"""The data health page on own data: who stopped, what differs, what changed, what waits to be corrected."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import quarantine
from data.datasets import BY_NAME
from data.home import Home
from data.ingest import prepare, upload
from data.intake import take, work_folder
from data.lake import Batch
from data.lineage import entries
from data.text import LANGS
from pages.intake import origins
from pages.ui.menu import LEAVES
from settings import settings
from tests.conftest import giver
from tests.data.ingest.kit import read_here
from tests.pages.words import words

MAIN = Path(__file__).parents[2] / "pages" / "main.py"
HEAD = "客户编码,客户名称,产品编码,销售日期,数量,含税金额\n"
LONG_AGO = timedelta(days=70)


@pytest.fixture
def home(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(upload, "read", read_here)  # no process of its own for each file
    monkeypatch.setenv("WEATHERGLASS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    st.cache_resource.clear()  # answers are kept by version, and another test's home has the same
    yield Home(tmp_path / "home", memory_mb=256)
    settings.cache_clear()
    st.cache_resource.clear()


@pytest.fixture
def load(home: Home, tmp_path: Path) -> Callable[..., Batch]:
    """Publish a file of these lines of sell-out."""

    def put(name: str, *lines: str, answers: dict[str, str] | None = None, head: str = HEAD, **totals: str) -> Batch:
        file = tmp_path / name
        file.write_text(head + "".join(line + "\n" for line in lines), encoding="utf-8")
        said, today = answers or {}, date(2026, 6, 30)
        prepared = prepare(file, name, BY_NAME["sell_out"], work=work_folder(home), today=today)
        return take(home, prepared, said, "lin", True, totals)

    return put


def lines(account: str, months: range, amount: int = 1000, day: int = 30) -> list[str]:
    return [f"{account},客户{account},X,2026-{m:02}-{day if m != 2 else 28},1,{amount}" for m in months]


def backdate(home: Home, batch: Batch, by: timedelta) -> None:
    """Let a batch have been published earlier: its commit's own clock is set back."""
    log = home.path / "lake" / batch.dataset / "_delta_log" / f"{batch.seq:020}.json"
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    for entry in entries:
        if "commitInfo" in entry:
            entry["commitInfo"]["timestamp"] -= int(by.total_seconds() * 1000)
    log.write_text("".join(json.dumps(entry) + "\n" for entry in entries))


def opened(home: Home, lang: str = "zh", **query: str) -> AppTest:
    home.own().close()
    at = AppTest.from_file(str(MAIN), default_timeout=60)
    for key, value in {"lang": lang, **query}.items():
        at.query_params[key] = value
    at.run()
    at.switch_page(LEAVES["health"].script).run()
    assert not at.exception
    return at


@pytest.mark.parametrize(
    ("lang", "head", "name"),
    [
        ("zh", "3 家客户中 1 家报了 2026 年 6 月的数；1 家停止报数、1 家迟报", "客户S"),
        ("en", "1 of 3 accounts reported June 2026; 1 stopped reporting, 1 late", "客户S"),
    ],
)
def test_the_first_sentence_counts_and_the_list_names_whom_to_call(home, load, lang, head, name):
    load("a.csv", *lines("A", range(1, 7)), *lines("S", range(1, 5), 9000), *lines("L", range(1, 6)))

    said = words(opened(home, lang))

    assert head in said and name in said
    assert ("¥9,000" in said or "¥9.00K" in said) and ("客户A</span>" not in said)


def test_everyone_there_may_close_the_month(home, load):
    load("a.csv", *lines("A", range(1, 7)))

    assert "该报的都报了，这个月可以关账" in words(opened(home)) and "没有要问的客户" in words(opened(home))


def test_another_dataset_is_chosen_beside_the_first(home, load):
    load("a.csv", *lines("A", range(1, 7)))
    stocked = [{"account": a, "sku": "X", "counted_on": f"2026-0{m}-28", "on_hand": 1} for a, m in (("A", 3), ("B", 6))]
    giver(home.own())("stock", *stocked)
    at = opened(home)
    assert "1 家 12 个月没有缺" in words(at)

    at.button_group(key="matrix-zh").set_value("stock").run()

    assert not at.exception and "1 家 12 个月没有缺，1 家有缺" in words(at)
    assert "1 家客户中 1 家报了 2026 年 6 月的数" in words(at)  # the head speaks of sell-out all the same


def test_without_sales_but_with_files_the_rest_of_the_page_is_there(home, load):
    giver(home.own())("products", {"sku": "X", "sku_name": "x"})

    said = words(opened(home))

    assert "还没有按月来的数据" in said and "1 个在用文件都对得上" in said


def test_the_table_of_files_says_what_replaced_them_and_how_many_rows_still_count(home, load):
    load("五月.csv", *lines("A", range(4, 6)), "A,甲,X,2026-04-31,1,5", rows="2")
    load("五月改.csv", *lines("A", range(5, 6), 1300), answers={"overlap": "replace"})

    rows: list[dict[str, Any]] = [
        dict(zip(origins.COLUMNS, origins.cells(one), strict=True)) for one in entries(home.own())
    ]
    new, old = rows

    assert (old["rows_in"], old["loaded"], old["back"], old["counting"]) == (3, 2, 1, 1)
    assert (old["replaced_by"].zh, old["control"].en, old["replaces"]) == ("五月改.csv", "Rows ±0", "")
    assert (new["counting"], new["replaces"].en, new["replaced_by"].zh) == (1, "2026-05-30 to 2026-05-30", "")


@pytest.mark.parametrize("lang", LANGS)
def test_a_total_that_differs_and_was_accepted_is_named(home, load, lang):
    load("六月.csv", *lines("A", range(1, 7)), amount="6001.00")

    said = words(opened(home, lang))

    assert ("在用文件对不上" if lang == "zh" else "Files that do not reconcile: 1") in said
    assert "−1.00 (−0.02%)" in said and "六月.csv" in said


def test_files_that_reconcile_say_so(home, load):
    load("六月.csv", *lines("A", range(1, 7)), amount="6000.00")

    assert "1 个在用文件都对得上" in words(opened(home))


@pytest.mark.parametrize("lang", LANGS)
def test_what_was_handed_back_waits_with_its_reason_and_can_be_downloaded(home, load, lang):
    batch = load("六月.csv", *lines("A", range(1, 7)), "A,甲,X,2026-06-31,1,5")
    at = opened(home, lang)

    assert ("1 行等着更正" if lang == "zh" else "Rows waiting to be corrected: 1") in words(at)
    assert ("销售日期：没有这一天（1 行）" if lang == "zh" else "(1 row)") in words(at)
    assert any(button.proto.id.endswith(f"save-held-{batch.id}") for button in at.get("download_button"))
    quarantine.path(home.path, batch.id).unlink()
    assert "没有退回的行" in words(opened(home, "zh"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_of_which_rows_came_back_is_settled_and_says_what_did_not(home, load, lang):
    batch = load("六月.csv", *lines("A", range(1, 7)), "A,甲,X,2026-06-31,1,5", "A,甲,X,2026-06-32,1,5")
    text = quarantine.path(home.path, batch.id).read_text("utf-8-sig").replace("2026-06-31", "2026-06-30")
    header, *rest = [line for line in text.splitlines() if "2026-06-32" not in line]
    load("改.csv", *rest, head=f"{header}\n", answers={"overlap": "add"})

    said = words(opened(home, lang))

    assert ("退回的行都有了下文" if lang == "zh" else "No row waits to be corrected") in said
    assert (
        "1 行改好已发布，1 行没有再传" if lang == "zh" else "Corrected and published: 1; not sent in again: 1"
    ) in said


def test_a_month_that_changed_since_the_last_close_is_shown_with_the_file_that_did_it(home, load):
    backdate(home, load("五月.csv", *lines("A", range(4, 6))), LONG_AGO)
    load("补.csv", "B,乙,X,2026-05-03,1,500")

    said = words(opened(home))

    assert "1 个月的数后来变了" in said and "补.csv 新增 1 行（+¥500）" in said and "+50.0%" in said
    assert f"{(datetime.now() - LONG_AGO).date():%Y}" in said


def test_a_replaced_file_says_how_many_of_its_rows_still_count_and_by_whom(home, load):
    backdate(home, load("五月.csv", *lines("A", range(4, 6))), LONG_AGO)
    load("五月改.csv", *lines("A", range(5, 6), 1300), answers={"overlap": "replace"})
    at = opened(home)

    assert "五月.csv 有 1 行被替换（−¥1,000）" in words(at) and "五月改.csv 新增 1 行（+¥1,300）" in words(at)
    assert "+30.0%" in words(at)


def test_nothing_that_changed_is_said_too(home, load):
    backdate(home, load("五月.csv", *lines("A", range(4, 6))), LONG_AGO)

    assert "已报的月份没有变动" in words(opened(home))


def test_with_young_files_only_there_is_nothing_to_compare_with(home, load):
    load("五月.csv", *lines("A", range(4, 6)))

    assert "还没有可以对照的日子" in words(opened(home))


@pytest.mark.parametrize("lang", LANGS)
def test_a_name_is_never_markup(home, load, lang):
    load("a.csv", "Z,<img src=x onerror=alert(1)>,X,2026-04-30,1,5", *lines("A", range(1, 7)))

    assert "<img" not in words(opened(home, lang))


def test_before_any_month_has_ended_nothing_is_called_complete(home, load):
    load("a.csv", "A,客户A,X,2026-06-10,1,10")

    said = words(opened(home))

    assert "还没有可以判断的整月" in said and "可以关账" not in said
