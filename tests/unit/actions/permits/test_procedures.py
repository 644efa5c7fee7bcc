"""Permit procedures: the facet that was asked for, the commune's own facts, and procedures nobody knows."""

VALIDATE, ANSWER, FORM = "validate_permit_procedure_form", "action_permit_procedure", "permit_procedure_form"
INTENT = "permit_procedure"


async def test_the_facet_that_was_asked_for_comes_first(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "terrace"}, facet="documents")
    reply = done.said[0]
    first = reply.params["a"]
    assert first["id"] == "permit_section_list"
    assert first["params"]["label"]["id"] == "facet_documents"
    assert reply.cards[0]["sections"][0] == {"facet": "documents", "label": "Documents", "items": ["Plan", "Photo"]}
    assert reply.source["url"] == "https://p.example"
    assert done.slots["shown"] == {"permit_type": "terrace"}


async def test_a_card_holds_words_of_the_conversations_language(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "terrace"}, facet="cost", speaks="nl")
    card = done.said[0].cards[0]
    assert card["name"] == "Terras"
    assert card["sections"][0] == {"facet": "cost", "label": "Prijs", "text": "50 euro"}


async def test_a_facet_that_differs_by_commune_asks_for_the_commune(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "resident_card"}, facet="cost")
    assert "permit_varies" in done.said[0].ids()


async def test_the_communes_own_price_is_given_with_its_name(rasa, facade):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "resident_card"}, facet="cost", commune="Elsene")
    assert done.said[0].params["a"]["params"]["value"]["fr"] == "10 euros"
    assert done.said[0].part("permit_about_in")["commune"]["nl"] == "Elsene"
    assert facade.asked("/v1/permits/procedures/resident_card")[0]["commune"] == "ixelles"


async def test_a_commune_that_is_none_gives_the_general_answer_and_says_so(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "terrace"}, facet="cost", commune="Xyzzyx")
    assert done.said[0].params["a"]["id"] == "permit_commune_unknown"


async def test_the_whole_procedure_names_all_that_is_known(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "terrace"})
    assert {"permit_summary", "facet_who", "facet_cost", "permit_authority"} <= set(done.said[0].ids())


async def test_without_a_language_both_official_ones_are_fetched(rasa, facade):
    await rasa.run(ANSWER, INTENT, slots={"permit_type": "terrace"}, facet="cost", speaks=None)
    assert [each["lang"] for each in facade.asked("/v1/permits/procedures/terrace")] == ["fr", "nl"]


async def test_a_facet_nobody_knows_gives_a_number_to_call(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"permit_type": "terrace"}, facet="duration")
    assert done.said[0].part("permit_facet_unknown")["contact"]["id"] == "contact_city"


async def test_how_much_is_it_is_about_the_procedure_shown_before(rasa):
    slots = {"last_question": INTENT, "shown": {"permit_type": "terrace"}, "permit_type": ""}
    done = await rasa.run(VALIDATE, INTENT, "et ça coûte combien ?", facet="cost", slots=slots, form=FORM)
    assert done.slots["permit_type"] == "terrace"


async def test_a_procedure_that_several_fit_is_chosen(rasa):
    done = await rasa.run(VALIDATE, "inform", "stationnement", form=FORM, asked="permit_type")
    question = await rasa.run("action_ask_permit_type", "inform", slots={"pending": done.slots["pending"]})
    assert question.said[0].payloads == [
        '/inform{"permit_type": "resident_card"}',
        '/inform{"permit_type": "moving_parking"}',
    ]


async def test_after_two_failures_a_person_is_offered_and_after_three_the_form_is_left(rasa):
    pending: dict = {}
    for tries in (1, 2):
        done = await rasa.run(
            VALIDATE, "out_of_scope", "zeppelin", slots={"pending": pending}, form=FORM, asked="permit_type"
        )
        pending = done.slots["pending"]
        assert pending["tries"] == tries
        question = await rasa.run("action_ask_permit_type", "out_of_scope", slots={"pending": pending})
        assert question.ids == ["permit_not_found"]
        assert ("/ask_human" in question.said[0].payloads) is (tries == 2)
    done = await rasa.run(
        VALIDATE, "out_of_scope", "zeppelin", slots={"pending": pending}, form=FORM, asked="permit_type"
    )
    assert done.slots["requested_slot"] is None
    left = await rasa.run(ANSWER, "out_of_scope", "zeppelin", slots=done.slots, after=[_set("pending", done.slots)])
    assert left.ids == ["utter_give_up"]
    assert left.said[0].payloads == ["/ask_human", "/stop"]


def _set(name, slots):
    return {"event": "slot", "name": name, "value": slots[name]}
