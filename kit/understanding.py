"""What was understood of a message, and what came of it, as the Rasa server tells the gateway: no words of it.

``{intent, guess, second, confidence, typed, facts, commune, replies}`` for each question of a message. ``intent`` is
what was decided on, ``guess`` and ``second`` are the likeliest capabilities, ``confidence`` (0 to 1) is the first's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

from kit.wire import FALLBACK_INTENT

#: What came of a question. ``said``: it was no question but part of a talk (thanks, a fact, a yes).
Outcome = Literal["answered", "asked", "clarified", "not_understood", "out_of_scope", "handed_over", "failed", "said"]
OUTCOMES: Final = get_args(Outcome)

#: Which texts tell what came of it; whatever else is said is an answer.
_TEXTS: Final[dict[str, Outcome]] = {
    "did_you_mean_topic": "clarified",
    "which_topic": "clarified",
    "utter_not_understood": "not_understood",
    "utter_not_understood_again": "not_understood",
    "utter_found_instead": "not_understood",
    "utter_nothing_to_continue": "not_understood",
    "utter_fact_unknown": "not_understood",
    "utter_out_of_scope": "out_of_scope",
    "utter_known_elsewhere": "out_of_scope",
    "utter_something_wrong": "failed",
    "utter_city_unavailable": "failed",
}
#: How the ids of texts begin that ask for a fact.
_ASKING: Final = ("ask_", "which_", "did_you_mean_")
#: Intents that are no question to the city.
_TALK: Final = frozenset(
    {"affirm", "change_language", "deny", "feedback_negative", "feedback_positive", "goodbye", "greet", "inform"}
    | {"insult", "stop", "thank", "ask_repeat", "bot_challenge", "correct_input"}
)


def outcome(intent: str, replies: Sequence[str]) -> Outcome:
    """Return what came of a question from the texts that it was answered with."""
    told = [_TEXTS[each] for each in replies if each in _TEXTS]
    if told:
        return told[-1]
    if intent == FALLBACK_INTENT:
        return "answered" if replies else "not_understood"
    if intent in _TALK:
        return "said"
    if replies and all(each.startswith(_ASKING) for each in replies):
        return "asked"
    return "answered"
