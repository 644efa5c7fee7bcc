"""Changes the language of the conversation, and says the last answer again in the new one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.conversation.history import last_said
from actions.cues import labels_in
from actions.speech import payload, say
from actions.turn import Turn
from kit.languages import ENDONYMS, LANGUAGES, Language, as_language
from kit.replies import choice
from kit.wire import LANGUAGE_ENTITY, LANGUAGE_SLOT

_CUES: Final = Path(__file__).with_name("language_cues.yml")


class ChangeLanguage(CityAction):
    """Takes the language that was asked for, or asks which."""

    action_name = "action_change_language"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it in the new language: the slot is set before the reply is rendered."""
        wanted = wanted_language(turn)
        if wanted is None:
            options = [choice(ENDONYMS[each], payload(turn.intent, language=each)) for each in LANGUAGES]
            say(say_to, "ask_language", options=options)
            return []
        goes_on = turn.form is not None or last_said(turn) is not None
        say(say_to, "utter_language_changed" if goes_on else "utter_language_changed_start")
        return [SlotSet(LANGUAGE_SLOT, wanted)]


class RepeatAnswer(CityAction):
    """Calls for the last answer again. An open question comes back by itself: its form asks it again."""

    action_name = "action_repeat_answer"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Call for what was said last."""
        del say_to
        if turn.form or wanted_language(turn) is None:
            return []
        name = last_said(turn)
        return [FollowupAction(name)] if name else []


def wanted_language(turn: Turn) -> Language | None:
    """Return the language that the latest message asks for; "I don't understand French" asks for the message's own."""
    named = as_language(turn.entity("language"))
    if named is None or "refused" not in labels_in(turn.text, _CUES):
        return named
    spoken = as_language(turn.entity(LANGUAGE_ENTITY))
    return spoken if spoken != named else None
