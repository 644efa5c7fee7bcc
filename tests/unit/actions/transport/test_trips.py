"""How to get from one place to another, and what is asked where one of them is missing."""

import httpx
import pytest

from tests.unit.actions.dispatch import slot, user

ACTION, INTENT = "action_plan_trip", "transport_plan_trip"
JOURNEYS = "/v1/transport/journeys"
KNOWN = {"origin": "stop:flagey", "destination": "landmark:atomium"}


def _known(**more):
    return {"last_question": INTENT, "shown": {**KNOWN, **more}}


async def test_the_best_trip_is_said_leg_by_leg_and_the_others_in_a_line_each(rasa):
    done = await rasa.run(ACTION, INTENT, "de la rue Blaes à l'Atomium")
    (reply,) = done.said
    lead = reply.part("trip_lead")
    assert (lead["leaves"]["v"], lead["arrives"]["v"], lead["count"]) == (
        "2026-11-24T15:03:00+01:00",
        "2026-11-24T15:32:00+01:00",
        29,
    )
    assert lead["changes"] == {"t": "reply", "id": "trip_changes", "params": {"count": 1}}
    legs = [name for name, _ in reply.texts() if name in {"trip_ride", "trip_walk_to_stop", "trip_walk_to_end"}]
    assert legs == ["trip_walk_to_stop", "trip_ride", "trip_ride", "trip_walk_to_end"]
    assert reply.part("trip_walk_to_stop")["metres"] == 310
    others = [params["how"]["items"] for name, params in reply.texts() if name == "trip_other"]
    assert [[part.get("id", part["t"]) for part in parts] for parts in others] == [
        ["list", "trip_direct"],
        ["trip_on_foot"],
    ]
    assert "trip_how_sure" in reply.ids()
    assert reply.source["name"] == "Test feed"


async def test_a_card_shows_all_trips_with_their_legs(rasa):
    (reply,) = (await rasa.run(ACTION, INTENT, "de la rue Blaes 20 à l'Atomium", speaks="nl")).said
    (card,) = reply.cards
    assert (card["type"], card["title"]) == ("trips", "Blaesstraat – Atomium")
    first, direct, on_foot = card["rows"]
    assert [leg.get("line") for leg in first["legs"]] == [None, "81", "6", None]
    assert first["legs"][0] == {"to": "Flagey", "minutes": 4, "walk_m": 310}
    assert first["legs"][2].items() >= {"headsign": "Koning Boudewijn", "from": "Merode", "to": "Flagey"}.items()
    assert (first["changes"], direct["walk_m"], on_foot["walk_m"]) == (1, 0, 3500)


@pytest.mark.parametrize(
    ("written", "origin", "destination"),
    [
        ("Comment je vais de la Porte de Namur à Flagey ?", "stop:porte-de-namur", "stop:flagey"),
        ("hoe kom ik van de Naamsepoort naar het Atomium", "stop:porte-de-namur", "landmark:atomium"),
        ("how do I get to the Atomium from Vanderkindere", "stop:vanderkindere", "landmark:atomium"),
        ("Flagey Vanderkindere", "stop:flagey", "stop:vanderkindere"),
        ("je suis à Flagey et je dois aller à l'Atomium", "stop:flagey", "landmark:atomium"),
        ("ik moet naar de Wetstraat, ik ben in Ukkel", "commune:uccle", "street:2"),
        ("vers l'Atomium, rue Blaes", "street:1", "landmark:atomium"),
        ("vanuit Flagey, Atomium", "stop:flagey", "landmark:atomium"),
    ],
)
async def test_which_place_is_which_end_stands_in_the_words_before_it(rasa, facade, written, origin, destination):
    await rasa.run(ACTION, INTENT, written)
    (asked,) = facade.asked(JOURNEYS)
    assert (asked["from"], asked["to"]) == (origin, destination)


async def test_a_place_that_only_the_model_has_recognised_counts_too(rasa, facade):
    await rasa.run(ACTION, INTENT, "de Flagey à vanderkinderen", stop="vanderkinderen")
    assert facade.asked("/v1/places/search")[0]["q"] == "vanderkinderen"
    await rasa.run(ACTION, INTENT, "de Flagey au Blaesstrat 20", address="Blaesstrat 20")
    assert facade.asked("/v1/places/search")[-1]["q"] == "Blaesstrat 20"


async def test_the_ends_that_the_model_has_understood_are_taken_by_their_ids(rasa, facade):
    await rasa.run(ACTION, INTENT, "Flagey, Atomium", origin="Atomium", destination="Flagey")
    await rasa.run(ACTION, INTENT, "vers wanderkindere depuis Flagey", origin="Flagey", destination="Vanderkindere")
    asked = [(each["from"], each["to"]) for each in facade.asked(JOURNEYS)]
    assert asked == [("landmark:atomium", "stop:flagey"), ("stop:flagey", "stop:vanderkindere")]


async def test_a_shared_location_is_where_the_trip_begins(rasa, facade):
    here = {"address": "address:1:20", "stop": "stop:flagey", "commune": "commune:bruxelles"}
    slots = {"last_question": INTENT, "shown": {"destination": "landmark:atomium", "asked_for": "origin"}}
    await rasa.run(ACTION, "inform", slots=slots, **here)
    await rasa.run(ACTION, "inform", slots=_known(), **here)
    assert [each["from"] for each in facade.asked(JOURNEYS)] == ["address:1:20", "address:1:20"]


async def test_without_a_beginning_it_is_asked_from_where(rasa):
    done = await rasa.run(ACTION, INTENT, "comment aller à l'Atomium ?")
    assert done.ids == ["ask_origin"]
    assert done.slots["shown"].items() >= {"destination": "landmark:atomium", "asked_for": "origin"}.items()


async def test_places_that_were_spoken_of_are_offered_to_leave_from(rasa):
    done = await rasa.run(ACTION, INTENT, "comment aller à l'Atomium ?", slots={"stop": "stop:flagey"})
    assert done.said[0].payloads == [
        '/transport_plan_trip{"destination": "landmark:atomium", "origin": "stop:flagey"}',
    ]


@pytest.mark.parametrize(
    ("said", "facts", "origin"),
    [
        (("inform", "Flagey"), {"stop": "Flagey"}, "stop:flagey"),
        (("inform", "je suis à Flagey"), {}, "stop:flagey"),
        (("inform", ""), {"origin": "stop:vanderkindere"}, "stop:vanderkindere"),
        (("nlu_fallback", "atomium"), {}, "landmark:atomium"),
        (("out_of_scope", "rue blaes 20"), {}, "street:1"),
        ((INTENT, "depuis Flagey"), {"stop": "Flagey"}, "stop:flagey"),
        ((INTENT, ""), {"origin": "stop:flagey"}, "stop:flagey"),
    ],
)
async def test_the_answer_to_from_where_completes_the_question(rasa, facade, said, facts, origin):
    slots = {"last_question": INTENT, "shown": {"destination": "stop:porte-de-namur", "asked_for": "origin"}}
    await rasa.run(ACTION, *said, slots=slots, **facts)
    (asked,) = facade.asked(JOURNEYS)
    assert (asked["from"], asked["to"]) == (origin, "stop:porte-de-namur")


@pytest.mark.parametrize(
    ("action", "intent"), [("action_follow_up", "inform"), ("action_out_of_scope", "out_of_scope")]
)
async def test_a_name_without_entities_comes_back_to_the_question(rasa, action, intent):
    slots = {"last_question": INTENT, "shown": {"destination": "stop:flagey", "asked_for": "origin"}}
    assert (await rasa.run(action, intent, "place machin", slots=slots)).calls_for == ACTION


@pytest.mark.parametrize("written", ["itinéraire", "???", ""])
async def test_where_to_is_asked_where_nothing_is_known(rasa, written):
    done = await rasa.run(ACTION, INTENT, written)
    assert done.ids == ["ask_destination"]
    done = await rasa.run(ACTION, "inform", "depuis Flagey", slots=done.slots)
    assert done.ids == ["ask_destination"]
    assert done.slots["shown"] == {"origin": "stop:flagey", "asked_for": "destination", "last_end": "origin"}


async def test_an_article_does_not_make_an_answer_the_other_end(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"origin": "stop:flagey", "asked_for": "destination"}}
    await rasa.run(ACTION, "inform", "de Wetstraat", slots=slots, origin="Wetstraat", address="Wetstraat")
    (asked,) = facade.asked(JOURNEYS)
    assert (asked["from"], asked["to"]) == ("stop:flagey", "street:2")


async def test_a_correction_is_about_the_end_that_was_said_last(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"destination": "landmark:atomium", "asked_for": "origin"}}
    done = await rasa.run(ACTION, "inform", "Flagey", slots=slots, stop="Flagey")
    await rasa.run(ACTION, "correct_input", "non, Vanderkindere", slots=done.slots, stop="Vanderkindere")
    asked = [(each["from"], each["to"]) for each in facade.asked(JOURNEYS)]
    assert asked == [("stop:flagey", "landmark:atomium"), ("stop:vanderkindere", "landmark:atomium")]


async def test_a_name_that_repeats_is_settled_by_choices_that_keep_the_rest(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "van Flagey naar de Kerkstraat", time="9 uur")
    assert done.ids == ["which_of_many"]
    assert done.said[0].payloads[1] == (
        '/transport_plan_trip{"time": "9 uur", "origin": "stop:flagey", "destination": "street:11"}'
    )
    before = [user(INTENT), slot("pending", done.slots["pending"])]
    again = await rasa.run(ACTION, "inform", "2", slots=done.slots, before=before)
    assert again.slots["shown"]["destination"] == "street:11"
    named = await rasa.run(ACTION, "inform", "in Elsene", commune="Elsene", slots=done.slots, before=before)
    assert named.slots["shown"]["destination"] == "street:11"
    assert [each["to"] for each in facade.asked(JOURNEYS)] == ["street:11", "street:11"]


@pytest.mark.parametrize(
    ("answer", "intent", "shown"),
    [
        ("action_affirm", "affirm", {"origin": "stop:flagey", "destination": "stop:vanderkindere"}),
        ("action_deny", "deny", {"origin": "stop:flagey"}),
    ],
)
async def test_a_misspelt_name_is_settled_by_a_yes_or_a_no(rasa, answer, intent, shown):
    done = await rasa.run(ACTION, INTENT, "de Flagey à wanderkindre", stop="wanderkindre")
    assert done.ids == ["did_you_mean_one"]
    before = [user(INTENT), slot("pending", done.slots["pending"])]
    settled = await rasa.run(answer, intent, "oui", slots=done.slots, before=before)
    assert settled.calls_for == ACTION
    assert settled.slots["shown"] == shown
    answered = await rasa.run(ACTION, intent, "oui", slots={"last_question": INTENT, "shown": shown})
    assert answered.ids == (["ask_destination"] if intent == "deny" else ["paragraphs_4"])


async def test_an_unknown_name_is_said_to_be_and_asked_for_again(rasa):
    done = await rasa.run(ACTION, INTENT, "de Flagey à xyzzy", address="xyzzy")
    assert done.ids == ["destination_unknown"]
    assert done.said[0].params == {"query": "xyzzy"}
    assert done.slots["shown"] == {"origin": "stop:flagey", "asked_for": "destination"}


@pytest.mark.parametrize(
    ("said", "facts", "ends"),
    [
        (("inform", "et vers Vanderkindere ?"), {"stop": "Vanderkindere"}, ("stop:flagey", "stop:vanderkindere")),
        (("inform", "and from Vanderkindere?"), {}, ("stop:vanderkindere", "landmark:atomium")),
        ((INTENT, "et depuis la Porte de Namur ?"), {}, ("stop:porte-de-namur", "landmark:atomium")),
        ((INTENT, "en naar Vanderkindere?"), {}, ("stop:flagey", "stop:vanderkindere")),
        ((INTENT, "naar Vanderkindere dan"), {}, ("stop:flagey", "stop:vanderkindere")),
        (("correct_input", "non, Vanderkindere"), {"stop": "Vanderkindere"}, ("stop:flagey", "stop:vanderkindere")),
        (("inform", "et demain ?"), {"date": "demain"}, ("stop:flagey", "landmark:atomium")),
    ],
)
async def test_a_follow_up_or_a_correction_changes_one_fact(rasa, facade, said, facts, ends):
    await rasa.run(ACTION, *said, slots=_known(), **facts)
    (asked,) = facade.asked(JOURNEYS)
    assert (asked["from"], asked["to"]) == ends


async def test_a_vehicle_that_is_asked_for_is_the_only_one(rasa, facade):
    await rasa.run(ACTION, INTENT, "from Flagey to the Atomium by bus")
    await rasa.run(ACTION, INTENT, "quel bus de Flagey à l'Atomium ?")
    assert [each.get("modes") for each in facade.asked(JOURNEYS)] == ["bus", None]


async def test_where_that_vehicle_leads_nowhere_the_others_are_said(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "met de trein van Flagey naar Atomium")
    assert "trip_by_others" in done.said[0].ids()
    late = await rasa.run(ACTION, "inform", "à 15:02 en train", time="15:02", slots=_known(arrive_by="yes"))
    assert {"trip_by_others", "trip_too_late"} <= set(late.said[0].ids())
    assert [each.get("modes") for each in facade.asked(JOURNEYS)][:2] == ["train", None]


async def test_another_question_does_not_take_where_the_last_one_began(rasa):
    done = await rasa.run(ACTION, INTENT, "comment aller à Vanderkindere ?", slots=_known())
    assert done.ids == ["ask_origin"]
    assert '"origin": "stop:flagey"' in done.said[0].payloads[0]


@pytest.mark.parametrize(
    ("written", "time", "name"),
    [
        ("de Flagey à l'Atomium, partir à 17h", "17h", "at"),
        ("de Flagey à l'Atomium demain 17h", "17h", "at"),
        ("je dois être à l'Atomium à 17h, je pars de Flagey", "17h", "arrive_by"),
        ("leave Flagey at 17:00 to be at the Atomium for dinner", "17:00", "at"),
        ("ik moet om 17 uur in Atomium zijn, vanuit Flagey", "17 uur", "arrive_by"),
        ("from Flagey to the Atomium, arrive by 17:00", "17:00", "arrive_by"),
    ],
)
async def test_a_time_is_that_of_leaving_unless_the_arrival_is_spoken_of(rasa, facade, written, time, name):
    done = await rasa.run(ACTION, INTENT, written, time=time)
    (asked,) = facade.asked(JOURNEYS)
    assert asked[name] == "2026-11-24T17:00:00+01:00"
    assert ("trip_lead_by" in done.said[0].ids()) == (name == "arrive_by")


async def test_trips_that_had_to_leave_before_now_give_way_to_the_soonest(rasa, facade):
    done = await rasa.run(ACTION, "inform", "à 15:02", time="15:02", slots=_known(arrive_by="yes"))
    assert [set(each) & {"at", "arrive_by"} for each in facade.asked(JOURNEYS)] == [{"arrive_by"}, set()]
    assert done.said[0].part("trip_too_late")["at"]["v"] == "2026-11-24T15:02:00+01:00"
    assert "trip_lead_by" not in done.said[0].ids()


async def test_a_time_that_is_not_understood_is_said_to_be_so(rasa):
    done = await rasa.run(ACTION, INTENT, "de Flagey à l'Atomium bientôt", time="bientôt")
    assert "time_not_understood" in done.said[0].ids()
    done = await rasa.run(ACTION, INTENT, "de Flagey à l'Atomium maintenant", time="maintenant")
    assert "time_not_understood" not in done.said[0].ids()


async def test_a_change_of_time_keeps_that_it_is_the_arrivals(rasa, facade):
    await rasa.run(ACTION, "inform", "à 18h", slots=_known(arrive_by="yes", time="17h"), time="18h")
    assert facade.asked(JOURNEYS)[0]["arrive_by"] == "2026-11-24T18:00:00+01:00"


async def test_who_comes_in_a_wheelchair_is_led_without_steps(rasa, facade):
    await rasa.run(ACTION, INTENT, "de Flagey à l'Atomium en fauteuil roulant")
    assert facade.asked(JOURNEYS)[0]["step_free"] == "true"


async def test_the_next_trips_and_the_way_back_are_offered(rasa):
    done = await rasa.run(ACTION, INTENT, "de Flagey à l'Atomium")
    assert done.said[0].payloads == [
        '/transport_plan_trip{"origin": "stop:flagey", "destination": "landmark:atomium", "date": "24/11/2026", '
        '"time": "15:13"}',
        '/transport_plan_trip{"origin": "landmark:atomium", "destination": "stop:flagey"}',
    ]


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("landmark:atomium", "trip_same_place"),
        ("street:21", "trip_no_stop_near"),
        ("street:20", "trip_none"),
        ("stop:gone", "trip_place_gone"),
    ],
)
async def test_why_there_is_no_trip_is_said(rasa, origin, said):
    done = await rasa.run(ACTION, INTENT, origin=origin, destination="landmark:atomium")
    assert done.ids == [said]


async def test_a_day_that_no_timetable_speaks_of_is_said_to_be_so(rasa):
    done = await rasa.run(ACTION, INTENT, **KNOWN, date="1/5/2030")
    assert done.ids == ["trip_day_unknown"]


async def test_it_is_said_again_with_the_same_facts(rasa, facade):
    await rasa.run(ACTION, "change_language", "en français", slots=_known(time="17h"))
    assert facade.asked(JOURNEYS)[0]["at"] == "2026-11-24T17:00:00+01:00"


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "de Flagey à l'Atomium")
    assert done.said[0].params["contact"]["id"] == "contact_transport"


@pytest.mark.parametrize(
    ("intent", "written", "facts"),
    [
        ("inform", "et le retour ?", {"direction": "reverse"}),
        ("inform", "and back?", {}),
        ("nlu_fallback", "en terug?", {}),
        (INTENT, "hoe geraak ik terug?", {}),
    ],
    ids=["an entity", "words", "not understood", "a question"],
)
async def test_the_way_back_is_the_same_trip_turned_round_without_its_time(rasa, facade, intent, written, facts):
    slots = _known(time="9:00", arrive_by="yes")
    done = await rasa.run(ACTION, intent, written, slots=slots, **facts)
    (asked,) = facade.asked(JOURNEYS)
    assert (asked["from"], asked["to"]) == ("landmark:atomium", "stop:flagey")
    assert not asked.keys() & {"at", "arrive_by"}
    assert done.slots["shown"].items() >= {"origin": "landmark:atomium", "destination": "stop:flagey"}.items()


async def test_the_way_back_may_have_a_time_of_its_own(rasa, facade):
    await rasa.run(ACTION, "inform", "et le retour à 18h ?", slots=_known(time="9:00"), time="18h")
    (asked,) = facade.asked(JOURNEYS)
    assert (asked["from"], asked["at"][11:16]) == ("landmark:atomium", "18:00")


@pytest.mark.parametrize(
    ("written", "modes"),
    [
        ("sans métro", "tram,bus,train"),
        ("zonder de metro", "tram,bus,train"),
        ("without the metro", "tram,bus,train"),
        ("only by bus", "bus"),
    ],
)
async def test_a_kind_of_vehicle_changes_the_trip_before(rasa, facade, written, modes):
    await rasa.run(ACTION, "inform", written, slots=_known(), mode="metro")
    assert facade.asked(JOURNEYS)[-1]["modes"] == modes


async def test_which_bus_goes_there_does_not_rule_out_a_tram(rasa, facade):
    await rasa.run(ACTION, INTENT, "quel bus de Flagey à l'Atomium", mode="bus")
    assert "modes" not in facade.asked(JOURNEYS)[-1]


async def test_the_way_back_stays_on_its_day(rasa, facade):
    await rasa.run(ACTION, "inform", "et le retour ?", slots=_known(date="demain", time="9:00"))
    assert facade.asked(JOURNEYS)[-1]["at"] == "2026-11-25T09:00:00+01:00"


async def test_having_to_be_there_at_a_time_is_the_arrival_whatever_comes_after(rasa, facade):
    written = "ik moet om 17 uur op de Wetstraat zijn en ik vertrek aan Flagey"
    await rasa.run(ACTION, INTENT, written, time="17 uur")
    assert facade.asked(JOURNEYS)[0]["arrive_by"][11:16] == "17:00"
