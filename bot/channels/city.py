"""The gateway's channel: ``POST /webhooks/city/webhook``, signed, one answer with everything that was said.

Request: ``{sender, text | payload, metadata: {language?, channel?, kept?, urgent_only?, aside_of?, help?}}`` with the
header of ``kit.signing``.
Answer: ``{messages: [{text, language, choices: [{label, payload}], cards, source, tasks}], language, read}``;
``language`` is null while it is not known, and then each message comes in both official languages, French first.
``read`` says what was understood, without words (``kit.understanding``). To a question at the desk (``help``) it says
what was understood with its words, and which texts each message is made of. Rasa's own REST channel is neither signed
nor keeps a choice's or a card's fields.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import helping as caller
from bot.channels.aside import beside, named_in
from bot.channels.questions import questions
from bot.channels.urgent import is_answered
from bot.moving.arriving import ArrivingError
from bot.moving.departing import MovedError
from bot.moving.door import Moving
from bot.nlg.reading import Readings
from bot.stores.sessions import sessions_of
from kit import helping, signing, wire

log = logging.getLogger(__name__)

SECRET_VARIABLE: Final = "BXL_CHANNEL_SECRET"  # noqa: S105 - the variable's name
_MAX_SENDER: Final = 100
#: Looking a conversation up costs some milliseconds, so that only messages that need it have it looked up.
_FEW_WORDS: Final = 7

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class CollectingChannel(OutputChannel):
    """Keeps what is said during one turn, whole and in order."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.readings = Readings()
        self.language: str | None = None

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return wire.CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take a message of the generator, and one more for each language that it was said in."""
        del recipient_id
        translations = message.get(wire.REPLY_TRANSLATIONS) or []
        if not message.get("text"):
            return
        if message.get(wire.REPLY_READ):
            self.readings.add(message[wire.REPLY_READ])
        said = [message, *translations]
        for draft in said:
            last = draft is said[-1]
            self.messages.append(
                {
                    "text": draft["text"],
                    "language": draft.get(wire.REPLY_LANGUAGE),
                    "choices": draft.get(wire.REPLY_CHOICES) or [],
                    "cards": (message.get(wire.REPLY_CARDS) or []) if last else [],
                    "source": message.get(wire.REPLY_SOURCE) if last else None,
                    "tasks": (message.get(wire.REPLY_TASKS) or []) if last else [],
                }
            )
            if wire.REPLY_IDS in message:
                self.messages[-1].update(ids=message[wire.REPLY_IDS], goes_on=draft is not message)
        self.language = None if translations else message.get(wire.REPLY_LANGUAGE)


class CityChannel(InputChannel):
    """Takes messages from the gateway only."""

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError(f"{SECRET_VARIABLE} is empty: the gateway and the Rasa server need the same secret")
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, which is also its path."""
        return wire.CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> CityChannel:
        """Return the channel; its secret comes from the environment."""
        del credentials
        return cls(os.environ.get(SECRET_VARIABLE, ""))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the channel's routes: the gateway's, and the one by which conversations move to another server."""
        blueprint = Blueprint("city_channel")
        moving = Moving(self._secret)

        @blueprint.route(f"/{wire.MOVING_PATH}", methods=["POST"])
        async def move(request: Request) -> HTTPResponse:
            if not self._is_signed(request):
                return response.json({"error": "not signed by the gateway"}, status=401)
            try:
                return response.json(await moving.do(request.body, sessions_of(request.app.ctx.agent.tracker_store)))
            except ValueError as error:
                return response.json({"error": str(error)}, status=400)
            except ArrivingError as error:
                return response.json({"error": str(error)}, status=502)

        @blueprint.route("/webhook", methods=["POST"])
        async def webhook(request: Request) -> HTTPResponse:
            if not self._is_signed(request):
                return response.json({"error": "not signed by the gateway"}, status=401)
            output = CollectingChannel()
            try:
                message = read_message(request.body, output)
            except ValueError as error:
                return response.json({"error": str(error)}, status=400)
            try:
                agent = getattr(request.app.ctx, "agent", None)
                store = agent.tracker_store if agent else None
                async with moving.departing.turn(message.sender_id):
                    await moving.arriving.arrived(named_in(message), sessions_of(store))
                    if await is_answered(message, agent):
                        await caller.begin(message, store)
                        async with beside(message, store):
                            for part in await _parts(message, agent):
                                await on_new_message(await _after_a_question(part, agent))
                    understood = await caller.understood(message, store)
            except MovedError:
                return response.json({"error": "the conversation has moved on"}, status=wire.MOVED_STATUS)
            except Exception as error:  # the gateway says an honest sentence; the words of a resident stay unlogged
                log.error("a message could not be handled: %s", type(error).__name__)
                return response.json({"error": "the message could not be handled"}, status=500)
            more = {"understood": understood} if helping.is_asked(message.metadata) else {}
            return response.json(
                {
                    "messages": output.messages,
                    "language": output.language,
                    "read": output.readings.told(),
                    **more,
                }
            )

        return blueprint

    def _is_signed(self, request: Request) -> bool:
        return signing.verify(self._secret, request.body, request.headers.get(signing.HEADER), time.time())


async def _parts(message: UserMessage, agent: Agent | None) -> list[UserMessage]:
    """Return the questions of a typed message, as messages of their own; one in the middle of a request stays whole."""
    if agent is None or message.text is None or message.text.startswith("/"):
        return [message]
    texts = await questions(message.text, agent.parse_message)
    if len(texts) > 1 and agent.tracker_store is not None:
        tracker = await agent.tracker_store.retrieve(message.sender_id)
        if tracker is not None and tracker.active_loop_name:
            return [message]
    if len(texts) == 1:
        return [message]
    return [
        UserMessage(
            text, message.output_channel, message.sender_id, input_channel=wire.CHANNEL, metadata=message.metadata
        )
        for text in texts
    ]


async def _after_a_question(message: UserMessage, agent: Agent | None) -> UserMessage:
    """Tell a few typed words which question was answered before them; longer messages speak for themselves."""
    text = message.text or ""
    if agent is None or agent.tracker_store is None or text.startswith("/") or len(text.split()) > _FEW_WORDS:
        return message
    tracker = await agent.tracker_store.retrieve(message.sender_id)
    question = tracker.get_slot(wire.QUESTION_SLOT) if tracker is not None else None
    # A question that is under way in a form is the form's.
    if question and tracker is not None and not tracker.active_loop_name:
        message.metadata = {**(message.metadata or {}), wire.META_QUESTION: question}
    return message


def read_message(body: bytes, output: OutputChannel) -> UserMessage:
    """Return the message in a request's body; raises ValueError where it is not one."""
    try:
        content = json.loads(body)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("the body is not JSON") from error
    if not isinstance(content, dict):
        raise ValueError("the body is not an object")
    sender, text, payload = content.get("sender"), content.get("text"), content.get("payload")
    if not isinstance(sender, str) or not 0 < len(sender) <= _MAX_SENDER:
        raise ValueError("sender is missing")
    if (text is None) == (payload is None) or not isinstance(text if payload is None else payload, str):
        raise ValueError("give either text or payload")
    metadata = content.get("metadata") or {}
    if not isinstance(metadata, dict):
        raise ValueError("metadata is not an object")
    said = str(payload) if payload is not None else harmless(str(text))
    return UserMessage(said, output, sender, input_channel=wire.CHANNEL, metadata=metadata)


def harmless(text: str) -> str:
    """Return typed text that Rasa cannot take for a command.

    Only what is before the first letter or digit can make it one: Rasa looks for a leading "/" after stripping space.
    """
    start = next((position for position, character in enumerate(text) if character.isalnum()), len(text))
    return text[:start].replace("/", " ").lstrip() + text[start:] or "?"
