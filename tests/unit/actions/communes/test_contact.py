"""A commune's administration: open or not, and which commune it is."""

VALIDATE, ANSWER, FORM = "validate_commune_contact_form", "action_commune_contact", "commune_contact_form"
INTENT = "city_commune_contact"


async def test_open_now_is_said_with_the_time_it_closes(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"commune": "commune:ixelles"})
    assert done.said[0].part("commune_open_now")["until"]["v"] == "2026-11-24T16:00:00+01:00"
    assert {"commune_address", "commune_phone", "commune_website", "commune_e_counter"} <= set(done.said[0].ids())
    assert "commune_email" not in done.said[0].ids()
    assert done.said[0].cards[0]["hours"][0] == {
        "days": ["mon", "tue", "wed", "thu", "fri"],
        "opens": "08:00",
        "closes": "16:00",
        "note": None,
    }


async def test_closed_now_is_said_with_the_time_it_opens(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"commune": "commune:uccle"})
    opens = done.said[0].part("commune_closed_now")["opens"]["params"]
    assert opens["day"] == {"t": "date", "v": "2026-11-25", "style": "relative"}


async def test_a_saturday_is_answered_as_one(rasa):
    done = await rasa.run(ANSWER, INTENT, slots={"commune": "commune:ixelles"}, date="samedi")
    assert done.said[0].part("commune_closed_on")["day"]["params"]["day"]["v"] == "2026-11-28"


async def test_a_street_tells_its_commune(rasa):
    done = await rasa.run(VALIDATE, INTENT, "maison communale avenue de la Couronne", address="Kroonlaan", form=FORM)
    assert done.slots == {"commune": "commune:ixelles", "pending": None}


async def test_a_misspelt_commune_is_offered_by_its_name_alone(rasa):
    done = await rasa.run(VALIDATE, INTENT, "commune d'Ixele", commune="Ixel", form=FORM)
    question = await rasa.run("action_ask_commune", INTENT, slots={"pending": done.slots["pending"]})
    assert question.ids == ["did_you_mean_one"]
    assert question.said[0].params["place"] == {"t": "name", "fr": "Ixelles", "nl": "Elsene", "en": None}


async def test_a_part_of_a_commune_tells_it(rasa):
    done = await rasa.run(VALIDATE, INTENT, "gemeentehuis Laken", commune="Laken", form=FORM)
    assert done.slots == {"commune": "commune:bruxelles", "pending": None}


async def test_a_street_in_two_communes_is_a_choice_of_communes_called_by_their_names_alone(rasa):
    done = await rasa.run(VALIDATE, INTENT, "maison communale rue du Moulin", address="rue du Moulin", form=FORM)
    question = await rasa.run("action_ask_commune", INTENT, slots={"pending": done.slots["pending"]})
    assert question.ids == ["which_one"]
    assert question.said[0].payloads == [
        '/inform{"commune": "commune:saint-josse-ten-noode"}',
        '/inform{"commune": "commune:evere"}',
    ]
    assert question.said[0].labels[1] == {"t": "name", "fr": "Evere", "nl": "Evere", "en": None}


async def test_another_fact_leaves_the_question_open(rasa):
    pending = {"slot": "commune", "problem": "not_found", "query": "x", "tries": 1}
    done = await rasa.run(
        VALIDATE, "inform", "et samedi ?", date="samedi", slots={"pending": pending}, form=FORM, asked="commune"
    )
    assert done.slots == {"commune": None, "pending": pending}


async def test_while_the_commune_is_asked_for_its_prices_are_not_known(rasa):
    done = await rasa.run(VALIDATE, "inform", "is dat gratis", form=FORM, requested="commune")
    assert done.slots["commune"] is None
    asked = await rasa.run("action_ask_commune", "inform", "is dat gratis")
    assert asked.ids == ["ask_commune_cost"]


async def test_after_its_counters_were_told_its_prices_are_not_known_either(rasa):
    done = await rasa.run(ANSWER, "inform", "c'est combien ?", slots={"commune": "commune:ixelles"})
    assert "commune_cost" in done.said[0].ids()
