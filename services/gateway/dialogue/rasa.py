"""The Rasa server's ``city`` channel: signed requests, one answer each (``bot/channels/city.py``)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final, TypeVar

import httpx
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from kit import signing, wire
from kit.languages import Language
from kit.tasks import Kept
from kit.understanding import outcome
from services.gateway.dialogue.port import (
    Answer,
    Conversing,
    DialogueDownError,
    DialogueError,
    Draft,
    Offer,
    Reading,
    Said,
)
from services.gateway.dialogue.rasa_server import AT_ONCE, RasaServer
from services.gateway.dialogue.tasks import Task

log = logging.getLogger(__name__)

_PATH: Final = f"/webhooks/{wire.CHANNEL}/webhook"
#: Starts a new session in Rasa, whose store keeps the last session only: what was said before is gone.
_NEW_SESSION: Final = "/session_start"
#: How long to wait until a server that takes a conversation no more has told where it went.
_MOVING_S: Final = 0.02

Shape = TypeVar("Shape", bound=BaseModel)


class Choice(BaseModel):
    """A choice as the channel writes it."""

    label: str
    payload: str


class Source(BaseModel):
    """Whose facts an answer tells, and of when they are."""

    name: str
    url: str | None = None
    as_of: AwareDatetime | None = None
    realtime: bool | None = None
    sample: bool = False


class _Message(BaseModel):
    text: str
    language: Language | None = None
    choices: list[Choice] = Field(default=[])
    cards: list[dict[str, Any]] = Field(default=[])
    source: Source | None = None
    tasks: list[Task] = Field(default=[])


class _Read(BaseModel):
    intent: str = Field(max_length=80)
    guess: str | None = Field(default=None, max_length=80)
    second: str | None = Field(default=None, max_length=80)
    confidence: float | None = None
    typed: bool
    facts: list[str] = Field(default=[])
    commune: str | None = Field(default=None, max_length=60)
    replies: list[str] = Field(default=[])


class _Body(BaseModel):
    messages: list[_Message]
    language: Language | None = None
    read: list[_Read] = Field(default=[])


class RasaDialogue:
    """The Rasa server as a dialogue engine."""

    def __init__(self, server: RasaServer, secret: str) -> None:
        self._server = server
        self._secret = secret
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def answer(self, conversation: Conversing, said: Said) -> Answer:
        """Return Rasa's answer. Raises DialogueError, and DialogueDownError where it cannot be reached in time."""
        return await self._answer(conversation, said, {})

    async def urgent(self, conversation: Conversing, said: Said) -> Answer:
        """Return Rasa's answer to an emergency, and none to anything else. Raises DialogueError."""
        return replace(await self._answer(conversation, said, {wire.META_URGENT: True}), urgent=True)

    async def aside(self, conversation: Conversing, said: Said) -> Answer:
        """Return Rasa's answer in a conversation of its own, which knows the facts of this one and is forgotten."""
        beside = replace(conversation, id=f"aside-{uuid.uuid4().hex}", kept=Kept())
        return await self._answer(beside, said, {wire.META_ASIDE_OF: conversation.id})

    async def _answer(self, conversation: Conversing, said: Said, more: dict[str, Any]) -> Answer:
        metadata: dict[str, Any] = {wire.META_CHANNEL: conversation.channel, **more}
        if conversation.language:
            metadata[wire.META_LANGUAGE] = conversation.language
        if conversation.kept:
            metadata[wire.META_KEPT] = conversation.kept
        body = await self.ask({"sender": conversation.id, said.kind: said.value, "metadata": metadata}, _Body)
        drafts = tuple(_draft(message) for message in body.messages if message.text.strip())
        tasks = tuple(task for message in body.messages for task in message.tasks)
        return Answer(drafts, body.language, tasks, readings=tuple(map(_reading, body.read)))

    async def ask(self, content: dict[str, Any], shape: type[Shape]) -> Shape:
        """Send a request of the channel and return its answer. Raises DialogueError, and DialogueDownError."""
        response = await self._post(content)
        if not response.is_success:
            raise DialogueError(f"HTTP {response.status_code}")
        try:
            return shape.model_validate_json(response.content)
        except ValidationError as error:
            raise DialogueError("an answer of another shape") from error

    async def forget(self, conversation_id: str) -> None:
        """Make Rasa drop what was said; where it cannot be reached, its session ends by itself within the hour."""
        with contextlib.suppress(DialogueError):
            await self._post({"sender": conversation_id, "payload": _NEW_SESSION, "metadata": {}})

    async def ready(self) -> bool:
        """Tell whether the server answers with a model loaded."""
        try:
            with self._server.asked() as client:
                return (await client.get("/status", timeout=2)).is_success
        except httpx.HTTPError:
            return False

    async def _post(self, content: dict[str, Any]) -> httpx.Response:
        body = json.dumps(content).encode()
        try:
            async with self._turn():
                return await self._sent(body)
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("the Rasa server did not answer: %s", type(error).__name__)
            raise DialogueDownError(type(error).__name__) from error

    async def _sent(self, body: bytes) -> httpx.Response:
        """Send to the server that is live; again where that did not hear it because another one has gone live."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._server.timeout_s
        while True:
            with self._server.asked() as client:
                try:
                    response = await client.post(_PATH, content=body, headers=self._headers(body))
                except httpx.ConnectError:  # nobody heard it
                    if str(client.base_url).rstrip("/") == self._server.url.rstrip("/"):
                        raise
                    continue
            if response.status_code != wire.MOVED_STATUS or not self._server.moves:
                return response
            if loop.time() > until:
                raise TimeoutError
            await asyncio.sleep(_MOVING_S)

    def _headers(self, body: bytes) -> dict[str, str]:
        signature = signing.sign(self._secret, body, int(time.time()))
        return {"Content-Type": "application/json", signing.HEADER: signature}

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait until it may be asked, first come, first served. Raises TimeoutError after as long as for an answer."""
        async with asyncio.timeout(self._server.timeout_s):
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()


def _reading(read: _Read) -> Reading:
    return Reading(
        intent=read.intent,
        outcome=outcome(read.intent, read.replies),
        typed=read.typed,
        guess=read.guess,
        second=read.second,
        confidence=read.confidence,
        facts=tuple(read.facts),
        commune=read.commune,
    )


def _draft(message: _Message) -> Draft:
    offers = tuple(Offer(choice.label, "payload", choice.payload) for choice in message.choices)
    source = message.source.model_dump(mode="json") if message.source else None
    return Draft(message.text, message.language, offers, tuple(message.cards), source)
