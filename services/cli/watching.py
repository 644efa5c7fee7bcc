"""``bxl import SOURCE`` and ``bxl import --watch``: sources fetched from where they are published."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kit.clock import clock_from_environment
from services.cli import importing, prepare
from services.cli.console import CommandError, console, step
from services.importers.registry import IMPORTERS
from services.importers.settings import WatchSettings
from services.importers.sources import SOURCES
from services.importers.updates import Outcome
from services.importers.updating import FAILURES, BusyError, StoppedError, Updater
from services.importers.watch import ThreadedSchedule, Watch

_HOW_TO_ENABLE = (
    "BXL_FEEDS_ENABLED names the sources to watch, with commas, or is `all`; ./bxl import --list shows them."
)


def fetch(name: str, *, force: bool) -> None:
    """Fetch and import one source now; raise CommandError, saying why, where that fails."""
    if name in IMPORTERS and name not in SOURCES:
        raise CommandError(f"where is the {name} feed?", f"For example: ./bxl import {name} PATH")
    if name not in SOURCES:
        raise CommandError(f"there is no source {name!r}.", f"Sources: {', '.join(SOURCES)}, sample")
    with _updater() as updater:
        try:
            with step(f"fetching {SOURCES[name].source.title}"):
                outcome = updater.update(name, force=force)
        except (*FAILURES, BusyError) as error:
            raise CommandError(f"{name}: {error}", "The version in use before stays in use.") from error
    if outcome.report is not None:
        importing.tell(outcome.report)
    elif not outcome.changed:
        console.print("    nothing new since the last time")


def once() -> None:
    """Update each enabled source whose turn it is; raise CommandError naming those that failed."""
    failed = []
    with _updater() as updater, _until_told_to_stop(updater):
        _require_enabled(updater)
        for name in updater.due():
            try:
                _ended(name, updater.update(name))
            except StoppedError:
                return
            except (*FAILURES, BusyError) as error:
                _ended(name, error)
                failed.append(name)
    if failed:
        raise CommandError(f"not updated: {', '.join(failed)}.", "The versions in use before stay in use.")


def watch() -> None:
    """Keep the enabled sources up to date until Ctrl-C or SIGTERM."""
    settings = WatchSettings()
    with _updater() as updater, _until_told_to_stop(updater) as stopped:
        _require_enabled(updater)
        schedule = ThreadedSchedule(settings.threads)
        Watch(updater, clock_from_environment(), schedule, _ended).start()
        console.print(f"bxl: watching {', '.join(updater.enabled)}; stop with Ctrl-C")
        stopped.wait()
        console.print("bxl: stopping …")
        # What is under way ends at its next step; an import that cannot is cut off, which leaves the version in use.
        ending = threading.Thread(target=schedule.close, daemon=True)
        ending.start()
        ending.join(settings.stop_timeout_s)
        if ending.is_alive():
            console.print("bxl: cut off; the versions in use before stay in use.")
            sys.stderr.flush()
            os._exit(1)
    console.print("bxl: stopped.")


@contextmanager
def _updater() -> Iterator[Updater]:
    engine = prepare.city_engine()
    try:
        yield Updater(engine, clock_from_environment(), SOURCES, WatchSettings())
    except ValueError as error:
        raise CommandError(str(error)) from error
    finally:
        engine.dispose()


@contextmanager
def _until_told_to_stop(updater: Updater) -> Iterator[threading.Event]:
    """Give an event that is set by Ctrl-C and SIGTERM, which also end the updates under way."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        updater.stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield updater.stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _require_enabled(updater: Updater) -> None:
    if not updater.enabled:
        raise CommandError("no source is enabled.", _HOW_TO_ENABLE)


def _ended(name: str, how: Outcome | Exception) -> None:
    if isinstance(how, BusyError):
        return
    if isinstance(how, Exception):
        console.print(f"  [red]✗[/red] {name}: ", end="")
        console.print(str(how), markup=False)
    elif how.changed:
        rows = sum(how.report.counts.values()) if how.report else 0
        console.print(f"  [green]✓[/green] {name}" + (f": {rows:,} rows" if rows else ""))
