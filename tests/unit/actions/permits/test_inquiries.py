"""Public inquiries near a place or in a commune: what is planned, the last day to react, and how."""

import httpx
import pytest

from tests.unit.actions import city_data

ACTION, INTENT = "action_public_inquiries", "permit_public_inquiries"


async def test_those_of_a_commune_are_told_with_last_day_reference_and_how_to_react(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "enquêtes à Ixelles", commune="Ixelles")
    (reply,) = done.said
    told = reply.part("inquiries_in")
    assert (told["count"], told["place"]["nl"]) == (5, "Elsene")
    lines = [params for name, params in reply.texts() if name == "inquiry_line"]
    assert lines[1]["planned"]["fr"] == "Un hôtel"
    assert lines[1]["closes"] == {"t": "date", "v": "2026-11-30", "style": "relative"}
    assert lines[1]["reference"] == "09/PU/1959901"
    assert reply.part("inquiry_line_heard")["date"]["v"] == "2026-12-15"
    assert reply.part("inquiries_more")["count"] == 1
    assert reply.part("inquiries_react")["how"]["fr"] == "Écrivez à la commune."
    assert facade.asked("/v1/permits/inquiries")[0]["place"] == "commune:ixelles"


async def test_each_is_on_the_map_and_its_dossier_is_offered(rasa):
    done = await rasa.run(ACTION, INTENT, commune="Ixelles", speaks="nl")
    (card,) = done.said[0].cards
    assert card["type"] == "places"
    assert card["rows"][1]["name"] == "Een hotel"
    assert card["rows"][1]["map"].startswith("https://www.openstreetmap.org/?mlat=50.80000&mlon=4.30000")
    assert card["rows"][0]["facts"][0] == {"label": "Laatste dag om te reageren", "day": "2026-11-24"}
    assert {"label": "Referentie", "text": "09/PU/1959900"} in card["rows"][0]["facts"]
    assert done.said[0].payloads[:2] == [
        '/permit_status{"reference": "09/PU/1959900"}',
        '/permit_status{"reference": "09/PU/1959901"}',
    ]


async def test_a_project_that_is_not_described_is_said_to_be(rasa):
    done = await rasa.run(ACTION, INTENT, address="rue Blaes 20")
    assert "inquiry_planned_unknown" in done.said[0].ids()
    assert done.said[0].part("inquiries_near")["count"] == 1
    assert '/permit_public_inquiries{"address": "commune:bruxelles"}' in done.said[0].payloads


async def test_where_none_is_open_it_is_said_and_the_whole_commune_offered(rasa):
    done = await rasa.run(ACTION, INTENT, address="rue de la Loi 16")
    assert "inquiries_none_near" in [done.said[0].id, *done.said[0].ids()]
    assert done.said[0].cards == []
    assert '/permit_public_inquiries{"address": "commune:bruxelles"}' in done.said[0].payloads
    assert (await rasa.run(ACTION, INTENT, commune="Jette")).said[0].id == "inquiries_none_in"


async def test_without_a_place_it_is_asked_for(rasa):
    done = await rasa.run(ACTION, INTENT, "des enquêtes dans mon quartier ?")
    assert done.ids == ["ask_inquiry_place"]
    given = await rasa.run(ACTION, "inform", "à Ixelles", slots=done.slots, commune="Ixelles")
    assert given.slots["shown"]["address"] == "commune:ixelles"


async def test_a_place_that_is_known_needs_no_question(rasa):
    done = await rasa.run(ACTION, INTENT, slots={"commune": "Ixelles"})
    assert done.slots["shown"] == {"address": "commune:ixelles"}


async def test_a_name_of_several_places_is_a_choice(rasa):
    done = await rasa.run(ACTION, INTENT, address="rue du Moulin")
    assert done.ids == ["which_one"]
    assert done.said[0].payloads[0].startswith("/permit_public_inquiries")


@pytest.mark.parametrize(("away", "ids"), [(0.0, ["inquiries_none_near"]), (0.02, ["did_you_mean_many"])])
async def test_places_that_lie_close_together_are_one_for_what_is_near(rasa, monkeypatch, away, ids):
    named = {place["id"]: place for place in city_data.PLACES}
    square = {**named["stop:flagey"], "id": "landmark:square", "kind": "landmark", "lat": 50.84 + away}
    monkeypatch.setattr(city_data, "PLACES", [*city_data.PLACES, square])
    done = await rasa.run(ACTION, INTENT, address="flagay")
    assert done.ids == ids


async def test_another_commune_goes_on_with_it(rasa):
    slots = {"last_question": INTENT, "shown": {"address": "street:1"}}
    assert (
        await rasa.run("action_follow_up", "inform", "et à Ixelles ?", slots=slots, commune="Ixelles")
    ).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et à Ixelles ?", slots=slots, commune="Ixelles")
    assert done.slots["shown"] == {"address": "commune:ixelles"}


async def test_a_place_that_is_gone_is_asked_for_anew(rasa):
    done = await rasa.run(ACTION, INTENT, address="street:999")
    assert done.ids == ["ask_inquiry_place"]


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, commune="Ixelles")
    assert done.ids == ["utter_city_unavailable"]


async def test_how_to_react_is_said_to_who_asks_where_there_is_none(rasa):
    told = {"last_question": INTENT, "shown": {"address": "rue Blaes 20", "claim": "react"}}
    done = await rasa.run(ACTION, "out_of_scope", "hoe kan ik bezwaar maken", slots=told)
    assert "inquiries_react" in done.said[0].ids()
