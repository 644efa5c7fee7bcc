"""Whether works need a permit: the next question, answers by choice and by words, the verdict and its rule."""

import httpx
import pytest

from tests.unit.actions.dispatch import acted, user

ACTION, INTENT = "action_permit_needed", "permit_needed"


def asking(answers="", project="shed", tries=0, **more):
    """Return the slots while a question is open."""
    shown = {"project": project, **({"answers": answers} if answers else {}), "asked_for": "answers", **more}
    pending = {"slot": "answers", "words": True, "tries": tries}
    return {"last_question": INTENT, "shown": shown, "pending": pending}


async def heard(rasa, intent, text, slots, **kwargs):
    """Run the action on a message, its question just asked; the message is first sent where its intent leads."""
    before = [
        user(INTENT, "?"),
        {"event": "slot", "name": "pending", "value": slots["pending"]},
        acted("action_listen"),
    ]
    way = {"affirm": "action_affirm", "deny": "action_deny", "out_of_scope": "action_out_of_scope"}
    first = way.get(intent, "action_clarify" if intent == "nlu_fallback" else "action_follow_up")
    if intent != INTENT:
        led = await rasa.run(first, intent, text, slots=slots, before=before, ranking=[(intent, 0.3)], **kwargs)
        assert led.calls_for == ACTION
    return await rasa.run(ACTION, intent, text, slots=slots, before=before, **kwargs)


async def test_works_that_are_named_lead_to_the_first_question_with_its_choices(rasa):
    done = await rasa.run(ACTION, INTENT, "faut-il un permis pour un abri de jardin")
    (reply,) = done.said
    assert reply.part("advice_starts")["count"] == 3
    assert reply.part("advice_question")["question"]["fr"] == "Quelle surface ?"
    assert reply.payloads == [
        '/permit_needed{"project": "shed", "answers": "size:up_to_9"}',
        '/permit_needed{"project": "shed", "answers": "size:larger"}',
    ]
    assert done.slots["pending"]["slot"] == "answers"


async def test_a_choice_carries_all_answers_and_leads_to_the_next_question(rasa):
    done = await rasa.run(ACTION, INTENT, project="shed", answers="size:up_to_9")
    assert (done.ids, done.said[0].params["question"]["fr"]) == (["advice_question"], "Où ?")
    assert done.said[0].payloads[0] == '/permit_needed{"project": "shed", "answers": "size:up_to_9 place:back"}'


async def test_the_verdict_comes_first_with_reason_next_step_decider_and_rule(rasa):
    done = await rasa.run(ACTION, INTENT, project="shed", answers="size:larger")
    (reply,) = done.said
    names = [name for name, _ in reply.texts()]
    assert names[:4] == ["advice_verdict", "advice_next", "advice_decides", "advice_rule"]
    assert reply.part("advice_verdict")["headline"]["fr"] == "permit fr."
    assert reply.source["url"] == "https://rule.example/98"
    assert reply.payloads[0] == '/permit_procedure{"permit_type": "planning"}'
    assert {section["facet"] for section in reply.cards[0]["sections"]} == {"next", "answers", "rules"}
    assert reply.cards[0]["sections"][1]["items"] == ["Quelle surface ? Plus de 9 m²"]
    assert done.slots["pending"] is None


async def test_who_decides_is_said_where_the_rules_leave_room(rasa):
    done = await rasa.run(ACTION, INTENT, project="solar_panels", answers="heritage:unknown")
    assert done.said[0].part("advice_verdict")["headline"]["fr"] == "authority_decides fr."
    assert done.said[0].part("advice_decides")["who"]["fr"] == "La commune"
    assert "/city_commune_contact" in done.said[0].payloads


async def test_what_needs_none_says_whether_an_architect_is_needed_and_no_decider(rasa):
    done = await rasa.run(ACTION, INTENT, project="hedge")
    names = [name for name, _ in done.said[0].texts()]
    assert "advice_no_architect" in names
    assert "advice_decides" not in names


async def test_what_the_first_words_say_is_not_asked_again_and_said_back(rasa):
    done = await rasa.run(ACTION, INTENT, "un abri de jardin de 6 m² au fond du jardin")
    reply = done.said[0]
    assert reply.part("advice_question")["question"]["fr"] == "Est-ce protégé ?"
    quoted = [each["answer"]["fr"] for name, each in reply.texts() if name == "advice_quoted"]
    assert quoted == ["9 m² ou moins", "Derrière la maison"]
    assert reply.part("advice_help")["help"]["fr"] == "Voyez l'inventaire."


@pytest.mark.parametrize(
    ("intent", "text", "so_far", "answers"),
    [
        pytest.param("inform", "12 m2", "", "size:larger", id="a measure"),
        pytest.param("nlu_fallback", "2 sur 3", "", "size:up_to_9", id="two sides"),
        pytest.param("inform", "plus de 9", "", "size:larger", id="more than the bound"),
        pytest.param("inform", "9", "", "size:up_to_9", id="a number alone is a measure"),
        pytest.param("out_of_scope", "au fond du jardin", "size:up_to_9", "size:up_to_9 place:back", id="other words"),
        pytest.param("nlu_fallback", "la deuxième", "size:up_to_9", "size:up_to_9 place:front", id="its place"),
        pytest.param("inform", "2", "size:up_to_9", "size:up_to_9 place:front", id="its number"),
        pytest.param("inform", "plutôt derrière", "size:up_to_9", "size:up_to_9 place:back", id="a word of a choice"),
        pytest.param("deny", "non", "size:up_to_9 place:back", "size:up_to_9 place:back heritage:no", id="no"),
        pytest.param("affirm", "oui", "size:up_to_9 place:back", "size:up_to_9 place:back heritage:yes", id="yes"),
        pytest.param(
            "deny", "je ne sais pas", "size:up_to_9 place:back", "size:up_to_9 place:back heritage:unknown", id="unsure"
        ),
        pytest.param(
            "inform", "c'est classé", "size:up_to_9 place:back", "size:up_to_9 place:back heritage:yes", id="said so"
        ),
        pytest.param(
            "inform", "pas classé du tout", "size:up_to_9 place:back", "size:up_to_9 place:back heritage:no", id="not"
        ),
    ],
)  # fmt: skip
async def test_words_answer_the_open_question(rasa, intent, text, so_far, answers):
    done = await heard(rasa, intent, text, asking(so_far))
    assert done.slots["shown"]["answers"] == answers


async def test_a_number_that_is_taken_for_a_line_answers_too(rasa):
    done = await heard(rasa, "inform", "8", asking(), line="8")
    assert done.slots["shown"]["answers"] == "size:up_to_9"


async def test_a_no_with_a_but_may_be_either_and_is_asked(rasa):
    done = await heard(rasa, "deny", "non mais il y a une église à côté", asking("size:up_to_9 place:back"))
    assert "advice_which" in done.said[0].ids()
    assert [each.split("heritage:")[1] for each in done.said[0].payloads] == ['no"}', 'near"}']


async def test_words_that_mean_no_choice_are_asked_again_and_then_a_person_is_offered(rasa):
    done = await heard(rasa, "nlu_fallback", "zeppelin", asking())
    assert "advice_unclear" in done.said[0].ids()
    assert done.slots["shown"] == {"project": "shed", "asked_for": "answers"}
    assert "/ask_human" not in done.said[0].payloads
    again = await heard(rasa, "nlu_fallback", "zeppelin", {**asking(), "pending": done.slots["pending"]})
    assert again.said[0].payloads[-2:] == ["/ask_human", "/stop"]


async def test_who_does_not_know_is_told_who_does_where_no_choice_says_so(rasa):
    done = await heard(rasa, "deny", "je ne sais pas", asking())
    assert "advice_unsure" in done.said[0].ids()


async def test_an_answer_that_is_corrected_changes_and_the_rest_stays(rasa):
    done = await heard(rasa, "correct_input", "non, il fera 12 m²", asking("size:up_to_9 place:back"))
    assert done.slots["shown"]["answers"] == "size:larger place:back"
    assert "advice_verdict" in done.said[0].ids()


async def test_other_works_start_over(rasa):
    for intent, text in ((INTENT, "et pour des panneaux solaires ?"), ("inform", "non, plutôt des panneaux solaires")):
        done = await heard(rasa, intent, text, asking("size:up_to_9"))
        assert done.slots["shown"]["project"] == "solar_panels"
        assert "answers" not in done.slots["shown"]


async def test_the_same_works_named_once_more_keep_the_answers(rasa):
    done = await heard(rasa, INTENT, "c'est pour mon abri de jardin", asking("size:up_to_9"))
    assert done.slots["shown"]["project"] == "shed"
    assert done.slots["shown"]["answers"] == "size:up_to_9"


@pytest.mark.parametrize("last", ["permit_resident_parking", "permit_procedure"])
async def test_which_papers_after_a_procedure_is_about_that_one(rasa, last):
    slots = {"last_question": last, "shown": {"commune": "commune:ixelles"}, "permit_type": "planning"}
    done = await rasa.run(ACTION, INTENT, "quels papiers il me faut ?", slots=slots, facet="documents")
    assert done.ids == []
    assert done.slots["last_question"] == last
    if last == "permit_procedure":
        assert done.calls_for == "permit_procedure_form"
        assert done.slots["facet"] == "documents"
    else:
        assert done.calls_for == "action_resident_parking"
        assert done.slots["shown"] == {"commune": "commune:ixelles", "facet": "documents"}


async def test_after_the_verdict_a_few_words_change_an_answer(rasa):
    slots = {"last_question": INTENT, "shown": {"project": "shed", "answers": "size:larger"}, "pending": None}
    led = await rasa.run("action_follow_up", "inform", "et s'il fait 8 m² ?", slots=slots)
    assert led.calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et s'il fait 8 m² ?", slots=slots)
    assert done.slots["shown"]["answers"] == "size:up_to_9"


async def test_after_the_verdict_works_that_nobody_knows_are_not_guessed(rasa):
    slots = {"last_question": INTENT, "shown": {"project": "shed", "answers": "size:larger"}, "pending": None}
    done = await rasa.run(ACTION, "inform", "et un trampoline ?", slots=slots)
    assert done.ids == ["project_unknown"]


async def test_without_works_they_are_asked_for_with_the_commonest_as_choices(rasa):
    done = await rasa.run(ACTION, INTENT)
    assert done.ids == ["ask_project"]
    assert done.said[0].payloads == ['/permit_needed{"project": "solar_panels"}']
    named = await rasa.run(ACTION, "inform", "un abri de jardin", slots={**done.slots}, after=[])
    assert named.slots["shown"]["project"] == "shed"


async def test_works_that_nobody_knows_give_who_decides(rasa):
    done = await rasa.run(ACTION, INTENT, "un trampoline")
    assert done.ids == ["project_unknown"]
    assert done.said[0].params["contact"]["id"] == "contact_city"


async def test_several_works_are_a_choice_that_keeps_what_was_said(rasa):
    done = await rasa.run(ACTION, INTENT, "un machin de 6 m²")
    assert done.ids == ["which_project"]
    assert done.said[0].payloads[0] == '/permit_needed{"project": "shed"}'
    picked = await rasa.run(ACTION, INTENT, slots=done.slots, project="shed")
    assert picked.slots["shown"]["answers"] == "size:up_to_9"


async def test_a_guess_is_confirmed_or_taken_back(rasa):
    done = await rasa.run(ACTION, INTENT, "un truc de 6 m²")
    assert done.ids == ["did_you_mean_project"]
    before = [user(INTENT, "un truc"), {"event": "slot", "name": "pending", "value": done.slots["pending"]}]
    yes = await rasa.run("action_affirm", "affirm", "oui", slots=done.slots, before=before)
    assert yes.calls_for == ACTION
    taken = await rasa.run(ACTION, "affirm", "oui", slots={**done.slots, **yes.slots})
    assert taken.slots["shown"]["answers"] == "size:up_to_9"
    no = await rasa.run("action_deny", "deny", "non", slots=done.slots, before=before)
    assert (await rasa.run(ACTION, "deny", "non", slots={**done.slots, **no.slots})).ids == ["ask_project"]


@pytest.mark.parametrize("answers", ["size:huge", "colour:red"])
async def test_a_choice_of_an_older_table_starts_over(rasa, answers):
    assert (await rasa.run(ACTION, INTENT, project="shed", answers=answers)).ids == ["ask_project"]


async def test_works_that_are_gone_start_over(rasa):
    assert (await rasa.run(ACTION, INTENT, project="castle")).ids == ["ask_project"]


async def test_it_is_said_again_in_both_official_languages_while_none_is_known(rasa):
    done = await rasa.run(ACTION, "ask_repeat", "répétez", speaks=None, slots=asking("size:up_to_9"))
    question = done.said[0].params["question"]
    assert (question["fr"], question["nl"]) == ("Où ?", "Waar?")


async def test_the_facade_that_is_down_gives_a_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "un abri de jardin")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == "contact_city"


async def test_a_yes_beside_an_answer_to_another_question_answers_only_that_one(rasa):
    done = await heard(rasa, "inform", "oui, dans le jardinet", asking(project="fence"))
    assert done.slots["shown"]["answers"] == "place:front"
    assert done.said[0].part("advice_question")["question"]["fr"] == "Est-ce protégé ?"


async def test_how_much_in_the_middle_of_the_questions_is_put_off(rasa):
    done = await heard(rasa, "inform", "c'est combien ?", asking("size:up_to_9"))
    assert {"advice_later", "advice_question"} <= set(done.said[0].ids())
    assert done.slots["shown"]["answers"] == "size:up_to_9"


async def test_the_verdict_notes_the_permit_that_it_leads_to(rasa):
    done = await rasa.run(ACTION, INTENT, project="shed", answers="size:larger")
    assert done.slots["shown"]["permit_type"] == "planning"


async def test_how_much_before_any_works_were_named_asks_which_permit(rasa):
    slots = {"last_question": INTENT, "shown": {"asked_for": "project"}, "pending": {"slot": "project", "words": True}}
    done = await rasa.run(ACTION, "inform", "what does it cost", slots=slots, speaks="en")
    assert (done.ids, done.calls_for) == ([], "permit_procedure_form")
    assert (done.slots["facet"], done.slots["last_question"]) == ("cost", None)
