"""The receipt of an erasure: what was erased and when. It is shown, and stored nowhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from kit.languages import Language
from services.gateway.conversations import access
from services.gateway.conversations.erasing import Erased
from services.gateway.conversations.schemas import Reply
from services.gateway.core.texts import Texts, moment, spoken
from services.gateway.dialogue.port import Draft

#: The card by which a page knows the receipt: what was said before it is no longer shown.
CARD: Final = "receipt"
_KEPT_S: Final = 600


def receipt(erased: Erased, language: Language | None, texts: Texts) -> list[Draft]:
    """Return the receipt; in both official languages while the resident's is not known."""
    card = {
        "type": CARD,
        "at": erased.at.isoformat(),
        "requests": list(erased.requests),
        "pending": list(erased.pending),
    }
    return [Draft(_words(erased, each, texts), each, cards=(card,)) for each in spoken(language)]


def _words(erased: Erased, language: Language, texts: Texts) -> str:
    when = moment(erased.at, language, texts)
    lines = [texts.say("erased", language, when=when), texts.say("erased_messages", language, number=erased.messages)]
    if erased.photos:
        lines.append(texts.say("erased_photos", language, number=erased.photos))
    if erased.subscriptions:
        lines.append(texts.say("erased_subscriptions", language, number=erased.subscriptions))
    if erased.requests:
        lines.append(texts.say("erased_requests", language, references=", ".join(erased.requests)))
    if erased.pending:
        lines.append(texts.say("erased_pending", language, references=", ".join(erased.pending)))
    return "\n".join([*lines, texts.say("erased_end", language)])


class LastWords:
    """Replies that ended conversations, for who lost one on the way and asks again: in memory, for some minutes."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._replies: dict[str, tuple[float, Reply]] = {}

    def keep(self, conversation_id: str, client_id: str, token: str, reply: Reply) -> None:
        """Keep the reply to a client's message."""
        self._forget()
        self._replies[_key(conversation_id, client_id, token)] = self._monotonic() + _KEPT_S, reply

    def again(self, conversation_id: str, client_id: str, token: str) -> Reply | None:
        """Return the reply to a message that is sent again, or None."""
        self._forget()
        _, reply = self._replies.get(_key(conversation_id, client_id, token), (0.0, None))
        return reply

    def _forget(self) -> None:
        now = self._monotonic()
        self._replies = {key: kept for key, kept in self._replies.items() if kept[0] > now}


def _key(conversation_id: str, client_id: str, token: str) -> str:
    return access.digest("\n".join((conversation_id, client_id, token)))
