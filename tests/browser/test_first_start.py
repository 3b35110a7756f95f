"""An empty home: the demo company is made while one watches, says that it is one, and makes way for one's own files."""

import threading

from tests.browser.wire import visit


def test_the_first_visit_makes_the_demo_and_the_banner_leads_to_the_upload_without_ending_it(serve, tmp_path, tab):
    shown = tab().open(serve(tmp_path / "home"))

    assert "示例公司，数据为虚构" in shown.text() and (tmp_path / "home" / "demo").exists()
    shown.page.get_by_role("button", name="用自己的文件开始").click()
    shown.page.wait_for_url("**/upload*")
    shown.settle()
    assert "示例公司，数据为虚构" in shown.text() and "这是什么数据？" in shown.text()
    assert (tmp_path / "home" / "demo").exists()
    assert shown.real_complaints() == []


def test_visitors_who_come_together_wait_for_one_demo(serve, tmp_path):
    url, seen = serve(tmp_path / "home"), []

    together = [threading.Thread(target=lambda: seen.append(visit(url))) for _ in range(4)]
    for one in together:
        one.start()
    for one in together:
        one.join(90)

    assert len(seen) == 4 and all("plotly_chart" in one.elements() for one in seen)
    assert not any("exception" in one.elements() for one in seen)


def test_the_browsers_language_is_spoken_and_the_switch_keeps_the_filters(serve, home, tab):
    url = serve(home)

    shown = tab(locale="en-US").open(f"{url}/?p=2026-02")
    assert "Data to 2026-04-15" in shown.text()

    shown.page.get_by_role("radio", name="中文").or_(shown.page.get_by_role("button", name="中文")).first.click()
    shown.page.wait_for_url("**lang=zh*")
    shown.settle()
    assert "数据截至 2026-04-15" in shown.text() and "p=2026-02" in shown.page.url
    shown.page.get_by_role("link", name="客户业绩").click()
    shown.page.wait_for_url("**/accounts?*p=2026-02*")
    assert "lang=zh" in shown.page.url
