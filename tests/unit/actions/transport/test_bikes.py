"""Shared bikes and free docks near a place."""

import httpx
import pytest

ACTION, INTENT = "action_bike_share", "transport_bike_share"


def stations(said):
    """Return the stations named with their figures, in order."""
    told = ("bikes_nearest", "bikes_next", "bikes_line")
    return [params["station"]["fr"] for name, params in said.texts() if name in told]


async def test_a_station_without_bikes_leads_to_the_nearest_that_has_some(rasa, facade):
    done = await rasa.run(ACTION, INTENT, address="Flagey", stop="Flagey")
    (said,) = done.said
    assert facade.asked("/v1/transport/bike-stations")[0]["place"] == "stop:flagey"
    assert said.part("bikes_none_left")["away"]["params"] == {"metres": 60}
    assert stations(said) == ["Bailli", "Janson"]
    assert said.part("bikes_next")["away"]["params"] == {"metres": 640}
    assert (said.part("bikes_count"), said.part("docks_count")) == ({"count": 18}, {"count": 0})
    assert said.part("bikes_age") == {"count": 3}
    (card,) = said.cards
    assert [(row["name"], row["address"]) for row in card["rows"]] == [
        ("Bailli", "Vélos : 18, Places libres : 0"),
        ("Janson", "Vélos : 3, Places libres : 4"),
    ]
    assert card["rows"][0]["map"].startswith("https://www.openstreetmap.org/?mlat=50.8")


async def test_a_free_dock_is_found_where_one_is_wanted(rasa):
    done = await rasa.run(ACTION, INTENT, stop="Flagey", want="docks")
    assert stations(done.said[0]) == ["Flagey", "Janson"]
    assert done.said[0].payloads[0] == '/transport_bike_share{"address": "stop:flagey", "want": "bikes"}'


async def test_old_figures_are_said_to_be_of_their_day_and_unknown_docks_are_left_out(rasa):
    done = await rasa.run(ACTION, INTENT, address="Avenue de la Couronne")
    assert done.said[0].part("bikes_as_of")["day"]["v"] == "2026-11-23"
    assert "docks_count" not in done.said[0].ids()


@pytest.mark.parametrize(
    ("place", "want", "reply"),
    [
        ("Drève du Prieuré", "bikes", "bikes_none_near"),
        ("Rue de la Loi", "bikes", "bikes_none_with_bikes"),
        ("Rue de la Loi", "docks", "bikes_none_with_docks"),
    ],
)
async def test_that_there_is_none_is_said(rasa, place, want, reply):
    done = await rasa.run(ACTION, INTENT, address=place, want=want)
    assert reply in done.said[0].ids()
    assert ("bikes_age_unknown" in done.said[0].ids()) == (reply != "bikes_none_near")


async def test_the_place_is_asked_for_and_another_one_goes_on(rasa):
    asked = await rasa.run(ACTION, INTENT, "il reste des villo ?")
    assert asked.ids == ["ask_bikes_place"]
    slots = {"last_question": INTENT, "shown": asked.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "Flagey", slots=slots, stop="Flagey", address="Flagey")
    assert done.slots["shown"]["address"] == "stop:flagey"
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey", "want": "docks"}}
    moved = await rasa.run(ACTION, "inform", "et rue de la Loi ?", slots=slots, address="Rue de la Loi")
    assert moved.slots["shown"] == {"address": "street:2", "want": "docks"}


async def test_a_name_of_several_places_is_settled(rasa):
    done = await rasa.run(ACTION, INTENT, address="Rue du Moulin")
    assert '/transport_bike_share{"address": "street:3"}' in done.said[0].payloads


async def test_a_name_that_nothing_knows_is_asked_about(rasa):
    assert (await rasa.run(ACTION, INTENT, address="xyzzyx")).ids == ["bikes_place_unknown"]


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, stop="Flagey")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].payloads == ['/transport_bike_share{"stop": "Flagey"}']
