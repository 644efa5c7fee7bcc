"""What asks more about the last answer goes back to it; what has a subject of its own does not."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.conversation.claims import claim_in, claimed
from actions.turn import Turn


def _turn(text: str, *, last: str, intent: str = "nlu_fallback", slots: dict[str, Any] | None = None) -> Turn:
    message = {"text": text, "intent": {"name": intent}, "entities": []}
    held = {"last_question": last, "shown": {"address": "street:1", "asked_for": "date"}, **(slots or {})}
    return Turn(Tracker("id", held, message, [], False, None, {}, "action_listen"))


@pytest.mark.parametrize(
    ("last", "text", "what"),
    [
        ("waste_container_park", "jusqu'à quelle heure ?", "until"),
        ("waste_container_park", "moet ik een afspraak maken", "not_known"),
        ("waste_container_park", "is it free?", "cost"),
        ("waste_container_park", "is dat open?", "until"),
        ("waste_container_park", "et c'est ouvert ?", "until"),
        ("waste_sorting", "and where is that?", "near"),
        ("waste_bags_and_rules", "en tot wanneer", "put_out"),
        ("city_commune_contact", "le numéro de téléphone ?", "phone"),
        ("waste_calendar", "kan dat op papier", "paper"),
    ],
)
def test_words_about_the_last_answer_are_heard_as_such(last: str, text: str, what: str) -> None:
    assert claim_in(_turn(text, last=last)) == what


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("waste_container_park", "combien coûte un ticket de tram ?"),
        ("waste_container_park", "wat kost een bewonerskaart"),
        ("city_commune_contact", "quel est le numéro de la police"),
        ("waste_sorting", "where is the nearest tram stop"),
        ("transport_fares", "until what time?"),
    ],
)
def test_a_message_with_a_subject_of_its_own_is_no_claim(last: str, text: str) -> None:
    assert claim_in(_turn(text, last=last)) is None


@pytest.mark.parametrize(
    ("text", "likely", "leads"),
    [
        ("wanneer vertrekt de laatste metro", 0.4, True),
        ("wanneer vertrekt de laatste metro", 0.01, False),
        ("wanneer vertrekt de volgende metro", 0.4, False),
    ],
)
async def test_the_last_departure_is_not_the_next(rasa, text, likely, leads):
    ranking = [("transport_next_departures", 0.6), ("transport_first_last", likely)]
    done = await rasa.run(
        "action_next_departures", "transport_next_departures", text, stop="Merode", mode="metro", ranking=ranking
    )
    assert (done.calls_for == "action_first_last") is leads
    if leads:
        assert done.slots["shown"] == {"words": text, "stop": "Merode", "mode": "metro"}


def test_a_claim_leads_to_the_answer_with_what_was_asked() -> None:
    led = claimed(_turn("tot hoe laat?", last="waste_container_park", intent="transport_first_last"))
    assert led is not None
    assert led.action == "action_container_park"
    shown = next(event["value"] for event in led.events if event.get("name") == "shown")
    assert shown == {"address": "street:1", "claim": "until"}


@pytest.mark.parametrize("intent", ["city_emergency", "stop", "waste_container_park"])
def test_some_messages_are_taken_for_what_they_are(intent: str) -> None:
    assert claimed(_turn("tot hoe laat?", last="waste_container_park", intent=intent)) is None


def test_while_a_form_waits_the_message_is_the_forms() -> None:
    waiting = {"requested_slot": "address"}
    assert claimed(_turn("tot hoe laat?", last="waste_container_park", slots=waiting)) is None


@pytest.mark.parametrize(
    "text", ["c'est combien l'amende pour un dépôt clandestin ?", "boete op sluikstorten", "fine for fly-tipping"]
)
def test_the_fine_of_a_dumping_is_a_rule_and_no_report(text: str) -> None:
    led = claimed(_turn(text, last="", intent="waste_illegal_dumping"))
    assert led is not None
    assert led.action == "action_bags_and_rules"


def test_the_report_of_a_dumping_is_a_report() -> None:
    assert claimed(_turn("il y a un dépôt clandestin rue Haute", last="", intent="waste_illegal_dumping")) is None


@pytest.mark.parametrize("text", ["et le suivant ?", "en de volgende?", "and the next one?"])
def test_after_the_last_departure_the_next_one_is_of_the_same_line_and_stop(text: str) -> None:
    told = {"shown": {"line": "81", "stop": "stop:5407"}}
    led = claimed(_turn(text, last="transport_first_last", slots=told))
    assert led is not None
    assert led.action == "departures_form"
    changed = {event["name"]: event["value"] for event in led.events if event["event"] == "slot"}
    assert (changed["line"], changed["stop"]) == ("81", "stop:5407")


def test_the_next_one_after_another_answer_is_not_a_departure() -> None:
    assert claimed(_turn("en de volgende?", last="waste_container_park")) is None
