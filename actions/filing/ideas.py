"""An idea for the neighbourhood: in the resident's own words, for a place, a commune or nowhere in particular."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Words, choices, picked
from actions.filing.places import PlaceField
from actions.services import Services
from actions.turn import Turn
from kit.replies import text

IDEA: Final = "idea"
#: The fact that keeps the words of the question before; they are offered, not taken.
SAID: Final = "said"
#: The choice of no place in particular.
_NOWHERE: Final = "nowhere"
#: Words are offered up to here.
_LONGEST_OFFER: Final = 120


class IdeaField(Words):
    """The idea."""

    def __init__(self) -> None:
        super().__init__("description", "ask_idea", "filing_idea", "filing_change_idea", opening=False)

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Offer the words that the question before had."""
        del services
        said = draft.value(SAID)
        if not said or len(said) > _LONGEST_OFFER:
            return None
        return Question("ask_idea", **choices({SAID: text("choice_idea_said", words=said)}))

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the words that were offered, or others."""
        said = draft.value(SAID)
        if said and (picked(turn, draft) == SAID or turn.intent == "affirm"):
            return Fact(said, said)
        return await super().taken(turn, draft, services)


class IdeaPlaceField(PlaceField):
    """What place it is for, if any."""

    def __init__(self) -> None:
        kinds = ("street", "address", "commune", "locality", "stop", "landmark")
        super().__init__(*kinds, question="ask_idea_place")

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the place that a message names, which may be a commune."""
        taken = await super().found(turn, draft, services)
        commune = turn.entity("commune")
        return taken if taken or commune is None else await self._find(commune, None, services)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the place, or that there is none."""
        settles = bool(draft.question and draft.question.memory)
        if picked(turn, draft) == _NOWHERE or (turn.intent == "deny" and not settles):
            return Fact(None)
        return await super().taken(turn, draft, services) or await self.found(turn, draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question, with the choice of no place."""
        return replace(super().asked(draft), **choices({_NOWHERE: text("choice_nowhere")}))
