"""Keeps a model live and lets another take its place: started beside it, tried, switched to, and the old one ended.

Until the new server has answered, nothing that residents reach is touched. From the switch to the end of the old server
every step can be taken back: the old one keeps each conversation as it gave it away.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from kit.clock import Clock
from services.publishing import models
from services.publishing.errors import PublishingError
from services.publishing.history import Entry, History, Outcome, What
from services.publishing.models import Model
from services.publishing.rasa import RasaDoor
from services.publishing.standing import Standing, StandingFile

#: Room that is left on the disk beside the model, for what everything else writes meanwhile.
_ROOM: Final = 100_000_000
#: The old server is ended when nothing was under way in it for so long; a message may still be on its way to it.
_QUIET_S: Final = 1.0
_DRAIN_S: Final = 60.0
_LOOK_S: Final = 0.1
_TRIES: Final = 3

#: Told of each step: a text's id.
Told = Callable[[str], None]


class Server(Protocol):
    """A Rasa server that runs."""

    @property
    def door(self) -> RasaDoor:
        """How it is spoken with."""
        ...

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        ...

    async def stop(self) -> None:
        """End it."""
        ...


class Servers(Protocol):
    """What starts Rasa servers."""

    async def start(self, model: Path) -> Server:
        """Start one beside those that run, and return it when it answers. Raises PublishingError."""
        ...

    def promote(self, server: Server) -> None:
        """Take it for the one that everything depends on, in place of the one before."""
        ...


@dataclass(frozen=True)
class Asked:
    """What somebody wants; ``model`` is None for the one before."""

    what: What
    who: str
    why: str
    model: Path | None = None


class Keeper:
    """Keeps one assistant's model; changes it once at a time."""

    def __init__(
        self, *, standing: StandingFile, history: History, folder: Path, servers: Servers, live: Server, clock: Clock
    ) -> None:
        """``folder`` holds the models, ``live`` is the server that residents are answered by."""
        self._standing = standing
        self._history = history
        self._folder = folder
        self._servers = servers
        self._live = live
        self._clock = clock
        self._changing = asyncio.Lock()

    async def change(self, asked: Asked, told: Told) -> str:
        """Let a model go live and return its name. Raises PublishingError, and then the one before stays live."""
        if self._changing.locked():
            raise PublishingError("busy")
        async with self._changing:
            before = self._standing.read()
            path, after = wanted(asked, before, self._folder)
            entry = self._history.begin(
                self._clock.now(), asked.what, models.name_of(path), before.live, who=asked.who, why=asked.why
            )
            try:
                if models.name_of(path) == before.live:
                    self._standing.write(after)
                else:
                    await self._switch(path, after, told)
            except PublishingError as error:
                self._end(entry, "refused", str(error))
                raise
            self._end(entry, "live")
            return models.name_of(path)

    async def _switch(self, path: Path, after: Standing, told: Told) -> None:
        told("step_checking")
        model = await asyncio.to_thread(models.checked, path)
        require_room(model, self._folder)
        self._standing.keep_way_back()
        told("step_starting")
        new = await self._servers.start(model.path)
        try:
            told("step_trying")
            await new.door.prove(model.path)
            await new.door.follow(self._live.door)
            told("step_switching")
            await self._go_over(new, replace(after, url=new.door.url))
        except BaseException:
            await new.stop()
            raise
        old, self._live = self._live, new
        self._servers.promote(new)
        told("step_ending")
        await old.stop()

    async def _go_over(self, new: Server, after: Standing) -> None:
        """Send everybody to the new server, with where their conversations stand."""
        self._standing.write(after)
        try:
            await new.door.take()
            await self._drained(new)
        except BaseException:
            self._standing.go_back()
            await self._resume()
            raise

    async def _resume(self) -> None:
        """Have the server before take messages again; one that has ended has said so by itself."""
        for _ in range(_TRIES):
            with contextlib.suppress(PublishingError):
                await self._live.door.resume()
                return

    async def _drained(self, new: Server) -> None:
        """Wait until the server before has had nothing to answer for a while. Raises PublishingError."""
        loop = asyncio.get_running_loop()
        begun = quiet_since = loop.time()
        while loop.time() - quiet_since < _QUIET_S:
            if new.ended:
                raise PublishingError("ended")
            if await self._live.door.under_way():
                quiet_since = loop.time()
            if loop.time() - begun > _DRAIN_S:
                raise PublishingError("not_moved")
            await asyncio.sleep(_LOOK_S)

    def _end(self, entry: Entry, outcome: Outcome, said: str = "") -> None:
        """Write down how it ended; where there is no room for that any more, what has happened has happened."""
        with contextlib.suppress(PublishingError):
            self._history.end(entry, self._clock.now(), outcome, said)


def wanted(asked: Asked, before: Standing, folder: Path) -> tuple[Path, Standing]:
    """Return the model that somebody wants, and the standing in which it is live. Raises PublishingError."""
    if asked.model is not None:
        name = models.name_of(asked.model)
        if name == before.live and before.published:
            raise PublishingError("model_live", model=name)
        if name == before.live:  # it is the one of the present data; from now on it stays, whatever becomes of those
            return asked.model, replace(before, published=True)
        return asked.model, before.with_published(name)
    if before.before is None:
        raise PublishingError("none_before")
    return models.find(before.before, folder), before.taken_back()


def require_room(model: Model, folder: Path) -> None:
    """Raise PublishingError where a model, which is unpacked when it is loaded, does not find room on the disk."""
    needed = model.unpacked_bytes + _ROOM
    for place in (Path(tempfile.gettempdir()), folder):
        free = shutil.disk_usage(place).free
        if free < needed:
            raise PublishingError("no_room", needed=needed // 1_000_000, free=free // 1_000_000)
