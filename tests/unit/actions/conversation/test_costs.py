"""A price that is asked of something told, or about to be, is said by the subject that knows it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation.costs import cost_of_the_last
from actions.turn import Turn

PARKING = "transport_parking_rules"


def _turn(
    text: str,
    *,
    last: str | None = None,
    form: str | None = None,
    intent: str = PARKING,
    shown: dict[str, Any] | None = None,
) -> Turn:
    message = {"text": text, "intent": {"name": intent}, "entities": []}
    slots = {"last_question": last, "shown": shown or {}}
    loop = {"name": form} if form else {}
    return Turn(Tracker("id", slots, message, [], False, None, loop, "action_listen"))


@pytest.mark.parametrize(
    "text", ["c'est gratuit ?", "et c'est combien ?", "is dat gratis?", "hoeveel kost dat", "is it free?"]
)
@pytest.mark.parametrize(
    ("last", "form", "action"),
    [
        ("transport_next_departures", None, "action_fares"),
        ("transport_plan_trip", None, "action_fares"),
        ("waste_collection_day", None, "action_bags_and_rules"),
        (None, "departures_form", "action_fares"),
        (None, "waste_collection_form", "action_bags_and_rules"),
        ("transport_plan_trip", "waste_collection_form", "action_bags_and_rules"),
        (None, "permit_procedure_form", "permit_procedure_form"),
    ],
)
def test_the_price_is_of_what_is_open_before_what_was_told(
    text: str, last: str | None, form: str | None, action: str
) -> None:
    led = cost_of_the_last(_turn(text, last=last, form=form))
    assert led is not None
    assert led.action == action


@pytest.mark.parametrize(
    "turn",
    [
        _turn("c'est gratuit de se garer ici ?", last="transport_next_departures"),
        _turn("is it free?", last=PARKING),
        _turn("is it free?"),
        _turn("is it free?", form="filing_form", last="transport_plan_trip"),
        _turn("c'est gratuit ?", last="transport_plan_trip", intent="stop"),
        _turn("c'est combien ?", last="transport_plan_trip", shown={"asked_for": "origin"}),
        _turn("the 81 at Flagey", last="transport_next_departures"),
    ],
)
def test_what_has_a_subject_of_its_own_or_answers_a_question_is_none(turn: Turn) -> None:
    assert cost_of_the_last(turn) is None


def test_of_a_procedure_not_named_yet_the_price_is_kept() -> None:
    led = cost_of_the_last(_turn("is dat gratis?", form="permit_procedure_form"))
    assert led is not None
    assert {"event": "slot", "timestamp": None, "name": "facet", "value": "cost"} in led.events
