"""Where a thing goes: what is said, what is asked, and what a follow-up changes."""

import httpx

ACTION, INTENT = "action_waste_sorting", "waste_sorting"


async def test_where_it_goes_is_said_first_then_how_why_and_the_trap(rasa):
    done = await rasa.run(ACTION, INTENT, "un verre à boire cassé, ça va où ?")
    (reply,) = done.said
    assert reply.part("waste_item_goes")["where"]["fr"] == "sac blanc"
    facts = [each["fact"]["fr"] for name, each in reply.texts() if name == "waste_item_fact"]
    assert facts == ["Emballez-le.", "Il ne fond pas.", "Pas dans la bulle."]
    assert reply.source["name"] == "Test feed"
    assert done.slots["last_question"] == INTENT
    assert done.slots["shown"] == {"waste_item": "drinking_glass"}


async def test_a_thing_without_a_trap_has_none(rasa):
    done = await rasa.run(ACTION, INTENT, "bocal")
    assert [name for name, _ in done.said[0].texts()].count("waste_item_fact") == 2


async def test_both_official_languages_while_the_language_is_not_known(rasa):
    done = await rasa.run(ACTION, INTENT, "bocal glazen bokaal", speaks=None)
    assert done.said[0].part("waste_item_goes")["where"] == {
        "t": "name", "fr": "bulle à verre", "nl": "glasbol", "en": "bulle à verre",
    }  # fmt: skip


async def test_several_things_that_fit_are_a_choice(rasa):
    done = await rasa.run(ACTION, INTENT, "verre à boire ou bocal")
    assert done.ids == ["which_waste_item"]
    assert done.said[0].payloads == [
        '/waste_sorting{"waste_item": "drinking_glass"}',
        '/waste_sorting{"waste_item": "glass_jar"}',
    ]


async def test_a_choice_is_answered(rasa):
    done = await rasa.run(ACTION, INTENT, waste_item="glass_jar")
    assert done.said[0].part("waste_item_goes")["where"]["fr"] == "bulle à verre"


async def test_a_question_without_a_thing_is_asked_which(rasa):
    assert (await rasa.run(ACTION, INTENT)).ids == ["ask_waste_item"]


async def test_what_the_guide_does_not_have_is_not_invented(rasa):
    done = await rasa.run(ACTION, INTENT, "un machin")
    assert done.ids == ["waste_item_unknown"]
    assert done.said[0].payloads == []


async def test_near_things_are_offered(rasa):
    done = await rasa.run(ACTION, INTENT, "near")
    assert '/waste_sorting{"waste_item": "glass_jar"}' in done.said[0].payloads


async def test_a_few_words_go_on_with_the_guide(rasa):
    slots = {"last_question": INTENT, "shown": {"waste_item": "drinking_glass"}}
    assert (await rasa.run("action_follow_up", "inform", "et un bocal ?", slots=slots)).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et un bocal ?", slots=slots)
    assert done.said[0].part("waste_item_goes")["where"]["fr"] == "bulle à verre"


async def test_it_is_said_again_in_another_language(rasa):
    slots = {"last_question": INTENT, "shown": {"waste_item": "glass_jar"}}
    done = await rasa.run(ACTION, "change_language", "in het Nederlands", speaks="nl", slots=slots)
    assert done.said[0].part("waste_item_goes")["where"]["fr"] == "glasbol"


async def test_the_facade_that_is_down_gives_the_agencys_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "bocal")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


async def test_what_has_to_be_brought_somewhere_leads_on_to_the_nearest_place(rasa):
    done = await rasa.run(ACTION, INTENT, "bocal")
    assert done.said[0].payloads == [
        '/waste_drop_off_points{"material": "glass"}',
        '/waste_container_park{"waste_item": "glass_jar"}',
        "/waste_bulky_pickup",
    ]


async def test_what_goes_in_a_bag_leads_nowhere(rasa):
    assert (await rasa.run(ACTION, INTENT, "verre à boire")).said[0].payloads == []


async def test_things_that_all_go_the_same_way_need_no_question(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "une assiette ou un verre à boire", waste_item="plate")
    assert done.said[0].part("waste_item_goes")["item"]["fr"] == "Assiette"
    assert done.slots["shown"] == {"waste_item": "plate"}
