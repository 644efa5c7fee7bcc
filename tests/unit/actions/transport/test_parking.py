"""What parking costs at a place, now, at a time or on a day."""

import httpx
import pytest

from tests.unit.actions import mobility_data as data

ACTION, INTENT = "action_parking_rules", "transport_parking_rules"
COURONNE = "Avenue de la Couronne"


def pending(done):
    """Return the events that leave a question open."""
    return [event for event in done.events if event.get("name") == "pending"]


async def test_whether_one_has_to_pay_now_then_the_zone_its_hours_price_and_longest_stay(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "se garer avenue de la Couronne", address=COURONNE)
    (said,) = done.said
    assert facade.asked("/v1/transport/parking-zones") == [{"place": "street:20", "lang": "fr"}]
    assert said.part("parking_zone")["zone"]["id"] == "parking_green"
    assert said.part("parking_paid_now")["until"]["v"] == "2026-11-24T21:00:00+01:00"
    assert said.part("parking_rule")["rule"]["fr"] == "Payant."
    assert [params["price"]["v"] for name, params in said.texts() if name == "parking_price"] == [0.9, 1.8, 10.5]
    assert said.part("length_both") == {"hours": 4, "minutes": "30"}
    assert {"parking_hours", "parking_most", "parking_may_have_changed"} <= set(said.ids())
    assert said.source["url"] == "https://parking.example/"
    assert done.slots["address"] == "street:20"


@pytest.mark.parametrize(
    ("facts", "reply"),
    [
        ({"date": "dimanche"}, "parking_free_day"),
        ({"date": "samedi"}, "parking_paid_day"),
        ({"date": "25 décembre"}, "parking_free_day"),
        ({"date": "jeudi", "time": "22h"}, "parking_free_at"),
        ({"date": "jeudi", "time": "10h"}, "parking_paid_at"),
    ],
    ids=["sunday", "saturday", "public holiday", "in the evening", "in the morning"],
)
async def test_a_day_or_a_time_is_answered(rasa, facts, reply):
    done = await rasa.run(ACTION, INTENT, address=COURONNE, **facts)
    assert reply in done.said[0].ids()


async def test_both_days_of_a_weekend_are_told(rasa):
    done = await rasa.run(ACTION, INTENT, address=COURONNE, date="ce week-end")
    assert {"parking_paid_day", "parking_free_day"} <= set(done.said[0].ids())


async def test_a_zone_with_discs_is_free(rasa):
    done = await rasa.run(ACTION, INTENT, address="Rue de l'Église", commune="Ixelles")
    assert "parking_disc_now" in done.said[0].ids()
    assert "parking_prices" not in done.said[0].ids()


async def test_hours_that_are_not_known_are_said_not_to_be(rasa):
    done = await rasa.run(ACTION, INTENT, address="Rue de la Loi")
    assert "parking_hours_unknown" in done.said[0].ids()
    assert not [name for name in done.said[0].ids() if name.endswith("_now")]


async def test_a_place_without_a_known_zone_gives_the_signs_and_a_number(rasa):
    done = await rasa.run(ACTION, INTENT, address="Drève du Prieuré")
    assert done.said[0].id == "parking_zone_unknown"
    assert done.said[0].params["contact"]["id"] == "contact_city"


async def test_a_street_in_several_zones_asks_for_the_number_and_takes_it(rasa, facade):
    done = await rasa.run(ACTION, INTENT, address="Rue Blaes")
    assert done.said[0].part("parking_several")["count"] == 2
    slots = {"last_question": INTENT, **done.slots}
    follow = await rasa.run("action_follow_up", "inform", "au 20", slots=slots, after=pending(done))
    assert follow.calls_for == ACTION
    again = await rasa.run(ACTION, "inform", "au 20", slots=slots, after=pending(done))
    assert facade.asked("/v1/transport/parking-zones")[-1]["place"] == "address:1:20"
    assert again.said[0].part("parking_zone")["zone"]["id"] == "parking_red"


async def test_a_number_that_does_not_exist_is_answered_for_the_street(rasa):
    done = await rasa.run(ACTION, "inform", slots={"last_question": INTENT}, address="address:20:999")
    assert done.said[0].part("parking_zone")["place"]["fr"] == COURONNE
    assert done.slots["shown"] == {"address": "street:20"}


async def test_the_place_is_asked_for_and_few_words_answer(rasa):
    asked = await rasa.run(ACTION, INTENT, "c'est payant de se garer ?")
    assert asked.ids == ["ask_parking_place"]
    slots = {"last_question": INTENT, **asked.slots}
    follow = await rasa.run("action_follow_up", "inform", "avenue de la couronne", slots=slots, after=pending(asked))
    assert follow.calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "avenue de la couronne", slots=slots, after=pending(asked))
    assert done.slots["shown"]["address"] == "street:20"


async def test_a_name_that_nothing_knows_is_an_answer_while_it_was_asked_for(rasa):
    slots = {"last_question": INTENT, "shown": {"asked_for": "address"}}
    scope = await rasa.run("action_out_of_scope", "out_of_scope", "xyzzyx", slots=slots)
    assert scope.calls_for == ACTION
    done = await rasa.run(ACTION, "out_of_scope", "xyzzyx", slots=slots)
    assert done.ids == ["parking_place_unknown"]
    assert done.said[0].params == {"query": "xyzzyx"}
    assert "address" not in done.slots["shown"]


async def test_a_known_address_needs_no_question(rasa, facade):
    await rasa.run(ACTION, INTENT, slots={"address": "address:20:100"})
    assert facade.asked("/v1/transport/parking-zones")[0]["place"] == "address:20:100"
    done = await rasa.run(ACTION, INTENT, address="?")
    assert done.ids == ["ask_parking_place"]


async def test_a_name_of_several_places_is_settled_by_choices_or_by_its_commune(rasa):
    done = await rasa.run(ACTION, INTENT, address="Rue de l'Église")
    assert f'/{INTENT}{{"address": "street:11"}}' in done.said[0].payloads
    slots = {"last_question": INTENT, **done.slots}
    follow = await rasa.run(
        "action_follow_up", "inform", "à Ixelles", slots=slots, after=pending(done), commune="Ixelles"
    )
    assert follow.calls_for == ACTION
    again = await rasa.run(ACTION, "inform", "à Ixelles", slots=slots, after=pending(done), commune="Ixelles")
    assert again.slots["shown"] == {"address": "street:11"}
    second = await rasa.run(ACTION, "inform", "2", slots=slots, after=pending(done))
    assert second.slots["shown"] == {"address": "street:11"}


@pytest.mark.parametrize(("intent", "reply"), [("affirm", "parking_zone_unknown"), ("deny", "ask_parking_place")])
async def test_a_guess_is_settled_by_a_yes_or_a_no(rasa, intent, reply):
    asked = await rasa.run(ACTION, INTENT, address="Vanderkindr")
    assert asked.ids == ["did_you_mean_one"]
    slots = {"last_question": INTENT, **asked.slots}
    called = await rasa.run(f"action_{intent}", intent, slots=slots, after=pending(asked))
    assert called.calls_for == ACTION
    slots |= called.slots
    done = await rasa.run(ACTION, intent, slots=slots)
    assert done.ids == [reply]


async def test_another_day_or_another_street_goes_on_with_the_question(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"address": "street:20"}}
    await rasa.run(ACTION, "inform", "et dimanche ?", slots=slots, date="dimanche")
    assert facade.asked("/v1/transport/parking-zones")[-1]["at"] == "2026-11-29T00:00:00+01:00"
    done = await rasa.run(ACTION, "correct_input", "non, rue de la Loi", slots=slots, address="Rue de la Loi")
    assert done.slots["shown"]["address"] == "street:2"


async def test_a_stop_that_is_called_as_a_square_needs_no_question(rasa):
    done = await rasa.run(ACTION, INTENT, address="Flagey", stop="Flagey")
    assert done.slots["shown"] == {"address": "stop:flagey"}


async def test_while_the_language_is_not_known_both_official_ones_are_asked_for(rasa):
    done = await rasa.run(ACTION, INTENT, speaks=None, address=COURONNE)
    assert done.said[0].part("parking_rule")["rule"]["nl"] == "Betalend."


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, address=COURONNE)
    assert done.ids == ["utter_city_unavailable"]


async def test_the_verb_is_no_place(rasa):
    done = await rasa.run(ACTION, INTENT, "where can i park for free", address="park", stop="park")
    assert done.ids == ["ask_parking_place"]
    street = await rasa.run(ACTION, INTENT, "can i park on kroonlaan", stop="park", address="Kroonlaan")
    assert street.slots["shown"]["address"] == "street:20"


@pytest.mark.parametrize(
    ("text", "reply", "longest"),
    [
        ("zone grise max", "parking_colour", "length_both"),
        ("blauwe schijf hoelang maximum", "parking_colour_disc", "length_hours"),
    ],
)
async def test_a_colour_without_a_place_is_answered_and_the_street_asked_for(rasa, text, reply, longest):
    done = await rasa.run(ACTION, INTENT, text)
    assert {reply, "parking_most", longest, "parking_ask_street"} <= set(done.said[0].ids())
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    street = await rasa.run(ACTION, "inform", "kroonlaan", slots=slots)
    assert street.slots["shown"]["address"] == "street:20"


async def test_a_colour_that_is_not_known_asks_for_the_street(rasa):
    assert (await rasa.run(ACTION, INTENT, "max time in orange zone")).ids == ["ask_parking_place"]


async def test_a_colour_with_a_place_is_answered_for_the_place(rasa):
    done = await rasa.run(ACTION, INTENT, "zone bleue avenue de la Couronne ?", address=COURONNE)
    assert "parking_zone" in done.said[0].ids()


async def test_a_commune_says_which_of_the_zones_of_a_street(rasa, monkeypatch):
    zones = [
        {**zone, "commune": commune}
        for zone, commune in zip(data.PARKING["street:1"]["zones"], ("bruxelles", "ixelles"), strict=True)
    ]
    monkeypatch.setitem(data.PARKING, "street:1", {**data.PARKING["street:1"], "zones": zones})
    slots = {"last_question": INTENT, "shown": {"address": "street:1", "asked_for": "address"}}
    follow = await rasa.run("action_follow_up", "inform", "à Ixelles", slots=slots, commune="Ixelles")
    assert follow.slots.get("shown", slots["shown"])["address"] == "street:1"  # not the whole commune
    assert (
        await rasa.run("action_follow_up", "inform", "à Ixelles", slots=slots, commune="Ixelles")
    ).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "à Ixelles", slots=slots, commune="Ixelles")
    assert done.said[0].part("parking_zone")["zone"]["id"] == "parking_green"


@pytest.mark.parametrize("written", ["un parking public près de Flagey ?", "P+R Flagey", "parkeergarage Flagey"])
async def test_a_place_off_the_street_is_a_car_park_near_there(rasa, written):
    done = await rasa.run(ACTION, INTENT, written, stop="Flagey")
    (reply,) = done.said
    assert {"car_park_line_places", "car_park_line", "car_parks_free_unknown"} <= set(reply.ids())
    assert [row["name"] for row in reply.cards[0]["rows"]] == ["Parking Place Flagey", "Parking Couronne"]
    later = await rasa.run(ACTION, "inform", "et dimanche ?", slots=done.slots, date="dimanche")
    assert "parking_zone" in later.said[0].ids()  # a day is a question about the street


async def test_where_no_car_park_is_near_it_is_said(rasa):
    done = await rasa.run(ACTION, INTENT, "een openbare parking?", stop="Vanderkindere")
    assert "car_parks_none" in done.said[0].ids()
