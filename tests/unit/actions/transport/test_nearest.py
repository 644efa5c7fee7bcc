"""The stops nearest to a place: how far, which lines, where on the map."""

import httpx
import pytest

ACTION, INTENT = "action_nearest_stop", "transport_nearest_stop"
PATH = "/v1/transport/stops/near"
M150 = {"t": "reply", "id": "length_m", "params": {"metres": 150}}
KM1_1 = {"t": "reply", "id": "length_km", "params": {"km": 1.1}}


async def test_the_nearest_stop_is_said_with_the_walk_its_lines_and_the_map(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "l'arrêt le plus proche de la rue Blaes 20", address="rue Blaes 20")
    (reply,) = done.said
    first = reply.part("nearest_first")
    assert (first["stop"]["fr"], first["kind"]["id"]) == ("Flagey", "nearest_stop")
    assert first["walk"] == {"t": "reply", "id": "nearest_walk", "params": {"count": 2, "length": M150}}
    line = reply.part("nearest_line")
    assert line["line"]["params"] == {"line": "81"}
    assert [each["fr"] for each in line["headsigns"]["items"]] == ["Montgomery", "Renard"]
    assert "mlat=50.82770&mlon=4.37220" in reply.part("on_the_map")["url"]
    assert reply.source["name"] == "Test feed"
    assert facade.asked(PATH) == [{"place": "address:1:20", "max_walk_m": "3000", "limit": "3"}]


async def test_the_others_follow_each_with_its_walk_lines_and_map(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, address="rue Blaes 20")).said
    other = reply.part("nearest_other")
    assert (other["stop"]["fr"], other["walk"]["params"]) == ("Merode", {"count": 14, "length": KM1_1})
    assert [each["id"] for each in other["lines"]["items"]] == ["mode_tram", "mode_metro"]
    assert "mlat=50.83940" in other["map"]["params"]["url"]


async def test_a_card_shows_them_and_departures_from_each_are_offered(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, address="rue Blaes 20", speaks="nl")).said
    (card,) = reply.cards
    assert (card["type"], card["title"]) == ("places", "De dichtstbijzijnde halte")
    assert [(row["name"], row["address"], row["distance_m"]) for row in card["rows"]] == [
        ("Flagey", "tram 81", 154),
        ("Merode", "tram 81, metro 6", 1090),
    ]
    assert reply.payloads == [
        '/transport_next_departures{"stop": "stop:flagey"}',
        '/transport_next_departures{"stop": "stop:merode"}',
    ]


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("welke tramhalte ligt het dichtst bij de Wetstraat", "tram"),
        ("closest metro to the Wetstraat", "metro"),
        ("où est la station de métro la plus proche", "metro"),
    ],
)
async def test_the_kind_of_vehicle_narrows_it(rasa, facade, written, mode):
    (reply,) = (await rasa.run(ACTION, INTENT, written, address="Wetstraat", mode=mode)).said
    assert reply.part("nearest_first")["kind"]["id"] == f"nearest_{mode}"
    assert facade.asked(PATH)[0]["mode"] == mode


async def test_the_stops_of_one_line_are_those_that_it_serves(rasa, facade):
    (reply,) = (await rasa.run(ACTION, INTENT, "le 6 le plus proche", address="Wetstraat", line="6")).said
    assert reply.part("nearest_first")["stop"]["fr"] == "Merode"
    assert "nearest_other" not in reply.ids()
    done = await rasa.run(ACTION, INTENT, "le 999 le plus proche", address="Wetstraat", line="999")
    assert (done.ids, done.said[0].payloads) == (
        ["line_unknown_choose"],
        ['/transport_nearest_stop{"line": "t81", "address": "street:2"}'],
    )


async def test_a_landmark_is_found_in_the_words(rasa, facade):
    await rasa.run(ACTION, INTENT, "quel arrêt près de l'Atomium ?")
    assert facade.asked(PATH)[0]["place"] == "landmark:atomium"


async def test_a_name_of_a_stop_and_a_square_is_that_place(rasa, facade):
    await rasa.run(ACTION, INTENT, "arrêt près de Flagey", address="Flagey", stop="Flagey")
    assert facade.asked(PATH)[0]["place"] == "stop:flagey"


async def test_the_place_that_is_known_is_taken_where_none_is_named(rasa, facade):
    await rasa.run(ACTION, INTENT, "l'arrêt le plus proche ?", slots={"address": "street:1"})
    assert facade.asked(PATH)[0]["place"] == "street:1"


async def test_without_a_place_it_is_asked_for_and_the_answer_is_taken(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "nearest tram stop?", mode="tram")
    assert (done.ids, done.slots["shown"]) == (["ask_place_near"], {"mode": "tram", "asked_for": "address"})
    assert (await rasa.run("action_follow_up", "inform", "I am at the Atomium", slots=done.slots)).calls_for == ACTION
    await rasa.run(ACTION, "inform", "I am at the Atomium", slots=done.slots)
    assert facade.asked(PATH) == [
        {"place": "landmark:atomium", "mode": "tram", "max_walk_m": "3000", "limit": "3"},
    ]


async def test_a_name_that_repeats_is_settled_by_choices(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "arrêt rue du Moulin", address="rue du Moulin")
    assert done.ids == ["which_one"]
    assert done.said[0].payloads[0] == '/transport_nearest_stop{"address": "street:3"}'
    narrowed = await rasa.run(ACTION, "inform", "à Evere", commune="Evere", slots=done.slots)
    assert narrowed.slots["shown"]["address"] == "street:4"


async def test_an_unknown_place_is_said_to_be(rasa):
    done = await rasa.run(ACTION, INTENT, "arrêt près de xyzzy", address="xyzzy")
    assert (done.ids, done.said[0].params) == (["place_near_unknown"], {"query": "xyzzy"})


@pytest.mark.parametrize(
    ("said", "facts", "expected"),
    [
        (("inform", "et le métro ?"), {"mode": "metro"}, {"place": "street:1", "mode": "metro"}),
        (
            ("inform", "et à Flagey ?"),
            {"address": "Flagey", "stop": "Flagey"},
            {"place": "stop:flagey", "mode": "tram"},
        ),
        (("correct_input", "non, l'Atomium"), {}, {"place": "landmark:atomium", "mode": "tram"}),
        (("change_language", "en français"), {}, {"place": "street:1", "mode": "tram"}),
    ],
)
async def test_a_follow_up_changes_one_fact(rasa, facade, said, facts, expected):
    slots = {"last_question": INTENT, "shown": {"address": "street:1", "mode": "tram"}}
    await rasa.run(ACTION, *said, slots=slots, **facts)
    assert facade.asked(PATH)[0].items() >= expected.items()


async def test_words_that_change_nothing_are_said_not_to_be_understood(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"address": "street:1"}}
    done = await rasa.run(ACTION, "nlu_fallback", "blabla", slots=slots)
    assert done.ids == ["utter_not_understood"]
    assert done.slots["shown"] == {"address": "street:1"}


async def test_where_nothing_is_near_it_is_said(rasa):
    done = await rasa.run(ACTION, INTENT, "nearest train near rue Blaes", address="street:1", mode="train")
    assert done.ids == ["nearest_none_kind"]
    assert done.said[0].params["kind"]["id"] == "kind_train"
    assert done.said[0].payloads == ['/transport_nearest_stop{"address": "street:1"}']


async def test_a_place_that_is_gone_is_asked_for_again(rasa):
    done = await rasa.run(ACTION, INTENT, address="landmark:gone")
    assert (done.ids, done.slots["shown"]) == (["ask_place_near"], {"asked_for": "address"})


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, address="street:1")
    assert done.said[0].params["contact"]["id"] == "contact_transport"


async def test_the_nearest_stop_is_known_to_the_questions_after(rasa):
    done = await rasa.run(ACTION, INTENT, address="rue Blaes 20")
    assert done.slots["stop"] == "stop:flagey"
