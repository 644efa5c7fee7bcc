"""A question with choices that any words may answer: a message that means one of them is an answer to it.

Short answers look like much else: "pour des vélos" like a question about bicycles, "I don't have the number" like one
for a telephone number. While such a question is open, what
answers it for certain goes to the action that asked, whatever it was taken for.
"""

from __future__ import annotations

from typing import Final

from actions.city.permits import Question
from actions.permits.choosing import answers_surely
from actions.permits.references import REFERENCE, has_none
from actions.subjects import ASKED_FOR, SUBJECTS
from actions.turn import Turn

#: The key of the open question in the slot ``pending``.
QUESTION: Final = "question"
#: Intents whose messages are taken for what they are: an emergency, another language, the last answer again.
_KEPT: Final = frozenset({"city_emergency", "change_language", "ask_repeat"})
#: Messages that are something else however short they are.
_TALK: Final = frozenset(
    {
        *("stop", "goodbye", "thank", "greet", "ask_help", "ask_human", "bot_challenge"),
        *("ask_privacy", "delete_my_data", "export_my_data"),
    }
)
#: Up to so many words are an answer ("dikke eik", "about 25 square metres"), unless they are likelier than this
#: something else.
_FEW_WORDS: Final = 4
_SURE: Final = 0.75
#: The fact under which an idea is offered to be noted, and the subject that offers it.
IDEA: Final = "idea"
_PARTICIPATION: Final = "city_participation"
#: Intents for which words of an idea are taken, and from how many words on they are one.
_IDEAS: Final = frozenset(
    {
        *("city_report_problem", "city_participation", "waste_illegal_dumping", "permit_infringement", "inform"),
        *("nlu_fallback", "out_of_scope", "correct_input", "permit_event", "permit_needed"),
    }
)
_A_SENTENCE: Final = 3


def answers_offer(turn: Turn) -> bool:
    """Tell whether a message puts an idea into words while one is offered to be noted: a sentence that asks nothing.

    "More benches on the square" looks like a problem to report.
    """
    offered = turn.slot("last_question") == _PARTICIPATION and bool(turn.asked_just_before(IDEA))
    words = turn.text.split()
    return offered and len(words) >= _A_SENTENCE and not turn.text.rstrip().endswith("?") and turn.intent in _IDEAS


def answered_action(turn: Turn) -> str | None:
    """Return the action whose open question the latest message answers for certain, or None."""
    subject, fact = SUBJECTS.get(turn.slot("last_question") or ""), turn.memory("shown").get(ASKED_FOR)
    if subject is None or not fact or turn.intent in _KEPT or not turn.text:
        return None
    if answers_offer(turn):
        return subject.answer
    asked = turn.asked_just_before(str(fact))
    if fact == REFERENCE and asked and has_none(turn.text):
        return subject.answer
    question = asked.get(QUESTION)
    if not question:
        return None
    answers = answers_surely(Question.model_validate(question), turn.text) or _is_hardly_anything_else(turn)
    return subject.answer if answers else None


def _is_hardly_anything_else(turn: Turn) -> bool:
    """Tell whether a message is too short to be taken for another question, unless it is one for sure."""
    sure = max((likely for _, likely in turn.ranking()), default=1.0)
    return (
        turn.intent not in _TALK
        and (sure < _SURE or _is_a_measure(turn))
        and len(turn.text.split()) <= _FEW_WORDS
        and not turn.text.rstrip().endswith("?")
    )


def _is_a_measure(turn: Turn) -> bool:
    """Tell whether what looks like an insult has a number: "35 cm thick"."""
    return turn.intent == "insult" and any(each.isdigit() for each in turn.text)
