"""How long the desk's helper takes while twenty operators have callers on the line."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
from pydantic import SecretStr

from kit.clock import SystemClock
from services.cli import prepare
from services.cli.benchmarks import Row
from services.cli.benchmarks.assistant import QUESTIONS
from services.cli.benchmarks.load import Load
from services.cli.settings import LaunchSettings
from services.cli.up import running
from services.desk.accounts.administration import Administration
from services.desk.accounts.passwords import Passwords
from services.desk.accounts.repository import Accounts
from services.desk.accounts.sessions import Sessions
from services.desk.settings import DeskSettings
from services.gateway.channels.desk import record
from services.gateway.channels.desk_tables import TABLES
from services.gateway.core.database import sync_engine
from services.gateway.core.migrate import upgrade

_OPERATORS: Final = 20
_SECONDS: Final = 60
#: A caller each ten seconds, whose words the page sends three times while they are typed.
_EVERY_S: Final = 10.0
_TYPED: Final = (0.5, 0.75, 1.0)
_TYPING_S: Final = 0.6
#: The page asks for the texts so long after the answer.
_LATER_S: Final = 0.1
_PASSWORD: Final = SecretStr("twenty operators and a caller each")


@dataclass
class _Measured:
    answers: Load = field(default_factory=Load)
    texts: Load = field(default_factory=Load)


def run() -> list[Row]:
    """Start all processes on a database of their own and ask; return what it took."""
    prepare.sample_city()
    prepare.gazetteer()
    return measure(prepare.model())


def measure(model: Path) -> list[Row]:
    """Ask with a trained model."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'conversations.db'}"
        _accounts(database)
        environment = {
            "BXL_GATEWAY_DATABASE_URL": database,
            "BXL_DESK_SECOND_FACTOR": "off",
            "BXL_DESK_TRIES_PER_MINUTE": "6000",
            "BXL_DESK_TRIES_BURST": "100",
        }
        return asyncio.run(_measure(LaunchSettings(), model, environment))


async def _measure(settings: LaunchSettings, model: Path, environment: dict[str, str]) -> list[Row]:
    async with running(settings, model, environment):
        desks = [await _signed_in(settings.gateway_url, number) for number in range(_OPERATORS)]
        for desk in desks[:2]:  # warm
            await _calls(desk, _Measured(), callers=len(QUESTIONS), every_s=0.0)
        measured = _Measured()
        before = os.getloadavg()[0]
        try:
            callers = int(_SECONDS / _EVERY_S)
            await asyncio.gather(
                *(
                    _calls(desk, measured, callers=callers, every_s=_EVERY_S, after_s=_EVERY_S * number / _OPERATORS)
                    for number, desk in enumerate(desks)
                )
            )
        finally:
            for client, _ in desks:
                await client.aclose()
        return [
            Row(f"answer, {_OPERATORS} operators", _told(measured.answers), "p95 ≤ 150 ms"),
            Row(f"texts, procedures and contacts, {_OPERATORS} operators", _told(measured.texts)),
            Row("load average at the beginning and at the end", f"{before:.1f}, {os.getloadavg()[0]:.1f}"),
        ]


def _accounts(database: str) -> None:
    hashed = asyncio.run(Passwords(8).hashed(_PASSWORD.get_secret_value()))
    administration = Administration(Accounts(TABLES), Sessions(TABLES, DeskSettings()), record)
    given: dict[str, Any] = {"roles": ("operator",), "teams": [], "languages": ["fr", "nl"], "password": hashed}
    engine = sync_engine(database)
    upgrade(engine)
    with engine.begin() as connection:
        for number in range(_OPERATORS):
            login = f"operator{number}"
            administration.add(connection, SystemClock().now(), "bench", login=login, name=login, **given)
    engine.dispose()


async def _signed_in(url: str, number: int) -> tuple[httpx.AsyncClient, dict[str, str]]:
    """Return a browser that is signed in, and what each form of its page brings along."""
    client = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False, follow_redirects=True)
    page = (await client.get("/desk/sign-in")).text
    login = {"login": f"operator{number}", "password": _PASSWORD.get_secret_value()}
    await client.post("/desk/sign-in", data={"csrf": _value(page, "csrf"), **login})
    page = (await client.get("/desk/helper")).text
    return client, {"csrf": _value(page, "csrf"), "tab": _value(page, "tab"), "own": "fr", "caller": ""}


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([\w-]+)"', page)
    return found[1] if found else ""


async def _calls(
    desk: tuple[httpx.AsyncClient, dict[str, str]],
    measured: _Measured,
    *,
    callers: int,
    every_s: float,
    after_s: float = 0.0,
) -> None:
    """Take calls: type a caller's words, and let the page ask for the answer and for the texts meanwhile."""
    await asyncio.sleep(after_s)
    client, kept = desk
    for words in itertools.islice(itertools.cycle(QUESTIONS), callers):
        begun = time.perf_counter()
        for typed in _typed(words):
            asked, sought = {**kept, "words": typed}, {**kept, "sought": typed}
            await asyncio.gather(
                _send(client, measured.answers, "ask", asked, 'id="answer-title"'),
                _send(client, measured.texts, "knowledge", sought, 'role="status"', after_s=_LATER_S),
            )
            await asyncio.sleep(_TYPING_S if every_s else 0.0)
        await asyncio.sleep(max(0.0, every_s - (time.perf_counter() - begun)))


def _typed(words: str) -> Iterator[str]:
    """Return how far the words are typed when the page sends them."""
    for share in _TYPED:
        yield words[: round(len(words) * share)]


async def _send(
    client: httpx.AsyncClient, load: Load, path: str, form: dict[str, str], sign: str, *, after_s: float = 0.0
) -> None:
    await asyncio.sleep(after_s)
    begun = time.perf_counter()
    try:
        answer = await client.post(f"/desk/helper/{path}", data=form, headers={"hx-request": "true"})
    except httpx.HTTPError:
        load.failed += 1
        return
    if answer.status_code == httpx.codes.OK and sign in answer.text:
        load.answers_ms.append(1000 * (time.perf_counter() - begun))
    else:
        load.failed += 1


def _told(load: Load) -> str:
    if len(load.answers_ms) < 2:
        return f"none; {load.failed} failed"
    times = ", ".join(f"p{percent} {load.percentile(percent):.0f} ms" for percent in (50, 95, 99))
    return f"{times}; {len(load.answers_ms)} answered, {load.failed} failed"
