"""Drop-off points: the nearest for what is brought, with distance, map and what to know."""

import httpx
import pytest

ACTION, INTENT = "action_drop_off_points", "waste_drop_off_points"
POINTS = "/v1/waste/drop-off-points"


async def test_the_nearest_points_are_said_with_distance_map_and_what_to_know(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "bulle à verre près de Flagey", address="Flagey", stop="Flagey")
    (reply,) = done.said
    near = reply.part("points_near")
    assert near["what"]["id"] == "material_glass"
    assert len(near["lines"]["items"]) == 2
    assert reply.part("point_away")["away"] == {"t": "reply", "id": "away_m", "params": {"metres": 350}}
    assert reply.part("point_line")["url"] == "https://www.openstreetmap.org/?mlat=50.86010&mlon=4.36220&zoom=17"
    notes = [each["fact"]["fr"] for name, each in reply.texts() if name == "waste_item_fact"]
    assert notes == ["Sans bouchon."]
    assert facade.asked(POINTS) == [{"lang": "fr", "place": "stop:flagey", "material": "glass", "limit": "3"}]
    assert done.slots["shown"] == {"address": "stop:flagey", "material": "glass"}


@pytest.mark.parametrize(
    ("written", "material"),
    [
        ("où jeter l'huile de friture", "oil"),
        ("waar kan ik mijn oude kleren kwijt", "clothes"),
        ("somewhere for dead batteries", "batteries"),
        ("un vieux grille-pain", "electricals"),
        ("waar is de glasbol", "glass"),
        ("old paint", "chemicals"),
    ],
)
async def test_what_is_brought_is_read_from_the_question(rasa, written, material):
    done = await rasa.run(ACTION, INTENT, written)
    assert done.slots["shown"]["material"] == material


async def test_without_a_material_it_is_asked_for_with_choices_that_keep_the_place(rasa):
    done = await rasa.run(ACTION, INTENT, "où déposer cela près de Flagey ?", address="Flagey")
    assert done.ids == ["ask_material"]
    assert '/waste_drop_off_points{"address": "Flagey", "material": "oil"}' in done.said[0].payloads
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "du verre", slots=slots)
    assert "points_near" in done.said[0].ids()


async def test_without_a_place_it_is_asked_for_and_what_is_brought_stays_known(rasa):
    done = await rasa.run(ACTION, INTENT, "où est la bulle à verre la plus proche ?")
    assert done.ids == ["ask_near_where"]
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "Flagey", slots=slots, address="Flagey", stop="Flagey")
    assert done.said[0].part("points_near")["what"]["id"] == "material_glass"


async def test_a_place_known_from_another_question_is_taken(rasa, facade):
    await rasa.run(ACTION, INTENT, "glasbol", slots={"stop": "Flagey"})
    assert facade.asked(POINTS)[0]["place"] == "stop:flagey"


async def test_the_commune_says_which_of_several_streets(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "glasbol Molenstraat", address="Molenstraat")
    assert done.ids == ["which_one"]
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    await rasa.run(ACTION, "inform", "in Evere", slots=slots, commune="Evere")
    assert facade.asked(POINTS)[0]["place"] == "street:4"


async def test_a_misspelt_place_is_guessed_and_a_yes_takes_it(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "glasbol flajey", address="flajey")
    assert done.ids == ["did_you_mean_one"]
    slots = {"last_question": INTENT, **done.slots}
    yes = await rasa.run("action_affirm", "affirm", "oui", slots=slots, after=[{"event": "slot", "name": "pending"}])
    assert yes.calls_for == ACTION
    await rasa.run(ACTION, "affirm", "oui", slots={**slots, **yes.slots})
    assert facade.asked(POINTS)[0]["place"] == "stop:flagey"


async def test_other_things_and_other_places_go_on_with_it(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey", "material": "glass"}}
    assert (await rasa.run("action_follow_up", "inform", "et les piles ?", slots=slots)).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et les piles ?", slots=slots)
    assert done.said[0].part("point_line_open")["state"]["id"] == "point_closed_now"
    await rasa.run(ACTION, "inform", "et à Uccle ?", slots=slots, commune="Uccle")
    assert [each["place"] for each in facade.asked(POINTS)] == ["stop:flagey", "commune:uccle"]
    assert facade.asked(POINTS)[1]["material"] == "glass"


async def test_no_point_for_it_gives_the_agencys_number(rasa):
    done = await rasa.run(ACTION, INTENT, "vêtements", address="Flagey")
    assert done.ids == ["points_none"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


async def test_the_card_is_titled_by_what_is_brought_and_where(rasa):
    (card,) = (await rasa.run(ACTION, INTENT, "glasbol", speaks="nl", address="Flagey")).said[0].cards
    assert card["title"] == "Glas (flessen, bokalen) · Flagey"
    assert [row["distance_m"] for row in card["rows"]] == [348, 448]


async def test_it_is_said_again_in_another_language(rasa):
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey", "material": "glass"}}
    done = await rasa.run(ACTION, "change_language", "in het Nederlands", speaks="nl", slots=slots)
    assert "Glasbol" in str(done.said[0].part("points_near"))


async def test_the_facade_that_is_down_gives_the_agencys_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "glasbol", address="Flagey")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


async def test_a_thing_of_the_guide_says_what_is_brought(rasa):
    done = await rasa.run(ACTION, INTENT, "où porter ceci ?", address="Flagey", waste_item="glass_jar")
    assert done.slots["shown"] == {"address": "stop:flagey", "material": "glass"}


async def test_a_thing_that_no_point_takes_is_asked_about(rasa):
    assert (await rasa.run(ACTION, INTENT, "où ?", waste_item="drinking_glass")).ids == ["ask_material"]
