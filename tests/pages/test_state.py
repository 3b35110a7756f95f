"""The address and the session: links win, the menu keeps what was chosen, Back takes it away again."""

from streamlit.testing.v1 import AppTest

from pages.ui import state


def script() -> None:
    import streamlit as st

    from pages.ui import state

    state.hear()
    page = st.session_state.get("page", "")
    state.arrive(page, filtered=page != "upload")
    if "choose" in st.session_state:
        state.choose(*st.session_state.pop("choose"))


class Visit:
    """A session that goes from page to page."""

    def __init__(self):
        self.app = AppTest.from_function(script)

    def go(self, page: str, **address: str) -> dict[str, str]:
        """Open a page at an address; what is picked there."""
        self.app.session_state["page"] = page
        self.app.query_params.clear()
        for code, value in address.items():
            self.app.query_params[code] = value
        self.app.run()
        assert not self.app.exception
        return self.app.session_state[state.MARK].picks

    def stay(self) -> dict[str, str]:
        """Run again at the address as it is."""
        self.app.run()
        return self.app.session_state[state.MARK].picks

    def address(self) -> dict[str, str]:
        return {
            code: values[0] if isinstance(values, list) else values for code, values in self.app.query_params.items()
        }


def test_a_link_is_taken_as_it_is():
    visit = Visit()

    assert visit.go("", p="2026-05", r="华东", y="1") == {"p": "2026-05", "r": "华东"}
    assert visit.address() == {"p": "2026-05", "r": "华东", "y": "1"}


def test_the_menu_keeps_what_was_chosen_and_writes_it_into_the_address():
    visit = Visit()
    visit.go("", r="华东")

    assert visit.go("accounts") == {"r": "华东"}
    assert visit.address() == {"r": "华东"}


def test_a_page_without_filters_keeps_them_for_later_and_shows_none():
    visit = Visit()
    visit.go("", r="华东")

    visit.go("upload")
    assert visit.address() == {}
    visit.stay()
    assert visit.go("accounts") == {"r": "华东"}


def test_back_on_the_same_page_takes_a_choice_away():
    visit = Visit()
    visit.go("", r="华东")

    assert visit.go("") == {}


def test_a_link_to_another_page_is_not_mixed_with_what_was_chosen():
    visit = Visit()
    visit.go("", r="华东")

    assert visit.go("accounts", a="A01") == {"a": "A01"}


def test_choosing_writes_the_address_and_the_default_leaves_it():
    visit = Visit()
    visit.go("")
    visit.app.session_state["choose"] = ("r", "华东", "")
    assert visit.stay() == {"r": "华东"} and visit.address() == {"r": "华东"}

    visit.app.session_state["choose"] = ("r", "", "")
    assert visit.stay() == {} and visit.address() == {}


def test_an_account_opened_from_a_tile_stays_behind_on_its_page():
    visit = Visit()
    visit.go("", r="华东")
    visit.app.session_state[state.MARK].lent = "A02"
    assert visit.go("accounts", r="华东", a="A02") == {"r": "华东", "a": "A02"}

    assert visit.go("") == {"r": "华东"}
    assert visit.go("", r="华东", a="A02") == {"r": "华东"}  # the entry that st.switch_page leaves in the history


def test_an_account_chosen_in_the_filter_bar_goes_along():
    visit = Visit()
    visit.go("accounts")
    visit.app.session_state["choose"] = ("a", "A02", "")
    visit.stay()

    assert visit.go("") == {"a": "A02"}
