"""A file from the uploader to the pages and back out: what is counted is said before, and can be undone."""

import re

import pytest

HEAD = "客户编码,客户名称,产品编码,销售日期,数量,含税金额"
GOOD = [f"A0{i % 3 + 1},锦泰,X{i},2026-06-{i % 28 + 1:02},2,100.50" for i in range(40)]


def upload(shown, tmp_path, lines: list[str], name: str = "六月.csv") -> None:
    (tmp_path / name).write_bytes("\n".join([HEAD, *lines]).encode("gb18030"))
    shown.page.locator("input[type=file]").set_input_files(tmp_path / name)
    shown.page.wait_for_selector("text=核对合计")
    shown.settle()


@pytest.fixture
def shown(serve, tab, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "begun").touch()
    shown = tab().open(serve(tmp_path / "home") + "/upload")
    shown.choose("客户终端销售")
    return shown


def test_totals_are_shown_before_publishing_and_the_batch_can_be_undone(shown, tmp_path):
    upload(shown, tmp_path, [*GOOD, "A01,锦泰,X1,2026-06-01,十二,5"])
    words = shown.text()
    assert "40 行可以发布，1 行要处理" in words and "4,020.00" in words and "2026-06-01 至 2026-06-28" in words
    assert "不是数字" in words and not (tmp_path / "home" / "lake").exists()

    shown.page.get_by_role("button", name="发布 40 行").click()
    shown.page.wait_for_selector("text=已发布 40 行")
    shown.page.get_by_role("button", name="批次与撤销").click()
    shown.page.wait_for_url("**/batches*")
    shown.settle()
    assert "1 个文件在用，共 40 行" in shown.text()

    shown.page.get_by_role("button", name="撤销", exact=False).last.click()
    shown.page.get_by_role("button", name="确定撤销").click()
    shown.page.wait_for_selector("text=已撤销")
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d \S+ 撤销", shown.text())  # when, and in which time zone
    assert "0 个文件在用" in shown.text() and shown.real_complaints() == []


def test_the_same_file_is_refused_with_the_day_of_the_first(shown, tmp_path):
    upload(shown, tmp_path, GOOD)
    shown.page.get_by_role("button", name="发布 40 行").click()
    shown.page.get_by_role("button", name="再传一个文件").click()
    shown.page.wait_for_selector("text=这是什么数据？")
    shown.settle()

    upload(shown, tmp_path, GOOD)

    assert "这份文件已经发布过" in shown.text() and "没有重复载入" in shown.text()
    assert "40 行都可以发布" not in shown.text()
    assert shown.page.get_by_role("button", name="发布 40 行").is_disabled()


def test_a_file_of_days_that_are_there_asks_whether_it_replaces_or_adds(shown, tmp_path):
    upload(shown, tmp_path, GOOD)
    shown.page.get_by_role("button", name="发布 40 行").click()
    shown.page.get_by_role("button", name="再传一个文件").click()
    shown.page.wait_for_selector("text=这是什么数据？")
    shown.settle()
    upload(shown, tmp_path, GOOD[:-1], "六月修正.csv")
    button = shown.page.get_by_role("button", name="发布 39 行")
    assert "这段时间已有数据" in shown.text() and button.is_disabled()

    shown.page.get_by_text("替换这些客户这段时间的").click()
    shown.page.wait_for_timeout(300)
    shown.settle()
    button.click()
    shown.page.wait_for_selector("text=已发布 39 行")
    shown.page.get_by_role("button", name="批次与撤销").click()
    shown.page.wait_for_url("**/batches*")

    assert "替换 2026-06-01 至 2026-06-28" in shown.settle().text()


def test_the_bytes_leave_the_uploader_and_our_copy_leaves_when_given_up(shown, tmp_path):
    upload(shown, tmp_path, GOOD)
    uploads = tmp_path / "home" / "uploads"
    assert shown.page.locator('[data-testid="stFileUploaderFile"]').count() == 0
    assert any(uploads.iterdir()) and not list(uploads.glob("*六月*"))

    shown.page.get_by_role("button", name="上一步").click()
    shown.page.get_by_role("button", name="换一个文件").click()
    shown.page.wait_for_selector("text=这是什么数据？")
    shown.settle()

    assert list(uploads.iterdir()) == []


def test_a_column_that_is_to_be_chosen_is_named_where_decisions_are_asked(shown, tmp_path):
    (tmp_path / "a.csv").write_text("客户编码,产品编码,OrderDate,ShipDate,数量\nA,X,2026-05-01,2026-05-03,1\n")
    shown.page.locator("input[type=file]").set_input_files(tmp_path / "a.csv")

    shown.page.wait_for_selector("text=或填一个整个文件通用的值：销售日期")
    assert "没有要您定的" not in shown.settle().text()


def test_a_report_with_totals_and_ten_thousands_ends_in_a_question_and_then_in_the_right_total(shown, tmp_path):
    lines = ["A01,锦泰,X1,2026-05-10,2,1.2万", "A02,万汇,X1,2026-05-11,1,300", "合计,,,,3,12300"]
    (tmp_path / "a.csv").write_bytes("\n".join([HEAD, *lines]).encode("gb18030"))
    shown.page.locator("input[type=file]").set_input_files(tmp_path / "a.csv")

    shown.page.wait_for_selector("text=没有单位的是什么？")
    shown.settle()
    shown.page.get_by_role("radio", name="元（件）").or_(
        shown.page.get_by_role("button", name="元（件）")
    ).first.click()
    shown.settle()
    shown.page.locator(".st-key-go-on button:enabled").click()
    shown.page.wait_for_selector("text=核对合计")

    assert "12,300.00" in shown.settle().text() and "2 行都可以发布" in shown.text()


SEND = """async ([url, bytes]) => {
    const form = new FormData()
    form.append("file", new Blob([new Uint8Array(bytes)]), "a.csv")
    const xsrf = document.cookie.split("; ").find(c => c.startsWith("_streamlit_xsrf="))?.split("=")[1]
    const answer = await fetch(url, {method: "PUT", body: form, headers: xsrf ? {"X-Xsrftoken": xsrf} : {}})
    return answer.status
}"""


def test_bytes_beyond_the_limit_are_refused_by_the_server_itself_whatever_the_page_let_through(serve, tab, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "begun").touch()
    shown = tab().open(serve(tmp_path / "home", "--server.maxUploadSize=1") + "/upload")
    shown.choose("客户终端销售")
    (tmp_path / "a.csv").write_text(HEAD + "\n" + GOOD[0] + "\n", encoding="utf-8")
    with shown.page.expect_request(lambda r: "upload_file" in r.url and r.method == "PUT") as sent:
        shown.page.locator("input[type=file]").set_input_files(tmp_path / "a.csv")
    shown.page.wait_for_selector("text=核对合计")

    statuses = [shown.page.evaluate(SEND, [sent.value.url, size]) for size in (1_000, 2_000_000)]

    assert statuses == [204, 413]
