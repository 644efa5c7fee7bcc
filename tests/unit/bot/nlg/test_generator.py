"""The generator: languages, typed parameters, choices, and what it does with a text that does not fit."""

from datetime import date, datetime

import pytest
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.nlg.generator import CatalogueGenerator
from kit import replies
from kit.clock import FixedClock

CLOCK = FixedClock(datetime.fromisoformat("2026-11-23T08:15:00+01:00"))


@pytest.fixture
def generator(folder):
    return CatalogueGenerator(EndpointConfig(folder=str(folder)), clock=CLOCK)


def tracker(language=None, metadata=None):
    made = DialogueStateTracker("a", [TextSlot("language", mappings=[{"type": "custom"}])])
    made.update(UserUttered("x", metadata=metadata))
    if language:
        made.update(SlotSet("language", language))
    return made


async def test_a_text_in_each_language(generator):
    said = [(await generator.generate("utter_hello", tracker(each), "city"))["text"] for each in ("fr", "nl", "en")]
    assert said == ["Bonjour.", "Dag.", "Hello."]


async def test_while_the_language_is_unknown_both_official_ones_are_said(generator):
    draft = await generator.generate("utter_hello", tracker(), "city")
    assert (draft["text"], draft["language"]) == ("Bonjour.", "fr")
    assert [(other["text"], other["language"]) for other in draft["translations"]] == [("Dag.", "nl")]


async def test_what_the_gateway_knows_of_the_language_counts_where_the_dialogue_knows_nothing(generator):
    assert (await generator.generate("utter_hello", tracker(metadata={"language": "nl"}), "city"))["text"] == "Dag."


async def test_typed_parameters(generator):
    params = {
        "stop": replies.name("Bourse", "Beurs"),
        "time": replies.clock_time(datetime.fromisoformat("2026-11-23T18:05:00+01:00")),
        "line": replies.listing(["81", replies.text("choice_yes")], "and"),
    }
    draft = await generator.generate("utter_where", tracker("nl"), "city", params=params)
    assert draft["text"] == "Halte Beurs om 18.05\u00a0uur (81 en Ja)."


@pytest.mark.parametrize(("count", "text"), [(1, "Un sac le 24/11."), (2, "2 sacs le 24/11."), (0, "Un sac le 24/11.")])
async def test_plurals_follow_the_language(generator, count, text):
    params = {"count": count, "day": replies.day(date(2026, 11, 24), "short")}
    assert (await generator.generate("utter_bags", tracker("fr"), "city", params=params))["text"] == text


async def test_a_choice_says_in_which_language_it_was_read(generator):
    options = [replies.choice(replies.text("choice_yes"), '/inform{"address": "street:1"}')]
    draft = await generator.generate("utter_hello", tracker(), "city", options=options)
    assert draft["choices"] == [{"label": "Oui", "payload": '/inform{"address": "street:1", "message_language": "fr"}'}]
    assert draft["translations"][0]["choices"][0]["payload"].endswith('"message_language": "nl"}')


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "Werken."), ("fr", "En néerlandais : Werken."), ("en", "In Dutch: Werken.")]
)
async def test_a_quotation_says_its_language_where_that_is_another(generator, language, text):
    params = {"again": replies.quotation({"nl": "Werken."})}
    assert (await generator.generate("utter_loop", tracker(language), "city", params=params))["text"] == text


async def test_a_quotation_is_read_in_the_readers_language_where_it_has_it(generator):
    params = {"again": replies.quotation({"nl": "Werken.", "fr": "Travaux."})}
    assert (await generator.generate("utter_loop", tracker("fr"), "city", params=params))["text"] == "Travaux."


@pytest.mark.parametrize("reply", ["utter_nowhere", "utter_where", "utter_loop"])
async def test_a_reply_that_cannot_be_rendered_is_owned_up_to(generator, reply, caplog):
    params = {"again": replies.text("utter_loop", again=replies.text("utter_nowhere"))}
    draft = await generator.generate(reply, tracker("en"), "city", params=params)
    assert draft["text"] == "Our mistake. Call 1234."
    assert reply in caplog.text


async def test_a_parameters_braces_are_not_a_template(generator):
    params = {"stop": "{time}", "time": "x", "line": "{0}"}
    assert (await generator.generate("utter_where", tracker("en"), "city", params=params))[
        "text"
    ] == "Stop {time} at x ({0})."
