"""What is chosen can be read in either theme, and a phone keeps a file and its button together."""

import pytest

MAIN = '[data-testid="stMain"] [data-testid="stButtonGroup"]'
CONTRAST = """chosen => {
    const lin = c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
    const rgba = text => text.match(/[\\d.]+/g).map(Number);
    const lum = ([r, g, b]) => .2126 * lin(r) + .7152 * lin(g) + .0722 * lin(b);
    const page = rgba(getComputedStyle(document.querySelector('.stApp')).backgroundColor);
    const [r, g, b, a = 1] = rgba(getComputedStyle(chosen).backgroundColor);
    const ground = lum([r, g, b].map((c, n) => c * a + page[n] * (1 - a)));
    const word = lum(rgba(getComputedStyle(chosen.querySelector('p')).color));
    return (Math.max(word, ground) + .05) / (Math.min(word, ground) + .05);
}"""
READABLE = 4.5  # WCAG 2.2, 1.4.3, text of usual size


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_chosen_of_a_few_can_be_read(home, serve, tab, theme):
    opened = tab(color_scheme=theme).open(f"{serve(home)}/health?lang=zh")
    opened.page.wait_for_selector(MAIN)

    chosen = opened.settle().page.locator(f'{MAIN} [data-selected="true"]').first

    assert chosen.evaluate(CONTRAST) >= READABLE


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_a_file_and_its_undo_share_a_line(home, serve, tab, lang):
    opened = tab(viewport={"width": 390, "height": 844}).open(f"{serve(home)}/batches?lang={lang}")
    opened.page.wait_for_selector('[class*="st-key-undo-"] button')

    chip, undo, words = (
        opened.page.locator(one).first.bounding_box()
        for one in (".entry .chip", '[class*="st-key-undo-"] button', ".entry p")
    )

    assert undo["y"] <= chip["y"] + chip["height"] / 2 <= undo["y"] + undo["height"]
    assert undo["y"] + undo["height"] <= words["y"] and undo["x"] > chip["x"] + chip["width"]
    assert undo["x"] + undo["width"] <= 390
