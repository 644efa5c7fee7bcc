"""Answers questions that name their procedure: a resident's card, parking for a move or a skip, an event."""

from __future__ import annotations

import re
from datetime import date
from typing import ClassVar, Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.models import CommuneContact
from actions.conversation.continuing import VARIANTS
from actions.conversation.details import asks_a_detail, only_points
from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.permits.known_wording import Asking, known_options, known_sentences
from actions.permits.lookup import Localised, procedure
from actions.permits.wording import ASKABLE, card
from actions.places.resolution import commune_slug, resolve
from actions.subject_answers import Asked, SubjectAnswer
from actions.subjects import SUBJECTS, WORDS
from actions.turn import Turn
from kit.clock import today
from kit.replies import text

VARIANT: Final = "variant"
#: "How do I get one?" asks for the whole procedure.
_WHOLE: Final = "how"
#: A day of the month on its own ("le 15"), which is as well a house number where a street follows.
_DAY: Final = re.compile(
    r"\b(?:le|de|the)\s+(?:[1-9]|[12]\d|3[01])(?:er|e|de|ste|st|nd|rd|th)?(?=\s*(?:[,.;?!]|$))", re.IGNORECASE
)
#: Kinds of places that say in which commune a street lies.
_STREETS: Final = ("address", "street", "locality", "commune")


class KnownProcedure(SubjectAnswer):
    """Explains one procedure in the commune that is known: the facet, variant or day that was asked about first."""

    #: The façade's procedure.
    procedure: ClassVar[str]
    #: Its variants that words may name.
    variants: ClassVar[tuple[str, ...]]
    #: The variant that is meant where none is said; None: all of them.
    usual: ClassVar[str | None] = None
    #: Whether it is asked for before a day.
    dated: ClassVar[bool] = False
    #: The facets that a first answer tells; the others stand in its card and in the whole procedure.
    told: ClassVar[tuple[str, ...]] = ("cost", "duration", "how", "where")
    contact = "contact_city"

    def asked(self, turn: Turn) -> Asked:
        """Return the facts; a few words about a detail or a variant go on with the answer before."""
        asked = super().asked(turn)
        if turn.intent != self.subject or not self._goes_on(turn):
            return asked
        before = {name: str(value) for name, value in turn.memory("shown").items()}
        return {**before, **asked}

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        now = today(self.services.clock)
        if turn.intent == self.subject and asked.get("facet") == _WHOLE:
            del asked["facet"]
        day_alone = _DAY.search(turn.text) if self.dated and "date" not in asked else None
        if day_alone:
            asked["date"] = day_alone[0]
        before = asked.get(VARIANT)
        if not self._noticed(turn, asked):
            return [SlotSet("last_question", None), SlotSet("shown", None), FollowupAction("action_clarify")]
        contact = await self._commune(turn, asked)
        days = parse_days(asked["date"], now, turn.language) if "date" in asked else None
        found, day = await self._found(turn, asked, contact, days.first if days and days.single else None)
        facet = asked["facet"] if asked.get("facet") in ASKABLE else None
        if facet is None and asked.get(VARIANT) != before and self._goes_on(turn):
            facet = "cost"  # "and for a second car?" is not told all the rest once more
        asking = Asking(
            facet=facet,
            variant=asked.get(VARIANT),
            meant=asked.get(VARIANT) or self.usual,
            day=day,
            unclear_day="date" in asked and day is None and (days is None or days.single),
            unknown_commune=contact is None and "commune" in asked,
            brief=turn.intent != self.subject and "date" in turn.facts(),
            told=self.told,
        )
        said = known_sentences(found, asking, contact, now, text(self.contact))
        first = next(iter(found.values()))
        cards = [card(found, asking.facet, turn.language)]
        options = known_options(self.subject, found, asking, asked, contact)
        say_answer(say_to, said, first, cards=cards, options=options, url=first.source_url)
        kept = [SlotSet("commune", f"commune:{contact.id}")] if contact else []
        return [*kept, SlotSet("pending", None)]

    def _goes_on(self, turn: Turn) -> bool:
        """Tell whether a message goes on with this subject's last answer, whatever it was taken for."""
        if turn.slot("last_question") != self.subject or not turn.text:
            return False
        short = len(turn.text.split()) <= SUBJECTS[self.subject].most_words
        return turn.intent != self.subject or asks_a_detail(turn) or (short and self._named(turn.text) is not None)

    def _named(self, words: str) -> str | None:
        """Return the variant that words name."""
        return next((each for each in labels_in(words, VARIANTS) if each in self.variants), None)

    def _noticed(self, turn: Turn, asked: Asked) -> bool:
        """Take the variant that the words name; tell whether mere words named one or ask for a facet."""
        words = asked.pop(WORDS, "")
        named = self._named(words)
        if named:
            asked[VARIANT] = named
        return named is not None or not words or turn.intent == self.subject or only_points(turn)

    async def _found(
        self, turn: Turn, asked: Asked, contact: CommuneContact | None, day: date | None
    ) -> tuple[Localised, date | None]:
        """Return the procedure and the day that it was asked about; a variant or a day that is none is left out."""
        slug = contact.id if contact else None
        variant = asked.get(VARIANT) or self.usual
        for wanted, when in ((variant, day), (variant, None), (None, None)):
            try:
                found = await procedure(
                    self.services.city, self.procedure, slug, turn.languages, variant=wanted, day=when
                )
            except CityProblemError as error:
                if error.code not in {"unknown_variant", "day_out_of_range"}:
                    raise
            else:
                if wanted is None:
                    asked.pop(VARIANT, None)
                return found, when
        raise AssertionError("unreachable: without a variant and a day there is nothing to refuse")

    async def _commune(self, turn: Turn, asked: Asked) -> CommuneContact | None:
        """Return the administration of the commune that was said, where the street lies, or that is known."""
        city, slug, said = self.services.city, None, turn.facts()
        if "address" in said and "commune" not in said:
            asked.pop("commune", None)  # the street says which
        if asked.get("commune"):
            slug = await commune_slug(city, asked["commune"])
        elif asked.get("address"):
            place = (await resolve(city, asked["address"], _STREETS)).place
            slug = place.commune.id if place and place.commune else None
        elif turn.slot("commune"):
            slug = await commune_slug(city, turn.slot("commune") or "")
        if slug is None:
            return None
        try:
            contact = await city.commune(slug, turn.language or "fr")
        except CityProblemError:
            return None
        asked["commune"] = f"commune:{slug}"
        return contact


class ResidentParking(KnownProcedure):
    """The resident's card: of the first or the second car."""

    action_name = "action_resident_parking"
    subject = capability = "permit_resident_parking"
    procedure = "resident_card"
    told = ("who", "cost", "how")
    variants = ("first_car", "second_car")


class MovingParking(KnownProcedure):
    """Parking kept free for a move, unless it is for a skip."""

    action_name = "action_moving_parking"
    subject = capability = "permit_moving_parking"
    procedure = "moving_parking"
    variants = ("move", "skip")
    usual = "move"
    dated = True


class EventPermit(KnownProcedure):
    """An event in a public place."""

    action_name = "action_event"
    subject = capability = "permit_event"
    procedure = "event"
    variants = ("street_party", "flea_market", "march", "fair")
    dated = True
