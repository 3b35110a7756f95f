"""Apache Superset beside us on a copy of the same DuckDB file: from the request to the data of the same six charts.

Its charts read the raw table and come six at a time, as a browser asks for them; they are simpler than ours, nothing is
matched like for like. Where it cannot be installed or does not run, the table says so in one line.
"""

import asyncio
from itertools import islice
from pathlib import Path

from bench.pages import asking, months
from bench.serve import Server, ours
from bench.server import NotRunning
from bench.superset_server import Peer, programs, served
from bench.table import Line, medians
from bench.visitor import Visitor

ROUNDS = 7


def measure(home: Path, rows: int) -> list[Line]:
    """Cold (a month nobody has looked at; Superset told to ask again) and warm, in turn."""
    folder = home / "superset"
    try:
        with served(programs(home.parent / "superset-venv"), folder, home) as peer:
            return _compared(home, peer)
    except (NotRunning, OSError) as error:
        return [
            Line(
                "six charts, against Apache Superset",
                None,
                against="Superset",
                note=f"not measured: {str(error)[-300:]}",
            )
        ]


def _compared(home: Path, peer: Peer) -> list[Line]:
    with ours(home) as server:
        ms = medians(asyncio.run(_turns(server, peer)))
    against = "Superset, six charts"
    return [
        Line("home page, a month nobody has looked at", ms["cold"], ms["their cold"], against=against),
        Line("home page, looked at before", ms["warm"], ms["their warm"], against=against),
    ]


async def _turns(server: Server, peer: Peer) -> dict[str, list[float]]:
    """Milliseconds of each side in each round: a new month, then the same month once more."""
    taken: dict[str, list[float]] = {name: [] for name in ("cold", "their cold", "warm", "their warm")}
    asked = months()
    async with Visitor(server.url) as visitor:
        await visitor.rerun()
        peer.six(next(asked), force=True)
        for month in islice(asked, ROUNDS):
            for name, force in (("cold", True), ("warm", False)):
                run = await visitor.rerun(**asking(server, month))
                taken[name].append(run.seconds * 1e3)
                taken[f"their {name}"].append(peer.six(month, force=force) * 1e3)
    return taken
