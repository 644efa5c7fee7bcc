"""Procedures that a question names: the card of the first or second car, the last day to ask, what an event needs."""

import httpx
import pytest

CARD, MOVE, EVENT = "permit_resident_parking", "permit_moving_parking", "permit_event"
ACTIONS = {CARD: "action_resident_parking", MOVE: "action_moving_parking", EVENT: "action_event"}


async def ask(rasa, intent, text="", **kwargs):
    done = await rasa.run(ACTIONS[intent], kwargs.pop("as_intent", intent), text, **kwargs)
    return done, done.said[0]


async def test_who_may_have_the_card_its_price_documents_and_contact_are_told_for_the_commune(rasa, facade):
    done, reply = await ask(rasa, CARD, "carte riverain à Ixelles", commune="Ixelles")
    assert {"permit_summary", "facet_who", "facet_cost", "facet_documents", "procedure_contact"} <= set(reply.ids())
    assert reply.part("procedure_contact")["commune"]["nl"] == "Elsene"
    assert facade.asked("/v1/permits/procedures/resident_card") == [{"commune": "ixelles", "lang": "fr"}]
    assert done.slots["commune"] == "commune:ixelles"
    assert reply.payloads == [
        '/permit_resident_parking{"commune": "commune:ixelles", "variant": "first_car"}',
        '/permit_resident_parking{"commune": "commune:ixelles", "variant": "second_car"}',
        '/city_commune_contact{"commune": "commune:ixelles"}',
        '/permit_procedure{"permit_type": "resident_card"}',
    ]


async def test_how_to_get_it_asks_for_all_of_it_and_as_a_follow_up_for_that_alone(rasa):
    done, reply = await ask(rasa, CARD, "comment avoir une carte riverain", facet="how")
    assert {"facet_who", "facet_cost", "facet_documents", "permit_varies"} <= set(reply.ids())
    _, reply = await ask(rasa, CARD, "et comment faire ?", as_intent="inform", slots=done.slots, facet="how")
    assert reply.part("permit_facet_unknown")["facet"]["id"] == "facet_how_inside"
    assert "facet_cost" not in reply.ids()


async def test_its_price_by_words_that_only_point_back(rasa):
    slots = {"last_question": CARD, "shown": {"commune": "commune:ixelles", "facet": "cost"}}
    _, reply = await ask(rasa, CARD, "hoeveel kost die?", as_intent="out_of_scope", slots=slots)
    assert "facet_cost" in reply.ids()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("je déménage le 15, comment réserver une place ?", "deadline_advice"),
        ("ik verhuis de 15de, hoe reserveer ik een plaats?", "deadline_advice"),
        ("je déménage, réserver devant le 15 rue Blaes", "permit_summary"),
    ],
)
async def test_a_day_of_the_month_alone_is_the_day_of_the_move(rasa, text, first):
    _, reply = await ask(rasa, MOVE, text, commune="Etterbeek")
    assert reply.params["a"]["id"] == first


async def test_the_second_cars_price_comes_first(rasa):
    _, reply = await ask(rasa, CARD, "prix pour une deuxième voiture ?", commune="Ixelles", facet="cost")
    first = reply.params["a"]
    assert first["id"] == "procedure_price"
    assert first["params"]["variant"]["fr"] == "Deuxième voiture"
    assert reply.part("price_per_year")["price"] == {"t": "money", "v": 110.0, "currency": "EUR"}


async def test_without_a_commune_it_is_told_in_general_and_the_commune_is_asked_for(rasa):
    done, reply = await ask(rasa, CARD, "hoe vraag ik een bewonerskaart aan", speaks="nl")
    assert "permit_varies" in reply.ids()
    assert done.slots["shown"] == {}
    led = await rasa.run("action_follow_up", "inform", "Elsene", slots=done.slots, commune="Elsene")
    assert led.calls_for == ACTIONS[CARD]
    _, told = await ask(rasa, CARD, "Elsene", as_intent="inform", slots=done.slots, commune="Elsene")
    assert "procedure_contact" in told.ids()


async def test_a_commune_that_is_none_gives_the_general_answer_and_says_so(rasa):
    _, reply = await ask(rasa, CARD, commune="Xyzzyx")
    assert reply.params["a"]["id"] == "permit_commune_unknown"


async def test_the_last_day_to_ask_for_a_move_comes_first(rasa, facade):
    _, reply = await ask(rasa, MOVE, "je déménage le 15 à Etterbeek", date="le 15", commune="Etterbeek")
    first = reply.params["a"]
    assert first["id"] == "deadline_advice"
    assert first["params"]["last"]["params"]["day"]["v"] == "2026-12-01"
    assert first["params"]["day"]["params"]["day"]["v"] == "2026-12-15"
    assert facade.asked("/v1/permits/procedures/moving_parking")[0]["variant"] == "move"


@pytest.mark.parametrize(
    ("text", "commune", "reply_id"),
    [
        pytest.param("un conteneur le 15", "Etterbeek", "deadline_passed", id="too late for a skip"),
        pytest.param("je déménage le 15", "Ixelles", "deadline_rule", id="a rule of the commune"),
    ],
)
async def test_the_last_day_is_a_rule_an_advice_or_over(rasa, text, commune, reply_id):
    _, reply = await ask(rasa, MOVE, text, date="le 15", commune=commune)
    assert reply.params["a"]["id"] == reply_id


async def test_without_a_day_it_is_asked_for_and_the_next_message_gives_it(rasa):
    done, reply = await ask(rasa, MOVE, "réserver une place à Ixelles", commune="Ixelles")
    assert "procedure_ask_day" in reply.ids()
    led = await rasa.run("action_follow_up", "inform", "le 15", slots=done.slots, date="le 15")
    assert led.calls_for == ACTIONS[MOVE]
    _, told = await ask(rasa, MOVE, "le 15", as_intent="inform", slots=done.slots, date="le 15")
    assert (told.params["a"]["id"], told.params["b"]["id"]) == ("deadline_rule", "permit_about_in")


async def test_another_day_corrects_the_first_and_the_commune_stays(rasa):
    slots = {"last_question": MOVE, "shown": {"commune": "commune:ixelles", "date": "le 15"}}
    done, reply = await ask(rasa, MOVE, "non, le 18", as_intent="correct_input", slots=slots, date="le 18")
    assert reply.part("deadline_rule")["day"]["params"]["day"]["v"] == "2026-12-18"
    assert done.slots["shown"] == {"commune": "commune:ixelles", "date": "le 18"}


async def test_a_street_says_which_commune(rasa):
    slots = {"last_question": MOVE, "shown": {"commune": "commune:etterbeek"}}
    text = "avenue de la Couronne 100"
    done, _ = await ask(rasa, MOVE, text, as_intent="inform", slots=slots, address=text)
    assert done.slots["shown"]["commune"] == "commune:ixelles"


@pytest.mark.parametrize("written", ["bientôt", "le 15 juin 2099"])
async def test_a_day_that_is_none_is_not_taken_for_one(rasa, written):
    _, reply = await ask(rasa, MOVE, date=written, commune="Ixelles")
    assert "procedure_day_unclear" in reply.ids()


async def test_what_a_kind_of_event_needs_comes_first_with_the_other_kinds_as_choices(rasa):
    done, reply = await ask(rasa, EVENT, "vergunning voor een rommelmarkt", speaks="nl", commune="Elsene")
    assert reply.params["a"]["id"] == "procedure_variant"
    assert reply.part("procedure_variant")["note"]["fr"] == "Noteer."
    assert {"facet_documents", "procedure_contact", "procedure_ask_day"} <= set(reply.ids())
    assert done.slots["shown"]["variant"] == "flea_market"


async def test_how_long_before_is_answered_first_and_the_day_asked_for(rasa):
    _, reply = await ask(rasa, EVENT, "délai pour un événement à Ixelles", commune="Ixelles", facet="duration")
    assert reply.params["a"]["id"] == "permit_facet_unknown"
    assert "procedure_ask_day" in reply.ids()
    assert reply.payloads[-1] == '/permit_procedure{"permit_type": "event"}'


async def test_a_choice_of_a_variant_that_is_gone_is_answered_all_the_same(rasa):
    done, reply = await ask(rasa, EVENT, variant="circus", commune="Ixelles")
    assert "permit_summary" in reply.ids()
    assert "variant" not in done.slots["shown"]


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTIONS[MOVE], MOVE, commune="Ixelles")
    assert done.ids == ["utter_city_unavailable"]


async def test_a_few_words_that_name_a_variant_go_on_with_it(rasa):
    slots = {"last_question": CARD, "shown": {"commune": "commune:ixelles", "variant": "first_car"}}
    text = "et pour une deuxième voiture ?"
    led = await rasa.run("action_clarify", "nlu_fallback", text, slots=slots, ranking=[("inform", 0.2)])
    assert led.calls_for == ACTIONS[CARD]
    done, reply = await ask(rasa, CARD, text, as_intent="nlu_fallback", slots=slots)
    assert reply.params["a"]["id"] == "procedure_price"
    assert done.slots["shown"] == {"commune": "commune:ixelles", "variant": "second_car"}


async def test_words_that_name_none_are_clarified(rasa):
    slots = {"last_question": CARD, "shown": {"commune": "commune:ixelles"}}
    done = await rasa.run(ACTIONS[CARD], "nlu_fallback", "zeppelin bleu", slots=slots)
    assert (done.calls_for, done.ids) == ("action_clarify", [])
    assert done.slots["last_question"] is None


async def test_a_second_car_is_gone_on_with_though_it_names_a_vehicle(rasa):
    slots = {"last_question": CARD, "shown": {"commune": "commune:ixelles"}}
    led = await rasa.run("action_follow_up", "inform", "and for the second car?", slots=slots, vehicle="car")
    assert led.calls_for == ACTIONS[CARD]


async def test_a_variant_after_the_answer_tells_its_price_and_not_all_the_rest_again(rasa):
    slots = {"last_question": CARD, "shown": {"commune": "commune:ixelles"}}
    _, reply = await ask(rasa, CARD, "and for the second car?", as_intent="inform", slots=slots, vehicle="car")
    assert {"procedure_price", "facet_cost", "choice_whole_procedure"} <= set(reply.ids())
    assert "facet_who" not in reply.ids()


async def test_a_few_words_of_its_own_intent_keep_the_commune_and_the_day(rasa):
    slots = {"last_question": MOVE, "shown": {"commune": "commune:ixelles", "date": "le 15"}}
    done, reply = await ask(rasa, MOVE, "et pour un conteneur ?", slots=slots)
    assert done.slots["shown"] == {"commune": "commune:ixelles", "date": "le 15", "variant": "skip"}
    assert "procedure_ask_day" not in reply.ids()


async def test_a_first_answer_leaves_languages_and_who_decides_to_the_whole_procedure(rasa):
    _, reply = await ask(rasa, MOVE, "réserver une place à Ixelles", commune="Ixelles")
    assert not {"facet_languages", "facet_online_form", "permit_authority"} & set(reply.ids())


async def test_a_price_that_differs_by_commune_comes_with_whom_to_call(rasa):
    _, reply = await ask(rasa, CARD, "prix de la carte à Ixelles", commune="Ixelles", facet="cost")
    assert reply.part("procedure_contact")["commune"]["nl"] == "Elsene"


async def test_a_month_is_no_day_and_the_day_is_asked_for(rasa):
    _, reply = await ask(rasa, EVENT, "rommelmarkt in juni", speaks="nl", commune="Elsene", date="in juni")
    assert "procedure_ask_day" in reply.ids()
    assert not {"procedure_day_unclear", "deadline_rule", "deadline_advice"} & set(reply.ids())


async def test_a_day_of_another_year_is_said_with_its_year(rasa):
    _, reply = await ask(rasa, MOVE, "je déménage le 15 juin", date="le 15 juin", commune="Ixelles")
    assert reply.part("for_day")["day"] == {"t": "date", "v": "2027-06-15", "style": "full"}
