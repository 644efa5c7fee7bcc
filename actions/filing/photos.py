"""The photos of a request: sent before it or in the middle of it, never asked for, offered once before it is sent."""

from __future__ import annotations

from typing import Final

from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.services import Services
from actions.turn import Turn
from kit.replies import text
from kit.wire import PHOTO_ENTITY

PHOTOS: Final = "photos"
#: Most photos of one request, which are the last ones that were sent.
_MOST: Final = 5
#: The choice to go without.
_NONE: Final = "none"


class PhotosField(Field):
    """Photos, by their ids at the gateway. What is on them nobody here knows."""

    name, shown, label = PHOTOS, "filing_photos", "filing_change_photos"
    offer = "choice_add_photo"

    def applies(self, draft: Draft) -> bool:
        """Tell whether they would be sent: not to what somebody else has reported, and not by telephone."""
        return not draft.at_desk and not draft.value("same")

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Go without."""
        del draft, services
        return Fact(None)

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the photos that were sent just before or with this message, beside those that are there."""
        del services
        before: list[str] = draft.value(self.name) or []
        sent = [*before, *turn.kept.get("photos", []), *turn.entities(PHOTO_ENTITY)]
        ids = list(dict.fromkeys(sent))[-_MOST:]
        return Fact(ids, text("filing_with_photos", count=len(ids))) if ids and ids != before else None

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take a photo; a no goes on without."""
        if turn.intent == "deny" or picked(turn, draft) == _NONE:
            return Fact(None)
        return await self.found(turn, draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_photo", **choices({_NONE: text("choice_no_photo")}))
