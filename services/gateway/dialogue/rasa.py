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
from services.gateway.dialogue.tasks import Task

log = logging.getLogger(__name__)

_PATH: Final = f"/webhooks/{wire.CHANNEL}/webhook"
#: Starts a new session in Rasa, whose store keeps the last session only: what was said before is gone.
_NEW_SESSION: Final = "/session_start"

#: How many answers are asked for at once. The server makes one at a time and waits for the city in between; asking for
#: more at once makes each of them later and opens a connection for each.
_AT_ONCE: Final = 16


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


def http_client(url: str, timeout_s: float) -> httpx.AsyncClient:
    """Return a client for the Rasa server; the address is private, so the proxy settings do not hold for it."""
    # Sanic closes idle connections after 5 s; a connection that is about to be closed must not be used again.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=2 * _AT_ONCE, keepalive_expiry=3)
    timeout = httpx.Timeout(timeout_s, connect=min(2.0, timeout_s))
    return httpx.AsyncClient(base_url=url, timeout=timeout, limits=limits, trust_env=False)


class RasaDialogue:
    """The Rasa server as a dialogue engine."""

    def __init__(self, client: httpx.AsyncClient, secret: str) -> None:
        self._client = client
        self._secret = secret
        self._turns = asyncio.Semaphore(_AT_ONCE)

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
            return (await self._client.get("/status", timeout=2)).is_success
        except httpx.HTTPError:
            return False

    async def _post(self, content: dict[str, Any]) -> httpx.Response:
        body = json.dumps(content).encode()
        try:
            async with self._turn():
                signature = signing.sign(self._secret, body, int(time.time()))
                headers = {"Content-Type": "application/json", signing.HEADER: signature}
                return await self._client.post(_PATH, content=body, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("the Rasa server did not answer: %s", type(error).__name__)
            raise DialogueDownError(type(error).__name__) from error

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Wait until it may be asked, first come, first served. Raises TimeoutError after as long as for an answer."""
        async with asyncio.timeout(self._client.timeout.read):
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
