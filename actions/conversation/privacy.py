"""What is kept of a conversation: said, given as a copy, and erased after a yes."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import paragraphs
from actions.base import CityAction
from actions.speech import ask, say
from actions.subjects import ASKED_FOR
from actions.turn import Turn
from kit import tasks
from kit.replies import Part, listing, text

#: The entity of a choice that says yes or no to an erasure, and the open question's name.
CONFIRMED: Final = "confirmed"
_SUBJECT: Final = "delete_my_data"


class Privacy(CityAction):
    """Says what is kept, how long, why, and which rights there are."""

    action_name = "action_privacy"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        said = paragraphs([text("privacy_kept"), *_besides(turn), text("privacy_rights", contact=text(self.contact))])
        say(say_to, said["id"], options=_rights() if not turn.form else [], **said["params"])
        return []


class ExportMyData(CityAction):
    """Offers a copy of everything; the gateway gives it, to whoever has the conversation."""

    action_name = "action_export_data"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say what is in it."""
        options = [] if turn.form else [ask("choice_delete_data", "delete_my_data")]
        say(say_to, "export_ready", cards=[{"type": "export", "formats": ["text", "json"]}], options=options)
        return []


class DeleteMyData(CityAction):
    """Erases everything after a yes; any form that was open is left by the rule."""

    action_name = "action_delete_data"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Ask whether it is meant, or do it, or leave it."""
        said_yes = _said_yes(turn)
        if said_yes is None:
            said = paragraphs([text("delete_ask", what=listing(_erased(turn))), text("delete_sure")])
            options = [
                ask("choice_delete_yes", _SUBJECT, confirmed="yes"),
                ask("choice_delete_no", _SUBJECT, confirmed="no"),
            ]
            say(say_to, said["id"], options=options, **said["params"])
            return [
                SlotSet("last_question", _SUBJECT),
                SlotSet("shown", {ASKED_FOR: CONFIRMED}),
                SlotSet("pending", {"slot": CONFIRMED, "words": True}),
            ]
        if said_yes:
            say(say_to, "delete_begun", tasks=[tasks.erase()])
        else:
            say(say_to, "delete_left", options=[ask("choice_export_data", "export_my_data")])
        return [SlotSet("shown", None), SlotSet("pending", None)]


def _said_yes(turn: Turn) -> bool | None:
    """Return whether the erasure was confirmed: by a button at any time, in words as the answer to the question."""
    chosen = turn.entity(CONFIRMED)
    if chosen in {"yes", "no"}:
        return chosen == "yes"
    return {"affirm": True, "deny": False}.get(turn.intent) if turn.pending(CONFIRMED) else None


def _erased(turn: Turn) -> list[Part]:
    """Return what would be erased, a line each."""
    lines = [text("delete_messages")]
    references = turn.kept.get("requests")
    if references:
        lines.append(text("delete_requests", references=listing(references, "comma")))
    if turn.kept.get("subscriptions"):
        lines.append(text("delete_reminders"))
    return lines


def _besides(turn: Turn) -> list[Part]:
    """Return what is kept besides messages."""
    references = turn.kept.get("requests")
    said = [text("privacy_requests", references=listing(references, "comma"))] if references else []
    return [*said, text("privacy_reminders")] if turn.kept.get("subscriptions") else said


def _rights() -> list[Part]:
    return [ask("choice_export_data", "export_my_data"), ask("choice_delete_data", "delete_my_data")]
