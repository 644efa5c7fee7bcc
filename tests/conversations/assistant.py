"""The whole assistant, run for tests: the four real processes on free ports, with a stopped clock."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import random
import socket
import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import make_url

from services.city.core.settings import CitySettings
from services.cli import paths
from services.cli.conversation import Conversation
from services.cli.processes import Group, Program
from services.cli.settings import LaunchSettings
from services.cli.up import programs

#: A Tuesday morning, in the middle of the sample data's validity.
NOW = "2026-11-24T08:15:00+01:00"
_PORTS = (12_000, 32_000)
#: Tables of what residents sent: empty at the start.
_REPORTED = (
    *("service_requests", "request_steps", "request_contacts", "request_photos", "request_deliveries"),
    *("permit_appointments", "idempotency_keys"),
)


class Assistant:
    """A running assistant; ``stop("city")`` ends one of its parts, as a failure would.

    ``conversations`` is the gateway's database.
    """

    def __init__(
        self,
        settings: LaunchSettings,
        groups: Mapping[str, Group],
        run: Callable[[Coroutine[Any, Any, None]], None],
        conversations: Path,
    ) -> None:
        self.url, self.city_url = settings.gateway_url, settings.city_url
        self.conversations = conversations
        self._groups = groups
        self._run = run

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Give an HTTP client of the gateway."""
        with httpx.Client(base_url=self.url, timeout=30, trust_env=False) as client:
            yield client

    @contextmanager
    def conversation(self, language: str | None = None) -> Iterator[Conversation]:
        """Open a conversation, as a resident's browser does."""
        with self.client() as client:
            yield Conversation(client, language=language)

    def stop(self, name: str) -> None:
        """Stop one of the processes for good."""
        self._run(self._groups[name].stop())


@contextmanager
def running(
    model: Path,
    folder: Path,
    *,
    environment: Mapping[str, Mapping[str, str]] | None = None,
    without: frozenset[str] = frozenset(),
) -> Iterator[Assistant]:
    """Run the assistant for the time of the block.

    ``environment`` adds settings by program; programs in ``without`` are not started.
    """
    settings, common = on_free_ports(), told_to_all(folder)
    parts = [
        _with(program, {**common, **(environment or {}).get(program.name, {})})
        for program in programs(settings, model)
        if program.name not in without
    ]
    # A group each, so that one of them can be stopped alone.
    groups = {part.name: Group([part], cwd=paths.ROOT, stop_timeout_s=settings.stop_timeout_s) for part in parts}
    with ExitStack() as stack:
        run = stack.enter_context(a_loop())
        for group in groups.values():
            stack.callback(_stop, run, group)
            run(group.start())
        for group in groups.values():
            run(group.ready(settings.start_timeout_s, lambda _: None))
        yield Assistant(settings, groups, run, folder / "conversations.db")


def on_free_ports() -> LaunchSettings:
    """Return settings by which nothing is in the way of whatever else runs here."""
    ports = _free_ports(4)
    return LaunchSettings(
        gateway_port=ports[0], city_port=ports[1], rasa_port=ports[2], actions_port=ports[3], stop_timeout_s=5
    )


def told_to_all(folder: Path) -> dict[str, str]:
    """Return the settings of every process: the clock stands, and what is written goes to a folder."""
    return {
        "BXL_NOW": NOW,
        "BXL_CITY_DATABASE_URL": f"sqlite:///{_copy_of_the_city(folder)}",
        "BXL_GATEWAY_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'conversations.db'}",
        "BXL_CITY_PHOTOS_FOLDER": str(folder / "photos"),
        "BXL_GATEWAY_RATE_LIMIT": "off",
    }


def _copy_of_the_city(folder: Path) -> Path:
    """Copy the city's data, so that what one run reports is not known in the next."""
    url = make_url(CitySettings().database_url)
    copy = folder / "city.db"
    with closing(sqlite3.connect(url.database or "")) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        for table in _REPORTED:
            target.execute(f"DELETE FROM {table}")  # noqa: S608
        target.commit()
    return copy


def _stop(run: Callable[[Coroutine[Any, Any, None]], None], group: Group) -> None:
    run(group.stop())


def _with(program: Program, more: Mapping[str, str]) -> Program:
    return dataclasses.replace(program, environment={**program.environment, **more})


@contextmanager
def a_loop() -> Iterator[Callable[[Coroutine[Any, Any, None]], None]]:
    """Give a way to run coroutines on one event loop, which keeps relaying the processes' lines meanwhile."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, None]) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, loop)
        future.result(timeout=180)

    try:
        yield run
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _free_ports(count: int) -> list[int]:
    """Return free ports below those that the system gives to connections, which come and go."""
    found: set[int] = set()
    while len(found) < count:
        with contextlib.suppress(OSError), socket.socket() as free:
            free.bind(("127.0.0.1", port := random.randrange(*_PORTS)))  # noqa: S311
            found.add(port)
    return list(found)
