"""Who says but "keep me posted" follows what was told last."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation.posted import posted
from actions.turn import Turn


def _turn(text: str, last: str, shown: dict[str, Any], **held: Any) -> Turn:
    message = {"text": text, "intent": {"name": "waste_reminder"}, "entities": []}
    events = [{"event": "user", "metadata": {"kept": held.pop("kept", {})}}]
    slots = {"last_question": last, "shown": shown, **held}
    return Turn(Tracker("id", slots, message, events, False, None, {}, "action_listen"))


@pytest.mark.parametrize("text", ["tenez-moi au courant", "hou me op de hoogte", "merci, keep me posted"])
@pytest.mark.parametrize(
    ("last", "shown", "action"),
    [
        ("permit_status", {"reference": "04/PU/1967213"}, "action_permit_status"),
        ("city_report_status", {"reference": "BXL-2026-00125"}, "action_report_status"),
        ("transport_disruptions", {"line": "71"}, "action_disruptions"),
    ],
)
def test_what_was_told_last_is_followed(text: str, last: str, shown: dict[str, str], action: str) -> None:
    led = posted(_turn(text, last, shown))
    assert led is not None
    assert led.action == action
    assert next(e["value"] for e in led.events if e.get("name") == "shown") == {"follow": "yes", **shown}


def test_after_departures_it_is_the_line() -> None:
    led = posted(_turn("keep me posted", "transport_next_departures", {"stop": "stop:1"}, line="81"))
    assert led is not None
    assert led.action == "action_disruptions"


def test_after_bin_days_it_is_a_reminder() -> None:
    led = posted(_turn("tenez-moi au courant", "waste_collection_day", {}))
    assert led is not None
    assert led.action == "filing_form"
    assert {e["name"]: e["value"] for e in led.events if e["event"] == "slot"} == {"last_question": "waste_reminder"}


def test_after_a_report_it_is_that_report() -> None:
    led = posted(_turn("tiens-moi au courant", "city_report_problem", {}, kept={"requests": ["BXL-2026-00900"]}))
    assert led is not None
    assert led.action == "action_report_status"


@pytest.mark.parametrize(
    ("text", "last", "shown"),
    [
        ("tenez-moi au courant", "waste_sorting", {}),
        ("tenez-moi au courant des poubelles", "permit_status", {"reference": "04/PU/1967213"}),
        ("où en est-on ?", "permit_status", {"reference": "04/PU/1967213"}),
        ("ne me tenez plus au courant, je ne veux plus suivre", "permit_status", {"reference": "04/PU/1967213"}),
        ("keep me posted", "transport_disruptions", {}),
    ],
    ids=["nothing to follow", "something named", "a question", "no more", "no line"],
)
def test_everything_else_is_left_as_it_is(text: str, last: str, shown: dict[str, str]) -> None:
    assert posted(_turn(text, last, shown)) is None
