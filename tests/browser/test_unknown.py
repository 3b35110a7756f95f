"""A file that names accounts which the master does not have: asked on the check page, counted as it was answered."""

import pytest

from data.store import Store
from tests.conftest import giver

HEAD = "客户编码,产品编码,销售日期,数量,含税金额"
LINES = [
    "A01,X,2026-06-01,1,10",
    "锦泰家电有限公司,X,2026-06-02,2,20",
    "锦泰家电有限公司,X,2026-06-03,3,30",
    "Z9,X,2026-06-04,4,40",
]


@pytest.fixture
def shown(serve, tab, tmp_path):
    store = Store(tmp_path / "home", memory_mb=256)
    giver(store)("accounts", {"account": "A01", "account_name": "锦泰家电"}, {"account": "B02", "account_name": "万汇"})
    store.close()
    shown = tab().open(serve(tmp_path / "home") + "/upload")
    shown.choose("客户终端销售")
    (tmp_path / "六月.csv").write_text("\n".join([HEAD, *LINES]), encoding="utf-8")
    shown.page.locator("input[type=file]").set_input_files(tmp_path / "六月.csv")
    shown.page.wait_for_selector("text=核对合计")
    return shown.settle()


def answer(shown, label: str) -> None:
    shown.page.get_by_role("radio", name=label).or_(shown.page.get_by_role("button", name=label)).first.click()
    shown.page.wait_for_timeout(300)
    shown.settle()


def test_an_account_is_taken_for_a_known_one_and_the_other_is_handed_back(shown):
    assert "客户档案里没有 2 个客户，共 3 行：锦泰家电有限公司、Z9" in shown.text()
    assert shown.page.get_by_role("button", name="发布 4 行").is_disabled()

    shown.page.locator('[class*="st-key-answer-alias"] input').click()
    shown.page.get_by_role("option", name="A01 锦泰家电").click()
    shown.page.wait_for_selector("text=客户档案里没有 1 个客户，共 1 行：Z9")
    answer(shown, "退回这些行")

    assert "3 行可以发布，1 行要处理" in shown.text() and "客户档案里没有这个客户" in shown.text()
    shown.page.get_by_role("button", name="发布 3 行").click()
    shown.page.wait_for_selector("text=已发布 3 行")
    shown.page.get_by_role("link", name="编码对照").click()
    shown.page.wait_for_selector("text=锦泰家电有限公司 → A01")
    assert "六月.csv" in shown.settle().text() and shown.real_complaints() == []


def test_an_answer_for_all_can_be_changed_before_publishing(shown):
    answer(shown, "退回这些行")
    assert "1 行可以发布，3 行要处理" in shown.text()

    answer(shown, "照样载入")

    assert "4 行都可以发布" in shown.text()
    assert shown.page.get_by_role("button", name="发布 4 行").is_enabled()


def test_going_back_to_the_columns_forgets_what_was_said_of_codes(shown):
    answer(shown, "退回这些行")
    shown.page.get_by_role("button", name="上一步").click()
    shown.page.locator(".st-key-go-on button:enabled").click()

    shown.page.wait_for_selector("text=4 行都可以发布")
    assert shown.settle().page.get_by_role("button", name="发布 4 行").is_disabled()
