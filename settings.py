"""Every setting: environment name, default, meaning. Read by app.py, pages and the command lines only."""

import getpass
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

SignIn = Literal["", "oidc", "header"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator decides. Secrets (OIDC client, cookie secret) stay in .streamlit/secrets.toml, never here.

    `home` holds everything that is kept: lake/, cache/, uploads/, demo/ (WEATHERGLASS_HOME, default var).
    `sign_in` is "" (open: one machine, one department), "oidc" (Streamlit's st.login) or "header" (a reverse proxy
    names the user; WEATHERGLASS_SIGN_IN). `user_key` is the key of st.user that holds the name (WEATHERGLASS_USER_KEY).
    `memory_mb` is DuckDB's share of memory (WEATHERGLASS_MEMORY_MB, default 1024). `engine` answers the questions: ""
    for embedded DuckDB, or "sc://host:port", a Spark Connect server that sees `home` under the same path
    (WEATHERGLASS_ENGINE; needs requirements-spark.txt). `user` signs command-line loads (WEATHERGLASS_USER).
    """

    home: Path
    sign_in: SignIn
    user_key: str
    memory_mb: int
    engine: str
    user: str


class SettingError(ValueError):
    """An environment variable has a value that means nothing; the message names it and what is allowed."""


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read(os.environ)


def read(env: "os._Environ[str] | dict[str, str]") -> Settings:
    """Settings from an environment; raises `SettingError` for a value that is not allowed."""
    sign_in = env.get("WEATHERGLASS_SIGN_IN", "")
    if sign_in not in ("", "oidc", "header"):
        raise SettingError(f"WEATHERGLASS_SIGN_IN is {sign_in!r}; allowed are empty, 'oidc' and 'header'")
    memory = env.get("WEATHERGLASS_MEMORY_MB", "1024")
    if not memory.isdigit() or int(memory) < 128:
        raise SettingError(f"WEATHERGLASS_MEMORY_MB is {memory!r}; give whole megabytes, at least 128")
    engine = env.get("WEATHERGLASS_ENGINE", "")
    if engine and not engine.startswith("sc://"):
        raise SettingError(f"WEATHERGLASS_ENGINE is {engine!r}; allowed are empty (embedded) and 'sc://host:port'")
    return Settings(
        home=Path(env.get("WEATHERGLASS_HOME", "var")).absolute(),
        sign_in=cast(SignIn, sign_in),
        user_key=env.get("WEATHERGLASS_USER_KEY", "email"),
        memory_mb=int(memory),
        engine=engine,
        user=env.get("WEATHERGLASS_USER") or _login(),
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user id may have no name
        return "unknown"
