"""The frame of every page: look, sign-in gate, menu, language, how fresh the data is. Started by app.py.

This script has no folder `pages` beside it, so Streamlit never takes a page for one of its own: no address runs a page
without this frame, from the first request of a fresh server on (docs/decisions).
"""

import streamlit as st

from pages.ui import access, frame, kit, menu, start, state

lang = state.hear()
st.set_page_config(page_title=access.TITLE[lang], page_icon=kit.MARK, layout="wide")
kit.css()
if access.user() is None:
    menu.closed(access.ask, access.TITLE[lang]).run()
    st.stop()

st.logo(kit.LOGO, size="large", icon_image=kit.MARK)
with st.sidebar:
    frame.language()
    fresh = st.empty()
page = menu.opened(state.lang())
state.arrive(page.url_path, filtered=menu.LEAVES[page.url_path].filtered)
start.ready()
state.pin()
with fresh:
    frame.freshness()
start.banner()
page.run()
