"""Where a line goes, what its stops are, and how often it runs."""

import httpx
import pytest

from tests.unit.actions.dispatch import user

ACTION, INTENT = "action_line_info", "transport_line_info"
PATH = "/v1/transport/lines/81"


def _stops(reply):
    return [each["fr"] for each in reply.part("line_stops")["stops"]["items"]]


async def test_the_stops_are_said_in_order_with_mode_and_operator(rasa):
    done = await rasa.run(ACTION, INTENT, "le 81 passe par où ?", line="81")
    (reply,) = done.said
    goes = reply.part("line_goes")
    assert goes["line"]["id"] == "line_is_tram"
    assert (goes["start"]["fr"], goes["end"]["fr"], goes["count"], goes["operator"]) == (
        "Renard",
        "Montgomery",
        4,
        "STIB-MIVB",
    )
    assert _stops(reply) == ["Renard", "Flagey", "Merode", "Montgomery"]
    assert reply.source["name"] == "Test feed"


async def test_hours_that_run_alike_are_said_as_one_span(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81")).said
    spans = [
        (name, params["since"]["v"][11:16], params["until"]["v"][11:16], params.get("minutes") or params["most"])
        for name, params in reply.texts()
        if name.startswith("line_every")
    ]
    assert spans == [
        ("line_every", "05:00", "07:00", 15),
        ("line_every_between", "07:00", "09:00", 9),
        ("line_every", "10:00", "11:00", 10),
    ]


@pytest.mark.parametrize(
    ("direction", "first"),
    [("Renard", "Montgomery"), ("montgomery", "Renard"), ("Merode", "Renard"), ("stop:renard", "Montgomery")],
)
async def test_a_direction_is_an_end_or_a_stop_on_the_way(rasa, direction, first):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81", direction=direction)).said
    assert _stops(reply)[0] == first


async def test_a_direction_that_it_does_not_have_is_asked_again_with_those_there_are(rasa):
    done = await rasa.run(ACTION, INTENT, line="81", direction="Atomium")
    assert done.ids == ["line_not_towards"]
    assert done.said[0].payloads == [
        '/transport_line_info{"direction": "Montgomery", "line": "81"}',
        '/transport_line_info{"direction": "Renard", "line": "81"}',
    ]


async def test_the_other_way_follows_the_way_that_was_told(rasa):
    first = await rasa.run(ACTION, INTENT, line="81")
    slots = {**first.slots}
    other = await rasa.run(ACTION, "inform", "dans l'autre sens", slots=slots, direction="reverse")
    assert _stops(other.said[0])[0] == "Montgomery"
    again = await rasa.run(ACTION, "inform", "et dans l'autre sens ?", slots=other.slots, direction="reverse")
    assert _stops(again.said[0])[0] == "Renard"


async def test_another_line_forgets_the_direction(rasa):
    slots = {"last_question": INTENT, "shown": {"line": "N04", "direction": "Gare Centrale"}}
    (reply,) = (await rasa.run(ACTION, "inform", "et le 81 ?", slots=slots, line="81")).said
    assert _stops(reply)[0] == "Renard"


async def test_another_day_is_asked_for_and_a_day_without_departures_is_said_to_be_one(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"line": "N04"}}
    (reply,) = (await rasa.run(ACTION, "inform", "et dimanche ?", slots=slots, date="dimanche")).said
    assert "line_not_that_day" in reply.ids()
    assert facade.asked("/v1/transport/lines/N04") == [{"date": "2026-11-29"}]


async def test_the_line_of_the_last_answer_is_meant_where_none_is_named(rasa, facade):
    slots = {"last_question": "transport_disruptions", "shown": {"line": "81"}}
    await rasa.run(ACTION, INTENT, "il passe souvent le dimanche ?", slots=slots, date="dimanche")
    assert facade.asked(PATH) == [{"date": "2026-11-29"}]


async def test_a_line_that_was_not_clear_is_not_taken_for_known(rasa):
    slots = {"last_question": INTENT, "shown": {"line": "999", "asked_for": "line"}}
    assert (await rasa.run(ACTION, INTENT, "où passe-t-il ?", slots=slots)).ids == ["ask_line"]


async def test_without_a_line_it_is_asked_which_and_the_answer_is_taken(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "où passe-t-il ?")
    assert (done.ids, done.slots["shown"]["asked_for"]) == (["ask_line"], "line")
    follow = await rasa.run("action_follow_up", "inform", "le tram 81", slots=done.slots)
    assert follow.calls_for == ACTION
    answered = await rasa.run(ACTION, "inform", "le tram 81", slots=done.slots, before=[user(INTENT)])
    assert answered.slots["shown"]["line"] == "81"


@pytest.mark.parametrize(
    ("line", "said", "choices"),
    [
        ("999", "line_unknown_choose", ['/transport_line_info{"line": "t81"}']),
        ("machin", "disruptions_line_unknown", []),
        ("7", "line_several", ['/transport_line_info{"line": "t81"}', '/transport_line_info{"line": "m6"}']),
    ],
)
async def test_a_line_that_is_not_clear_is_settled_by_choices(rasa, line, said, choices):
    done = await rasa.run(ACTION, INTENT, line=line)
    assert (done.ids, done.said[0].payloads) == ([said], choices)


async def test_a_choice_names_the_line_by_its_id(rasa):
    done = await rasa.run(ACTION, INTENT, line="t81")
    assert _stops(done.said[0])[0] == "Renard"
    assert done.slots["shown"]["line"] == "81"


async def test_the_other_way_first_and_last_departures_and_disruptions_are_offered(rasa):
    done = await rasa.run(ACTION, INTENT, line="81")
    assert done.said[0].payloads == [
        '/transport_line_info{"line": "81", "direction": "Renard"}',
        '/transport_first_last{"line": "81"}',
        '/transport_disruptions{"line": "81"}',
    ]


async def test_it_is_said_again_in_another_language(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"line": "81", "direction": "Renard", "told": "Renard"}}
    (reply,) = (await rasa.run(ACTION, "change_language", "in het Nederlands", slots=slots)).said
    assert _stops(reply)[0] == "Montgomery"


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, line="81")
    assert done.said[0].params["contact"]["id"] == "contact_transport"


@pytest.mark.parametrize(("stop", "said"), [("Flagey", "line_stops_at"), ("Vanderkindere", "line_stops_not_at")])
async def test_whether_it_stops_somewhere_is_said_first_and_little_more(rasa, stop, said):
    done = await rasa.run(ACTION, INTENT, f"le 81 s'arrête à {stop} ?", line="81", stop=stop)
    (reply,) = done.said
    assert reply.part(said)["stop"]["fr"] == stop
    assert "line_stops" not in reply.ids()
    assert reply.payloads[0] == '/transport_line_info{"line": "81"}'


@pytest.mark.parametrize("written", ["le 81 passe tous les combien ?", "hoe vaak rijdt de 81", "how often is the 81"])
async def test_how_often_it_runs_is_answered_without_its_stops(rasa, written):
    (reply,) = (await rasa.run(ACTION, INTENT, written, line="81")).said
    assert (reply.id, reply.params["line"]) == ("line_often", "81")
