"""Where and how to report what was lost."""

import httpx
import pytest

ACTION, INTENT = "action_lost_property", "transport_lost_property"


async def test_an_operator_has_how_to_report_where_to_collect_telephone_site_and_fee(rasa):
    done = await rasa.run(ACTION, INTENT, operator="stib")
    (said,) = done.said
    how = said.part("lost_how")
    assert (how["operator"]["nl"], how["how"]["fr"]) == ("MIVB", "how stib fr")
    assert said.part("lost_fact")["fact"]["fr"] == "collect fr"
    assert said.part("lost_phone")["phone"] == "070 23 20 00"
    assert said.part("lost_site")["url"] == said.source["url"] == "https://stib.example/"
    assert said.part("lost_fee")["price"]["v"] == 5
    assert said.part("lost_may_have_changed")["since"]["v"] == "2022-12-12"
    assert (said.cards[0]["type"], said.cards[0]["name"]) == ("contact", "STIB")


@pytest.mark.parametrize(
    ("facts", "first", "others"),
    [
        ({"mode": "train"}, "SNCB", []),
        ({"mode": "bus"}, "STIB", ["tec"]),
        ({"line": "81"}, "STIB", ["sncb", "tec"]),
        ({"mode": "ferry"}, "STIB", ["sncb", "tec"]),
        ({"operator": "sncb", "mode": "tram"}, "SNCB", []),
    ],
    ids=["train", "bus", "line", "unknown mode", "operator before mode"],
)
async def test_what_it_was_lost_on_tells_the_operator_and_the_others_are_choices(rasa, facts, first, others):
    done = await rasa.run(ACTION, INTENT, **facts)
    assert done.said[0].part("lost_how")["operator"]["fr"] == first
    assert done.said[0].payloads == [f'/transport_lost_property{{"operator": "{each}"}}' for each in others]


async def test_the_operator_is_asked_for_with_choices(rasa):
    asked = await rasa.run(ACTION, INTENT, "j'ai perdu mon sac")
    assert asked.ids == ["ask_operator"]
    assert len(asked.said[0].payloads) == 3
    slots = {"last_question": INTENT, "shown": asked.slots["shown"]}
    assert (await rasa.run("action_follow_up", "inform", "sncb", slots=slots)).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "sncb", slots=slots)
    assert done.said[0].part("lost_how")["operator"]["fr"] == "SNCB"


async def test_an_operator_that_is_not_known_gives_those_that_are(rasa):
    done = await rasa.run(ACTION, INTENT, operator="flixbus")
    assert done.ids == ["operator_unknown"]
    assert '/transport_lost_property{"operator": "stib"}' in done.said[0].payloads


async def test_the_operator_may_be_corrected(rasa):
    slots = {"last_question": INTENT, "shown": {"mode": "bus"}}
    done = await rasa.run(ACTION, "correct_input", "non, un bus TEC", slots=slots, operator="tec")
    assert done.said[0].part("lost_how")["operator"]["fr"] == "TEC"


@pytest.mark.parametrize(
    ("text", "said"),
    [("j'ai trouvé un portefeuille dans le 64", True), ("je ne trouve plus mon sac", False)],
)
async def test_who_found_something_is_told_whom_to_give_it_to(rasa, text, said):
    done = await rasa.run(ACTION, INTENT, text, mode="bus")
    assert ("lost_found" in done.said[0].ids()) is said


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, operator="stib")
    assert done.said[0].params["contact"]["id"] == "contact_transport"
