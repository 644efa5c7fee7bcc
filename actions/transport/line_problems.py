"""Which line is meant, where that is not clear: the lines that there are, as choices."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.city.models import Line
from actions.places.resolution import MAX_CHOICES
from actions.speech import say
from actions.subject_places import changed
from actions.subjects import ASKED_FOR, Asked
from actions.transport.wording import line_label
from actions.turn import Turn
from kit.replies import choice, listing, text

#: What to say, by the façade's code: where there is something to choose from, and where there is nothing.
_SAID: Final = {
    "line_not_found": ("line_unknown_choose", "disruptions_line_unknown"),
    "line_ambiguous": ("line_several", "disruptions_line_unknown"),
    "line_not_at_stop": ("line_elsewhere", "line_elsewhere_none"),
}


def known_line(turn: Turn) -> str | None:
    """Return the line that the last answer was about, for a question that names none ("how often does it run?")."""
    shown = turn.memory("shown")
    line = shown.get("line") if ASKED_FOR not in shown else None  # one that was not clear is none
    return str(line) if line else None


def say_line_problem(error: CityProblemError, subject: str, asked: Asked, say_to: CollectingDispatcher) -> None:
    """Say it, and take the next line that is named; raises the error again where it is about something else."""
    if error.code not in _SAID:
        raise error
    lines = [Line.model_validate(each) for each in error.suggestions if each.get("short_name")]
    ids = [str(each.get("id") or each["short_name"]) for each in error.suggestions if each.get("short_name")]
    options = [
        choice(line_label(line), changed(asked, subject, line=each)) for line, each in zip(lines, ids, strict=True)
    ]
    choose, none = _SAID[error.code]
    params: dict[str, Any] = {"line": asked["line"]}
    if options and error.code == "line_not_at_stop":
        params["lines"] = listing([line_label(line) for line in lines[:8]], "and")
    if not options and error.code != "line_not_at_stop":
        params["contact"] = text("contact_transport")
    say(say_to, choose if options else none, options=options[:MAX_CHOICES], **params)
    asked[ASKED_FOR] = "line"
