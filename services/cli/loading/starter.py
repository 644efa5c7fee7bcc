"""The peer: the bot that ``rasa init`` makes and trains, asked over its own REST channel."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from services.cli import paths
from services.cli.benchmarks.plain_http import Connection
from services.cli.console import CommandError
from services.cli.loading.residents import Talk

_SAID: Final = ("hello", "I am sad", "did that help? yes", "are you a bot?", "great", "bye")
_READY_S: Final = 120
_TIMEOUT_S: Final = 120


def measure(*, residents: int, turns: int) -> Talk:
    """Make the bot, run it alone, and let as many residents talk with it."""
    with tempfile.TemporaryDirectory(prefix="bxl-starter-") as folder:
        _rasa(Path(folder), "init", "--no-prompt", "--init-dir", folder)
        with _served(Path(folder)) as url:
            asyncio.run(_talk(url, residents=4, turns=4))  # warm
            return asyncio.run(_talk(url, residents=residents, turns=turns))


async def _talk(url: str, *, residents: int, turns: int) -> Talk:
    found, port = Talk(), httpx.URL(url).port or 80

    async def resident(number: int) -> None:
        async with Connection(port) as connection:
            for turn in range(turns):
                said = {"sender": f"resident-{number}", "message": _SAID[(number + turn) % len(_SAID)]}
                found.sent += 1
                begun = time.perf_counter()
                answer = await connection.ask("/webhooks/rest/webhook", said, timeout_s=_TIMEOUT_S)
                if answer.is_success:
                    found.answers_ms.append(1000 * (time.perf_counter() - begun))
                else:
                    found.lost += 1

    begun = time.perf_counter()
    await asyncio.gather(*(resident(number) for number in range(residents)))
    found.seconds = time.perf_counter() - begun
    return found


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def _rasa(folder: Path, *words: str) -> None:
    command = [str(paths.PYTHON_RASA), "-m", "rasa", *words]
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise CommandError("the starter bot of rasa init could not be made.", done.stderr[-500:])


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(paths.PYTHON_RASA), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=log, stderr=log)  # noqa: S603 - ours
        try:
            _wait(f"http://127.0.0.1:{port}/webhooks/rest/")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str) -> None:
    until = time.monotonic() + _READY_S
    with httpx.Client(trust_env=False) as client:
        while True:
            try:
                client.get(url).raise_for_status()
            except httpx.HTTPError as error:
                if time.monotonic() > until:
                    raise CommandError("the starter bot of rasa init did not start.") from error
                time.sleep(0.3)
            else:
                return
