"""What is kept of a conversation: shown, changed and deleted by the resident, and deleted when its time is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy import Connection, Row

from kit.clock import Clock
from kit.languages import Language
from services.common.visible import visible, visible_in
from services.gateway.conversations import (
    access,
    audit,
    handovers,
    photos,
    presences,
    repository,
    requests,
    subscriptions,
)
from services.gateway.conversations.erasing import Erasing
from services.gateway.conversations.export import File, Format, export
from services.gateway.conversations.hub import Hub
from services.gateway.conversations.line import Line
from services.gateway.conversations.schemas import Channel, Kept, LanguageOut, SubscriptionOut
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.texts import Texts, spoken

log = logging.getLogger(__name__)

#: Kinds of ``data/privacy/retention.yml`` that are kept here.
KINDS: Final = ("conversation", "photo", "erasure_note", "gateway_audit", "call_back", "desk_presence", "desk_wait")


class Keeping:
    """Everything kept of a conversation, and its end."""

    def __init__(
        self,
        *,
        database: Database,
        erasing: Erasing,
        texts: Texts,
        clock: Clock,
        line: Line,
        hub: Hub,
        retention: Mapping[str, timedelta],
    ) -> None:
        self._database = database
        self._texts = texts
        self._erasing = erasing
        self._clock = clock
        self._line = line
        self._hub = hub
        self._retention = retention

    async def kept(self, conversation_id: str, token: str, inside: Channel | None = None) -> Kept:
        """Return everything that is kept. Raises ChatError."""

        def look(connection: Connection) -> Kept:
            conversation = access.opened(repository.find(connection, conversation_id), token, inside)
            followed = subscriptions.of_conversation(connection, conversation_id)
            return Kept(
                id=conversation.id,
                channel=conversation.channel,
                language=conversation.language,
                state=conversation.state,
                created_at=conversation.created_at,
                active_at=conversation.active_at,
                deleted_at_latest=None if followed else conversation.active_at + self._retention["conversation"],
                messages=repository.of_conversation(connection, conversation_id),
                requests=requests.of_conversation(connection, conversation_id),
                photos=photos.of_conversation(connection, conversation_id),
                subscriptions=[self._subscription(each, conversation.language) for each in followed],
                handed_over=handovers.of_conversation(connection, conversation_id),
            )

        return await self._database.read(look)

    async def export(self, conversation_id: str, token: str, form: Format, inside: Channel | None = None) -> File:
        """Return a copy of everything as a file. Raises ChatError."""
        kept, now = await self.kept(conversation_id, token, inside), self._clock.now()
        await self._database.write(lambda connection: audit.note(connection, now, audit.RESIDENT, "export"))
        pictures: dict[str, bytes] = {}
        if form == "zip":
            pictures = await self._database.read(lambda connection: photos.pictures(connection, conversation_id))
        return await asyncio.to_thread(export, kept, form, self._texts, now, pictures)

    async def choose_language(self, conversation_id: str, token: str, language: Language) -> LanguageOut:
        """Go on in a language; nothing that was said is lost. Raises ChatError."""
        with self._line.join(conversation_id) as place:
            await access.known(self._database, conversation_id, token)
            await place.called()
            async with self._database.alone(conversation_id):
                changed = await self._database.write(
                    lambda connection: repository.change(connection, conversation_id, language=language)
                )
        if changed is None:
            raise ChatError(HTTPStatus.NOT_FOUND, "conversation_not_found", language=language)
        return LanguageOut(language=language, state=changed.state)

    async def erase(self, conversation_id: str, token: str) -> None:
        """Delete everything, wherever it is. Raises ChatError."""
        with self._line.join(conversation_id) as place:
            await access.known(self._database, conversation_id, token)
            await place.called()
            async with self._database.alone(conversation_id):
                await self._erasing.erase(conversation_id)
        self._hub.wake(conversation_id)

    async def purge(self) -> int:
        """Delete what is past its time: conversations in which nothing was said, photos, notes of erasures and acts.

        Return how many conversations. The dialogue engine has forgotten them long before.
        """
        now = self._clock.now()
        before = {kind: now - kept for kind, kept in self._retention.items()}
        gone = await self._database.write(lambda connection: _purge_parts(connection, now, before))
        deleted = 0
        while over := await self._database.write(partial(_purge_conversations, now=now, before=before["conversation"])):
            deleted += len(over)
            for conversation_id in over:
                self._hub.wake(conversation_id)
        if deleted or gone:
            await self._database.forget()
        return deleted

    def _subscription(self, row: Row[Any], language: Language | None) -> SubscriptionOut:
        quiet, texts, reader = subscriptions.quiet_hours(row), self._texts, spoken(language)[0]
        subject = row.name.get(reader) or next(iter(row.name.values()), row.subject)
        said = [texts.say(f"followed_{row.kind}", reader, subject=subject)]
        if row.fraction:
            said.append(texts.say(f"reminder_bag_{row.fraction}", reader))
        if row.at:
            said.append(row.at)
        if row.last_day:
            said.append(texts.say("followed_until", reader, day=row.last_day.day, month=row.last_day.month))
        if quiet:
            said.append(texts.say("followed_quiet", reader, start=quiet.start, end=quiet.end))
        return SubscriptionOut(
            id=row.id,
            kind=row.kind,
            subject=row.subject,
            text=visible(", ".join(said)),
            name=visible_in(row.name),
            fraction=row.fraction or None,
            at=row.at,
            quiet=(quiet.start, quiet.end) if quiet else None,
            last_day=row.last_day,
            since=row.since,
        )


def _purge_parts(connection: Connection, now: datetime, before: Mapping[str, datetime]) -> bool:
    """Delete what goes before its conversation, or belongs to none; tell whether there was anything."""
    gone = photos.remove_older(connection, before["photo"])
    if gone:
        audit.note(connection, now, audit.RETENTION, "delete_photos", gone)
    dropped = requests.drop_erasures(connection, before["erasure_note"])
    if dropped:
        audit.note(connection, now, audit.RETENTION, "drop_erasures", dropped)
        log.error("%d erasures were given up: the city façade could not be reached in time", dropped)
    uncalled = handovers.drop_call_backs(connection, before["call_back"])
    if uncalled:
        audit.note(connection, now, audit.RETENTION, "drop_call_backs", uncalled)
        log.error("%d residents were not called back in time", uncalled)
    old = audit.remove_older(connection, before["gateway_audit"])
    old += presences.remove_older(connection, before["desk_presence"])
    old += presences.remove_waits(connection, before["desk_wait"])
    return bool(gone + dropped + uncalled + old)


def _purge_conversations(connection: Connection, now: datetime, before: datetime) -> list[str]:
    over = repository.remove_silent(connection, before)
    if over:
        audit.note(connection, now, audit.RETENTION, "delete_conversations", len(over))
    return over
