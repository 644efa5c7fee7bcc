"""Photos in a request: taken whenever they come, offered once, shown, sent by the gateway after the yes."""

from __future__ import annotations

import pytest

from tests.integration.actions.talking import labels, shown

DUMPING, PROBLEM, BULKY = "waste_illegal_dumping", "city_report_problem", "waste_bulky_pickup"
WORDS = "Deux vieux frigos et des sacs ouverts devant la porte du garage"
FIRST, SECOND = "a" * 32, "b" * 32


async def dumping(talk, **more):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20", **more)
    return show


def count(said):
    return said.part("filing_with_photos")["count"]


async def test_a_photo_sent_before_the_report_is_the_report_s(talk):
    talk.kept = {"photos": [FIRST, SECOND]}
    show = await dumping(talk)
    assert count(show) == 2
    assert "choice_add_photo" not in labels(show)


async def test_a_choice_brings_its_photo(talk):
    await talk.say(DUMPING, "", photo=FIRST)
    assert talk.slots["draft"]["facts"]["photos"]["value"] == [FIRST]


async def test_a_photo_in_the_middle_of_a_question_is_taken_and_the_question_stays(talk):
    await talk.say(DUMPING, "un dépôt clandestin")
    (ask,) = await talk.say("inform", "", photo=FIRST)
    assert ask.id == "ask_filing_place"
    await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("nlu_fallback", WORDS)
    assert shown(show) == ["filing_place", "filing_description", "filing_photos", "filing_with_photos"]


async def test_a_photo_is_offered_before_sending_and_asked_for_once_wanted(talk):
    show = await dumping(talk)
    (ask,) = await talk.choose(show, labels(show).index("choice_add_photo"))
    assert (ask.id, labels(ask)) == ("ask_photo", ["choice_no_photo"])
    (show,) = await talk.say("inform", "", photo=FIRST)
    assert count(show) == 1
    (show,) = await talk.say("inform", "", photo=SECOND)
    assert count(show) == 2


@pytest.mark.parametrize("no", ["word", "choice"])
async def test_a_photo_need_not_be_given(talk, no):
    show = await dumping(talk)
    (ask,) = await talk.choose(show, labels(show).index("choice_add_photo"))
    (show,) = await (talk.say("deny", "non") if no == "word" else talk.choose(ask, 0))
    assert "filing_send" in show.ids()
    assert "filing_photos" not in show.ids()


async def test_a_photo_can_be_taken_out_again(talk):
    show = await dumping(talk, photo=FIRST)
    (change,) = await talk.say("deny", "non")
    (ask,) = await talk.choose(change, labels(change).index("filing_change_photos"))
    assert ask.id == "ask_photo"
    (show,) = await talk.choose(ask, 0)
    assert "filing_photos" not in show.ids()


async def test_after_the_yes_the_gateway_is_told_which_photos_go_where(talk, http):
    show = await dumping(talk, photo=FIRST)
    await talk.say("inform", "", photo=SECOND)
    (sent,) = await talk.choose(show, 0)
    remembered, attached = sent.tasks
    assert attached == {
        "do": "attach_photos",
        "reference": remembered["reference"],
        "key": remembered["key"],
        "photos": [FIRST, SECOND],
    }
    assert sent.part("filing_photos_sent")["count"] == 2


async def test_without_photos_there_is_nothing_more_to_do(talk):
    show = await dumping(talk)
    (sent,) = await talk.choose(show, 0)
    assert [task["do"] for task in sent.tasks] == ["remember_request"]
    assert "filing_photos_sent" not in sent.ids()


async def test_a_report_that_is_followed_takes_no_photo(talk):
    await talk.choose(await dumping(talk), 0)
    (same,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20", photo=FIRST)
    (show,) = await talk.choose(same, 0)
    assert "filing_photos" not in show.ids()
    assert "choice_add_photo" not in labels(show)
    (show,) = await talk.say("inform", "", photo=SECOND)
    assert show.ids()[1] == "photo_no_use_here"
    (followed,) = await talk.choose(show, 0)
    assert [task["do"] for task in followed.tasks] == ["remember_request"]


@pytest.mark.parametrize(
    ("intent", "text"), [("permit_appointment", "je veux un rendez-vous"), ("waste_reminder", "rappelle-moi les sacs")]
)
async def test_where_a_photo_is_of_no_use_this_is_said_and_the_question_stays(talk, intent, text):
    (first,) = await talk.say(intent, text)
    (said,) = await talk.say("inform", "", photo=FIRST)
    assert said.ids()[1:] == ["photo_no_use_here", *first.ids()]
    assert "photos" not in talk.slots["draft"]["facts"]


async def test_the_last_five_photos_are_kept(talk):
    show = await dumping(talk, photo="0" * 32)
    for digit in "12345":
        (show,) = await talk.say("inform", "", photo=digit * 32)
    assert count(show) == 5
    assert talk.slots["draft"]["facts"]["photos"]["value"][0] == "1" * 32
