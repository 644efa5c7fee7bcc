"""Answers about container parks: the nearest, open or not, what they take, how much of it and what to bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.models import Place
from actions.city.waste_places import ContainerParks
from actions.conversation.claims import CLAIM
from actions.cues import labels_in
from actions.labels import label
from actions.moments.days import parse_days
from actions.near_answers import PLACES, NearAnswer
from actions.speech import ask, say
from actions.subjects import WORDS, Asked
from actions.turn import ANOTHER, Turn
from actions.waste.brought import PARKS as SUBJECT
from actions.waste.brought import materials, read_brought, thing
from actions.waste.opening import card
from actions.waste.park_wording import NOT_KNOWN, Told, Visit, any_of, sentences
from kit.languages import Language
from kit.replies import text
from kit.text import fold

_QUESTIONS: Final = Path(__file__).with_name("park_questions.yml")
#: What is asked about the parks that were told of: which is near.
NEAR: Final = "near"
#: The fact that says which park is meant, by its id.
PARK: Final = "park"
#: Days of one question that are looked up one by one; a longer span is answered by the week's hours.
_MOST_DAYS: Final = 2
#: Days after a closed one that are looked at for the next opening.
_LOOK_AHEAD: Final = 4
#: Parks told of where a place is known; all of them where none is.
_NEAREST: Final = 3


class ContainerParkAnswer(NearAnswer):
    """Says which park is near, whether it is open, what it takes and what to bring."""

    action_name = "action_container_park"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_waste"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it for a place where one is known, else for all parks; ask where the name of a place is not clear."""
        read_brought(turn, asked)
        about = asked.get(CLAIM)
        if any(turn.entity(name) for name in PLACES):
            asked.pop(PARK, None)
        known = turn.intent == SUBJECT and self.known(turn)
        if about == NEAR and not asked.keys() & set(PLACES):
            asked[self.fact] = self.known(turn) or ANOTHER
        if asked.keys() & set(PLACES) or known or self.wanted(turn):
            return await super().tell(turn, asked, say_to)
        await self._tell(turn, None, asked, say_to)
        return []

    async def tell_near(self, turn: Turn, place: Place, asked: Asked, say_to: CollectingDispatcher) -> None:
        """Say it for a place."""
        await self._tell(turn, place, asked, say_to)

    async def _tell(self, turn: Turn, place: Place | None, asked: Asked, say_to: CollectingDispatcher) -> None:
        words, about = asked.pop(WORDS, ""), asked.pop(CLAIM, None)
        now = self.services.clock.now()
        days = _days(asked.get("date"), now.date(), turn.language)
        pages = await self._pages(turn, place, days)
        first = next(iter(pages[0].values()))
        if not first.items:
            say(say_to, "parks_unknown", contact=text(self.contact))
            return
        park = _named(first, words)
        if park:
            asked[PARK] = park
        item = await thing(self.services.city, turn, words, asked)
        visits = [_told(page, asked) for page in pages]
        one = place is not None or PARK in asked
        near = _NEAREST if one else len(visits[0])
        told = visits[-1][:1] if one else visits[-1]
        closed = bool(days) and not any(any_of(each).on_date.openings for each in told)
        visit = Visit(
            days=tuple(visits) if days else (),
            parks=visits[0][:near],
            place=place,
            one=one,
            materials=materials(asked),
            item=item,
            not_known=about == NOT_KNOWN or bool(labels_in(words, _QUESTIONS)),
            about=about,
            opens_after=await self._opens_after(turn, place, days[-1], asked) if closed else (),
        )
        shown = [any_of(each) for each in visit.parks]
        options = [ask("choice_bulky_pickup", "waste_bulky_pickup")]
        if visit.brief:
            options.insert(0, ask("choice_park_takes", SUBJECT, **({self.fact: place.id} if place else {})))
        if place is None:
            options.insert(0, ask("choice_near_where", SUBJECT, address=ANOTHER))
        said = sentences(visit, now, self.contact)
        say_answer(
            say_to,
            said,
            first,
            cards=[card(label("label_container_park", turn.language), shown, turn.language)],
            options=options,
        )

    async def _opens_after(self, turn: Turn, place: Place | None, day: date, asked: Asked) -> Sequence[Told]:
        """Return the parks on the first day after one on which some of those meant are open; none where it is far."""
        for ahead in range(1, _LOOK_AHEAD + 1):
            (page,) = await self._pages(turn, place, [day + timedelta(days=ahead)])
            told = _told(page, asked)
            meant = [each for each in (told[:1] if place or PARK in asked else told) if any_of(each).on_date.openings]
            if meant:
                return meant
        return ()

    async def _pages(
        self, turn: Turn, place: Place | None, days: Sequence[date]
    ) -> list[dict[Language, ContainerParks]]:
        """Return all parks in each language to answer in, once for each day asked about."""
        place_id = place.id if place else None
        city = self.services.city
        return [
            {each: await city.container_parks(each, place=place_id, on=on) for each in turn.languages}
            for on in days or (None,)
        ]


def _days(written: str | None, today: date, language: Language | None) -> list[date]:
    """Return the days to look up one by one; none where no day was understood, or too many were."""
    found = parse_days(written or "", today, language)
    if found is None or found.last < today:
        return []
    days = [found.first + timedelta(days=ahead) for ahead in range((found.last - found.first).days + 1)]
    return days if len(days) <= _MOST_DAYS else []


def _told(pages: dict[Language, ContainerParks], asked: Asked) -> list[Told]:
    """Return the parks that are meant in each language: the one named, else those that take what is brought."""
    first, wanted = next(iter(pages.values())), set(materials(asked))
    told: list[Told] = [{each: page.items[at] for each, page in pages.items()} for at in range(len(first.items))]
    named = [each for each in told if any_of(each).id == asked.get(PARK)]
    taking = [each for each in told if wanted <= {taken.id for taken in any_of(each).accepts}]
    return named or taking or told


def _named(parks: ContainerParks, words: str) -> str | None:
    """Return the park whose name, or whose street, is in a text."""
    text = f" {fold(words)} "

    def is_meant(names: Sequence[str]) -> bool:
        return any(f" {fold(each)} " in text for each in names)

    for park in parks.items:
        names = [
            f"{kind} {name.split(' ', 1)[-1]}"
            for name in (park.name.fr, park.name.nl)
            for kind in ("recypark", "park", "parc")
        ]
        if is_meant([park.name.fr, park.name.nl, park.address.fr, park.address.nl, *names]):
            return park.id
    return None
