"""From a trial's verdict to a decision of the review: chosen, decided with one click, kept under the registers."""

import pytest

SAYS = {
    "zh": {"go": "推进", "done": "已记为今天的决定", "trial": "SD03", "register": "月会决议"},
    "en": {"go": "Go", "done": "Kept as today", "trial": "SD03", "register": "Decisions of the review"},
}
PHONE = {"locale": "en-US", "viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.mark.parametrize(("lang", "look"), [("zh", {}), ("en", PHONE)])
def test_a_trial_is_decided_on_its_page_and_the_decision_is_kept(serve, tab, tmp_path, lang, look):
    say, url = SAYS[lang], serve(tmp_path / "home")
    shown = tab(**look).open(f"{url}/trials?lang={lang}&t={say['trial']}")
    assert say["done"] not in shown.text()

    shown.page.get_by_role("button", name=say["go"], exact=True).click()
    shown.page.wait_for_selector(f"text={say['done']}")
    shown.settle()

    assert say["register"] in shown.open(f"{url}/batches?lang={lang}").text()
    assert shown.real_complaints() == []


def test_the_menu_shows_every_page_without_a_word_in_another_language(demo_tab):
    shown = demo_tab("trials?lang=zh")

    menu = shown.page.locator('[data-testid="stSidebarNav"]').inner_text()
    assert "指标口径" in menu and "新品试点" in menu and "View" not in menu
