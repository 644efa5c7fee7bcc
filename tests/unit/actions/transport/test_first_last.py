"""A line's first and last departures, and the night bus that takes over."""

import httpx
import pytest

ACTION, INTENT = "action_first_last", "transport_first_last"
PATH = "/v1/transport/lines/81/first-last"


async def test_first_and_last_are_said_for_each_way_at_the_stop(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "dernier 81 à Flagey", line="81", stop="Flagey")
    (reply,) = done.said
    ways = [params for name, params in reply.texts() if name == "first_last_way"]
    assert [each["headsign"]["fr"] for each in ways] == ["Montgomery", "Renard"]
    assert ways[0]["first"]["v"] == "2026-11-24T05:38:00+01:00"
    assert ways[0]["last"]["id"] == "first_last_after_midnight"
    assert reply.part("first_last_at_stop")["stop"]["fr"] == "Flagey"
    assert reply.source["name"] == "Test feed"
    assert facade.asked(PATH) == [{"stop": "stop:flagey"}]


async def test_the_night_bus_that_takes_over_is_named(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81", stop="Flagey")).said
    after = reply.part("first_last_after_line")
    assert after["line"] == {"t": "reply", "id": "mode_bus", "params": {"line": "N04"}}
    assert (after["first"]["v"], after["last"]["v"]) == ("2026-11-25T00:33:00+01:00", "2026-11-25T03:00:00+01:00")
    assert "first_last_night" in reply.ids()


@pytest.mark.parametrize(("day", "said"), [("ce soir", "first_last_after"), ("dimanche", "first_last_nothing_after")])
async def test_where_no_night_bus_takes_over_it_is_said(rasa, day, said):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81", stop="Porte de Namur", date=day)).said
    assert said in reply.ids()


async def test_a_line_that_comes_once_more_is_said_to_come_at_that_time(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81", stop="Flagey", date="lundi")).said
    assert reply.part("first_last_after_once")["first"]["v"] == "2026-11-25T03:00:00+01:00"


async def test_without_a_stop_it_is_where_each_way_begins_and_the_stop_is_asked_for(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81")).said
    starts = [params["stop"]["fr"] for name, params in reply.texts() if name == "first_last_way_from"]
    assert starts == ["Renard", "Montgomery"]
    assert "first_last_which_stop" in reply.ids()


async def test_without_a_stop_night_buses_are_named_where_the_line_begins(rasa, facade):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81", date="demain")).said
    assert [params["stop"]["fr"] for name, params in reply.texts() if name == "first_last_night_at"] == ["Montgomery"]
    assert facade.asked(PATH)[1:] == [
        {"stop": "stop:renard", "date": "2026-11-25"},
        {"stop": "stop:montgomery", "date": "2026-11-25"},
    ]


async def test_the_stop_goes_on_with_it(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"line": "81", "date": "vendredi"}}
    assert (await rasa.run("action_follow_up", "inform", "à Flagey", slots=slots, stop="Flagey")).calls_for == ACTION
    await rasa.run(ACTION, "inform", "à Flagey", slots=slots, stop="Flagey")
    assert facade.asked(PATH) == [{"stop": "stop:flagey", "date": "2026-11-27"}]


async def test_another_day_or_another_line_goes_on_with_it(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"line": "81", "stop": "stop:flagey", "date": "vendredi"}}
    await rasa.run(ACTION, "inform", "et dimanche ?", slots=slots, date="dimanche")
    assert facade.asked(PATH) == [{"stop": "stop:flagey", "date": "2026-11-29"}]
    await rasa.run(ACTION, "correct_input", "non, le N04", slots=slots, line="N04")
    assert facade.asked("/v1/transport/lines/N04/first-last") == [{"stop": "stop:flagey", "date": "2026-11-27"}]


async def test_today_is_left_to_the_timetable_whose_night_belongs_to_the_day_before(rasa, facade):
    await rasa.run(ACTION, INTENT, line="81", date="ce soir")
    assert facade.asked(PATH)[0] == {}


async def test_the_line_of_the_last_answer_is_meant_where_nothing_is_named(rasa, facade):
    slots = {"last_question": "transport_line_info", "shown": {"line": "81"}}
    await rasa.run(ACTION, INTENT, "et le dernier, c'est à quelle heure ?", slots=slots)
    assert facade.asked(PATH)[0] == {}
    other = await rasa.run(ACTION, INTENT, "le dernier bus ?", slots=slots, mode="bus")
    assert other.ids == ["ask_line"]


async def test_after_a_night_bus_no_other_is_said_to_be_missing(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="N04", stop="Flagey", date="vendredi")).said
    assert not {"first_last_night", "first_last_after", "first_last_nothing_after"} & set(reply.ids())


async def test_one_way_is_said_where_it_was_asked_for(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="81", stop="Flagey", direction="Renard")).said
    ways = [params["headsign"]["fr"] for name, params in reply.texts() if name == "first_last_way"]
    assert ways == ["Renard"]


async def test_the_last_of_a_kind_at_a_stop_is_that_of_each_line_of_the_kind(rasa):
    done = await rasa.run(ACTION, INTENT, "le dernier tram à Flagey", stop="Flagey", mode="tram")
    assert [
        params["line"]["params"]["line"] for name, params in done.said[0].texts() if name == "first_last_at_stop"
    ] == ["81"]


async def test_without_a_line_it_is_asked_which_with_those_of_the_stop(rasa):
    done = await rasa.run(ACTION, INTENT, "à quelle heure est le dernier ?")
    assert (done.ids, done.said[0].payloads) == (["ask_line"], [])
    answered = await rasa.run(ACTION, "inform", "81", slots=done.slots, line="81")
    assert "first_last_line" in answered.said[0].ids()


async def test_a_day_on_which_it_does_not_run_names_the_next_one(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, line="N04")).said
    assert reply.id == "first_last_not_that_day"
    assert reply.params["next"]["params"]["day"]["v"] == "2026-11-27"
    (reply,) = (await rasa.run(ACTION, INTENT, line="N04", date="1/5/2030")).said
    assert reply.id == "first_last_no_days"


async def test_a_line_that_does_not_stop_there_is_settled_with_those_that_do(rasa):
    done = await rasa.run(ACTION, INTENT, line="81", stop="Vanderkindere", date="vendredi")
    assert done.ids == ["line_elsewhere"]
    assert done.said[0].payloads == [
        '/transport_first_last{"date": "vendredi", "line": "m6", "stop": "stop:vanderkindere"}'
    ]


async def test_a_misspelt_stop_is_asked_about(rasa):
    done = await rasa.run(ACTION, INTENT, line="81", stop="wanderkindre")
    assert done.ids == ["did_you_mean_one"]


async def test_a_stop_that_is_gone_is_asked_for_again(rasa):
    done = await rasa.run(ACTION, INTENT, line="81", stop="stop:gone")
    assert (done.ids, done.slots["shown"]) == (["stop_gone"], {"line": "81", "asked_for": "stop"})


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, line="81")
    assert done.said[0].params["contact"]["id"] == "contact_transport"


@pytest.mark.parametrize("intent", [INTENT, "inform"])
async def test_the_first_one_after_departures_is_told_of_that_line_at_that_stop(rasa, facade, intent):
    slots = {"last_question": "transport_next_departures", "stop": "stop:flagey", "shown": {"line": "81"}}
    done = await rasa.run(ACTION, intent, "et le premier ?", slots=slots)
    assert facade.asked(PATH) == [{"stop": "stop:flagey"}]
    assert "first_last_way" in done.said[0].ids()


@pytest.mark.parametrize("words", ["bus de nuit ?", "en een nachtbus?", "night bus?"])
@pytest.mark.parametrize("last", ["transport_next_departures", INTENT])
async def test_a_night_bus_after_an_answer_is_the_one_that_takes_over(rasa, facade, words, last):
    slots = {"last_question": last, "stop": "stop:flagey", "shown": {"line": "81", "stop": "stop:flagey"}}
    (reply,) = (await rasa.run(ACTION, INTENT, words, slots=slots, mode="bus")).said
    assert facade.asked(PATH) == [{"stop": "stop:flagey"}]
    assert "first_last_night" in reply.ids()
