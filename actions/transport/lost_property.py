"""Answers where and how to report what was lost, by operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, say_answer, spoken, together
from actions.city.errors import CityProblemError
from actions.city.mobility_models import LostProperty, LostPropertyOffices
from actions.city.models import Name
from actions.cues import labels_in
from actions.speech import named, payload
from actions.subject_answers import SubjectAnswer
from actions.subject_places import ask_for
from actions.subjects import WORDS, Asked
from actions.turn import Turn
from kit.languages import Language
from kit.replies import Part, amount, choice, day, text

SUBJECT: Final = "transport_lost_property"
OPERATOR: Final = "operator"

_CUES: Final = Path(__file__).with_name("lost_cues.yml")


class LostThings(SubjectAnswer):
    """Says it for the operator named, or the largest that runs what is named; the others are choices."""

    action_name = "action_lost_property"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say where to report it, or ask with whom the resident travelled."""
        operator, mode = asked.get(OPERATOR), asked.get("mode")
        try:
            found = {each: await self._offices(operator, mode, each) for each in turn.languages}
        except CityProblemError as error:
            if error.code != "operator_not_found":
                raise
            asked.pop(OPERATOR, None)
            known = [(str(each["id"]), Name.model_validate(each["name"])) for each in error.suggestions]
            ask_for(say_to, asked, OPERATOR, "operator_unknown", _choices(known))
            return []
        first = next(iter(found.values()))
        operators = [(each.id, each.name) for each in first.items]
        if not (operator or mode or asked.get("line")):
            ask_for(say_to, asked, OPERATOR, "ask_operator", _choices(operators))
            return []
        offices = {each: page.items[0] for each, page in found.items()}
        said = [*_found(asked), *_sentences(offices)]
        card = _card(first.items[0], turn.language)
        say_answer(say_to, said, first, cards=[card], options=_choices(operators[1:]), url=first.items[0].url)
        return []

    async def _offices(self, operator: str | None, mode: str | None, language: Language) -> LostPropertyOffices:
        mode = None if operator else mode  # who is named runs what is named
        found = await self.services.city.lost_property(operator=operator, mode=mode, language=language)
        if found.items:
            return found
        return await self.services.city.lost_property(operator=None, mode=None, language=language)  # no such mode


def _found(asked: Asked) -> list[Part]:
    return [text("lost_found")] if "found" in labels_in(asked.get(WORDS, ""), _CUES) else []


def _choices(operators: Sequence[tuple[str, Name]]) -> list[Part]:
    return [choice(named(called), payload(SUBJECT, **{OPERATOR: operator})) for operator, called in operators]


def _sentences(offices: Mapping[Language, LostProperty]) -> list[Part]:
    first = next(iter(offices.values()))
    how = merged({each: office.how for each, office in offices.items()})
    ways = [text("lost_fee", price=amount(first.fee_eur))] if first.fee_eur is not None else []
    if first.phone:
        ways.append(text("lost_phone", phone=first.phone))
    ways.append(text("lost_site", url=first.url))
    said = [
        text("lost_how", operator=named(first.name), how=how),
        text("lost_fact", fact=merged({each: office.collect for each, office in offices.items()})),
        together(ways),
    ]
    if first.may_have_changed:
        said.append(text("lost_may_have_changed", since=day(first.valid_from, "date")))
    return said


def _card(office: LostProperty, language: Language | None) -> dict[str, Any]:
    name = spoken(office.name, language)
    return {"type": "contact", "name": name, "phone": office.phone, "website": office.url, "hours": []}
