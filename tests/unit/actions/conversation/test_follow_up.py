"""A fact on its own goes on with the last question, changed by what was said."""

import pytest

FOLLOW_UP = "action_follow_up"
WASTE, RIDE, PERMIT, TOWN = (
    "waste_collection_day",
    "transport_next_departures",
    "permit_procedure",
    "city_commune_contact",
)


@pytest.mark.parametrize(
    ("last", "text", "facts", "expected"),
    [
        (WASTE, "and the yellow one?", {"fraction": "yellow"}, ("waste_collection_form", {"fraction": "yellow"})),
        (WASTE, "et vendredi ?", {"date": "vendredi"}, ("waste_collection_form", {"date": "vendredi"})),
        (WASTE, "en bij Flagey?", {"stop": "Flagey"}, ("waste_collection_form", {"address": "Flagey"})),
        (RIDE, "et dans l'autre sens ?", {"direction": "reverse"}, ("departures_form", {"direction": "reverse"})),
        (RIDE, "and the 81?", {"line": "81"}, ("departures_form", {"line": "81", "direction": None})),
        (RIDE, "en bij de Wetstraat 16?", {"address": "Wetstraat 16"}, ("departures_form", {"stop": "Wetstraat 16"})),
        (PERMIT, "what does it cost?", {"facet": "cost"}, ("permit_procedure_form", {"facet": "cost"})),
        (PERMIT, "et à Ixelles ?", {"commune": "Ixelles"}, ("permit_procedure_form", {"commune": "Ixelles"})),
        (TOWN, "et à Ixelles ?", {"commune": "Ixelles"}, ("commune_contact_form", {"commune": "Ixelles"})),
        (WASTE, "and the 81?", {"line": "81"}, ("departures_form", {"line": "81", "time": None, "date": None})),
        (RIDE, "et une terrasse ?", {"permit_type": "terrace"}, ("permit_procedure_form", {"permit_type": "terrace"})),
        (None, "de gele zak", {"fraction": "yellow"}, ("waste_collection_form", {"fraction": "yellow", "date": None})),
    ],
)
async def test_a_fact_goes_on_with_the_question_that_it_belongs_to(rasa, last, text, facts, expected):
    form, changed = expected
    done = await rasa.run(FOLLOW_UP, "inform", text, slots={"last_question": last}, **facts)
    assert done.calls_for == form
    assert done.slots.items() >= changed.items()
    assert done.ids == []


async def test_a_name_that_may_be_a_stop_or_a_commune_goes_on_with_the_last_question(rasa):
    done = await rasa.run(
        FOLLOW_UP, "inform", "et à Forest ?", commune="Forest", stop="Forest", slots={"last_question": PERMIT}
    )
    assert done.calls_for == "permit_procedure_form"
    assert done.slots == {"commune": "Forest"}


@pytest.mark.parametrize(("last", "slot"), [(WASTE, "address"), (RIDE, "stop")])
async def test_a_commune_alone_asks_for_the_street_or_the_stop_in_it(rasa, last, slot):
    done = await rasa.run(FOLLOW_UP, "inform", "et à Ixelles ?", commune="Ixelles", slots={"last_question": last})
    assert done.slots[slot] is None
    assert done.slots["pending"] == {"slot": slot, "problem": "commune_only", "commune": "Ixelles"}
    question = await rasa.run(f"action_ask_{slot}", "inform", slots={"pending": done.slots["pending"]})
    assert question.ids == ["ask_street_in_commune" if slot == "address" else "ask_stop_in_commune"]


@pytest.mark.parametrize("text", ["au 45", "sorry, number 45", "45", "pardon, n° 45"])
async def test_another_house_number_is_in_the_same_street(rasa, text):
    slots = {"last_question": WASTE, "address": "address:1:20"}
    done = await rasa.run(FOLLOW_UP, "inform", text, slots=slots)
    assert done.calls_for == "waste_collection_form"
    assert done.slots == {"address": "address:1:45"}


@pytest.mark.parametrize("text", ["non, le numéro 45, pas 20", "nee, nummer 45, niet 20", "no, number 45 and not 20"])
async def test_a_house_number_is_corrected_with_the_wrong_one_behind_it(rasa, text):
    slots = {"last_question": WASTE, "address": "address:1:20"}
    done = await rasa.run(FOLLOW_UP, "correct_input", text, slots=slots, line="45")
    assert done.calls_for == "waste_collection_form"
    assert done.slots["address"] == "address:1:45"


async def test_an_address_without_a_question_asks_what_it_is_for_and_keeps_it(rasa):
    done = await rasa.run(FOLLOW_UP, "inform", "rue Blaes 20", address="rue Blaes 20")
    assert done.ids == ["utter_nothing_to_continue"]
    assert done.said[0].payloads == [
        '/waste_collection_day{"address": "rue Blaes 20"}',
        '/city_commune_contact{"address": "rue Blaes 20"}',
    ]


async def test_a_fact_that_no_collection_has_is_said_not_to_be_known(rasa):
    slots = {"last_question": WASTE}
    done = await rasa.run(FOLLOW_UP, "inform", "et quels documents ?", facet="documents", slots=slots)
    assert done.ids == ["utter_fact_unknown"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


@pytest.mark.parametrize(
    ("text", "reference", "action"),
    [
        ("04/PU/1234567", "04/PU/1234567", "action_permit_status"),
        ("ref 04/PU/1234567", "04/PU/1234567", "action_permit_status"),
        ("BXL-2026-00123", "BXL-2026-00123", "action_report_status"),
    ],
)
@pytest.mark.parametrize("last", [None, RIDE, WASTE])
async def test_a_reference_alone_is_looked_up(rasa, last, text, reference, action):
    facts = {"reference": reference, "line": "4", "permit_type": "planning"}
    done = await rasa.run(FOLLOW_UP, "inform", text, slots={"last_question": last}, **facts)
    assert done.calls_for == action
    assert done.ids == []


async def test_a_number_alone_is_no_reference(rasa):
    done = await rasa.run(FOLLOW_UP, "inform", "12345", reference="12345")
    assert done.ids == ["utter_nothing_to_continue"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [("le bus", {"mode": "bus"}), ("ik zoek een bus van De Lijn", {"mode": "bus", "operator": "de_lijn"})],
)
async def test_a_vehicle_alone_is_asked_about_with_what_may_be_asked_of_one(rasa, text, facts):
    done = await rasa.run(FOLLOW_UP, "inform", text, **facts)
    assert done.ids == ["utter_nothing_to_continue"]
    assert done.said[0].payloads == [
        '/transport_next_departures{"mode": "bus"}',
        '/transport_nearest_stop{"mode": "bus"}',
        '/transport_plan_trip{"mode": "bus"}',
        "/ask_help",
    ]


async def test_a_fact_that_belongs_nowhere_is_asked_about(rasa):
    done = await rasa.run(FOLLOW_UP, "inform", "combien ?", facet="cost")
    assert done.ids == ["utter_nothing_to_continue"]
    assert len(done.said[0].payloads) == 5


async def test_no_fact_at_all_is_said_not_to_be_understood(rasa):
    done = await rasa.run(FOLLOW_UP, "inform", "le premier", slots={"last_question": WASTE, "address": "street:2"})
    assert done.ids == ["utter_not_understood"]


async def test_a_photo_on_its_own_is_asked_about_and_goes_on_with_nothing(rasa):
    done = await rasa.run(FOLLOW_UP, "inform", slots={"last_question": RIDE}, photo="a" * 32)
    (said,) = done.said
    assert said.id == "photo_received"
    assert done.calls_for is None
    carried = f'{{"photo": "{"a" * 32}"}}'
    offered = [f"/waste_illegal_dumping{carried}", f"/city_report_problem{carried}", "/waste_sorting"]
    assert said.payloads == offered


async def test_a_photo_in_the_middle_of_a_question_is_said_to_be_of_no_use_there(rasa):
    done = await rasa.run(FOLLOW_UP, "inform", form="departures_form", asked="stop", photo="a" * 32)
    assert done.ids == ["photo_no_use_here"]


@pytest.mark.parametrize("words", ["et le premier ?", "en de eerste?", "and the first one?", "en de laatste?"])
async def test_the_first_one_after_departures_is_the_lines_first(rasa, words):
    slots = {"last_question": RIDE, "stop": "stop:flagey", "shown": {"line": "81", "stop": "stop:flagey"}}
    done = await rasa.run(FOLLOW_UP, "inform", words, slots=slots)
    assert done.calls_for == "action_first_last"


@pytest.mark.parametrize(
    ("last", "words"),
    [(WASTE, "et le premier ?"), (RIDE, "je ne sais pas si c'est le premier arrêt")],
    ids=["after another answer", "in a sentence"],
)
async def test_elsewhere_the_first_one_is_nothing_to_go_on_with(rasa, last, words):
    done = await rasa.run(FOLLOW_UP, "inform", words, slots={"last_question": last})
    assert done.calls_for is None


async def test_facts_that_all_belong_to_one_question_are_that_question(rasa):
    done = await rasa.run(
        "action_follow_up",
        "inform",
        "quels documents pour une terrasse à Ixelles",
        facet="documents",
        permit_type="terrace",
        commune="Ixelles",
    )
    assert done.calls_for == "permit_procedure_form"
    assert (done.slots["permit_type"], done.slots["commune"]) == ("terrace", "Ixelles")


async def test_a_place_that_may_belong_to_several_is_asked_about(rasa):
    done = await rasa.run("action_follow_up", "inform", "rue Blaes 20", address="rue Blaes 20")
    assert done.calls_for is None
