"""Does the home page's server time grow with the rows? Servers on homes of several sizes, asked in turn."""

import asyncio
import statistics
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from itertools import pairwise
from pathlib import Path

from bench.pages import Seat, months
from bench.serve import ours
from bench.table import Line, at_most
from bench.visitor import Visitor

COLD, WARM = 14, 20  # months that nobody has looked at, then reruns that are in the cache
GROWTH, FROM = 1.5, 10_000_000  # the bar, and the smaller of the two sizes it is about


def measure(homes: dict[int, Path]) -> list[Line]:
    """Cold and warm reruns of the home page by size; each size against the one below it."""
    with ExitStack() as stack:
        servers = {rows: stack.enter_context(ours(home)) for rows, home in sorted(homes.items())}
        seats = asyncio.run(_measure(servers))
        memory = {rows: server.rss_mib() for rows, server in servers.items()}
    lines = []
    for what, part in (("a month nobody has looked at", slice(0, COLD)), ("warm", slice(COLD, None))):
        ms = {rows: statistics.median(run.seconds for run in seat.runs[part]) * 1e3 for rows, seat in seats.items()}
        lines += _grown(f"home page, {what}", ms, "ms", barred=True)
    return [*lines, *_grown("server's memory", memory, "MiB", barred=False)]


async def _measure(servers: dict) -> dict[int, Seat]:
    async with AsyncExitStack() as stack:
        seats = {
            rows: Seat(f"{rows}", server, await stack.enter_async_context(Visitor(server.url)), another=True)
            for rows, server in servers.items()
        }
        for seat in seats.values():
            await seat.visitor.rerun()
        asked = months()
        cold = [next(asked) for _ in range(COLD)]
        for month in [*cold, *(cold * 2)[:WARM]]:
            for seat in seats.values():
                await seat.turn(month, keep=True)
        return seats


def _grown(name: str, found: dict[int, float], unit: str, *, barred: bool) -> list[Line]:
    sizes: Sequence[int] = sorted(found)
    if len(sizes) == 1:
        return [Line(f"{name}, {short(sizes[0])} rows", found[sizes[0]], unit=unit)]
    return [
        Line(
            f"{name}, {short(large)} rows",
            found[large],
            found[small],
            unit,
            f"{short(small)} rows",
            (at_most(GROWTH),) if barred and small >= FROM else (),
        )
        for small, large in pairwise(sizes)
    ]


def short(rows: int) -> str:
    """10 M."""
    return f"{rows / 1e6:g} M"
