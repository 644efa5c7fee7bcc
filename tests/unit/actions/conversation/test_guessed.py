"""A fact after "is it about …?" goes on with what was guessed."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation.guessed import goes_on_with_the_guess
from actions.turn import Turn

GUESS = {"slot": "intent", "yes": "city_participation", "facts": {}, "words": "how do I get involved"}


def _turn(text: str, entities: dict[str, str], pending: dict[str, Any], intent: str = "city_commune_contact") -> Turn:
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    message = {"text": text, "intent": {"name": intent}, "entities": found}
    events = [{"event": "user"}, {"event": "slot", "name": "pending"}, {"event": "user"}]
    return Turn(Tracker("id", {"pending": pending}, message, events, False, None, {}, "action_listen"))


def test_a_fact_of_the_guess_is_a_yes() -> None:
    led = goes_on_with_the_guess(_turn("Forest", {"commune": "Forest"}, GUESS))
    assert led is not None
    assert led.action == "action_participation"
    shown = next(each["value"] for each in led.events if each.get("name") == "shown")
    assert shown == {"words": "how do I get involved", "commune": "Forest"}


@pytest.mark.parametrize(
    ("text", "entities", "pending", "intent"),
    [
        ("Forest", {"commune": "Forest"}, {}, "inform"),
        ("the 81", {"line": "81"}, GUESS, "inform"),
        ("no", {}, GUESS, "deny"),
        ("opening hours of Forest town hall please", {"commune": "Forest"}, GUESS, "city_commune_contact"),
        ("Forest", {"commune": "Forest"}, {**GUESS, "yes": None}, "inform"),
    ],
    ids=["nothing was guessed", "another fact", "a no", "a question of its own", "two guesses"],
)
def test_everything_else_is_left_as_it_is(text, entities, pending, intent) -> None:
    assert goes_on_with_the_guess(_turn(text, entities, pending, intent)) is None
