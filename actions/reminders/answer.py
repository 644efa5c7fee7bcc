"""Answers what is said about reminders: which there are, that they are stopped; a new one is asked for in the form."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import paragraphs
from actions.base import CityAction
from actions.filing.form import FORM
from actions.reminders.wishes import ALL, reminders, wish
from actions.speech import ask, payload, say
from actions.turn import Turn
from actions.waste.rounds import FRACTIONS
from kit.replies import Part, choice, listing, name, text
from kit.tasks import KeptReminder, stop_reminders
from kit.wire import REMINDER_ENTITY, REMINDER_INTENT

#: Most reminders with a choice of their own.
_MOST: Final = 4


class WasteReminder(CityAction):
    """Sets, lists and stops."""

    action_name = "action_waste_reminder"
    contact = "contact_waste"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Do what is wanted."""
        wanted, there = wish(turn), reminders(turn)
        if wanted == "set":
            return [SlotSet("last_question", REMINDER_INTENT), FollowupAction(FORM)]
        if not there:
            say(say_to, "reminder_none", options=[] if turn.form else [ask("choice_reminder_set", REMINDER_INTENT)])
        elif wanted == "list":
            _list("reminder_list", there, say_to)
        else:
            _stop(turn, there, say_to)
        return [] if turn.form else [SlotSet("last_question", REMINDER_INTENT)]


def stop_reminded(turn: Turn, say_to: CollectingDispatcher) -> bool:
    """Stop the reminder that was the last word, for who answers it with "stop"; False where there was none."""
    meant = [each for each in reminders(turn) if each["id"] == turn.kept.get("reminded")]
    if meant:
        _say_stopped(meant, say_to)
    return bool(meant)


def _stop(turn: Turn, there: list[KeptReminder], say_to: CollectingDispatcher) -> None:
    """Stop the one that was chosen, those of a bag that is named, or all; another address is chosen from the list."""
    chosen, bags = turn.entity(REMINDER_ENTITY), turn.entities("fraction")
    if chosen not in {None, ALL}:
        meant = [each for each in there if each["id"] == chosen]
    elif bags:
        meant = [each for each in there if each["fraction"] in bags]
    else:
        meant = there
    named_one = turn.entity("address") is not None and len(there) > 1
    if (meant and not named_one) or chosen == ALL:
        _say_stopped(meant, say_to)
    elif chosen:
        say(say_to, "reminder_stopped_before")
    else:
        _list("reminder_which", there, say_to)


def _say_stopped(stopped: list[KeptReminder], say_to: CollectingDispatcher) -> None:
    say(
        say_to,
        "reminder_stopped",
        lines=listing([_line(each) for each in stopped]),
        tasks=[stop_reminders([each["id"] for each in stopped])],
        options=[ask("choice_reminder_set", REMINDER_INTENT, address=stopped[0]["place"])],
    )


def _list(head: str, there: list[KeptReminder], say_to: CollectingDispatcher) -> None:
    options = [_stopping(text("choice_reminder_stop_one", reminder=_line(each)), each["id"]) for each in there[:_MOST]]
    if len(there) > 1:
        options.append(_stopping(text("choice_reminder_stop_all"), ALL))
    said = paragraphs([text(head, lines=listing([_line(each) for each in there])), text("reminder_how_to_stop")])
    say(say_to, said["id"], options=options, **said["params"])


def _stopping(label: Part, which: str) -> Part:
    return choice(label, payload(REMINDER_INTENT, **{REMINDER_ENTITY: which}))


def _line(reminder: KeptReminder) -> Part:
    """Return a reminder in a few words: where, which bag, when."""
    names, bag = reminder["name"], reminder["fraction"]
    place = name(names["fr"], names["nl"], names.get("en"))
    what = text(FRACTIONS[bag]) if bag in FRACTIONS else text("reminder_every_bag")
    if reminder["at"] is None:
        return text("reminder_line", place=place, what=what)
    return text("reminder_line_at", place=place, what=what, at=reminder["at"])
