"""A request is sent after a yes, once, with a reference; what was sent is followed, remembered and erased."""

import pytest

from tests.integration.actions.talking import labels, reference, shown

DUMPING = "waste_illegal_dumping"
WORDS = "Deux vieux frigos et des sacs ouverts devant la porte du garage"


async def own(http):
    """Return the references of the project's own requests around the rue Blaes, those of other systems left out."""
    near = await http.get("/v1/requests/near", params={"lat": 50.8372, "lon": 4.3462, "radius_m": 2000, "limit": 100})
    return [each["reference"] for each in near.json()["items"] if each["reference"]]


async def test_nothing_is_sent_without_a_yes(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (change,) = await talk.say("deny", "non")
    assert change.id == "ask_filing_change"
    assert labels(change)[:2] == ["filing_change_place", "filing_change_description"]
    (ask,) = await talk.choose(change, 1)
    assert ask.id == "ask_filing_description"
    (show,) = await talk.say("nlu_fallback", "Un seul frigo finalement, devant le garage")
    assert show.part("filing_description")["value"].startswith("Un seul frigo")
    assert await own(http) == []


async def test_what_somebody_has_reported_nearby_is_followed_instead(talk, http):
    for _ in range(2):
        said = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
        if said[0].id == "filing_same_nearby":
            break
        (sent,) = await talk.choose(said[0], 0)
    first = await reference(http, sent)
    (same,) = said
    assert labels(same)[-1] == "choice_filing_new"
    (show,) = await talk.choose(same, 0)
    assert show.part("filing_same")["value"] == first["reference"]
    (followed,) = await talk.choose(show, 0)
    assert "filing_followed" in followed.ids()
    assert (await http.get(f"/v1/requests/{first['reference']}")).json()["followers"] == 1


async def test_the_same_place_with_another_problem_is_a_report_of_its_own(talk):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    await talk.choose(show, 0)
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("deny", "non")
    assert shown(show) == ["filing_place", "filing_description"]


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("deux vieux frigos devant la porte du garage, appelez-moi au (0470) 12 34 56", "0470 12 34 56"),
        ("deux vieux frigos devant la porte du garage, ann@example.org", "ann@example.org"),
        ("deux vieux frigos devant la porte du garage depuis le 01.11.2026 08.30", None),
        ("deux vieux frigos devant la porte du garage, plaque 123456789012", None),
    ],
)
async def test_a_contact_in_the_first_message_is_taken_and_no_other_number_is(talk, words, contact):
    (show,) = await talk.say(DUMPING, f"{words}, rue Blaes 20", address="rue Blaes 20")
    found = [params["value"] for name, params in show.texts() if name == "filing_contact"]
    assert found == ([contact] if contact else [])


async def test_a_contact_may_be_left_and_goes_with_a_report_that_is_followed(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (question,) = await talk.choose(show, labels(show).index("choice_add_contact"))
    assert question.id == "ask_contact_if_wanted"
    (show,) = await talk.say("deny", "non finalement")
    assert "filing_contact" not in show.ids()
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)
    (same,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.choose(same, 0)
    await talk.choose(show, labels(show).index("choice_add_contact"))
    (show,) = await talk.say("inform", "ann@example.org")
    (followed,) = await talk.choose(show, 0)
    assert "filing_followed" in followed.ids()


async def test_a_facade_that_is_down_loses_nothing(talk, line, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    line.cut = "before"
    (failed,) = await talk.choose(show, 0)
    assert failed.id == "filing_not_sent"
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    assert show.part("filing_description")["value"].startswith("Deux vieux")
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)


async def test_a_lost_answer_and_a_second_try_make_one_request(talk, line, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    line.cut = "after"
    (failed,) = await talk.choose(show, 0)
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    (sent,) = await talk.choose(show, 0)
    answer = await reference(http, sent)
    assert await own(http) == [answer["reference"]]


async def test_the_receipt_is_said_again_without_sending(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (sent,) = await talk.choose(show, 0)
    again = await talk.rasa.run("action_send_filing", "ask_repeat", "répète", slots=talk.slots)
    assert again.said[0].params == sent.params
    answer = await reference(http, sent)
    assert await own(http) == [answer["reference"]]


async def test_stop_says_that_nothing_was_sent(talk):
    await talk.say(DUMPING, "y a un dépôt")
    done = await talk.rasa.run("action_stop", "stop", "laisse tomber", slots=talk.slots)
    assert done.ids == ["filing_stopped"]
    assert done.slots["draft"] is None


async def test_what_was_sent_is_remembered_with_the_key_that_erases_the_resident(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (sent,) = await talk.choose(show, 0)
    (task,) = sent.tasks
    assert (task["do"], task["subject"]) == ("remember_request", DUMPING)
    gone = await http.delete(f"/v1/requests/{task['reference']}/personal-data", headers={"Request-Key": task["key"]})
    assert gone.status_code == 204
    answer = (await http.get(f"/v1/requests/{task['reference']}")).json()
    assert not answer["description"]
    assert answer["service"]["code"] == "illegal_dumping"
