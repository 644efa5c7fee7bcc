"""What is known of disruptions, on a line or anywhere."""

import httpx

ACTION, INTENT = "action_disruptions", "transport_disruptions"


async def test_the_messages_of_a_line_are_said_with_their_source(rasa, facade):
    done = await rasa.run(ACTION, INTENT, line="81")
    texts = [each["message"]["texts"]["nl"] for name, each in done.said[0].texts() if name == "disruption"]
    assert texts == ["Werken 81", "Werken 81"]
    assert done.said[0].source["name"] == "Test feed"
    assert facade.asked("/v1/transport/messages") == [{"line": "81", "limit": "4"}]
    assert done.slots["shown"] == {"line": "81"}


async def test_of_many_the_first_three_and_how_many_more(rasa):
    done = await rasa.run(ACTION, INTENT)
    assert [name for name, _ in done.said[0].texts()].count("disruption") == 3
    assert done.said[0].part("disruptions_more")["count"] == 2


async def test_none_known_says_at_what_time(rasa):
    done = await rasa.run(ACTION, INTENT, line="7")
    (reply,) = done.said
    assert reply.id == "disruptions_none_line"
    assert reply.params == {"line": "7", "now": {"t": "time", "v": "2026-11-24T15:00:00+01:00"}}


async def test_a_line_that_does_not_exist_is_not_said_to_be_undisturbed(rasa):
    assert (await rasa.run(ACTION, INTENT, line="999")).ids == ["disruptions_line_unknown"]


async def test_a_stop_is_asked_for_by_its_id(rasa, facade):
    await rasa.run(ACTION, INTENT, stop="Flagey")
    (asked,) = facade.asked("/v1/transport/messages")
    assert asked["stop"].startswith("stop:")


async def test_another_line_goes_on_with_it(rasa):
    slots = {"last_question": INTENT, "shown": {"line": "81"}}
    assert (await rasa.run("action_follow_up", "inform", "et le 92 ?", slots=slots, line="92")).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et le 92 ?", slots=slots, line="92")
    assert "Travaux 92" in str(done.said[0].params)


async def test_of_one_kind_of_vehicle_only_its_messages_and_those_that_name_none(rasa, facade, monkeypatch):
    told = [
        ("bus", {"lines": [{"mode": "bus"}]}),
        ("lift", {}),
        ("tram", {"lines": [{"mode": "tram"}]}),
        ("trams", {"modes": ["tram"]}),
    ]
    messages = [{"id": name, "line": "1", "texts": {"fr": name}, **more} for name, more in told]
    monkeypatch.setattr("tests.unit.actions.city_data.MESSAGES", messages)
    slots = {"last_question": INTENT, "shown": {"line": "81", "stop": "stop:flagey"}}
    done = await rasa.run(ACTION, "inform", "et les trams ?", slots=slots, mode="tram")
    said = [each["message"]["texts"]["fr"] for name, each in done.said[0].texts() if name == "disruption"]
    assert said == ["tram", "trams", "lift"]
    assert done.slots["shown"] == {"mode": "tram"}
    monkeypatch.setattr("tests.unit.actions.city_data.MESSAGES", messages[:1])
    assert (await rasa.run(ACTION, INTENT, "des soucis en métro ?", mode="metro")).ids == ["disruptions_none_mode"]


async def test_a_line_says_more_than_the_kind_of_vehicle_with_it(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "le tram 81 roule ?", mode="tram", line="81")
    assert done.slots["shown"].items() >= {"line": "81"}.items()
    assert "mode" not in done.slots["shown"]


async def test_a_stop_that_is_misspelt_or_unknown_is_asked_about(rasa, facade):
    guess = await rasa.run(ACTION, INTENT, stop="Flagy")
    assert guess.ids == ["did_you_mean_one"]
    assert guess.slots["shown"]["asked_for"] == "stop"
    assert (await rasa.run(ACTION, INTENT, stop="Nowhere at all")).ids == ["stop_not_found"]
    assert facade.asked("/v1/transport/messages") == []


async def test_another_line_that_does_not_stop_there_is_asked_about_everywhere(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"line": "81", "stop": "stop:flagey"}}
    done = await rasa.run(ACTION, "inform", "et le 95 ?", slots=slots, line="95")
    assert done.said[0].id != "utter_something_wrong"
    assert done.slots["shown"] == {"line": "95"}


async def test_a_line_that_does_not_stop_where_it_is_asked_about_gives_those_that_do(rasa):
    done = await rasa.run(ACTION, INTENT, "le 95 à Flagey", line="95", stop="Flagey")
    assert done.ids == ["line_elsewhere"]
    assert done.slots["shown"]["asked_for"] == "line"


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT)
    assert done.said[0].params["contact"]["id"] == "contact_transport"


async def test_a_day_to_come_is_asked_of_the_city_and_said(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"line": "81"}}
    done = await rasa.run(ACTION, "inform", "et demain ?", slots=slots, date="demain")
    assert facade.asked("/v1/transport/messages")[-1]["at"] == "2026-11-25T12:00:00+01:00"
    assert done.said[0].part("disruptions_on_day")["day"]["v"] == "2026-11-25"
    none = await rasa.run(ACTION, INTENT, "le 7 roule demain ?", line="7", date="demain")
    assert none.ids == ["disruptions_none_day"]


async def test_a_stop_without_disruptions_is_said_by_its_name(rasa):
    done = await rasa.run(ACTION, INTENT, stop="Flagey")
    assert done.ids == ["disruptions_none_stop"]
    assert done.said[0].params["stop"]["fr"] == "Flagey"


async def test_a_strike_that_is_not_known_is_said_before_other_messages(rasa):
    done = await rasa.run(ACTION, INTENT, "staking donderdag?")
    assert done.said[0].ids().index("disruptions_no_strike") < done.said[0].ids().index("disruption")


async def test_who_asks_whether_it_runs_means_the_line_told_of_last(rasa, facade):
    told = {"last_question": "transport_line_info", "shown": {"line": "81"}}
    await rasa.run(ACTION, INTENT, "is it running normally", slots=told)
    assert facade.asked("/v1/transport/messages") == [{"line": "81", "limit": "4"}]


async def test_a_number_that_may_be_a_day_is_a_line_after_one(rasa, facade):
    told = {"last_question": INTENT, "shown": {"line": "81"}}
    await rasa.run(ACTION, "inform", "et le 7", line="7", date="7", slots=told)
    assert facade.asked("/v1/transport/messages") == [{"line": "7", "limit": "4"}]
