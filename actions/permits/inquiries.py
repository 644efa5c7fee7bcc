"""Answers which public inquiries are open near a place or in a commune, until when one can react, and how."""

from __future__ import annotations

from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.models import Place
from actions.conversation.claims import CLAIM
from actions.near_answers import NearAnswer
from actions.permits.inquiries_wording import inquiries_card, inquiry_choices, inquiry_sentences
from actions.speech import ask, named, payload
from actions.subjects import Asked
from actions.turn import ANOTHER, Turn
from kit.replies import choice, text

SUBJECT: Final = "permit_public_inquiries"


class PublicInquiries(NearAnswer):
    """Says what is planned there, the last day to react, and how."""

    action_name = "action_public_inquiries"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_city"
    question = "ask_inquiry_place"
    #: A commune before its part of the same name: inquiries are held by commune.
    kinds = ("address", "street", "commune", "locality", "stop", "landmark")

    async def tell_near(self, turn: Turn, place: Place, asked: Asked, say_to: CollectingDispatcher) -> None:
        """Say them, or that none is open there."""
        found = {each: await self.services.city.inquiries(each, place=place.id) for each in turn.languages}
        first = next(iter(found.values()))
        options = inquiry_choices(first)
        if place.commune is not None and place.kind != "commune":
            label = text("choice_whole_commune", commune=named(place.commune.name))
            options.append(choice(label, payload(SUBJECT, **{self.fact: f"commune:{place.commune.id}"})))
        options.append(ask("choice_other_place", SUBJECT, **{self.fact: ANOTHER}))
        reacts = asked.pop(CLAIM, None) is not None
        cards = [inquiries_card(first, turn.language)] if first.items else []
        say_answer(say_to, inquiry_sentences(found, place, reacts=reacts), first, cards=cards, options=options)
