"""Asking which procedure it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.answering import AskSlot, way_out
from actions.forms.validating import FormValidator
from actions.ordinals import ordinal
from actions.permits.lookup import Named, procedures
from actions.permits.offers import offers
from actions.places.resolution import MAX_CHOICES
from actions.speech import inform, say
from actions.turn import ANOTHER, Turn

CAPABILITY: Final = "permit_procedure"
FORM: Final = "permit_procedure_form"

#: A text longer than this is not said back.
_PASTED: Final = 60


class ValidatePermitProcedureForm(FormValidator):
    """Fills the procedure with its id."""

    action_name = f"validate_{FORM}"
    form, slot, capability = FORM, "permit_type", CAPABILITY

    async def open(self, turn: Turn, value: str | None) -> list[EventType]:
        """Take the procedure asked about; a detail on its own ("how much?") is about the one shown before."""
        continues = turn.slot("last_question") == CAPABILITY and turn.entity_names() & {"facet", "commune"}
        if not value and continues:
            value = turn.memory("shown").get("permit_type")
        if not value or value == ANOTHER:
            return self.unfilled(None)
        return await self._find(turn, value)

    async def fill(self, turn: Turn, value: str) -> list[EventType]:
        """Take a procedure that was chosen, or find the one that was described."""
        options = turn.memory("pending").get("options") or []
        chosen = ordinal(turn.text, len(options))
        if chosen is not None:
            return self.filled(str(options[chosen]["id"]))
        return await self._find(turn, value)

    async def _find(self, turn: Turn, value: str) -> list[EventType]:
        city, languages = self.services.city, turn.languages
        if value in {each.id for each in await procedures(city, None, languages)}:
            return self.filled(value)
        found = await procedures(city, value, languages)
        if len(found) == 1:
            return self.filled(found[0].id)
        if found:
            return self.unfilled({"slot": self.slot, "problem": "several", "options": _options(found)})
        if turn.entity_names() and not turn.entity(self.slot):
            return self.unfilled(turn.memory("pending") or None)  # another fact; it is kept in its own slot
        query = value if len(value) <= _PASTED else ""
        return self.refused(turn, {"slot": self.slot, "problem": "not_found", "query": query})


class AskPermitType(AskSlot):
    """Asks which procedure it is about, with those asked for most as choices."""

    action_name = "action_ask_permit_type"
    slot = "permit_type"

    async def question(self, turn: Turn, pending: dict[str, Any], say_to: CollectingDispatcher) -> None:
        """Say the question."""
        problem = pending.get("problem")
        if problem == "several":
            options = [inform(item["label"], permit_type=item["id"]) for item in pending["options"]]
            say(say_to, "ask_permit_type", options=options)
            return
        known = {each.id: each for each in await procedures(self.services.city, None, turn.languages)}
        common = [known[each] for each in offers().procedures if each in known] or list(known.values())
        options = [inform(each.label, permit_type=each.id) for each in common[:MAX_CHOICES]]
        if problem == "not_found" and pending.get("query"):
            if int(pending.get("tries", 0)) > 1:
                options = [*options[: MAX_CHOICES - 2], *way_out()]
            say(say_to, "permit_not_found", query=str(pending["query"]), options=options)
        elif problem == "gone":
            say(say_to, "permit_gone", options=options)
        else:
            say(say_to, "ask_permit_type", options=options)


def _options(found: Sequence[Named]) -> list[dict[str, Any]]:
    return [{"id": each.id, "label": each.label} for each in found[:MAX_CHOICES]]
