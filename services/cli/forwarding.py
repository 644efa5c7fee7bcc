"""``bxl forward``: requests to other Open311 servers, once or over and over."""

from __future__ import annotations

import signal
import threading
from collections import Counter

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from kit.clock import clock_from_environment
from services.city.core.settings import CitySettings
from services.city.requests import remotes
from services.cli import prepare
from services.cli.console import CommandError, console
from services.forwarding.delivering import Forwarder
from services.forwarding.settings import ForwardSettings


def run(*, watch: bool) -> None:
    """Forward what is due; raise CommandError where no server is configured, or the file is at fault."""
    city, settings = CitySettings(), ForwardSettings()
    try:
        servers = remotes.read(city.remotes_file)
    except ValueError as error:
        raise CommandError(str(error)) from error
    if not servers:
        raise CommandError(
            "there is no server to forward to.",
            "BXL_CITY_REMOTES_FILE names a file of them: see docs/guides/forward-requests.md.",
        )
    engine = prepare.city_engine()
    forwarder = Forwarder(engine, clock_from_environment(), servers, settings, public_url=city.public_url)
    try:
        if watch:
            _watch(forwarder, settings.every_s)
        else:
            _tell(forwarder.run())
    finally:
        engine.dispose()


def _watch(forwarder: Forwarder, every_s: float) -> None:
    """Forward until SIGTERM or Ctrl-C; one go at a time, and the one under way ends first."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())

    def go() -> None:
        try:
            _tell(forwarder.run())
        except SQLAlchemyError as error:
            console.print(f"  [red]✗[/red] the city database failed: {type(error).__name__}")

    scheduler = BackgroundScheduler()
    go()
    scheduler.add_job(go, "interval", seconds=every_s, jitter=every_s / 10, max_instances=1, coalesce=True)
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=True)


def _tell(done: Counter[str]) -> None:
    for state, count in sorted(done.items()):
        console.print(f"    {count:>6,} {state}")
