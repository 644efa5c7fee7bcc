"""Runs several processes as one: prefixed logs, readiness, one stop for all of them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from services.cli.console import CommandError

_COLOURS = ("36", "35", "33", "32", "34")


class LateError(CommandError):
    """A program did not get ready in time."""


@dataclass(frozen=True)
class Program:
    """A process to run: its command, where it listens, how to see that it is ready, what to do where it fails.

    One that listens nowhere has neither ``port`` nor ``ready_url``, and is ready as soon as it runs.
    """

    name: str
    command: Sequence[str | Path]
    mend: str
    port: int | None = None
    port_variable: str = ""
    ready_url: str | None = None
    environment: dict[str, str] = field(default_factory=dict)


class Group:
    """A group of programs that live and die together."""

    def __init__(self, programs: Sequence[Program], *, cwd: Path, stop_timeout_s: float) -> None:
        self._programs = {program.name: program for program in programs}
        self._cwd = cwd
        self._stop_timeout_s = stop_timeout_s
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._readers: list[asyncio.Task[None]] = []
        self._width = max(len(program.name) for program in programs)
        #: Those whose end is not the end of all, and what is set when one comes, goes or becomes one of the others.
        self._beside: set[str] = set()
        self._changed = asyncio.Event()

    def check_ports(self) -> None:
        """Raise CommandError, naming who holds it, where a port is taken."""
        for program in self._programs.values():
            if program.port is None:
                continue
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", program.port))
                except OSError:
                    raise CommandError(
                        f"{program.name} cannot start: port {program.port} is taken{_holder(program.port)}.",
                        "Stop that program, or choose another port: "
                        f"{program.port_variable}={program.port + 100} make run",
                    ) from None

    async def start(self) -> None:
        """Start every program; their lines go to stdout with the program's name before them."""
        for program in self._programs.values():
            await self._start(program)

    async def _start(self, program: Program) -> None:
        process = await asyncio.create_subprocess_exec(
            *map(str, program.command),
            cwd=self._cwd,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **program.environment},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=1 << 20,
            # Its own group, so that Ctrl-C reaches only the launcher, which stops them in order.
            start_new_session=True,
        )
        self._running[program.name] = process
        self._readers.append(asyncio.create_task(self._relay(program, process, len(self._readers))))

    async def add(self, program: Program, timeout_s: float) -> None:
        """Start one more beside the others, and wait until it answers; its end is not theirs.

        Raises CommandError as ``ready`` does; what was started is stopped then.
        """
        self._programs[program.name] = program
        self._beside.add(program.name)
        try:
            await self._start(program)
            await self.ready(timeout_s, lambda _name: None, {program.name: program})
        except BaseException:
            await self.drop(program.name)
            raise

    def replace(self, old: str, new: str) -> None:
        """From now on the one that was added counts, instead of another one, which may end."""
        self._beside.discard(new)
        self._beside.add(old)
        self._changed.set()

    async def drop(self, name: str) -> None:
        """Stop one of those beside the others, and forget it."""
        process = self._running.pop(name, None)
        if process is not None:
            _signal_group(process, signal.SIGTERM)
            await self._ended(process)
        self._programs.pop(name, None)
        self._beside.discard(name)

    def has_ended(self, name: str) -> bool:
        """Tell whether one that was started runs no more."""
        process = self._running.get(name)
        return process is None or process.returncode is not None

    async def ready(
        self, timeout_s: float, on_ready: Callable[[str], None], programs: Mapping[str, Program] | None = None
    ) -> None:
        """Wait until every program answers; raise CommandError for one that ends or takes too long."""
        waiting = dict(self._programs if programs is None else programs)
        deadline = asyncio.get_running_loop().time() + timeout_s
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            while waiting:
                for program in list(waiting.values()):
                    self._raise_if_ended(program)
                    with contextlib.suppress(httpx.HTTPError):
                        if program.ready_url is None or (await client.get(program.ready_url)).is_success:
                            del waiting[program.name]
                            on_ready(program.name)
                if asyncio.get_running_loop().time() > deadline:
                    names = ", ".join(waiting)
                    first = next(iter(waiting.values()))
                    raise LateError(f"{names} did not get ready within {timeout_s:.0f} s.", first.mend)
                await asyncio.sleep(0.1)

    async def until_one_ends(self) -> None:
        """Wait; raise CommandError when one of the programs ends by itself."""
        while True:
            self._changed.clear()
            ends = {
                asyncio.create_task(process.wait()): name
                for name, process in self._running.items()
                if name not in self._beside
            }
            changed = asyncio.create_task(self._changed.wait())
            try:
                done, _ = await asyncio.wait({*ends, changed}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (*ends, changed):
                    task.cancel()
            for name in (ends[task] for task in done if task in ends):
                if name not in self._beside and name in self._programs:
                    self._raise_if_ended(self._programs[name])

    async def stop(self) -> None:
        """Stop every program, the last started first, by force after the time it has for it."""
        for process in reversed(self._running.values()):
            _signal_group(process, signal.SIGTERM)
        for process in reversed(self._running.values()):
            await self._ended(process)
        await asyncio.gather(*self._readers, return_exceptions=True)

    async def _ended(self, process: asyncio.subprocess.Process) -> None:
        """Wait for its end, which comes by force after the time it has for it."""
        try:
            await asyncio.wait_for(process.wait(), self._stop_timeout_s)
        except TimeoutError:
            _signal_group(process, signal.SIGKILL)
            await process.wait()

    def resident_bytes(self) -> dict[str, int]:
        """Return the resident memory of each program and its children."""
        return {name: sum(p.memory_info().rss for p in found) for name, found in self._processes()}

    def processor_s(self) -> dict[str, float]:
        """Return the processor time that each program and its children have taken so far, in seconds."""
        times = {name: [each.cpu_times() for each in found] for name, found in self._processes()}
        return {name: sum(each.user + each.system for each in found) for name, found in times.items()}

    def _processes(self) -> Iterator[tuple[str, list[psutil.Process]]]:
        for name, process in self._running.items():
            with contextlib.suppress(psutil.NoSuchProcess):
                root = psutil.Process(process.pid)
                yield name, [root, *root.children(recursive=True)]

    def _raise_if_ended(self, program: Program) -> None:
        code = self._running[program.name].returncode
        if code is not None:
            raise CommandError(
                f"{program.name} ended by itself (exit code {code}); its last lines are above.", program.mend
            )

    async def _relay(self, program: Program, process: asyncio.subprocess.Process, number: int) -> None:
        prefix = f"{program.name:<{self._width}} │ "
        if sys.stdout.isatty():
            prefix = f"\033[{_COLOURS[number % len(_COLOURS)]}m{prefix}\033[0m"
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:  # a line over the limit; what was read of it is dropped
                continue
            if not line:
                return
            sys.stdout.write(prefix + line.decode(errors="replace").rstrip() + "\n")
            sys.stdout.flush()


def _signal_group(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.laddr and connection.laddr.port == port and connection.status == psutil.CONN_LISTEN:
                name = psutil.Process(connection.pid).name() if connection.pid else "another user's program"
                return f" by {name} (process {connection.pid})"
    except psutil.Error:
        pass
    return ""
