"""The conversations as Telegram's port wants them, and Telegram as the gateway's outlet for what comes unasked."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import httpx
from sqlalchemy import Connection

from kit.clock import Clock
from kit.languages import Language
from services.gateway.channels.telegram_tables import TABLES
from services.gateway.conversations import deliveries, repository, subscriptions
from services.gateway.conversations.keeping import Keeping
from services.gateway.conversations.schemas import Channel, Location, MessageOut, NewMessage
from services.gateway.conversations.schemas import Reply as ChatReply
from services.gateway.conversations.service import Caller, Chat
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue.port import Offer
from services.gateway.notifications import port as notifications
from services.gateway.photos.adding import Photos
from services.telegram import port
from services.telegram.channel import TelegramChannel
from services.telegram.keys import Keys
from services.telegram.outlet import TelegramOutlet
from services.telegram.settings import TelegramSettings

log = logging.getLogger(__name__)

CHANNEL: Final[Channel] = "telegram"
_DEPARTURES: Final = "transport_next_departures"
_FILE_NAME: Final = re.compile(r'filename="([\w.-]{1,100})"')
_CALENDAR: Final = "/calendar/collections.ics"


class TelegramConversations:
    """The chat, for residents whom Telegram vouches for: no token of theirs is kept anywhere."""

    def __init__(
        self,
        *,
        chat: Chat,
        keeping: Keeping,
        photos: Photos,
        database: Database,
        city: httpx.AsyncClient,
        texts: Texts,
        name: str,
    ) -> None:
        """``name`` stands for the channel in digests of what was said: the same after a restart."""
        self._chat = chat
        self._keeping = keeping
        self._photos = photos
        self._database = database
        self._city = city
        self._texts = texts
        # Limits hold in the channel, which lets a fast writer wait instead of refusing them.
        self._caller = Caller(name, limited=False, inside=CHANNEL)

    async def open(self, language: Language | None) -> port.Opened:
        """Open a conversation."""
        opened = await self._chat.open(language, CHANNEL)
        return port.Opened(opened.id, messages(opened.messages), opened.language)

    async def say(self, conversation_id: str, client_id: str, said: port.Said) -> port.Reply:
        """Say something. Raises port.Refused."""
        location = Location(lat=said.place[0], lon=said.place[1]) if said.place else None
        message = NewMessage(
            client_id=client_id, text=said.text, choice=said.choice, location=location, photo=said.photo
        )
        offered = Offer(said.text or "", "payload", said.meaning) if said.meaning else None
        return await self._said(conversation_id, message, offered)

    async def again(self, conversation_id: str, client_id: str, message_id: str) -> port.Reply:
        """Ask for departures once more. Raises port.Refused where the message is not one of this conversation."""
        found = await self._database.read(lambda connection: _message(connection, conversation_id, message_id))
        facts = next((card["again"] for card in found.cards if card.get("again")), None) if found else None
        if found is None or not isinstance(facts, dict):
            raise port.Refused("unknown_choice", self._texts.error("unknown_choice", None))
        language = spoken(found.language)[0]
        words = self._texts.say("said_again", language)
        meant = f"/{_DEPARTURES}{json.dumps(facts)}"
        return await self._said(
            conversation_id, NewMessage(client_id=client_id, text=words), Offer(words, "payload", meant)
        )

    async def add_photo(self, conversation_id: str, content: bytes) -> str:
        """Keep a photo. Raises port.Refused."""
        try:
            return await self._photos.add_photo(conversation_id, content)
        except ChatError as error:
            raise self._refused(error) from error

    async def export(self, conversation_id: str, form: Literal["text", "json", "zip"]) -> port.File:
        """Return a copy of everything. Raises port.Refused."""
        try:
            file = await self._keeping.export(conversation_id, self._caller.token, form, CHANNEL)
        except ChatError as error:
            raise self._refused(error) from error
        return port.File(file.name, file.content)

    async def calendar(self, link: str) -> port.File | None:
        """Return the calendar file that a link of this gateway leads to."""
        parts = urlsplit(link)
        if parts.path != _CALENDAR:
            return None
        try:
            answer = await self._city.get("/v1/waste/collections.ics", params=httpx.QueryParams(parts.query))
        except httpx.HTTPError as error:
            log.warning("the city façade gave no calendar: %s", type(error).__name__)
            return None
        if not answer.is_success:
            return None
        named = _FILE_NAME.search(answer.headers.get("content-disposition", ""))
        return port.File(named[1] if named else "collections.ics", answer.content)

    async def unreachable(self, conversation_id: str) -> None:
        """End what is followed in a conversation, and what waits to be delivered."""

        def end(connection: Connection) -> None:
            deliveries.give_up(connection, conversation_id)
            subscriptions.remove_all(connection, conversation_id)

        await self._database.write(end)

    async def _said(self, conversation_id: str, message: NewMessage, offered: Offer | None) -> port.Reply:
        try:
            reply: ChatReply = await self._chat.say(conversation_id, self._caller, message, offered=offered)
        except ChatError as error:
            raise self._refused(error) from error
        return port.Reply(messages(reply.messages), reply.language, reply.state == "closed")

    def _refused(self, error: ChatError) -> port.Refused:
        return port.Refused(error.code, self._texts.error(error.code, error.language, **error.params))


class Outlet:
    """Telegram as an outlet of the notifications."""

    def __init__(self, outlet: TelegramOutlet) -> None:
        self._outlet = outlet

    async def deliver(self, conversation_id: str, message: MessageOut) -> notifications.Outcome:
        """Deliver a message of a conversation that is held on Telegram."""
        outcome = await self._outlet.deliver(conversation_id, messages([message])[0])
        match outcome:
            case port.Delivered():
                return notifications.Delivered()
            case port.RetryLater(after_s):
                return notifications.RetryLater(after_s)
            case port.Gone():
                return notifications.Gone()

    async def typing(self, conversation_id: str) -> None:
        """Show in the chat that an operator writes."""
        await self._outlet.typing(conversation_id)


def open_channel(state: Any, settings: TelegramSettings, clock: Clock, texts: Texts) -> None:
    """Put Telegram beside the chat that an application's ``state`` holds, where it is wanted."""
    state.telegram = None
    if settings.mode == "off":
        return
    conversations = TelegramConversations(
        chat=state.chat,
        keeping=state.keeping,
        photos=state.photos,
        database=state.database,
        city=state.city_client,
        texts=texts,
        name=Keys(settings).hashed("channel"),
    )
    state.telegram = TelegramChannel(
        settings,
        conversations=conversations,
        storage=state.database,
        tables=TABLES,
        clock=clock,
        registry=state.metrics.registry,
    )
    state.outlets[CHANNEL] = Outlet(state.telegram.outlet)


def messages(said: Sequence[MessageOut]) -> tuple[port.Message, ...]:
    """Return messages as the channel's port has them."""
    return tuple(
        port.Message(
            id=each.id,
            text=each.text,
            language=each.language,
            author=each.author,
            choices=tuple(port.Choice(choice.id, choice.label) for choice in each.choices),
            cards=tuple(each.cards),
            source=port.Source(**each.source.model_dump()) if each.source else None,
        )
        for each in said
    )


def _message(connection: Connection, conversation_id: str, message_id: str) -> MessageOut | None:
    found = repository.of_conversation(connection, conversation_id)
    return next((each for each in found if each.id == message_id), None)
