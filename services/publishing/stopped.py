"""Chooses the model of an assistant that does not run now: it is live from the next start on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kit.clock import Clock
from services.publishing import models
from services.publishing.errors import PublishingError
from services.publishing.history import History
from services.publishing.keeper import Asked, wanted
from services.publishing.standing import StandingFile


def change(asked: Asked, *, standing: StandingFile, history: History, folder: Path, clock: Clock) -> str:
    """Write down which model is live and return its name. Raises PublishingError, and then nothing has changed."""
    before = standing.read()
    path, after = wanted(asked, before, folder)
    name = models.name_of(path)
    entry = history.begin(clock.now(), asked.what, name, before.live, who=asked.who, why=asked.why)
    try:
        models.checked(path)
        standing.write(replace(after, url=None))
    except PublishingError as error:
        history.end(entry, clock.now(), "refused", str(error))
        raise
    history.end(entry, clock.now(), "live")
    return name
