"""What publishing does, as the steps of an upload show it for a register: new, changed, from and to."""

import pytest

from data.datasets import BY_NAME
from data.home import Home
from data.ingest import prepare
from data.intake import take, today, work_folder
from data.text import LANGS
from pages.intake import outcome
from tests.pages.test_intake import button, home, opened
from tests.pages.words import words

__all__ = ["home"]
OLD = "客户编码,品类,月份,目标金额,目标数量\nA01,洗衣机,2026-06,100000,5\nA02,,2026-06,200000,6\n"
NEW = "客户编码,品类,月份,目标金额\nA01,洗衣机,2026-06,1000000\nA02,,2026-06,200000\nA03,,2026-06,300.5\n"


@pytest.fixture
def targets(home: Home, tmp_path):
    """Targets that were published earlier."""
    file = tmp_path / "目标.csv"
    file.write_text(OLD, encoding="utf-8")
    prepared = prepare(file, "目标.csv", BY_NAME["targets"], work=work_folder(home), today=today())
    take(home, prepared, {}, "lin", False)
    home.own().close()


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        (
            "zh",
            (
                "<span>改动</span><b>2 行</b>",
                "<span>新增</span><b>1 行</b>",
                "300,000 → 1,200,300.50（+300.1%）",
                "11 → 空",
                "目标数量 2 行（2 行变空）；目标金额 1 行",
                "A01 · 洗衣机 · 2026-06",
                "目标金额 100,000 → 1,000,000；目标数量 5 → 空",
            ),
        ),
        (
            "en",
            (
                "<span>Changed</span><b>2 rows</b>",
                "<span>New</span><b>1 row</b>",
                "300,000 → 1,200,300.50 (+300.1%)",
                "11 → empty",
                "Target quantity: 2 rows (2 of them emptied); Target amount: 1 row",
                "A01 · 洗衣机 · 2026-06",
                "Target amount 100,000 → 1,000,000; Target quantity 5 → empty",
            ),
        ),
    ],
)
def test_a_register_shows_what_it_adds_and_changes_before_and_after_it_is_published(targets, lang, shown):
    at = opened(lang, NEW, "targets")

    for publish in (False, True):
        if publish:
            button(at, "publish").click().run()
        assert not at.exception and outcome.TITLE[lang] in words(at)
        assert [one for one in shown if one not in words(at)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_where_nothing_is_there_nothing_changes_and_no_row_is_named(home, lang):
    at = opened(lang, OLD, "targets")

    assert f"<span>{outcome.ALTERED[lang]}</span><b>0 {'行' if lang == 'zh' else 'rows'}</b>" in words(at)
    assert outcome.EXAMPLES[lang] not in words(at) and outcome.COLUMNS[lang] not in words(at)
