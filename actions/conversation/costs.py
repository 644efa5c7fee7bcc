"""What asks for a price of something told, or about to be told, whose price another subject knows.

"Is it free?" looks like parking. After the departures at a stop, or while the form asks at which one, it is about the
ticket; beside bin days about the bags. Which subject knows whose price is in ``costs.yml``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml
from rasa_sdk.events import FollowupAction, SlotSet

from actions.capabilities import CAPABILITIES
from actions.conversation.claims import CLAIM, KEPT, only_asks
from actions.conversation.details import FACET, Led
from actions.subjects import ASKED_FOR, FILE, SUBJECTS
from actions.turn import Turn

_FILE: Final = Path(__file__).with_name("costs.yml")
_ASKED: Final = "asked"
#: How a price is called among the facets of a procedure, and among the rules about bags.
_COST: Final = "cost"
_PRICE: Final = "price"


def cost_of_the_last(turn: Turn) -> Led | None:
    """Return the answer that knows the price which a message asks for and names nothing that it would be of."""
    knows = _knows().get(_about(turn) or "")
    if knows is None or turn.intent in {*KEPT, knows} or turn.form == FILE or _is_asked_for_words(turn):
        return None
    if not asks_cost(turn):
        return None
    subject = SUBJECTS.get(knows)
    if subject is not None:
        told = [SlotSet("last_question", knows), SlotSet("shown", {CLAIM: _PRICE})]
        return Led(subject.answer, [*told, FollowupAction(subject.answer)])
    form = CAPABILITIES[knows].form
    facet = [SlotSet(FACET, _COST)] if FACET in CAPABILITIES[knows].facts else []
    return Led(form, [*facet, FollowupAction(form)]) if turn.form == form else None


def asks_cost(turn: Turn) -> bool:
    """Tell whether a message asks for a price and for nothing else."""
    return only_asks(turn, {_COST: _words()}) is not None


def _about(turn: Turn) -> str | None:
    """Return the question that is open, or the one answered last."""
    opened = next((each.intent for each in CAPABILITIES.values() if each.form == turn.form), None)
    return opened or turn.slot("last_question")


def _is_asked_for_words(turn: Turn) -> bool:
    """Tell whether the last answer asked for something, and the message may be it."""
    return turn.form is None and ASKED_FOR in turn.memory("shown")


@cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def _words() -> list[str]:
    return _lists()[_ASKED]


@cache
def _knows() -> dict[str, str]:
    return {about: knows for knows, them in _lists().items() if knows != _ASKED for about in them}
