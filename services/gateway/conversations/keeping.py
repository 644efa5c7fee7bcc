"""What is kept of a conversation: shown, changed and deleted by the resident, and deleted when its time is over."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, Row

from kit.clock import Clock
from kit.languages import Language
from services.gateway.conversations import access, photos, repository, requests, subscriptions
from services.gateway.conversations.erasing import Erasing
from services.gateway.conversations.export import File, Format, export
from services.gateway.conversations.hub import Hub
from services.gateway.conversations.line import Line
from services.gateway.conversations.schemas import Channel, Kept, LanguageOut, SubscriptionOut
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.texts import Texts, spoken


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
        retention: timedelta,
        photo_retention: timedelta,
    ) -> None:
        self._database = database
        self._texts = texts
        self._erasing = erasing
        self._clock = clock
        self._line = line
        self._hub = hub
        self._retention = retention
        self._photo_retention = photo_retention

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
                deleted_at_latest=None if followed else conversation.active_at + self._retention,
                messages=repository.of_conversation(connection, conversation_id),
                requests=requests.of_conversation(connection, conversation_id),
                photos=photos.of_conversation(connection, conversation_id),
                subscriptions=[self._subscription(each, conversation.language) for each in followed],
            )

        return await self._database.read(look)

    async def export(self, conversation_id: str, token: str, form: Format, inside: Channel | None = None) -> File:
        """Return a copy of everything as a file. Raises ChatError."""
        return export(await self.kept(conversation_id, token, inside), form, self._texts, self._clock.now())

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
        """Delete photos past their time, and the conversations in which nothing was said for the time of retention.

        Return how many conversations. The dialogue engine has forgotten them long before.
        """
        now = self._clock.now()
        since, taken_before = now - self._retention, now - self._photo_retention
        gone = await self._database.write(lambda connection: photos.remove_older(connection, taken_before))
        deleted = 0
        while over := await self._database.write(lambda connection: repository.remove_silent(connection, since)):
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
        if quiet:
            said.append(texts.say("followed_quiet", reader, start=quiet.start, end=quiet.end))
        return SubscriptionOut(
            id=row.id,
            kind=row.kind,
            subject=row.subject,
            text=", ".join(said),
            name=row.name,
            fraction=row.fraction or None,
            at=row.at,
            quiet=(quiet.start, quiet.end) if quiet else None,
            since=row.since,
        )
