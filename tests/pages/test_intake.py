"""The upload's check: a layout that is known, and control totals that must agree or be accepted."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.datasets import BY_NAME
from data.home import Home
from data.ingest import prepare
from data.intake import take, work_folder
from data.text import LANGS
from pages.intake import control
from pages.ui import state
from pages.ui.menu import LEAVES
from settings import settings
from tests.pages.words import words

MAIN = Path(__file__).parents[2] / "pages" / "main.py"
HEAD = "客户编码,产品编码,订单日期,发货日期,数量,含税金额\n"
MAY, JUNE = (HEAD + f"A01,X,2026-{month}-01,2026-{month}-03,2,20.00\n" for month in ("05", "06"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("WEATHERGLASS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    state.home.clear()
    yield Home(tmp_path / "home", memory_mb=256)
    settings.cache_clear()
    state.home.clear()


@pytest.fixture
def published(home: Home, tmp_path: Path) -> str:
    """May's file, whose date had to be chosen; its batch."""
    file = tmp_path / "五月.csv"
    file.write_text(MAY, encoding="utf-8")
    said = {"mapping": {"sold_on": "发货日期"}, "today": date(2026, 6, 30)}
    prepared = prepare(file, "五月.csv", BY_NAME["sell_out"], work=work_folder(home), **said)
    batch = take(home, prepared, {}, "lin", False, {"rows": "1", "amount": "20.00"})
    home.own().close()
    return batch.id


def opened(lang: str, text: str, dataset: str = "sell_out") -> AppTest:
    """The upload page with a file of a dataset just chosen."""
    at = AppTest.from_file(str(MAIN), default_timeout=60)
    at.query_params["lang"] = lang
    at.run()
    at.switch_page(LEAVES["upload"].script).run()
    at.selectbox(key=f"dataset-{lang}").set_value(dataset).run()
    at.file_uploader[0].set_value(("六月.csv", text.encode(), "text/csv")).run()
    assert not at.exception
    return at


def button(at: AppTest, key: str):
    return next(one for one in at.button if one.key == key)


@pytest.mark.parametrize("lang", LANGS)
def test_a_known_layout_goes_straight_to_the_check_and_says_after_whom(published, lang):
    at = opened(lang, JUNE)

    assert ("按 五月.csv 的读法读取" if lang == "zh" else "Read as 五月.csv was on") in words(at)
    assert published in words(at) and "2026-06-03" in words(at)


def test_a_known_layout_may_be_matched_afresh(published):
    at = opened("zh", JUNE)

    button(at, "afresh").click().run()

    assert not at.exception and published not in words(at)
    assert "还有 1 处要您说一声" in words(at) and button(at, "go-on").disabled
    at.selectbox(key="header-sold_on-zh").set_value("订单日期").run()
    button(at, "go-on").click().run()
    assert "2026-06-01 至 2026-06-01" in words(at) and published not in words(at)


def test_a_column_of_a_known_layout_can_be_changed_and_the_rest_stays(published):
    at = opened("zh", JUNE)

    button(at, "back").click().run()
    assert published in words(at)
    at.selectbox(key="header-sold_on-zh").set_value("订单日期").run()
    button(at, "go-on").click().run()

    assert "2026-06-01 至 2026-06-01" in words(at)


@pytest.mark.parametrize("lang", LANGS)
def test_totals_that_agree_say_so_and_nothing_more_is_asked(published, lang):
    at = opened(lang, JUNE)

    for name, typed in (("rows", "1"), ("amount", "20.00")):
        at.text_input(key=f"control-{name}-{lang}").set_value(typed).run()

    assert words(at).count(control.EQUAL[lang]) == 2 and control.DIFFERENT[lang] not in words(at)
    assert not button(at, "publish").disabled


def test_a_total_that_differs_is_published_by_choice_only_and_another_total_is_another_choice(published, home):
    at = opened("zh", JUNE)
    at.text_input(key="control-amount-zh").set_value("25").run()

    assert "不一致" in words(at) and "−5" in words(at) and "−20.00%" in words(at)
    assert button(at, "publish").disabled
    at.button_group(key="control:amount-zh").set_value("accept").run()
    assert not button(at, "publish").disabled
    at.text_input(key="control-amount-zh").set_value("26").run()
    assert button(at, "publish").disabled
    at.button_group(key="control:amount-zh").set_value("accept").run()
    button(at, "publish").click().run()

    assert not at.exception and "已发布 1 行" in words(at)
    assert Home(home.path).own().lake.batches()[0].receipt.control == {"amount": "26"}


def test_a_click_that_comes_together_with_a_total_does_not_publish_past_it(published):
    at = opened("zh", JUNE)

    at.text_input(key="control-amount-zh").set_value("25")
    button(at, "publish").click().run()

    assert not at.exception and "不一致" in words(at) and "已发布" not in words(at)


def test_a_word_that_is_no_number_keeps_the_file_from_being_published(published):
    at = opened("en", JUNE)

    at.text_input(key="control-qty-en").set_value("two").run()

    assert "No number" in words(at) and button(at, "publish").disabled
    assert [group.key for group in at.get("button_group")] == ["language-en"]
    at.text_input(key="control-qty-en").set_value("").run()
    assert not button(at, "publish").disabled


@pytest.mark.parametrize(("lang", "shown"), [("zh", "金额应为 20"), ("en", "Amount should be 20")])
def test_batches_show_what_was_typed(published, lang, shown):
    at = AppTest.from_file(str(MAIN), default_timeout=60)
    at.query_params["lang"] = lang
    at.run()
    at.switch_page(LEAVES["batches"].script).run()

    assert not at.exception and shown in words(at)


# -- what a file leaves open ------------------------------------------------------------------------------------------

MONTHS = "客户编码,,产品编码,1月,2月,3月\nA01,锦泰,X,1,2,3\n"


def test_months_are_answered_before_the_columns_that_come_of_them_are_asked_for(home):
    at = opened("zh", MONTHS)
    assert "还有 2 处要您说一声" in words(at) and button(at, "go-on").disabled

    for key, answer in (("months", "qty"), ("months_year", "2026")):
        at.button_group(key=f"answer-{key}-zh").set_value(answer).run()
    button(at, "go-on").click().run()

    assert not at.exception and "还有 1 处要您说一声" in words(at)  # the column without a name
    many = at.selectbox(key="answer-column:2-zh")
    assert "客户名称" in many.options
    many.set_value("account_name").run()
    button(at, "go-on").click().run()
    assert "3 行都可以发布" in words(at)


QUARTERS = "客户编码,月份,目标金额\n" + "".join(f"A01,2026-{month},300\n" for month in ("03", "06", "09"))


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_target_covers_is_answered_in_the_wizard_and_told_at_the_check(home, lang):
    at = opened(lang, QUARTERS, "targets")
    months = "、" if lang == "zh" else ", "
    assert months.join(("2026-03", "2026-06", "2026-09")) in words(at) and button(at, "go-on").disabled
    shown = at.button_group(key=f"answer-period-{lang}")

    shown.set_value("3 months").run()
    button(at, "go-on").click().run()

    assert not at.exception
    assert ("“从当月起的 3 个月”" if lang == "zh" else "The 3 months that begin with it") in words(at)
