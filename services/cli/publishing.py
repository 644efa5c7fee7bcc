"""``bxl publish`` and ``bxl rollback``: ask whoever keeps the running assistant, or choose for the next start."""

from __future__ import annotations

import asyncio
import getpass
import shutil
from pathlib import Path
from typing import Final

from rich.markup import escape
from rich.table import Table

from kit.clock import SystemClock
from services.cli import paths, prepare
from services.cli.console import CommandError, console, output
from services.cli.replaying import named
from services.publishing import door, models, stopped
from services.publishing.errors import PublishingError, of_os, said
from services.publishing.history import History
from services.publishing.keeper import Asked
from services.publishing.standing import StandingFile

_NOBODY: Final = "unknown"


def publish(called: str | None, *, who: str | None, why: str) -> None:
    """Let a model go live: the one that is called so, otherwise that of the present data. Raises CommandError."""
    try:
        model = _of_the_folder(named(called)) if called else prepare.everything()
        _change(Asked("publish", who or _user(), why, model))
    except PublishingError as error:
        raise CommandError(str(error)) from error


def rollback(*, who: str | None, why: str) -> None:
    """Let the model before go live. Raises CommandError."""
    try:
        _change(Asked("rollback", who or _user(), why))
    except PublishingError as error:
        raise CommandError(str(error)) from error


def show() -> None:
    """Print what went live, and what did not, the latest first. Raises CommandError."""
    try:
        entries = History(paths.HISTORY).entries()
    except PublishingError as error:
        raise CommandError(str(error)) from error
    if not entries:
        output.print("Nothing was ever published here.")
        return
    table = Table("when", "who", "what", "model", "before", "why", "outcome", box=None)
    for each in entries:
        outcome = f"{each.outcome}: {each.said}" if each.said else each.outcome
        row = (each.at[:16].replace("T", " "), each.who, each.what, each.model, each.before or "-", each.why, outcome)
        table.add_row(*map(escape, row))
    output.print(table)


def _change(asked: Asked) -> None:
    """Raises PublishingError."""
    name = asyncio.run(_at_the_keeper(asked))
    if name is not None:
        console.print(f"  [green]✓[/green] {name} answers residents now")
        return
    with door.alone(paths.PUBLISHING) as only:
        if not only:
            raise PublishingError("keeper_starts")
        file, history = StandingFile(paths.STANDING), History(paths.HISTORY)
        name = stopped.change(asked, standing=file, history=history, folder=paths.MODELS, clock=SystemClock())
    console.print(
        f"  [green]✓[/green] the assistant does not run here; {name} answers residents from its next start on"
    )


async def _at_the_keeper(asked: Asked) -> str | None:
    """Return the model that went live; None where no assistant runs. Raises PublishingError."""
    try:
        async for told in door.ask(paths.PUBLISHING, asked):
            if "step" in told:
                console.print(f"  … {said(told['step'], 'en')}")
            elif "done" in told:
                return str(told["done"])
            else:
                raise PublishingError(told["refused"], **told["facts"])
    except ConnectionError as error:
        if str(error) != door.NOBODY:
            raise PublishingError("keeper_ended") from error
    return None


def _of_the_folder(model: Path) -> Path:
    """Return a model in the folder of models, copied there with its record where it lies elsewhere.

    Raises PublishingError.
    """
    home = paths.MODELS / model.name
    if model.parent == paths.MODELS.resolve() or not models.record_of(model).is_file():
        return model
    if home.exists() and models.digest(home) != models.digest(model):
        raise PublishingError("other_of_that_name", model=models.name_of(model))
    models.checked(model)
    paths.MODELS.mkdir(parents=True, exist_ok=True)
    partial = home.with_name(f".{home.name}.partial")
    try:
        shutil.copyfile(model, partial)
        shutil.copyfile(models.record_of(model), models.record_of(home))
        partial.replace(home)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise of_os(error, home) from error
    return home


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _NOBODY
