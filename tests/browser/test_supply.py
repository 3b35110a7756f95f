"""From who runs out to an approved shipment: another plan tried, a line ticked, saved as a file, approved, followed."""

import csv

import pytest

SAYS = {
    "zh": {
        "tick": "勾选后批准",
        "approve": "批准 1 单",
        "done": "已批准 1 单",
        "csv": "导出 CSV",
        "what": "和不试算比",
        "register": "发货决定",
    },
    "en": {
        "tick": "Tick to approve",
        "approve": "Approve 1",
        "done": "Approved: 1",
        "csv": "Export CSV",
        "what": "Against the plan as it is",
        "register": "Approved shipments",
    },
}
FIRST_BOX = {"x": 20, "y": 54}  # of the list: its canvas begins with a header of 36 pixels
DARK = {"locale": "en-US", "color_scheme": "dark"}


@pytest.mark.parametrize(("lang", "look"), [("zh", {}), ("en", DARK)])
def test_a_line_is_ticked_saved_approved_and_followed(serve, tab, tmp_path, lang, look):
    say, url = SAYS[lang], serve(tmp_path / "home")
    shown = tab(**look).open(f"{url}/supply?lang={lang}")
    assert say["tick"] in shown.text() and say["what"] not in shown.text()

    shown.page.locator('[data-testid="stDataFrame"]').first.click(position=FIRST_BOX)
    shown.page.get_by_role("button", name=say["approve"]).wait_for()
    shown.settle()
    with shown.page.expect_download() as saved:
        shown.page.get_by_role("button", name=say["csv"]).click()
    rows = list(csv.reader(saved.value.path().read_text("utf-8-sig").splitlines()))
    assert len(rows) == 2  # a header and the ticked line

    shown.page.get_by_role("button", name=say["approve"]).click()
    shown.page.wait_for_selector(f"text={say['done']}")
    shown.settle()
    assert say["register"] in shown.open(f"{url}/batches?lang={lang}").text()
    assert shown.real_complaints() == []


def test_another_service_changes_list_and_money_and_stands_in_the_address(demo_tab):
    shown = demo_tab("supply?lang=zh")

    shown.page.locator('[data-testid="stSelectbox"] input').nth(7).click()
    shown.page.get_by_role("option", name="99%", exact=True).click()
    shown.page.wait_for_selector(f"text={SAYS['zh']['what']}")
    shown.settle()

    assert "v=99" in shown.page.url
    assert SAYS["zh"]["what"] in shown.open(shown.page.url).text()
