"""The chat: opening a conversation, a turn of it, and what is said unasked."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy import Connection, Row

from kit.clock import Clock
from kit.languages import Language
from kit.quiet import Quiet
from kit.tasks import Kept
from services.gateway.conversations import access, deliveries, photos, repository, rows
from services.gateway.conversations.answering import Answering
from services.gateway.conversations.carrying_out import (
    came_of,
    carry_out,
    ends,
    expected,
    hand_over,
    kept,
    kept_words,
    sends,
)
from services.gateway.conversations.desk import AtDesk
from services.gateway.conversations.erasing import Erasing
from services.gateway.conversations.hub import Hub
from services.gateway.conversations.line import Line
from services.gateway.conversations.receipt import LastWords, receipt
from services.gateway.conversations.schemas import Author, Channel, Location, NewMessage, Opened, Reply, State
from services.gateway.conversations.stopping import StopWords
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.limits import Limit
from services.gateway.core.texts import Texts
from services.gateway.dialogue.port import Answer, Draft, Offer, Said


@dataclass(frozen=True)
class Caller:
    """Who asks: the token that came along, whether limits hold for them, and the channel inside this process that
    vouches for them, if one does."""

    token: str
    limited: bool
    inside: Channel | None = None


@dataclass(frozen=True)
class Unasked:
    """What holds for something that is said unasked."""

    #: Takes it for this process, with the number that its last message would have; False where another one has.
    claim: Callable[[Connection, int], bool] | None = None
    #: When it is of no use any more, and the hours in which no delivery is tried again.
    until: datetime | None = None
    quiet: Quiet | None = None


_PLAIN: Final = Unasked()


class _ClaimedError(Exception):
    """Somebody else says it; the transaction is rolled back."""


@dataclass(frozen=True)
class _Found:
    """A conversation, the choice or the photo that a message names, if any, and what is kept besides messages."""

    conversation: Row[Any]
    choice: Row[Any] | None
    photo: Row[Any] | None
    kept: Kept


@dataclass(frozen=True)
class _Own:
    """A resident's own message: what it reads as, when it came, and the photo that it is."""

    draft: Draft
    at: datetime
    photo_id: str | None


class Chat:
    """Owns the conversations; the dialogue engine only answers."""

    def __init__(
        self,
        *,
        database: Database,
        answering: Answering,
        erasing: Erasing,
        texts: Texts,
        clock: Clock,
        line: Line,
        hub: Hub,
        limit: Limit,
        stop_words: StopWords,
        on_told: Callable[[str], None],
        desk: AtDesk | None = None,
    ) -> None:
        """``on_told`` is called with a conversation's id once something that came unasked is stored; ``desk`` is where
        residents are handed over, if anywhere."""
        self._database = database
        self._answering = answering
        self._erasing = erasing
        self._texts = texts
        self._last_words = LastWords()
        self._clock = clock
        self._line = line
        self._hub = hub
        self._limit = limit
        #: Set when there is something to send to the city.
        self.to_send = asyncio.Event()
        self._stop_words = stop_words
        self._on_told = on_told
        self._desk = desk

    async def open(self, language: Language | None, channel: Channel) -> Opened:
        """Open a conversation with its greeting."""
        now, token, conversation_id = self._clock.now(), secrets.token_urlsafe(32), uuid.uuid4().hex
        drafts = self._answering.greeting(language)
        greeting = rows.messages(drafts, conversation_id=conversation_id, author="assistant", at=now, first_seq=1)
        conversation = {
            "id": conversation_id,
            "token_hash": access.digest(token),
            "channel": channel,
            "language": language,
            "state": "assistant",
            "expects": None,
            "last_seq": len(greeting),
            "created_at": now,
            "active_at": now,
        }

        def store(connection: Connection) -> None:
            repository.add(connection, conversation)
            repository.add_messages(connection, greeting)

        await self._database.write(store)
        messages = rows.shown(greeting)
        return Opened(id=conversation_id, token=token, messages=messages, language=language, state="assistant")

    async def say(
        self, conversation_id: str, caller: Caller, message: NewMessage, *, offered: Offer | None = None
    ) -> Reply:
        """Answer a message, after those of the conversation that came before it. Raises ChatError.

        ``offered`` is what its words stand for where the channel itself has them on offer, such as in a menu.
        """
        last = self._last_words.again(conversation_id, message.client_id, caller.token)
        if last:
            return last
        with self._line.join(conversation_id) as place:
            if place.behind:
                await access.known(self._database, conversation_id, caller.token, caller.inside)  # before they wait
            await place.called()
            async with self._database.alone(conversation_id):
                return await self._once(conversation_id, caller, message, offered)

    async def tell(self, conversation_id: str, author: Author, drafts: Sequence[Draft], how: Unasked = _PLAIN) -> bool:
        """Say something unasked: it is stored, and delivered by its channel's outlet and the event streams.

        The claim runs in the same transaction: where it is false, nothing is said. Return whether something was.
        Raises ChatError where there is no conversation.
        """
        now = self._clock.now()

        def store(connection: Connection) -> None:
            changed = repository.change(connection, conversation_id, added=len(drafts), active_at=now)
            if changed is None:
                raise ChatError(HTTPStatus.NOT_FOUND, "conversation_not_found")
            if how.claim and not how.claim(connection, changed.last_seq):
                raise _ClaimedError
            first = changed.last_seq - len(drafts) + 1
            said = rows.messages(drafts, conversation_id=conversation_id, author=author, at=now, first_seq=first)
            repository.add_messages(connection, said)
            deliveries.add(connection, said, channel=changed.channel, now=now, until=how.until, quiet=how.quiet)

        try:
            await self._database.write(store)
        except _ClaimedError:
            return False
        self._hub.wake(conversation_id)
        self._on_told(conversation_id)
        return True

    async def _once(
        self, conversation_id: str, caller: Caller, message: NewMessage, offered: Offer | None = None
    ) -> Reply:
        sent = json.dumps(message.model_dump(exclude={"client_id"}), sort_keys=True)
        digest = access.digest(f"{caller.token}\n{sent}")  # nobody can try out what was sent without the token

        def look(connection: Connection) -> _Found | Reply:
            conversation = access.opened(repository.find(connection, conversation_id), caller.token, caller.inside)
            turn = repository.find_turn(connection, conversation_id, message.client_id)
            if turn is None:
                choice = _chosen(connection, conversation_id, message)
                photo = photos.find(connection, conversation_id, message.photo) if message.photo else None
                return _Found(conversation, choice, photo, kept(connection, conversation))
            if turn.digest != digest:
                raise ChatError(HTTPStatus.CONFLICT, "client_id_reused", language=turn.language)
            messages = repository.of_turn(connection, turn.id)
            return Reply(messages=messages, language=turn.language, state=turn.state)

        found = await self._database.read(look)
        if isinstance(found, Reply):
            return found
        conversation = found.conversation
        if caller.limited:
            await self._limit.take(conversation_id, conversation.language)
        arrived = self._clock.now()
        asked, said = self._answering.read(conversation, message, offered or found.choice, found.photo)
        said = self._stop_words.applied(said, found.kept)
        answer = await self._answered(conversation, said, found.kept)
        language = answer.language or conversation.language
        if ends(answer.tasks):
            reply = await self._end(conversation_id, language)
            self._last_words.keep(conversation_id, message.client_id, caller.token, reply)
            return reply
        turn = {
            "id": uuid.uuid4().hex,
            "conversation_id": conversation.id,
            "client_id": message.client_id,
            "digest": digest,
            "language": language,
        }
        own = _Own(replace(asked, language=language), arrived, found.photo.id if found.photo else None)
        reply = await self._store(turn, own, answer)
        if sends(answer.tasks):
            self.to_send.set()
        if self._desk:
            await self._desk.happened(conversation, answer.tasks, reply.state)
        return reply

    async def _answered(self, conversation: Row[Any], said: Said | Location, found: Kept) -> Answer:
        """Return what is said back: by the desk's own part where it is about that, else by the assistant."""
        if self._desk is None:
            return await self._answering.answer(conversation, said, found)
        answer = await self._desk.answer(conversation, said)
        if answer is None:
            answer = await self._answering.answer(conversation, said, found)
        return await self._desk.completed(conversation, answer)

    async def _end(self, conversation_id: str, language: Language | None) -> Reply:
        """Erase the conversation; the receipt is all that is left of it."""
        erased = await self._erasing.erase(conversation_id)
        self._hub.wake(conversation_id)
        drafts = receipt(erased, language, self._texts)
        said = rows.messages(drafts, conversation_id=conversation_id, author="assistant", at=erased.at, first_seq=1)
        return Reply(messages=rows.shown(said), language=language, state="closed")

    async def _store(self, turn: dict[str, Any], asked: _Own, answer: Answer) -> Reply:
        conversation_id, language, now = turn["conversation_id"], turn["language"], self._clock.now()
        count = len(answer.drafts) + 1

        def store(connection: Connection) -> tuple[State, list[dict[str, Any]]]:
            changed = repository.change(
                connection,
                conversation_id,
                added=count,
                language=language,
                active_at=now,
                expects=expected(answer.tasks),
            )
            if changed is None:  # its time was over meanwhile
                raise ChatError(HTTPStatus.NOT_FOUND, "conversation_not_found", language=language)
            first = changed.last_seq - count + 1
            # Who took the conversation over meanwhile speaks; the assistant does not, but for an emergency.
            drafts = () if changed.state == "operator" and not answer.urgent else answer.drafts
            common = {"conversation_id": conversation_id, "turn_id": turn["id"]}
            own = rows.messages([asked.draft], author="resident", at=asked.at, first_seq=first, **common)
            said = rows.messages(drafts, author="assistant", at=now, first_seq=first + 1, **common)
            state = hand_over(connection, changed, answer.tasks)
            repository.add_turn(connection, {**turn, "state": state})
            repository.add_readings(connection, turn["id"], came_of(answer), asked.at)
            words = kept_words(drafts, answer.tasks)
            stored = [{**row, "text": text} for row, text in zip(said, words, strict=True)]
            repository.add_messages(connection, [*own, *stored])
            if asked.photo_id:
                photos.said(connection, conversation_id, asked.photo_id, first)
            carry_out(connection, conversation_id, answer.tasks, now, [row["seq"] for row in said])
            return state, said

        state, said = await self._database.write(store)
        return Reply(messages=rows.shown(said), language=language, state=state)


def _chosen(connection: Connection, conversation_id: str, message: NewMessage) -> Row[Any] | None:
    """Return the choice that a message names by its id, or by typing its label."""
    if message.choice:
        return repository.find_choice(connection, conversation_id, message.choice)
    return repository.find_offered(connection, conversation_id, message.text) if message.text else None
