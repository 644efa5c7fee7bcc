"""Questions that name their procedure: a resident's card, parking for a move, an event."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.permits.forms import FORM
from actions.subjects import PROCEDURE
from actions.turn import Turn

#: Ids of the façade's procedures by intent.
_PROCEDURES: Final = {
    "permit_resident_parking": "resident_card",
    "permit_moving_parking": "moving_parking",
    "permit_event": "event",
}


class KnownProcedure(CityAction):
    """Calls for the explanation of the procedure that the question is about, and of the facet it asks for."""

    action_name = PROCEDURE

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Call for it."""
        del say_to
        procedure = _PROCEDURES.get(turn.intent) or _PROCEDURES[turn.slot("last_question") or ""]
        return [
            SlotSet("permit_type", procedure),
            SlotSet("facet", turn.entity("facet")),
            SlotSet("pending", None),
            FollowupAction(FORM),
        ]
