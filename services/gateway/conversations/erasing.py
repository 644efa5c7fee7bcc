"""Erases a conversation everywhere: here, in the dialogue engine, and in the requests that were made in it.

What is to be erased from requests is noted in the transaction that deletes the conversation: neither a crash nor a
façade that is down loses it, and it is tried again until it is done.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row

from kit.clock import Clock
from services.gateway.conversations import audit, handovers, photos, repository, requests, subscriptions
from services.gateway.core.database import Database
from services.gateway.dialogue.places import CityDownError
from services.gateway.dialogue.port import Dialogue
from services.gateway.dialogue.requests import CityRequests

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Erased:
    """What was erased, and what of it is still to be done."""

    at: datetime
    messages: int
    #: References of the requests that the resident is erased from, and of those that could not be reached yet.
    requests: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    subscriptions: int = 0
    photos: int = 0


class _Counts(NamedTuple):
    """How much there was."""

    messages: int
    subscriptions: int
    photos: int


class Erasing:
    """The end of a conversation, on demand."""

    def __init__(
        self,
        *,
        database: Database,
        dialogue: Dialogue,
        city: CityRequests,
        clock: Clock,
        on_gone: Callable[[str, str | None], None] | None = None,
    ) -> None:
        """``on_gone`` is called with a conversation in which a person was asked for, and the operator who had it."""
        self._database = database
        self._dialogue = dialogue
        self._city = city
        self._clock = clock
        self._on_gone = on_gone

    async def erase(self, conversation_id: str) -> Erased:
        """Erase everything; who calls has the conversation for itself."""
        now = self._clock.now()

        def delete(connection: Connection) -> tuple[_Counts, list[Row[Any]], Row[Any] | None]:
            handed = handovers.find(connection, conversation_id)
            counts = _Counts(
                messages=repository.count_messages(connection, conversation_id),
                subscriptions=subscriptions.remove_all(connection, conversation_id),
                photos=photos.kept(connection, conversation_id)[0],
            )
            notes = requests.to_be_erased(connection, conversation_id, now)
            repository.remove(connection, conversation_id)
            audit.note(connection, now, audit.RESIDENT, "erase")
            return counts, notes, handed

        counts, notes, handed = await self._database.write(delete)
        if handed is not None and self._on_gone:
            self._on_gone(conversation_id, handed.owner_id)
        await self._dialogue.forget(conversation_id)
        done = await self._erase_requests(notes)
        await self._database.forget()
        return Erased(
            at=now,
            **counts._asdict(),
            requests=tuple(note.reference for note in notes if note.id in done),
            pending=tuple(note.reference for note in notes if note.id not in done),
        )

    async def retry(self) -> int:
        """Try again what could not be reached; return how many requests residents were erased from."""
        notes = await self._database.read(requests.still_to_be_erased)
        done = await self._erase_requests(notes)
        if done:
            await self._database.forget()
        return len(done)

    async def _erase_requests(self, notes: Sequence[Row[Any]]) -> set[str]:
        """Return the ids of the notes that are done; the façade that is down is not asked for the others."""
        done: set[str] = set()
        for note in notes:
            try:
                await self._city.erase(note.reference, note.key, note.subject)
            except CityDownError as error:
                log.warning("a request could not be erased yet: %s", error)
                break
            await self._database.write(partial(_erased, now=self._clock.now(), note_id=note.id))
            done.add(note.id)
        return done


def _erased(connection: Connection, now: datetime, note_id: str) -> None:
    requests.erased(connection, note_id)
    audit.note(connection, now, audit.RESIDENT, "erase_requests")
