"""Departures: lines, directions, times, and stops that are named otherwise."""

import httpx

from tests.unit.actions import city_data as data

VALIDATE, ANSWER, FORM = "validate_departures_form", "action_next_departures", "departures_form"
INTENT = "transport_next_departures"


async def test_the_next_departure_is_said_first_and_live_times_are_told_from_timetable_times(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, line="81")
    reply = done.said[0]
    first = reply.part("departures_first")
    assert first["line"] == {"t": "reply", "id": "mode_tram", "params": {"line": "81"}}
    assert first["when"]["params"]["count"] == 3
    assert {"departures_mixed", "departure_line_timetable"} <= set(reply.ids())
    assert [row["minutes"] for row in reply.cards[0]["rows"]] == [3, 7, 13, 190]
    assert done.slots["shown"]["headsigns"] == ["Marius Renard", "Montgomery"]
    assert done.slots["last_question"] == INTENT


async def test_timetable_times_alone_are_said_to_be_so(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:vanderkindere"})
    assert "departures_timetable" in done.said[0].ids()
    assert "departure_now" in done.said[0].ids()


async def test_a_direction_leaves_the_other_one_as_a_choice(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, line="81", direction="Montgomery")
    assert [row["headsign"] for row in done.said[0].cards[0]["rows"]] == ["Montgomery", "Montgomery"]
    assert done.said[0].payloads[0] == '/inform{"direction": "reverse"}'


async def test_the_other_way_is_the_one_that_was_not_shown(rasa):
    shown = {"stop": "stop:flagey", "line": "81", "headsigns": ["Montgomery"]}
    done = await rasa.run(ANSWER, "inform", slots={"stop": "stop:flagey", "shown": shown}, direction="reverse")
    assert {row["headsign"] for row in done.said[0].cards[0]["rows"]} == {"Marius Renard"}
    assert done.slots["direction"] == "Marius Renard"


async def test_the_other_way_of_nothing_is_asked_for(rasa):
    shown = {"stop": "stop:flagey", "line": "81", "headsigns": ["Montgomery", "Marius Renard"]}
    done = await rasa.run(ANSWER, "inform", slots={"stop": "stop:flagey", "shown": shown}, direction="reverse")
    assert done.ids == ["ask_direction"]
    assert done.said[0].payloads == ['/inform{"direction": "Montgomery"}', '/inform{"direction": "Marius Renard"}']


async def test_a_line_that_does_not_stop_there_brings_the_lines_that_do(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, line="7")
    assert done.ids == ["line_not_at_stop"]
    assert done.said[0].payloads == ['/inform{"line": "81"}', '/inform{"line": "71"}']


async def test_a_line_that_does_not_exist_is_said_to_be_unknown(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, line="999")
    assert done.ids == ["line_unknown"]
    assert done.said[0].params["line"] == "999"


async def test_a_direction_that_is_not_served_brings_those_that_are(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, line="81", direction="Heysel")
    assert done.ids == ["towards_not_served"]
    assert done.said[0].params["direction"] == "Heysel"
    assert len(done.said[0].payloads) == 2


async def test_a_time_is_asked_of_the_city(rasa, facade):
    await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, time="18h05")
    asked = facade.asked("/v1/transport/stops/stop:flagey/departures")
    assert asked[0]["at"] == "2026-11-24T18:05:00+01:00"


async def test_a_misspelt_stop_is_offered_as_a_guess(rasa):
    done = await rasa.run(VALIDATE, INTENT, "tram à Vanderkin", stop="Vanderkin", form=FORM)
    assert done.slots["stop"] is None
    question = await rasa.run("action_ask_stop", INTENT, slots={"pending": done.slots["pending"]})
    assert question.ids == ["did_you_mean_one"]
    assert question.said[0].payloads == ["/affirm", "/deny"]
    taken = await rasa.run(VALIDATE, "affirm", "oui", slots={"pending": done.slots["pending"]}, form=FORM, asked="stop")
    assert taken.slots == {"stop": "stop:vanderkindere", "pending": None}
    refused = await rasa.run(VALIDATE, "deny", "non", slots={"pending": done.slots["pending"]}, form=FORM, asked="stop")
    assert refused.slots == {"stop": None, "pending": {"slot": "stop"}}


async def test_an_address_brings_the_stops_near_it(rasa):
    done = await rasa.run(VALIDATE, INTENT, "bus à l'avenue de la Couronne", address="Avenue de la Couronne", form=FORM)
    question = await rasa.run("action_ask_stop", INTENT, slots={"pending": done.slots["pending"]})
    assert question.ids == ["stops_near"]
    assert question.said[0].payloads[0] == '/inform{"stop": "stop:flagey"}'


async def test_what_disturbs_the_lines_is_said_first(rasa, facade, monkeypatch):
    asked = facade.__class__.__call__

    def disturbed(self, request):
        answer = asked(self, request)
        if not request.url.path.endswith("/departures"):
            return answer
        messages = [{"id": "m1", "texts": {"fr": "Déplacé de 60 mètres.", "nl": "Zestig meter verder."}}]
        return httpx.Response(200, json={**answer.json(), "messages": messages})

    monkeypatch.setattr(facade.__class__, "__call__", disturbed)
    done = await rasa.run("action_next_departures", "transport_next_departures", slots={"stop": "stop:flagey"})
    assert done.said[0].texts()[0][0] == "departures_disrupted"
    assert "Déplacé de 60 mètres." in str(done.said[0].part("departures_disrupted"))


async def test_a_kind_of_vehicle_is_asked_of_the_city(rasa, facade):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, mode="bus")
    assert facade.asked("/v1/transport/stops/stop:flagey/departures")[0]["mode"] == "bus"
    assert {row["mode"] for row in done.said[0].cards[0]["rows"]} == {"bus"}


async def test_a_line_has_a_kind_of_its_own(rasa, facade):
    await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey", "mode": "bus"}, line="81")
    assert "mode" not in facade.asked("/v1/transport/stops/stop:flagey/departures")[0]


async def test_a_kind_that_does_not_stop_there_brings_the_lines_that_do(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, mode="metro")
    assert done.ids == ["mode_not_at_stop"]
    assert done.said[0].params["kind"]["id"] == "kind_metro"
    assert done.said[0].payloads == ['/inform{"line": "81"}', '/inform{"line": "71"}']


async def test_another_day_is_said_once(rasa, monkeypatch):
    tomorrow = [
        {**each, "scheduled": f"2026-11-25T{hour}:00:00+01:00", "expected": None, "minutes": 1080}
        for hour, each in zip(("09", "10"), data.DEPARTURES, strict=False)
    ]
    monkeypatch.setattr(data, "DEPARTURES", tomorrow)
    done = await rasa.run(ANSWER, INTENT, slots={"stop": "stop:flagey"}, date="demain", time="8h")
    assert done.said[0].ids().count("departure_on") == 1
    assert done.said[0].ids().count("departure_at") == 2
