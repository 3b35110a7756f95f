"""Every page runs without a fault: on the demo company in both languages, and where nothing is loaded yet."""

import pytest

from data.text import Text
from pages.ui.menu import LEAVES
from tests.pages.words import words

SAYS = {
    "": Text("客户天气图", "Account weather map"),
    "accounts": Text("做成八成销售额", "make 80% of sales"),
    "portfolio": Text("起够单设部门", "enough for a department"),
    "supply": Text("要发的", "lines to send"),
    "trials": Text("凭什么这么说", "What this rests on"),
    "frontline": Text("培训有效", "Training sells"),
    "promotions": Text("试算一个促销", "Try a promotion"),
    "upload": Text("选一个文件", "Choose a file"),
    "entry": Text("直接填表", "Type rows in"),
    "calendar": Text("个工作日", "working days"),
    "codes": Text("编码对照", "Names and codes"),
    "glossary": Text("处处同一个口径", "counted alike everywhere"),
    "health": Text("该问谁", "22 of 24 accounts reported"),
    "batches": Text("个文件在用", "Files that count"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("url", LEAVES)
def test_a_page_of_the_demo_company_speaks_the_language_it_is_asked_in(run, demo_home, url, lang):
    at = run(demo_home, url, lang=lang)

    assert not at.exception
    said = words(at)
    assert SAYS[url][lang] in said
    assert ("示例公司" in said) == (lang == "zh")
    assert ("Demo company" in said) == (lang == "en")


@pytest.mark.parametrize("url", LEAVES)
def test_a_page_without_data_says_what_it_needs(run, tmp_path, url):
    (tmp_path / "begun").touch()

    at = run(tmp_path, url)

    assert not at.exception
    said = words(at)
    assert "示例公司" not in said
    if LEAVES[url].filtered:
        assert "还没有" in said


def test_an_account_that_is_asked_for_gets_its_own_page(run, demo_home):
    at = run(demo_home, "accounts", a="A01", lang="en")

    assert not at.exception
    assert "Jintai · 华东 · June 2026" in words(at)


def test_an_accounts_page_is_what_a_visit_can_start_from(run, demo_home):
    at = run(demo_home, "accounts", a="A01", lang="en")

    said = words(at)
    assert not at.exception
    assert said.index("What to talk about") < said.index("Who they are")
    assert "less than expected since 2026-03" in said  # its alarm, with the reasons
    assert "Promises overdue" in said and "To come" in said
    assert [text for text in ("Taken beyond sold", "Discount a year before") if text not in said] == []


def test_the_accounts_page_lists_five_to_talk_to_by_name(run, demo_home):
    said = words(run(demo_home, "accounts", lang="en"))

    listed = said[said.index("Whom to talk to first") : said.index("Which accounts will reach it")]
    assert 2 <= listed.count('class="a"') <= 5 and "Jintai" in listed


def test_the_accounts_page_names_the_files_that_are_missing(run, store, given):
    days = ("2026-05-10", "2026-06-10")
    given("sell_in", *[{"account": "A", "sku": "X", "sold_on": day, "qty": 1, "amount": 5} for day in days])
    (store.root / "begun").touch()

    for query in ({}, {"a": "A"}):
        at = run(store.root, "accounts", lang="en", **query)
        assert not at.exception
        assert "Not there yet: Sales targets" in words(at)
        assert "Not there yet: Sell-out" in words(at)


def test_the_switch_from_the_month_to_the_year_changes_the_finding_and_stays_in_the_address(run, demo_home):
    at = run(demo_home, "accounts", lang="en")
    assert "this month" in words(at) and "since January" not in words(at)

    at.segmented_control(key="window-en").select("year").run()

    assert not at.exception and at.query_params["w"] == "year"
    assert "since January" in words(at)


def test_another_line_for_key_accounts_is_tried_in_the_address_and_only_there(run, demo_home):
    at = run(demo_home, "portfolio", lang="en")
    assert "By sales: 24 key accounts" in words(at)

    at.selectbox(key="key-line-en").select("50000000").run()
    assert not at.exception and at.query_params["x"] == "50000000"
    assert "By sales: 9 key accounts, 11 short of twenty" in words(at)

    at.segmented_control(key="key-share-en").select("95").run()
    assert at.query_params["s"] == "95" and "make 95% of sales" in words(at)

    again = run(demo_home, "portfolio", lang="en", x="7")  # a line that is not on offer is none
    assert "By sales: 24 key accounts" in words(again)


def test_an_account_chosen_does_not_make_a_structure_of_one(run, demo_home):
    at = run(demo_home, "portfolio", lang="en", a="A01")

    assert not at.exception and "By sales: 24 key accounts" in words(at)


def test_the_structure_says_what_is_missing_below_twelve_months(run, store, given):
    days = ("2026-05-10", "2026-06-10")
    given("sell_in", *[{"account": "A", "sku": "X", "sold_on": day, "qty": 1, "amount": 5} for day in days])
    (store.root / "begun").touch()

    at = run(store.root, "portfolio", lang="en")

    assert not at.exception
    assert "2 months of figures; concentration needs twelve" in words(at)
    assert "Under 24 months of figures" in words(at)
    assert "Not there yet: Account master" in words(at)


def test_a_question_with_nothing_to_draw_says_so_instead_of_an_empty_figure(run, store, given):
    months = [(f"{2023 + n // 12}-{n % 12 + 1:02}-15", n) for n in range(40)]
    given("sell_in", *[{"account": "A", "sku": "X", "sold_on": day, "qty": 1, "amount": 100 + n} for day, n in months])
    (store.root / "begun").touch()

    at = run(store.root, "")

    assert not at.exception
    figures = [chart.proto.id for chart in at.get("plotly_chart")]
    assert figures and not any("reporting" in one for one in figures)  # with sell-in nobody is late
    assert "所选范围内没有这类情况" in words(at)


def test_an_accounts_page_says_what_share_of_its_purchases_is_ours_where_it_tells(run, demo_home):
    told, silent = (words(run(demo_home, "accounts", a=code, lang="en")) for code in ("A01", "A02"))

    assert "Share of wallet" in told and "a year goes elsewhere" in told
    assert "Share of wallet" not in silent
