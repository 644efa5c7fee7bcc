"""From what a resident sent to what is said back: choices mapped back, places looked up, failures made sentences."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy import Row

from kit.languages import Language
from kit.tasks import Kept
from services.gateway.conversations.carrying_out import CONTACT, PHONE
from services.gateway.conversations.masking import masked, without_contacts
from services.gateway.conversations.schemas import Location, NewMessage
from services.gateway.conversations.words import cleaned
from services.gateway.core.errors import ChatError
from services.gateway.core.observability import Metrics
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue import photos, places
from services.gateway.dialogue.port import (
    Answer,
    Conversing,
    Dialogue,
    DialogueDownError,
    DialogueError,
    Draft,
    Offer,
    Reading,
    Said,
)

log = logging.getLogger(__name__)

#: Stands for the intent of what the dialogue engine gave no answer to.
FAILED: Final = "unanswered"


class Answering:
    """Asks the dialogue engine, and answers by itself where that fails: never with silence, never with a guess."""

    def __init__(
        self, *, dialogue: Dialogue, city: places.CityPlaces, texts: Texts, metrics: Metrics, max_text: int
    ) -> None:
        self._dialogue = dialogue
        self._city = city
        self._texts = texts
        self._metrics = metrics
        self._max_text = max_text

    def greeting(self, language: Language | None) -> list[Draft]:
        """Return the greeting; in both official languages while the resident's is not known."""
        return [
            Draft(
                self._texts.say("utter_greet", each),
                each,
                tuple(Offer(option.label, "payload", option.payload) for option in self._texts.menu(each)),
            )
            for each in spoken(language)
        ]

    def read(
        self, conversation: Row[Any], message: NewMessage, choice: Row[Any] | Offer | None, photo: Row[Any] | None
    ) -> tuple[Draft, Said | Location]:
        """Return what the resident's message reads as, and what it means.

        ``choice`` and ``photo`` are those that it names, if they were found.

        Raises ChatError.
        """
        language = conversation.language
        if conversation.state == "closed":
            raise ChatError(HTTPStatus.CONFLICT, "conversation_closed", language=language)
        given = [name for name in ("text", "choice", "location", "photo") if getattr(message, name) is not None]
        if len(given) > 1:
            raise ChatError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", language=language)
        if message.photo is not None:
            if photo is None:
                raise ChatError(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_photo", language=language)
            return self._shown(photo, language), Said("payload", photos.payload(photo.id))
        if message.location is not None:
            return Draft(self._texts.say("said_location", spoken(language)[0]), language), message.location
        if message.choice is not None and choice is None:
            raise ChatError(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_choice", language=language)
        if choice is not None:  # taken, or typed as it was on offer
            return Draft(choice.label, language), Said(choice.kind, choice.meaning)
        return self._read_text(cleaned(message.text or "", self._max_text, language), conversation)

    def _read_text(self, written: str, conversation: Row[Any]) -> tuple[Draft, Said]:
        """Return a text as it is kept, and as it is passed on: with a contact only where that was asked for."""
        text, numbers = masked(written)
        kept, contacts = without_contacts(text)
        if conversation.expects in (CONTACT, PHONE):
            return Draft(kept, conversation.language), Said(
                "text", text, masked=_texts(numbers, False), kept=not contacts
            )
        if conversation.state == "operator":  # who has asked for it
            return Draft(text, conversation.language), Said("text", text)
        return Draft(kept, conversation.language), Said("text", kept, masked=_texts(numbers, contacts))

    def _shown(self, photo: Row[Any], language: Language | None) -> Draft:
        """Return a photo as the message that it is: words, and the card that rich channels draw."""
        card = {"type": "photo", "id": photo.id, "width": photo.width, "height": photo.height}
        return Draft(self._texts.say("said_photo", spoken(language)[0]), language, cards=(card,))

    async def answer(self, conversation: Row[Any], said: Said | Location, kept: Kept) -> Answer:
        """Return what the assistant says; nothing while an operator has the conversation.

        ``kept`` is what the engine is told of it, besides what is said.
        """
        conversing = Conversing(conversation.id, conversation.channel, conversation.language, kept)
        if conversation.state == "operator":
            self._metrics.turns.labels("nobody").inc()
            return Answer()
        if not isinstance(said, Location):
            answer = await self._asked(conversing, said)
            return self._with_warning(answer, said.masked) if said.masked else answer
        try:
            facts = await self._city.facts(said.lat, said.lon)
        except places.CityDownError:
            return self._by_itself("location_unavailable", conversation.language)
        if not facts:
            return self._by_itself("location_unknown", conversation.language)
        return await self._asked(conversing, Said("payload", places.payload(facts)))

    def _with_warning(self, answer: Answer, text_ids: tuple[str, ...]) -> Answer:
        """Say first what was masked, in the language of the answer."""
        drafts = tuple(Draft(self._texts.say(each, of), of) for each in text_ids for of in spoken(answer.language))
        return replace(answer, drafts=(*drafts, *answer.drafts))

    async def _asked(self, conversation: Conversing, said: Said) -> Answer:
        language = conversation.language
        started = time.perf_counter()
        try:
            answer = await self._dialogue.answer(conversation, said)
        except DialogueDownError:
            return self._by_itself("unavailable", language, said)
        except DialogueError as error:
            log.error("the dialogue engine failed: %s", error)
            return self._by_itself("utter_something_wrong", language, said)
        finally:
            self._metrics.rasa_seconds.observe(time.perf_counter() - started)
        if not answer.drafts:  # an action failed inside the dialogue engine, which is silent then
            return self._by_itself("utter_something_wrong", language, said)
        self._metrics.turns.labels("rasa").inc()
        return answer

    def _by_itself(self, text_id: str, language: Language | None, said: Said | None = None) -> Answer:
        self._metrics.turns.labels("fallback").inc()
        drafts = []
        for each in spoken(language):
            keeps = said is not None and said.kept
            again = (Offer(self._texts.say("choice_try_again", each), said.kind, said.value),) if said and keeps else ()
            drafts.append(Draft(self._texts.say(text_id, each), each, again))
        failed = (Reading(FAILED, "failed", typed=said.kind == "text"),) if said is not None else ()
        return Answer(tuple(drafts), language, readings=failed)


def _texts(numbers: bool, contacts: bool) -> tuple[str, ...]:
    """Return what is said to somebody whose message was masked."""
    return (*(("number_masked",) if numbers else ()), *(("contact_masked",) if contacts else ()))
