"""The upload of many files, and the one word that repairs: what is clear goes in at once, the rest is opened."""

import pytest
from streamlit.testing.v1 import AppTest

from data.home import Home
from data.text import LANGS
from pages.intake import match, outcome, several
from pages.ui.menu import LEAVES
from tests.pages.test_intake import HEAD, MAIN, button, home
from tests.pages.words import words

__all__ = ["home"]
HEADER = "客户编码,产品编码,销售日期,数量,含税金额\n"
GOOD = {month: HEADER + f"A01,X,2026-0{month}-01,2,20.00\nB02,X,2026-0{month}-28,3,30.00\n" for month in (4, 5)}
BAD = HEADER + "A01,X,2026-06-01,十二,120\nA01,X,2026-06-02,十二,120\nA01,X,2026-06-03,1,待定\nA01,X,2026-06-30,2\n"


def chosen(files: dict[str, str], lang: str = "zh") -> AppTest:
    """The upload page with these files of sell-out just chosen."""
    at = AppTest.from_file(str(MAIN), default_timeout=60)
    at.query_params["lang"] = lang
    at.run()
    at.switch_page(LEAVES["upload"].script).run()
    at.selectbox(key=f"dataset-{lang}").set_value("sell_out").run()
    at.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files.items()]).run()
    assert not at.exception
    return at


def asked(home: Home, sql: str) -> list[tuple]:
    """What one's own data says once it is up with the lake."""
    home.own().version()
    return home.own().execute(sql)


def states(at: AppTest) -> list[str]:
    shown = words(at)
    return [word["zh"] for _, word in several.WORDS.values() for _ in range(shown.count(f">{word['zh']}</span>"))]


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_clear_is_published_together_and_the_rest_says_what_it_waits_for(home, lang):
    files = {
        "四月.csv": GOOD[4],
        "五月.csv": GOOD[5],
        "六月.csv": BAD,
        "空.csv": "",
        "问.csv": HEAD + "A,X,2026-06-01,2026-06-02,1,1\n",
    }
    at = chosen(files, lang)

    assert several.HEAD.fill(n=5, ready=2, rest=3)[lang] in words(at)
    button(at, "publish-all").click().run()

    assert not at.exception and button(at, "publish-all").disabled
    assert asked(home, "SELECT count(*)::INTEGER, sum(amount)::INTEGER FROM sell_out") == [(4, 100)]
    assert [name for name in files if name in words(at)] == list(files)


def test_a_file_of_the_list_is_opened_answered_published_and_stands_in_the_list_again(home):
    at = chosen({"四月.csv": GOOD[4], "问.csv": HEAD + "A01,X,2026-06-01,2026-06-02,1,1\n"})
    assert states(at) == ["可以发布", "要您说一声"]

    button(at, "open-1").click().run()
    at.selectbox(key="header-sold_on-zh").set_value("发货日期").run()
    button(at, "to-list").click().run()
    assert states(at) == ["可以发布", "要您说一声"]  # nothing was read with it yet
    button(at, "open-1").click().run()
    button(at, "publish").click().run()

    assert not at.exception and states(at) == ["可以发布", "已发布"]
    assert asked(home, "SELECT max(sold_on)::VARCHAR FROM sell_out") == [("2026-06-02",)]


def test_two_files_of_one_period_are_not_both_counted_unasked(home):
    again = GOOD[4].replace("20.00", "21.00")
    at = chosen({"四月.csv": GOOD[4], "四月更正.csv": again, "四月副本.csv": GOOD[4]})

    button(at, "publish-all").click().run()

    assert not at.exception and states(at) == ["要您说一声", "不能用", "已发布"]
    assert asked(home, "SELECT count(*)::INTEGER FROM sell_out") == [(2,)]


def test_files_can_be_removed_one_by_one_and_all_at_once(home):
    at = chosen({"四月.csv": GOOD[4], "五月.csv": GOOD[5], "六月.csv": BAD})

    button(at, "remove-1").click().run()
    assert "五月.csv" not in words(at) and states(at) == ["可以发布", "有退回的行"]
    button(at, "drop-all").click().run()

    assert not at.exception and not list((home.path / "uploads").iterdir())
    assert at.file_uploader[0].value == []


def test_a_file_given_up_in_its_own_steps_leaves_the_list(home):
    at = chosen({"四月.csv": GOOD[4], "问.csv": HEAD + "A,X,2026-06-01,2026-06-02,1,1\n"})

    button(at, "open-1").click().run()
    button(at, "other").click().run()

    assert not at.exception and states(at) == ["可以发布"] and "问.csv" not in words(at)


def test_more_files_than_can_be_looked_over_are_refused_with_the_way_out(home, monkeypatch):
    monkeypatch.setattr("pages.intake.choose.MOST", 2)

    at = chosen({f"{n}.csv": GOOD[4] for n in range(3)})

    assert "一次最多 2 个文件" in words(at)


def test_one_word_repairs_all_rows_and_can_be_taken_back(home):
    at = chosen({"六月.csv": BAD})
    assert "4 行要处理" in words(at) or "没有一行可以发布" in words(at)

    at.text_input(key="repair-fix:qty:十二-zh").set_value("12").run()
    assert not at.exception and "2 行可以发布，2 行要处理" in words(at)
    at.button_group(key="repair-blank:amount-zh").set_value("empty").run()
    at.button_group(key="repair-ragged-zh").set_value("fill").run()
    assert not at.exception and "4 行都可以发布" in words(at)
    at.text_input(key="repair-fix:qty:十二-zh").set_value("").run()
    assert "2 行可以发布，2 行要处理" in words(at)


def test_an_accounts_own_export_needs_its_name_and_month_typed_once(home):
    at = chosen({"单店.csv": "商品编码,数量,销售额（含税）\nX1,3,300\nX2,4,400\n"})
    assert button(at, "go-on").disabled

    for name, value in (("account", "A01"), ("sold_on", "2026-06")):
        at.selectbox(key=f"header-{name}-zh").set_value(match.WHOLE).run()
        assert button(at, "go-on").disabled
        at.text_input(key=f"value-{name}-zh").set_value(value).run()
    button(at, "go-on").click().run()

    assert not at.exception and "2 行都可以发布" in words(at) and "700.00" in words(at)
    button(at, "back").click().run()
    assert not button(at, "go-on").disabled and at.text_input(key="value-account-zh").value == "A01"


@pytest.mark.parametrize("lang", LANGS)
def test_the_check_tells_what_publishing_does_beside_the_month_before(home, lang):
    at = chosen({"四月.csv": GOOD[4]}, lang)
    button(at, "publish").click().run()
    button(at, "more").click().run()
    at.file_uploader[0].set_value([("五月.csv", (HEADER + "A01,X,2026-05-31,2,25.00\n").encode(), "text/csv")]).run()

    shown = words(at)
    assert outcome.TITLE[lang] in shown and "+25.0%" in shown  # 25 against the 20 of the same account in April
    assert "B02" in shown  # half of April's accounts are in the file, so the other is missed


def test_columns_show_cells_of_the_file_and_the_likeliest_header_first(home):
    at = chosen({"a.csv": "客户编码,产品编码,备注,OrderDate,ShipDate,数量\nA01,X,n,2026-05-01,2026-05-03,7\n"})

    assert "文件里：A01" in words(at) and "文件里：7" in words(at)
    options = at.selectbox(key="header-sold_on-zh").options
    assert options.index("OrderDate") < options.index("备注")
