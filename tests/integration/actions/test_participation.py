"""How to take part: what is open, in the commune if one is given, and an idea that is noted as a request."""

import pytest

from tests.integration.actions.talking import labels, reference

TAKE_PART = "city_participation"


@pytest.fixture
def ask(talk):
    """Ask how to take part; a yes or a choice that opens the request goes on in its form."""

    async def asking(intent, text="", **entities):
        done = await talk.rasa.run("action_participation", intent, text, slots=talk.slots, **entities)
        talk.slots.update(done.slots)
        if done.calls_for == "filing_form":
            return done.said + await talk.say(intent, text, **entities)
        return done.said

    return asking


async def test_what_is_open_in_a_commune_comes_with_its_last_day_and_its_link(ask):
    (said,) = await ask(TAKE_PART, "comment participer à Jette ?", commune="Jette")
    assert "participation_open_in" in said.ids()
    line = said.part("participation_line")
    assert line["closes"]["v"] == "2026-12-11"
    assert said.part("participation_line_url")["url"]["fr"].startswith("https://jette")
    assert "participation_line_meeting" in said.ids()
    assert said.source["sample"]
    assert labels(said)[0] == "choice_note_idea"
    assert labels(said)[-1] == "choice_other_commune"


async def test_without_a_commune_the_whole_region_is_shown_and_the_commune_can_be_given(ask, talk):
    (said,) = await ask(TAKE_PART, "comment participer ?")
    assert "participation_open" in said.ids()
    assert labels(said)[-1] == "choice_my_commune"
    (which,) = await ask(TAKE_PART, "", commune="?")
    assert which.id == "ask_commune"
    (said,) = await ask("inform", "Forest", commune="Forest")
    assert said.part("participation_open_in")["commune"]["nl"] == "Vorst"


async def test_public_inquiries_of_the_commune_are_counted_and_offered(ask):
    (said,) = await ask(TAKE_PART, "donner mon avis à Forest", commune="Forest")
    assert said.part("participation_inquiries")["count"] == 2
    assert any("permit_public_inquiries" in each for each in said.payloads)


async def test_an_address_tells_its_commune(ask):
    (said,) = await ask(TAKE_PART, "participer rue Wayez 33", address="rue Wayez 33")
    assert said.part("participation_open_in")["commune"]["fr"] == "Anderlecht"


async def test_a_kind_that_is_named_is_shown_alone(ask):
    (said,) = await ask(TAKE_PART, "budget participatif, c'est où ?")
    names = [params["name"]["fr"] for reply, params in said.texts() if reply == "participation_line"]
    assert names
    assert all("udget participatif" in name for name in names)


async def test_what_is_no_commune_is_asked_again(ask):
    (said,) = await ask(TAKE_PART, "participer à Gotham", commune="Gotham")
    assert said.id == "commune_not_found"
    (said,) = await ask("inform", "Uccle", commune="Uccle")
    assert "participation_open_in" in said.ids()


async def test_an_idea_is_noted_shown_and_sent_once(ask, talk, http):
    (said,) = await ask(TAKE_PART, "J'ai une idée pour améliorer mon quartier à Jette", commune="Jette")
    assert said.ids().index("participation_idea") < said.ids().index("participation_open_in")
    (question,) = await ask(TAKE_PART, "", pick="idea")
    assert question.id == "ask_idea"
    (show,) = await talk.say("nlu_fallback", "Des bancs avec des accoudoirs au square")
    assert show.part("filing_idea")["value"] == "Des bancs avec des accoudoirs au square"
    assert show.part("filing_place")["value"] == {"t": "name", "fr": "Jette", "nl": "Jette", "en": None}
    assert labels(show) == ["choice_filing_send", "choice_filing_change", "choice_add_contact", "choice_stop"]
    (sent,) = await talk.choose(show, 0)
    answer = await reference(http, sent)
    assert answer["service"]["code"] == "idea"
    again = await talk.rasa.run("action_send_filing", "ask_repeat", "répète", slots=talk.slots)
    assert answer["reference"] in str(again.said[0].params)


async def test_a_message_that_says_the_idea_is_offered_as_such(ask, talk):
    words = "I want to suggest more trees in my street"
    await ask(TAKE_PART, words)
    (question,) = await ask(TAKE_PART, "", pick="idea")
    assert labels(question) == ["choice_idea_said"]
    (place,) = await talk.choose(question, 0)
    assert place.id == "ask_idea_place"
    (show,) = await talk.choose(place, 0)
    assert show.part("filing_idea")["value"] == words
    assert "filing_place" not in show.ids()


async def test_words_after_the_offer_are_the_idea(ask, talk):
    await ask(TAKE_PART, "comment participer ?")
    said = await ask("nlu_fallback", "des arceaux à vélos devant l'école")
    assert said[0].id == "ask_idea_place"
    (show,) = await talk.say("inform", "rue Blaes", address="rue Blaes")
    assert show.part("filing_idea")["value"].startswith("des arceaux")


async def test_a_no_to_the_offer_is_taken(ask):
    await ask(TAKE_PART, "comment participer ?")
    (said,) = await ask("deny", "non merci")
    assert said.id == "participation_no_idea"


async def test_a_contact_can_be_left_and_is_never_asked_for(ask, talk, http):
    await ask(TAKE_PART, "j'ai une idée")
    await ask(TAKE_PART, "", pick="idea")
    await talk.say("nlu_fallback", "Un potager partagé")
    (show,) = await talk.say("deny", "non, nulle part")
    (question,) = await talk.choose(show, 2)
    assert question.id == "ask_contact_if_wanted"
    (show,) = await talk.say("inform", "ann@example.org")
    assert show.part("filing_contact")["value"] == "ann@example.org"
    assert "choice_add_contact" not in labels(show)
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)


async def test_a_failure_keeps_the_idea(ask, talk, line, http):
    await ask(TAKE_PART, "j'ai une idée")
    await ask(TAKE_PART, "", pick="idea")
    await talk.say("nlu_fallback", "Un potager partagé")
    (show,) = await talk.choose((await talk.say("inform", "?"))[0], 0)
    line.cut = "after"
    (failed,) = await talk.choose(show, 0)
    assert failed.id == "filing_not_sent"
    assert '"pick": "idea"' in failed.payloads[0]
    line.cut = ""
    (show,) = await ask(TAKE_PART, "", pick="idea")
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)


async def test_a_facade_that_is_down_is_said(ask, line):
    line.cut = "before"
    (down,) = await ask(TAKE_PART, "comment participer ?")
    assert down.id == "utter_city_unavailable"
