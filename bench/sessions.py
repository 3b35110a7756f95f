"""1, 10 and 50 sessions at once: reruns a second, errors, memory; our home page against the usual way, in turn.

Every rerun asks for another month, as readers who click do, after every session has loaded its page. Both sides hold a
million rows: the usual way copies its frame for every rerun (st.cache_data), and ten sessions already take 4.5 GB.
"""

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.generate import MONTHS
from bench.pages import asking, months
from bench.serve import Server, ours, usual
from bench.table import Bar, Line, at_least, at_most
from bench.visitor import THINK, Visitor

CROWDS = (1, 10, 50)
ROUNDS, SECONDS = 3, 6  # measured spells of each crowd and server
MOST = 10  # sessions of the usual way; fifty took 16 GB
ROWS = 1_000_000
REACHED_AT, FASTER, PER_SESSION = 10, 5, 1  # sessions, times, MiB: the bars


@dataclass(slots=True)
class Crowd:
    """Some sessions on one server."""

    server: Server
    size: int
    rates: list[float] = field(default_factory=list)  # reruns a second
    ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    rss: float = 0.0  # MiB, all sessions still there


def measure(home: Path, rows: int) -> list[Line]:
    """All crowds on both servers, smallest first: memory never shrinks."""
    with ours(home) as mine, usual(home) as theirs:
        for server in (mine, theirs):
            asyncio.run(_warm(server))
        crowds = [asyncio.run(_spells(mine, theirs, size)) for size in CROWDS]
    lines = [line for pair in crowds for line in _lines(*pair)]
    first, last = crowds[0][0], crowds[-1][0]
    each = (last.rss - first.rss) / (last.size - first.size)
    return [*lines, Line("memory of one more session", each, unit="MiB", bars=(at_most(PER_SESSION, "ours"),))]


async def _warm(server: Server) -> None:
    """Every month once: what a page keeps between readers is there before anything is counted."""
    async with Visitor(server.url) as visitor:
        await visitor.rerun()
        for month in islice(months(), MONTHS):
            await visitor.rerun(**asking(server, month))


async def _spells(mine: Server, theirs: Server, size: int) -> tuple[Crowd, Crowd]:
    """Ours and theirs by turns, so that both see the same machine."""
    crowds = Crowd(mine, size), Crowd(theirs, size if size <= MOST else 0)
    for _ in range(ROUNDS):
        for crowd in crowds:
            if crowd.size:
                await _spell(crowd)
    return crowds


async def _spell(crowd: Crowd) -> None:
    visitors = [Visitor(crowd.server.url) for _ in range(crowd.size)]
    arrived = asyncio.Barrier(crowd.size + 1)
    tasks = [asyncio.create_task(_stay(visitor, crowd, arrived, n)) for n, visitor in enumerate(visitors)]
    await arrived.wait()
    start, before = time.perf_counter(), len(crowd.ms)
    await arrived.wait()  # everybody has had enough, and is still there
    crowd.rates.append((len(crowd.ms) - before) / (time.perf_counter() - start))
    crowd.rss = crowd.server.rss_mib()
    await arrived.wait()
    await asyncio.gather(*tasks)


async def _stay(visitor: Visitor, crowd: Crowd, arrived: asyncio.Barrier, number: int) -> None:
    """One session: load, wait for the others, rerun for a while, wait again, leave."""
    async with visitor:
        await _load(visitor, crowd)
        await arrived.wait()
        await _click(visitor, crowd, number)
        await arrived.wait()
        await arrived.wait()


async def _load(visitor: Visitor, crowd: Crowd) -> None:
    try:
        await visitor.rerun()
    except Exception as error:  # a load client counts every failure
        crowd.errors.append(repr(error))


async def _click(visitor: Visitor, crowd: Crowd, number: int) -> None:
    asked = months()
    for _ in range(number):
        next(asked)
    end = time.perf_counter() + SECONDS
    try:
        while time.perf_counter() < end:
            crowd.ms.append((await visitor.rerun(**asking(crowd.server, next(asked)))).seconds * 1e3)
            await asyncio.sleep(THINK)
    except Exception as error:
        crowd.errors.append(repr(error))


def _lines(mine: Crowd, theirs: Crowd) -> list[Line]:
    name, there = f"{mine.size} sessions", bool(theirs.size)
    faster: tuple[Bar, ...] = (at_least(FASTER),) if mine.size == REACHED_AT else ()
    none: tuple[Bar, ...] = (at_most(0, "ours"),) if mine.size == CROWDS[-1] else ()
    against = "usual way" if there else "usual way not run"
    return [
        Line(f"{name}, reruns", _median(mine.rates), _median(theirs.rates), "1/s", against, faster),
        Line(f"{name}, a rerun", _median(mine.ms), _median(theirs.ms), "ms", against),
        Line(f"{name}, errors", len(mine.errors), len(theirs.errors) if there else None, "", against, none, _why(mine)),
        Line(f"{name}, memory", mine.rss, theirs.rss if there else None, "MiB", against),
    ]


def _why(crowd: Crowd) -> str:
    return "; ".join(sorted(set(crowd.errors))[:2])


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None
