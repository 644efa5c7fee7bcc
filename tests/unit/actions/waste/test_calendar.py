"""The collection calendar: a file and a link for an address, and what is asked where the address is not clear."""

import httpx
import pytest

from actions.city.client import HttpCity
from actions.registry import executor
from actions.services import Services
from actions.settings import ActionSettings
from kit.clock import FixedClock
from tests.unit.actions.dispatch import Rasa
from tests.unit.actions.facade import NOW

ACTION, INTENT = "action_waste_calendar", "waste_calendar"
LINK = "http://127.0.0.1:8000/calendar/collections.ics?place=address:1:20&lang=fr"


async def test_a_link_that_stays_current_and_a_file_for_an_address(rasa):
    done = await rasa.run(ACTION, INTENT, "le calendrier pour la rue Blaes 20", address="rue Blaes 20")
    (reply,) = done.said
    assert reply.part("calendar_link")["url"] == LINK
    assert reply.part("calendar_file")["url"] == f"{LINK}&download=true"
    assert reply.part("calendar_paper")["contact"]["id"] == "contact_waste"
    (card,) = reply.cards
    assert card == {
        "type": "calendar",
        "name": "Rue Blaes 20",
        "subscribe": LINK.replace("http:", "webcal:"),
        "file": f"{LINK}&download=true",
    }
    assert done.slots["shown"] == {"address": "address:1:20"}
    assert reply.source["name"] == "Test feed"


async def test_the_link_is_in_the_language_and_for_the_bag_that_was_asked_about(rasa):
    done = await rasa.run(ACTION, INTENT, "kalender", speaks="nl", address="rue Blaes 20", fraction="yellow")
    assert done.said[0].part("calendar_link")["url"].endswith("?place=address:1:20&lang=nl&fraction=yellow")


async def test_the_address_is_asked_for_and_then_the_house_number(rasa):
    done = await rasa.run(ACTION, INTENT, "je veux le calendrier")
    assert done.ids == ["ask_address"]
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "rue Blaes", slots=slots, address="rue Blaes")
    assert done.ids == ["ask_house_number"]
    slots["shown"] = done.slots["shown"]
    assert (await rasa.run("action_follow_up", "inform", "20", slots=slots, line="20")).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "20", slots=slots, line="20")
    assert done.said[0].part("calendar_link")["url"] == LINK


async def test_another_street_with_its_number_is_no_number_of_the_street_before(rasa):
    slots = {"last_question": INTENT, "shown": {"address": "street:1", "street": "street:1", "asked_for": "address"}}
    done = await rasa.run(ACTION, "inform", "rue de la Loi 16", slots=slots, address="rue de la Loi 16")
    assert "place=address:2:16" in done.said[0].part("calendar_link")["url"]


async def test_an_address_known_from_another_question_is_taken(rasa):
    done = await rasa.run(ACTION, INTENT, "le calendrier", slots={"address": "address:1:20"})
    assert done.said[0].part("calendar_link")["url"] == LINK


@pytest.mark.parametrize("entities", [{}, {"line": "22"}, {"time": "22"}])
async def test_a_number_alone_corrects_the_house_number(rasa, entities):
    slots = {"last_question": INTENT, "shown": {"address": "address:1:20"}}
    follow_up = await rasa.run("action_follow_up", "correct_input", "non, le 22", slots=slots, **entities)
    assert follow_up.calls_for == ACTION
    done = await rasa.run(ACTION, "correct_input", "non, le 22", slots=slots, **entities)
    assert done.slots["shown"] == {"address": "address:1:22"}


async def test_a_number_that_does_not_exist_is_asked_again(rasa):
    slots = {"last_question": INTENT, "shown": {"address": "address:1:20"}}
    done = await rasa.run(ACTION, "inform", "au 999", slots=slots)
    assert done.ids == ["house_number_unknown"]
    slots["shown"] = done.slots["shown"]
    done = await rasa.run(ACTION, "inform", "20", slots=slots)
    assert done.said[0].part("calendar_link")["url"] == LINK


async def test_an_ambiguous_street_is_a_choice(rasa):
    done = await rasa.run(ACTION, INTENT, "calendrier rue du Moulin", address="rue du Moulin")
    assert done.said[0].payloads == ['/waste_calendar{"address": "street:3"}', '/waste_calendar{"address": "street:4"}']


async def test_a_street_without_rounds_asks_for_another(rasa):
    done = await rasa.run(ACTION, INTENT, "Drève du Prieuré", address="Drève du Prieuré")
    assert done.ids == ["address_without_rounds"]


async def test_a_stop_is_looked_for_by_its_name_among_streets(rasa):
    done = await rasa.run(ACTION, INTENT, "calendrier", address="stop:flagey")
    assert done.ids == ["address_not_found"]


async def test_another_address_is_asked_for(rasa):
    assert (await rasa.run(ACTION, INTENT, address="?")).ids == ["ask_address"]


async def test_the_facade_that_is_down_gives_the_agencys_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "calendrier", address="rue Blaes 20")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


async def test_of_a_commune_the_street_is_asked_for_and_found_in_it(rasa):
    done = await rasa.run(ACTION, INTENT, "calendrier Evere", commune="Evere")
    assert done.ids == ["ask_street_in_commune"]
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "rue du Moulin", slots=slots, address="rue du Moulin")
    assert done.slots["shown"] == {"address": "street:4"}


async def test_the_link_is_at_the_address_at_which_residents_reach_the_assistant(client):
    services = Services(city=HttpCity(client), clock=FixedClock(NOW), public_url="https://chat.example/assistant")
    done = await Rasa(executor(services)).run(ACTION, INTENT, address="address:1:20")
    link = done.said[0].part("calendar_link")["url"]
    assert link.startswith("https://chat.example/assistant/calendar/collections.ics?")
    assert done.said[0].cards[0]["subscribe"].startswith("webcal://chat.example/assistant/")


@pytest.mark.parametrize("address", ["chat.example", "ftp://chat.example", "https://", "https://chat example"])
def test_an_address_that_is_none_does_not_start_the_server(address):
    with pytest.raises(ValueError, match="public_url"):
        ActionSettings(public_url=address)


@pytest.mark.parametrize(("at", "rings"), [("20:00", "alarm_at=20:00"), (None, "alarm=0")])
async def test_it_rings_as_the_reminder_for_that_address_does(rasa, at, rings):
    names = {"fr": "Rue Blaes 20", "nl": "Blaesstraat 20", "en": "Rue Blaes 20"}
    reminder = {"id": "r", "kind": "collections", "subject": "address:1:20", "name": names, "fraction": None}
    kept = {"subscriptions": [{**reminder, "at": at, "quiet": None}]}
    (reply,) = (await rasa.run(ACTION, INTENT, address="address:1:20", kept=kept)).said
    assert reply.part("calendar_link")["url"] == f"{LINK}&{rings}"
