"""The processes of the assistant as ``bxl up`` runs them: which there are, and how they start and stop together."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from services.cli import paths, prepare
from services.cli.console import CommandError, console
from services.cli.processes import Group, Program
from services.cli.settings import LaunchSettings
from services.importers.settings import WatchSettings

#: How long a connection that nobody uses stays open.
_KEEP_ALIVE_S: Final = 75


def channel_secret() -> str:
    """Return what the gateway and the Rasa servers sign with: the one that is set, or a new one."""
    return os.environ.get("BXL_CHANNEL_SECRET") or secrets.token_urlsafe(32)


def rasa_server(settings: LaunchSettings, model: Path, secret: str, name: str, port: int) -> Program:
    """Return a Rasa server with a model."""
    return Program(
        name=name,
        command=[paths.PYTHON_RASA, "-m", "bot", "serve", "--port", str(port), "--model", model],
        port=port,
        port_variable="BXL_RASA_PORT",
        ready_url=f"http://127.0.0.1:{port}/status",
        environment={
            **prepare.rasa_environment(),
            "BXL_CHANNEL_SECRET": secret,
            "BXL_ACTIONS_URL": f"{settings.actions_url}/webhook",
        },
        mend="If the model does not load: make clean, then make run trains it again.",
    )


def programs(
    settings: LaunchSettings, model: Path, secret: str | None = None, standing: Path | None = None
) -> list[Program]:
    """Return the four programs, each told where the others are, and the watcher where sources are enabled.

    ``standing`` is the file that tells the gateway of another Rasa server, where the model may change.
    """
    secret = secret or channel_secret()
    uvicorn: list[str | Path] = [paths.PYTHON, "-m", "uvicorn", "--factory", "--no-access-log", "--no-server-header"]
    # Longer than clients and proxies keep a connection: one that they are about to use must not be closed here.
    uvicorn += ["--timeout-keep-alive", str(_KEEP_ALIVE_S)]
    rerun = "./bxl up prints each part's own lines; ./bxl test finds what is broken in the code."
    return [
        Program(
            name="city",
            command=[*uvicorn, "services.city.app:create_app", "--port", str(settings.city_port)],
            port=settings.city_port,
            port_variable="BXL_CITY_PORT",
            ready_url=f"{settings.city_url}/health/ready",
            mend="If its database is broken: make clean, then make run imports the sample city again.",
        ),
        Program(
            name="actions",
            command=[paths.PYTHON, "-m", "actions", "--port", str(settings.actions_port)],
            port=settings.actions_port,
            port_variable="BXL_ACTIONS_PORT",
            ready_url=f"{settings.actions_url}/health",
            environment={
                "BXL_ACTIONS_CITY_URL": settings.city_url,
                "BXL_ACTIONS_PUBLIC_URL": os.environ.get("BXL_ACTIONS_PUBLIC_URL") or settings.gateway_url,
            },
            mend=rerun,
        ),
        rasa_server(settings, model, secret, "rasa", settings.rasa_port),
        Program(
            name="gateway",
            command=[
                *uvicorn,
                "services.gateway.app:create_app",
                "--host",
                settings.gateway_host,
                "--port",
                str(settings.gateway_port),
            ],
            port=settings.gateway_port,
            port_variable="BXL_GATEWAY_PORT",
            ready_url=f"{settings.gateway_url}/health/live",
            environment={
                "BXL_GATEWAY_CHANNEL_SECRET": secret,
                "BXL_GATEWAY_RASA_URL": settings.rasa_url,
                "BXL_GATEWAY_CITY_URL": settings.city_url,
                **({"BXL_GATEWAY_RASA_FILE": str(standing)} if standing else {}),
            },
            mend=rerun,
        ),
        *_watcher(),
    ]


def _watcher() -> list[Program]:
    if not WatchSettings().enabled.strip():
        return []
    return [
        Program(
            name="feeds",
            command=[paths.PYTHON, "-m", "services.cli", "import", "--watch"],
            mend="./bxl import --list shows each source; BXL_FEEDS_ENABLED names those to watch.",
        )
    ]


@asynccontextmanager
async def running(
    settings: LaunchSettings,
    model: Path,
    environment: Mapping[str, str] | None = None,
    *,
    secret: str | None = None,
    standing: Path | None = None,
) -> AsyncIterator[Group]:
    """Run the processes for the time of the block and stop them after it, whatever happens in it.

    ``environment`` adds settings to those of every process.
    """
    more = environment or {}
    parts = [
        replace(each, environment={**each.environment, **more}) for each in programs(settings, model, secret, standing)
    ]
    group = Group(parts, cwd=paths.ROOT, stop_timeout_s=settings.stop_timeout_s)
    group.check_ports()
    try:
        await group.start()
        await group.ready(settings.start_timeout_s, lambda name: console.print(f"  [green]✓[/green] {name} is ready"))
        yield group
    finally:
        await group.stop()


async def until_stopped(run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run until that ends, or until Ctrl-C or another signal to stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stopped.set)
    interrupted = asyncio.create_task(stopped.wait())
    work = asyncio.create_task(run())
    await asyncio.wait({interrupted, work}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        console.print("\nbxl: stopping …")
        work.cancel()
    interrupted.cancel()
    try:
        await work
    except asyncio.CancelledError:
        console.print("bxl: stopped; nothing is left running.")


async def serve(settings: LaunchSettings, group: Group) -> None:
    """Say where everything is, and go on until one of the processes ends. Raises CommandError then."""
    console.print(
        f"\n  The assistant is at [bold]{settings.gateway_url}/[/bold]\n"
        f"  Call-centre desk: {settings.gateway_url}/desk   Service teams' studio: {settings.gateway_url}/studio\n"
        "  Their accounts: ./bxl user --help\n"
        f"  City façade: {settings.city_url}/docs   Terminal: ./bxl chat   Stop: Ctrl-C\n"
    )
    await group.until_one_ends()
    raise CommandError("a process ended.")
