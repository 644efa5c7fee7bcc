"""Works that seem to have no permit: the files known there first, then a report, sent once."""

from tests.integration.actions.talking import labels, reference, shown

WORKS = "permit_infringement"
WORDS = "Un étage de plus en béton sur la maison, depuis deux semaines"


async def test_files_known_at_the_door_are_shown_before_anything_is_described(talk, http):
    (ask,) = await talk.say(WORKS, "mon voisin construit")
    assert ask.id == "ask_infringement_place"
    (known,) = await talk.say("inform", "rue Haute 20", address="rue Haute 20")
    assert known.id == "infringement_permits_near"
    assert "04/PU/1234567" in str(known.params)
    assert "infringement_here" in known.ids()
    (ask,) = await talk.say("affirm", "oui")
    assert ask.id == "ask_infringement_works"
    (show,) = await talk.say("nlu_fallback", WORDS)
    assert shown(show) == ["filing_place", "infringement_permits", "filing_description"]
    (sent,) = await talk.choose(show, 0)
    answer = await reference(http, sent)
    assert answer["service"]["code"] == "permit_infringement"
    assert answer["public"] is False


async def test_works_that_a_file_explains_are_not_reported(talk):
    (known,) = await talk.say(WORKS, "travaux rue Haute 20", address="rue Haute 20")
    (left,) = await talk.choose(known, 1)
    assert left.id == "infringement_left"
    assert talk.slots["draft"] is None
    assert talk.form is None


async def test_where_no_file_is_known_that_is_said_with_what_would_be_sent(talk):
    (show,) = await talk.say(WORKS, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    assert show.part("infringement_permits")["value"]["id"] == "infringement_none_known"
    assert show.part("filing_description")["value"].startswith(WORDS)


async def test_who_does_not_know_the_number_reports_for_the_street(talk, http):
    (number,) = await talk.say(WORKS, f"{WORDS}, rue Blaes", address="rue Blaes")
    assert number.id == "filing_house_number"
    assert labels(number) == ["choice_no_number"]
    (show,) = await talk.choose(number, 0)
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)


async def test_a_number_that_the_street_lacks_leaves_the_street(talk):
    await talk.say(WORKS, "travaux rue Blaes", address="rue Blaes")
    (unknown,) = await talk.say("inform", "le 9999", line="9999")
    assert unknown.id == "house_number_unknown"
    (ask,) = await talk.choose(unknown, 0)
    assert ask.id == "ask_infringement_works"


async def test_another_address_is_checked_anew(talk):
    (show,) = await talk.say(WORKS, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    assert show.id.startswith("paragraphs")
    (known,) = await talk.say("correct_input", "non, rue Haute 20", address="rue Haute 20")
    assert known.id == "infringement_permits_near"
    (show,) = await talk.choose(known, 0)
    assert "04/PU/1234567" in str(show.part("infringement_permits"))


async def test_a_question_in_between_leaves_the_report_open(talk):
    await talk.say(WORKS, "travaux rue Haute 20", address="rue Haute 20")
    assert await talk.say("transport_next_departures", "le prochain 81 à Flagey ?", stop="Flagey") == []
    (ask,) = await talk.say("affirm", "oui")
    assert ask.id == "ask_infringement_works"


async def test_a_facade_that_is_down_loses_nothing_and_a_second_try_sends_once(talk, line, http):
    (show,) = await talk.say(WORKS, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    line.cut = "after"
    (failed,) = await talk.choose(show, 0)
    assert failed.id == "filing_not_sent"
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    (sent,) = await talk.choose(show, 0)
    first = await reference(http, sent)
    again = await talk.rasa.run("action_send_filing", "ask_repeat", "répète", slots=talk.slots)
    assert first["reference"] in str(again.said[0].params)


async def test_a_facade_that_is_down_at_the_first_word_says_so(talk, line):
    line.cut = "before"
    (down,) = await talk.say(WORKS, "travaux rue Haute 20", address="rue Haute 20")
    assert down.id == "utter_city_unavailable"
