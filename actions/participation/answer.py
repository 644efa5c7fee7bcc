"""Answers how to take part: what is open, until when, what comes, the public inquiries; and offers to note an idea."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.participation import Participation
from actions.cues import labels_in
from actions.filing.draft import Draft, Fact
from actions.filing.fields import PICK
from actions.filing.form import FORM, draft_of
from actions.filing.ideas import IDEA, SAID
from actions.filing.places import place_fact
from actions.open_questions import answers_offer
from actions.participation.wording import sentences
from actions.places.resolution import commune_slug, resolve
from actions.speech import ask, say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for
from actions.subjects import ASKED_FOR, WORDS
from actions.turn import ANOTHER, Turn
from kit.languages import Language
from kit.replies import Part

SUBJECT: Final = "city_participation"
_CUES: Final = Path(__file__).with_name("cues.yml")
#: From this many words on, a message with an idea in it may be the idea.
_AN_IDEA: Final = 6
#: An answer to the offer of fewer words than this says no idea.
_A_FEW_WORDS: Final = 3


class ParticipationAnswer(SubjectAnswer):
    """Says what is open in a commune and the Region; takes a yes to the offer to note an idea."""

    action_name = "action_participation"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_city"

    def asked(self, turn: Turn) -> Asked:
        """Return the facts of the question; an idea in words keeps the offer that it answers."""
        asked = super().asked(turn)
        return {**asked, ASKED_FOR: IDEA} if answers_offer(turn) else asked

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, or open the request that records an idea."""
        offered = asked.pop(ASKED_FOR, None) == IDEA
        words = asked.pop(IDEA, None)
        if offered and answers_offer(turn):
            words = None if IDEA in labels_in(turn.text, _CUES) and len(turn.text.split()) < _AN_IDEA else turn.text
            return await self._note(turn, words, asked)
        if turn.entity(PICK) == IDEA or words or (offered and turn.intent == "affirm"):
            return await self._note(turn, words, asked)
        if offered and turn.intent == "deny":
            say(say_to, "participation_no_idea")
            return [SlotSet("pending", None)]
        if asked.get("commune") == ANOTHER:
            ask_for(say_to, asked, "commune", "ask_commune")
            return []
        commune = await self._commune(asked)
        written = asked.get("commune")
        if written and commune is None:
            asked.pop("commune")
            asked[ASKED_FOR] = "commune"
            say(say_to, "commune_not_found", query=written)
            return []
        return await self._say(turn, commune, asked, say_to)

    async def _say(
        self, turn: Turn, commune: str | None, asked: Asked, say_to: CollectingDispatcher
    ) -> list[EventType]:
        after = labels_in(asked.get(WORDS, ""), _CUES)
        kind = next((each for each in after if each != IDEA), None)
        found = {each: await self._found(each, commune, kind) for each in turn.languages}
        inquiries = await self.services.city.inquiries(turn.languages[0], commune=commune, limit=1) if commune else None
        first = next(iter(found.values()))
        open_inquiries = inquiries.total if inquiries else 0
        parts = sentences(found, open_inquiries, idea_first=IDEA in after)
        say_answer(say_to, parts, first, options=self._options(turn, commune, open_inquiries))
        if turn.form:
            return []
        asked[ASKED_FOR] = IDEA
        return [SlotSet("pending", {"slot": IDEA, "words": True})]

    async def _found(self, language: Language, commune: str | None, kind: str | None) -> Participation:
        """Return what is open of a kind; of all kinds where there is none of that."""
        city = self.services.city
        found = await city.participation(language, commune=commune, kind=kind)
        if found.items or found.coming or kind is None:
            return found
        return await city.participation(language, commune=commune)

    def _options(self, turn: Turn, commune: str | None, inquiries: int) -> list[Part]:
        options = [] if turn.form else [ask("choice_note_idea", SUBJECT, pick=IDEA)]
        if commune and inquiries:
            options.append(ask("label_inquiries", "permit_public_inquiries", address=f"commune:{commune}"))
        other = "choice_other_commune" if commune else "choice_my_commune"
        return [*options, ask(other, SUBJECT, commune=ANOTHER)]

    async def _commune(self, asked: Asked) -> str | None:
        """Return the commune asked about, by its name or by an address in it."""
        city = self.services.city
        if asked.get("commune"):
            return await commune_slug(city, asked["commune"])
        if not asked.get("address"):
            return None
        found = await resolve(city, asked["address"], ("street", "address", "landmark"))
        return found.place.commune.id if found.place and found.place.commune else None

    async def _note(self, turn: Turn, words: str | None, asked: Asked) -> list[EventType]:
        """Open the request that records an idea, or go on with the one that is open.

        ``words`` answer the offer, so they are the idea; those of the question before are only offered as such.
        """
        draft = draft_of(turn)
        if draft is None or draft.subject != IDEA:
            draft = Draft(IDEA)
            before = asked.get(WORDS, "")
            if words and len(words.split()) >= _A_FEW_WORDS:
                draft.facts["description"] = Fact(words, words)
            elif IDEA in labels_in(before, _CUES) and len(before.split()) >= _AN_IDEA:
                draft.facts[SAID] = Fact(before)
            commune = await self._commune(asked)
            if commune:
                draft.facts["place"] = await self._whole(commune)
        return [SlotSet("draft", draft.to_slot()), SlotSet("pending", None), FollowupAction(FORM)]

    async def _whole(self, commune: str) -> Fact:
        try:
            return place_fact(await self.services.city.place(f"commune:{commune}"))
        except CityProblemError:
            return Fact(None)
