"""The question which place is meant: its words by what is wrong with what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.cues import is_one_of
from actions.speech import ask, say
from kit.replies import Part, text

#: The yes-or-no question about a single place.
_GUESSES: Final = {"misspelt": "did_you_mean_one", "elsewhere": "place_elsewhere_one"}
_HERE: Final = Path(__file__).with_name("here_cues.yml")
_CHOICES: Final = {"misspelt": "did_you_mean_many", "elsewhere": "place_elsewhere"}


def which_place(problem: object, *, offered: int, total: int, guess: Part | None = None) -> Part:
    """Return the question; ``guess`` is the single place that a yes would take."""
    if problem in _GUESSES and guess:
        return text(_GUESSES[problem], place=guess)
    if problem in _CHOICES:
        return text(_CHOICES[problem])
    if total > offered:
        return text("which_of_many", count=total)
    return text("which_one", count=offered)


def say_which(say_to: CollectingDispatcher, question: Mapping[str, Any], options: Sequence[Part]) -> None:
    """Say the question that ``actions.places.resolution.open_question`` left, with a choice for each place."""
    guess = question.get("label") if question.get("yes") else None
    problem, total = question.get("problem"), int(question.get("total", 0))
    asked = which_place(problem, offered=len(options), total=total, guess=guess)
    both = [ask("choice_yes", "affirm"), ask("choice_no", "deny")]
    say(say_to, asked["id"], options=both if is_guess(asked) else options, **asked["params"])


def unknown_place(reply_id: str, query: str) -> Part:
    """Return that no place is called so; of "at home" or "here" that nobody here knows where that is."""
    return text("place_here_unknown") if is_one_of(query, _HERE, "here") else text(reply_id, query=query)


def is_guess(asked: Part) -> bool:
    """Tell whether a question is about a single place, and answered with a yes or a no."""
    return asked["id"] in _GUESSES.values()
