"""How long the desk's helper takes while twenty operators have callers on the line."""

from __future__ import annotations

import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from services.cli import prepare
from services.cli.benchmarks import Row
from services.cli.benchmarks.assistant import QUESTIONS
from services.cli.benchmarks.load import Load
from services.cli.loading.desk_accounts import add_operators, environment, sign_in, value
from services.cli.settings import LaunchSettings
from services.cli.up import running

_OPERATORS: Final = 20
_SECONDS: Final = 60
#: A caller each ten seconds, whose words the page sends three times while they are typed.
_EVERY_S: Final = 10.0
_TYPED: Final = (0.5, 0.75, 1.0)
_TYPING_S: Final = 0.6
#: The page asks for the texts so long after the answer.
_LATER_S: Final = 0.1


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
        logins = asyncio.run(add_operators(database, _OPERATORS))
        return asyncio.run(_measure(LaunchSettings(), model, environment(database), logins))


async def _measure(settings: LaunchSettings, model: Path, told: dict[str, str], logins: list[str]) -> list[Row]:
    async with running(settings, model, told):
        desks = [await _signed_in(settings.gateway_url, login) for login in logins]
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


async def _signed_in(url: str, login: str) -> tuple[httpx.AsyncClient, dict[str, str]]:
    """Return a browser that is signed in, and what each form of its page brings along."""
    client = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False, follow_redirects=True)
    page = await sign_in(client, login, "/desk/helper")
    return client, {"csrf": value(page, "csrf"), "tab": value(page, "tab"), "own": "fr", "caller": ""}


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
