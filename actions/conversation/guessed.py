"""A fact for the question that was guessed ("is it about …?"): it says yes by going on.

"Forest" after "Is your question about having a say in your commune?" is the commune of that question, not its counters.
"""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import FollowupAction, SlotSet

from actions.conversation.details import Led
from actions.subjects import SUBJECTS, WORDS
from actions.turn import Turn
from kit.wire import FALLBACK_INTENT, INFORM_INTENT

#: The slot name under which an open clarification stands in ``pending``.
SLOT: Final = "intent"
#: What a fact alone may be taken for.
_FACTS: Final = frozenset({INFORM_INTENT, FALLBACK_INTENT, "city_commune_contact", "out_of_scope"})
_FEW_WORDS: Final = 4


def goes_on_with_the_guess(turn: Turn) -> Led | None:
    """Return the answer that was guessed, where a few words give it a fact and nothing else."""
    guess = turn.asked_just_before(SLOT)
    subject = SUBJECTS.get(str(guess.get("yes") or ""))
    if subject is None or turn.intent not in _FACTS or len(turn.text.split()) > _FEW_WORDS:
        return None
    facts = {name: value for name, value in turn.facts().items() if name in subject.facts}
    if not facts:
        return None
    words = {WORDS: guess["words"]} if guess.get("words") else {}
    kept = {name: value for name, value in dict(guess.get("facts") or {}).items() if name in subject.facts}
    asked = SlotSet("shown", {**words, **kept, **facts})
    return Led(
        subject.answer,
        [SlotSet("last_question", subject.intent), asked, SlotSet("pending", None), FollowupAction(subject.answer)],
    )
