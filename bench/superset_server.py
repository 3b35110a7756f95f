"""Apache Superset on this machine: installed from PyPI into an environment of its own, served, and asked as a client.

Pins beside its own: duckdb reads our file's format, and three packages that 6.1.0 imports without naming them (rich,
cachetools) or breaks with when newer (flask-caching); gunicorn serves it.
"""

import json
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import superset_charts
from bench.raw import cache_file, connection
from bench.server import NotRunning, done, free_port, healthy, installed, running
from data.store import Store

PACKAGES = (
    "apache-superset==6.1.0",
    "duckdb==2.0.0",
    "duckdb-engine==0.17.0",
    "rich==15.0.0",
    "flask-caching==2.3.1",
    "cachetools==8.0.2",
    "gunicorn==27.0.1",
)
START = 240  # seconds before we give up
ADMIN = (
    "--username",
    "bench",
    "--firstname",
    "b",
    "--lastname",
    "b",
    "--email",
    "b@example.org",
    "--password",
    "bench",
)
CONFIG = """
SECRET_KEY = "made up for the bench, kept on this machine only"
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
DATA_CACHE_CONFIG = {{"CACHE_TYPE": "SimpleCache", "CACHE_DEFAULT_TIMEOUT": 3600}}
"""


def programs(venv: Path) -> Path:
    """The environment's programs; made on first use. Raises `NotRunning`."""
    return installed(venv, *PACKAGES).parents[2] / "bin"


def _copied(home: Path, file: Path) -> None:
    """Our cache file, whole: up to date and with nothing left in its log."""
    store = Store(home)
    store.version()
    path = cache_file(store)
    with connection(store) as con:
        con.execute("CHECKPOINT")
    store.close()
    shutil.copyfile(path, file)


def _prepared(bin_: Path, folder: Path, home: Path) -> dict[str, str]:
    """Its configuration, its own database with somebody who may sign in, and the sales; the environment to run in."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "superset_config.py").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    _copied(home, folder / "sales.duckdb")
    env = {
        "SUPERSET_CONFIG_PATH": f"{folder}/superset_config.py",
        "FLASK_APP": "superset",
        "SUPERSET_HOME": str(folder),
    }
    for step in (("db", "upgrade"), ("fab", "create-admin", *ADMIN), ("init",)):
        done([str(bin_ / "superset"), *step], START, **env)
    return env


@contextmanager
def served(bin_: Path, folder: Path, home: Path) -> Iterator["Peer"]:
    """A server with the DuckDB file as its database and the sales table as its dataset."""
    env = _prepared(bin_, folder, home)
    port = free_port()
    serve = ["-w", "1", "-k", "gthread", "--threads", "20", "--timeout", "120", "-b", f"127.0.0.1:{port}"]
    command = [str(bin_ / "gunicorn"), *serve, "superset.app:create_app()"]
    try:
        with running(
            command, folder / "superset.log", lambda: healthy(f"http://127.0.0.1:{port}/health"), START, **env
        ):
            yield Peer(f"http://127.0.0.1:{port}", folder / "sales.duckdb")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Peer:
    """A signed-in client of a Superset server, with the sales table as a dataset."""

    def __init__(self, url: str, file: Path):
        self._url, self._token = url, ""
        login = {"username": "bench", "password": "bench", "provider": "db", "refresh": False}
        self._token = self._post("security/login", login)["access_token"]
        uri = f"duckdb:///{file}?access_mode=read_only"
        database = self._post("database/", {"database_name": "sales", "sqlalchemy_uri": uri})["id"]
        table = {"database": database, "schema": "main", "table_name": "sell_out"}
        self._dataset = self._post("dataset/", table)["id"]

    def six(self, month: str, *, force: bool) -> float:
        """Seconds until the data of all six charts is there."""
        asked = superset_charts.six(self._dataset, month, force=force)
        start = time.perf_counter()
        with ThreadPoolExecutor(len(asked)) as pool:
            answers = list(pool.map(lambda chart: self._post("chart/data", chart), asked))
        seconds = time.perf_counter() - start
        if empty := [n for n, answer in enumerate(answers) if not answer["result"][0]["data"]]:
            raise NotRunning(f"charts {empty} came back without data")
        return seconds

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self._token}"} if self._token else {}
        )
        request = urllib.request.Request(f"{self._url}/api/v1/{path}", json.dumps(body).encode(), headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310 - loopback
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise NotRunning(f"{path}: {error.code} {error.read()[:160].decode(errors='replace')}") from error
