"""The first request of a fresh server, a deep link into each folder of pages: the framed page, or only the sign-in.

AppTest cannot see this: Streamlit decides on a server's first request whether it is in its old multipage mode, in
which a page's script runs without the frame and its sign-in (STREAMLIT.md, 1). So: a real server per folder, whose
other pages are asked next.
"""

from itertools import groupby

import pytest

from pages.ui.menu import LEAVES, MENU
from tests.browser.conftest import SECRET
from tests.browser.wire import visit

FOLDERS = {
    folder: [leaf.url for leaf in leaves]
    for folder, leaves in groupby(LEAVES.values(), lambda leaf: leaf.script.partition("/")[0])
}
TITLES = [leaf.title.zh for leaves in MENU.values() for leaf in leaves]
HEADER = '--server.trustedUserHeaders={"X-User": "email"}'
every_folder = pytest.mark.parametrize("folder", FOLDERS)


@every_folder
def test_first_request_of_an_open_server_shows_the_page_in_its_frame_and_so_do_the_next(serve, home, folder):
    url = serve(home)
    for page in reversed(FOLDERS[folder]):
        seen = visit(url, page)

        assert seen.pages() == TITLES
        assert "page_not_found" not in seen.kinds() and "exception" not in seen.elements()
        assert seen.says("数据截至 2026-04-15")  # the freshness chip of the frame


@pytest.mark.parametrize("page", ["", "accounts", "trials", "upload"], ids=lambda page: page or "first")  # one a folder
def test_first_request_with_identity_shows_the_page_in_its_frame(serve, home, page):
    seen = visit(serve(home, HEADER, WEATHERGLASS_SIGN_IN="header"), page, headers={"X-User": "li.min@example.com"})

    assert seen.pages() == TITLES
    assert "page_not_found" not in seen.kinds() and "exception" not in seen.elements()


@every_folder
def test_requests_without_identity_get_nothing_but_the_sign_in_the_first_and_the_next(serve, home, folder):
    url = serve(home, HEADER, WEATHERGLASS_SIGN_IN="header")
    for page in reversed(FOLDERS[folder]):
        seen = visit(url, page)

        assert seen.pages() == []
        assert set(seen.elements()) == {"html"}  # the style sheet and the two lines of the sign-in
        assert "page_not_found" not in seen.kinds()
        assert seen.says("请从公司门户进入")
        assert not any(seen.says(word) for word in [SECRET, "Z99", "2026-04-15", *TITLES, "look/", "intake/"])


@pytest.mark.parametrize("name", ["", "   "])
def test_an_empty_identity_is_none(serve, home, name):
    seen = visit(serve(home, HEADER, WEATHERGLASS_SIGN_IN="header"), "accounts", headers={"X-User": name})

    assert seen.pages() == [] and not seen.says(SECRET)


def test_a_header_that_the_operator_did_not_name_gives_no_identity(serve, home):
    seen = visit(serve(home, HEADER, WEATHERGLASS_SIGN_IN="header"), "", headers={"X-Forwarded-User": "boss"})

    assert seen.pages() == [] and not seen.says(SECRET)


def test_oidc_without_a_session_shows_only_the_button(serve, home):
    seen = visit(serve(home, WEATHERGLASS_SIGN_IN="oidc"), "upload")

    assert seen.pages() == [] and set(seen.elements()) == {"html", "button"}
    assert not any(seen.says(word) for word in [SECRET, *TITLES])


@pytest.mark.parametrize("page", ["", "accounts"])
def test_in_the_browser_a_stranger_sees_a_door_and_no_dialog(serve, home, tab, page):
    shown = tab().open(f"{serve(home, HEADER, WEATHERGLASS_SIGN_IN='header')}/{page}")

    assert "请从公司门户进入" in shown.text() and SECRET not in shown.page.content()
    assert shown.page.locator('[role="dialog"]').count() == 0
    assert shown.page.locator('[data-testid="stSidebarNav"]').count() == 0
    assert shown.real_complaints() == []


@pytest.mark.parametrize("page", ["", "accounts"])
def test_in_the_browser_the_first_visit_is_framed_and_asks_nobody_else(serve, home, tab, page):
    url = serve(home)

    shown = tab().open(f"{url}/{page}")

    assert shown.page.locator('[data-testid="stSidebarNav"]').count() == 1
    assert shown.page.locator('[role="dialog"]').count() == 0
    assert [r for r in shown.requests if not r.startswith((url, url.replace("http", "ws"), "data:", "blob:"))] == []
    assert shown.real_complaints() == []  # the Content-Security-Policy blocks nothing that the page needs
