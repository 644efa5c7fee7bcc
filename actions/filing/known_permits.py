"""The permits that are known where works seem to have none: shown before anything is reported."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from actions.answers import merged
from actions.city.errors import CityProblemError
from actions.city.permits import NearbyApplication
from actions.filing.draft import Draft, Fact, Leave, Question, Taken
from actions.filing.fields import Field, said_yes, yes_no
from actions.services import Services
from actions.speech import named
from actions.turn import Turn
from kit.languages import LANGUAGES
from kit.replies import Part, Value, listing, text

_MOST: Final = 3


class KnownPermitsField(Field):
    """Whether the works still seem wrong beside the permits that are known there."""

    name, shown, label = "permits", "infringement_permits", None
    follows = frozenset({"place"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Show the applications at that door or beside it, or in the street; where there is none, say so."""
        place = draft.value("place")
        try:
            pages = await asyncio.gather(
                *(services.city.applications_near(place["id"], language, limit=_MOST) for language in LANGUAGES)
            )
        except CityProblemError:
            return Fact(None, text("infringement_not_checked"))
        applications, *others = pages
        if not applications:
            return Fact(None, text("infringement_none_known"))
        lines = [
            _line(each, {language: page[number].stage.name for language, page in zip(LANGUAGES, pages, strict=True)})
            for number, each in enumerate(applications)
            if all(len(page) > number for page in others)
        ]
        question = yes_no("infringement_permits_near", count=len(lines), lines=listing(lines))
        return replace(question, memory={"references": [each.reference for each in applications]})

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take that it still seems wrong, or that it is in order."""
        del services
        wrong = said_yes(turn, draft)
        if wrong is None:
            return None
        if not wrong:
            return Leave("infringement_left")
        references = draft.question.memory.get("references", []) if draft.question else []
        return Fact(references, listing(references, "comma"))

    def asked(self, draft: Draft) -> Question:
        """Return the question without the permits; without any it is not asked."""
        del draft
        return yes_no("infringement_still_wrong")


def _line(near: NearbyApplication, stage: dict[str, str]) -> Part:
    """Return an application as one line: what, where, how far it is, its reference."""
    where: Value = text("infringement_here") if near.same_door else _address(near)
    what: Value = named(near.planned) if near.planned else near.kind_name
    return text("infringement_permit", reference=near.reference, what=what, where=where, stage=merged(stage))


def _address(near: NearbyApplication) -> Value:
    if near.site.street is None:
        return text("infringement_at_metres", metres=near.distance_m)
    street: Part = named(near.site.street)
    if not near.site.house_numbers:
        return street
    return text("place_address", street=street, number=near.site.house_numbers)
