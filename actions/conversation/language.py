"""Changes the language of the conversation, and says the last answer again in the new one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import topics
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
        """Set the language; the next action says so, because replies are rendered before an action's slots are set."""
        wanted = wanted_language(turn)
        if wanted is None:
            options = [choice(ENDONYMS[each], payload(turn.intent, language=each)) for each in LANGUAGES]
            say(say_to, "ask_language", options=options)
            return []
        return [SlotSet(LANGUAGE_SLOT, wanted)]


class RepeatAnswer(CityAction):
    """Says that the language has changed and calls for the last answer again; an open question its form asks again."""

    action_name = "action_repeat_answer"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, and call for what was said last."""
        if wanted_language(turn) is None:
            return []
        name = None if turn.form else last_said(turn)
        say(say_to, "utter_language_changed" if turn.form or name else "utter_language_changed_start")
        return [FollowupAction(name)] if name else []


def wanted_language(turn: Turn) -> Language | None:
    """Return the language that the latest message asks for; "I don't understand French" asks for the message's own."""
    named = as_language(turn.entity("language"))
    if named is None or "refused" not in labels_in(turn.text, _CUES):
        return named
    spoken = as_language(turn.entity(LANGUAGE_ENTITY))
    return spoken if spoken != named else None


class SayAgain(CityAction):
    """Calls for what was said last, for who asks to hear it again; an open question its form asks again."""

    action_name = "action_say_again"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Call for it, or say that there was nothing yet."""
        if turn.form:
            return []
        name = last_said(turn)
        if name is None:
            say(say_to, "utter_nothing_to_repeat", options=topics())
            return []
        return [FollowupAction(name)]
