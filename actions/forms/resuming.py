"""Going back to the question that another one came in the middle of."""

from __future__ import annotations

from collections.abc import Iterable

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.capabilities import CAPABILITIES
from actions.speech import say
from kit.replies import text


def resumed(left: str | None, own: str, events: Iterable[EventType], say_to: CollectingDispatcher) -> list[EventType]:
    """Say that the form ``left`` is open still and call for it, unless another question follows anyway."""
    if left is None or left == own or any(event["event"] == "followup" for event in events):
        return []
    capability = next((each for each in CAPABILITIES.values() if each.form == left), None)
    if capability is None:
        say(say_to, "back_to_request")
    else:
        say(say_to, "back_to_question", topic=text(capability.label))
    return [FollowupAction(left)]
