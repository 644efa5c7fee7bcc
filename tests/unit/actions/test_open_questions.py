"""Short answers to an open question with choices are answers, whatever they are taken for."""

import pytest

from tests.unit.actions.dispatch import acted, slot, user

ACTION, INTENT = "action_permit_needed", "permit_needed"


@pytest.fixture
async def asked(rasa):
    """Return the slots and the events of a turn in which the place of a shed was asked for."""
    done = await rasa.run(ACTION, INTENT, project="shed", answers="size:up_to_9")
    slots = {"last_question": INTENT, **done.slots}
    return {"slots": slots, "before": [user(INTENT, "?"), slot("pending", slots["pending"]), acted("action_listen")]}


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        pytest.param("action_take_feedback", "feedback_negative", id="a complaint"),
        pytest.param("action_help", "ask_help", id="a question for help"),
        pytest.param("action_permit_procedure", "permit_procedure", id="behind a form that was left"),
        pytest.param("action_send_filing", "waste_bulky_pickup", id="behind a report that was left"),
    ],
)
@pytest.mark.parametrize("text", ["au fond du jardin", "la deuxième", "aucune idée", "2"])
async def test_an_answer_goes_to_the_action_that_asked(rasa, asked, action, intent, text):
    done = await rasa.run(action, intent, text, **asked)
    assert (done.calls_for, done.ids) == (ACTION, [])


@pytest.mark.parametrize("form", ["permit_procedure_form", "filing_form", "departures_form"])
async def test_a_form_that_it_opened_is_left(rasa, asked, form):
    done = await rasa.run(f"validate_{form}", "transport_next_departures", "au fond du jardin", form=form, **asked)
    assert done.slots == {"requested_slot": None}


async def test_the_answer_is_taken_whatever_its_intent(rasa, asked):
    done = await rasa.run(ACTION, "feedback_negative", "au fond du jardin", **asked)
    assert done.slots["shown"]["answers"] == "size:up_to_9 place:back"


@pytest.mark.parametrize(
    ("action", "intent", "text"),
    [
        pytest.param("action_help", "ask_help", "c'est quoi, au fond du jardin ?", id="a question"),
        pytest.param("action_help", "ask_help", "que sais-tu faire", id="other words"),
        pytest.param("action_emergency_advice", "city_emergency", "au fond du jardin", id="an emergency"),
    ],
)
async def test_what_answers_nothing_is_left_to_what_it_is_taken_for(rasa, asked, action, intent, text):
    assert (await rasa.run(action, intent, text, **asked)).calls_for != ACTION


@pytest.mark.parametrize(
    ("text", "likely", "leads"),
    [
        pytest.param("dikke eik", 0.4, ACTION, id="short, and hardly anything else"),
        pytest.param("dikke eik", 0.9, None, id="short, and something else for sure"),
        pytest.param("wat een dikke eik staat daar zeg", 0.4, None, id="long"),
        pytest.param("dikke eik?", 0.4, None, id="a question"),
    ],
)
async def test_few_words_are_no_insult_while_an_answer_is_awaited(rasa, asked, text, likely, leads):
    done = await rasa.run("action_stay_calm", "insult", text, ranking=[("insult", likely)], **asked)
    assert done.calls_for == leads


async def test_a_question_of_an_earlier_turn_is_closed(rasa, asked):
    before = [*asked["before"], user("greet", "bonjour"), acted("action_greet")]
    done = await rasa.run("action_help", "ask_help", "au fond du jardin", slots=asked["slots"], before=before)
    assert done.calls_for is None
