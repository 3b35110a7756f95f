"""What a page costs the server: warm reruns of our pages against an empty one and against the usual way."""

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.generate import periods
from bench.serve import Server, all_three
from bench.table import Line, at_most
from bench.visitor import THINK, Run, Visitor

RERUNS, WARMUP = 40, 4
CPU_ABOVE_EMPTY, COLD = 25, 4_000  # ms: the bars
WIRE = 13  # kB; 3.3 are Streamlit's own and grow by .1 with each page of the menu: it was 10 with six pages, now 14


@dataclass(slots=True)
class Seat:
    """A visitor, where it sits, and what its reruns took."""

    name: str
    server: Server
    visitor: Visitor
    another: bool = False  # asks for another month each time, as a reader who clicks does
    runs: list[Run] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # ms

    async def turn(self, month: str, keep: bool) -> None:
        """One rerun with the CPU that it costs, thinking time included: servers tidy up after a rerun."""
        before = self.server.cpu_ms()
        run = await self.visitor.rerun(**asking(self.server, month if self.another else ""))
        await asyncio.sleep(THINK)
        if keep:
            self.runs.append(run)
            self.cpu.append(self.server.cpu_ms() - before)

    @property
    def ms(self) -> float:
        """Median server time of a rerun."""
        return statistics.median(run.seconds for run in self.runs) * 1e3

    @property
    def cpu_ms(self) -> float:
        """CPU of a rerun: a mean, because the kernel counts in steps of ten."""
        return statistics.mean(self.cpu)

    @property
    def kb(self) -> float:
        """Median bytes on the wire."""
        return statistics.median(run.size for run in self.runs) / 1e3


def asking(server: Server, month: str) -> dict:
    """How a page is asked for a month: ours by its address, the usual way by its select box."""
    if not month:
        return {}
    return {"widgets": {"month": month}} if server.name == "usual way" else {"query": f"p={month}"}


def months() -> Iterator[str]:
    """Closed months with a year before them, newest first, round and round."""
    closed = [f"{p.first:%Y-%m}" for p in reversed(periods()[13:-1])]
    while True:
        yield from closed


def measure(home: Path, rows: int) -> list[Line]:
    """Warm reruns, interleaved; first page of a fresh process; bytes; memory."""
    with all_three(home) as servers:
        return asyncio.run(_measure(servers))


async def _measure(servers: tuple[Server, Server, Server]) -> list[Line]:
    ours, empty, usual = servers
    async with AsyncExitStack() as stack:
        first = {server.name: (await (await _open(stack, server)).rerun()).seconds * 1e3 for server in servers}
        seats = [
            Seat("home page", ours, await _open(stack, ours)),
            Seat("accounts page", ours, await _open(stack, ours, "accounts")),
            Seat("home page, another month each time", ours, await _open(stack, ours), another=True),
            Seat("empty page", empty, await _open(stack, empty)),
            Seat("usual way", usual, await _open(stack, usual)),
            Seat("usual way, another month each time", usual, await _open(stack, usual), another=True),
        ]
        await _reruns(seats)
    return [
        *_first(first),
        *_warm(seats),
        Line("memory, 6 sessions", ours.rss_mib(), usual.rss_mib(), "MiB", "usual way"),
    ]


async def _open(stack: AsyncExitStack, server: Server, page: str = "") -> Visitor:
    return await stack.enter_async_context(Visitor(server.url, page))


async def _reruns(seats: list[Seat]) -> None:
    asked = months()
    for seat in seats:  # every page once as it is, so that the select boxes are known
        await seat.visitor.rerun()
    for turn in range(WARMUP + RERUNS):
        month = next(asked)
        for seat in seats:
            await seat.turn(month, keep=turn >= WARMUP)


def _first(first: dict[str, float]) -> list[Line]:
    bars = (at_most(COLD, "ours"),)
    return [Line("first page of a fresh process", first["ours"], first["usual way"], against="usual way", bars=bars)]


def _warm(seats: list[Seat]) -> list[Line]:
    home, accounts, other, empty, usual, usual_other = seats
    lines = []
    for seat in (home, accounts):
        bars = (at_most(CPU_ABOVE_EMPTY, "difference"),)
        lines.append(Line(f"warm {seat.name}, CPU", seat.cpu_ms, empty.cpu_ms, against="empty page", bars=bars))
        lines.append(Line(f"warm {seat.name}, wall", seat.ms, empty.ms, against="empty page"))
    lines.append(Line("warm home page, CPU", home.cpu_ms, usual.cpu_ms, against="usual way"))
    lines.append(Line("warm home page, wall", home.ms, usual.ms, against="usual way"))
    lines.append(Line(other.name, other.ms, usual_other.ms, against="usual way"))
    for seat in (home, accounts):
        bars = (at_most(WIRE, "ours"),)
        lines.append(Line(f"unchanged rerun, {seat.name}, on the wire", seat.kb, usual.kb, "kB", "usual way", bars))
    return lines
