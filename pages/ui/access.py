"""Who is reading. Without an identity there is nothing but the sign-in: no page, no menu, no date of the data.

`Settings.sign_in` says how: "" (open), "oidc" (Streamlit's st.login) or "header" (a reverse proxy names the user in a
header that server.trustedUserHeaders maps to a key of st.user; the proxy must strip it from what clients send).
"""

import streamlit as st

from data.text import Text
from pages.ui import kit
from settings import settings

TITLE = Text("晴雨表", "Weatherglass")
OIDC = Text("请用公司账号登录。", "Please sign in with your company account.")
HEADER = Text(
    "请从公司门户进入：没有收到您的身份。",
    "Please enter through your company's portal: no identity came with this visit.",
)
SIGN_IN = Text("登录", "Sign in")


def user() -> str | None:
    """The reader's name; the name of this process's user where no sign-in is asked for; None: nobody we know."""
    how = settings()
    if how.sign_in == "":
        return how.user
    if how.sign_in == "oidc" and not st.user.get("is_logged_in", False):
        return None
    name = st.user.get(how.user_key)
    return name if isinstance(name, str) and name.strip() else None


def ask() -> None:
    """All that a stranger sees."""
    oidc = settings().sign_in == "oidc"
    kit.doorway(TITLE, OIDC if oidc else HEADER)
    if oidc:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.button(kit.say(SIGN_IN), type="primary", on_click=st.login, key="sign-in")
