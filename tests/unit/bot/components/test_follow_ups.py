"""A few words with a fact go on with the question before; nothing else does."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.components.follow_ups import FollowUps
from bot.components.mentions import mention, set_mentions

DAY = mention(["date"], 3, 9, "samedi", "pattern")
BACK = mention(["direction"], 3, 8, "reverse", "vocabulary")
TOWN = mention(["commune"], 3, 10, "Ixelles", "gazetteer")
SPOKEN = mention(["language"], 3, 10, "fr", "vocabulary")
HOUR = mention(["time"], 2, 5, "20h", "pattern")
TONIGHT = mention(["time"], 2, 9, "ce soir", "vocabulary")
GUESSED = mention(["commune"], 3, 10, "Ixelles", "gazetteer", strong=False)


def understood(question, intent, *mentions, text="et samedi ?"):
    ranking = [{"name": intent, "confidence": 0.6}, {"name": "inform", "confidence": 0.2}]
    message = Message({"text": text, "metadata": {"question": question} if question else None})
    message.set("intent", {"name": intent, "confidence": 0.6})
    message.set("intent_ranking", ranking)
    set_mentions(message, mentions)
    FollowUps(FollowUps.get_default_config()).process([message])
    return message


def intent_of(*arguments, **options):
    return understood(*arguments, **options).get("intent")["name"]


@pytest.mark.parametrize("guess", ["nlu_fallback", "out_of_scope", "ask_repeat", "change_language"])
@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("waste_container_park", DAY),
        ("transport_next_departures", BACK),
        ("transport_plan_trip", BACK),
        ("waste_calendar", TOWN),
    ],
    ids=["a day", "the other way", "back", "another commune"],
)
def test_a_fact_of_the_question_before_is_a_fact(guess, question, fact):
    assert intent_of(question, guess, fact) == "inform"


def test_an_hour_alone_takes_no_leave():
    assert intent_of("transport_next_departures", "goodbye", HOUR, text="à 20h") == "inform"
    assert intent_of(None, "goodbye", HOUR, text="à 20h") == "inform"
    assert intent_of(None, "goodbye", HOUR, text="à 20h alors salut") == "goodbye"


def test_a_commune_alone_says_where_after_a_question_that_asks_where():
    assert intent_of("waste_container_park", "city_commune_contact", TOWN, text="in Ixelles") == "inform"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (None, "Ixelles"),
        ("transport_fares", "Ixelles"),
        ("waste_container_park", "telephone of Ixelles"),
        ("city_commune_contact", "Ixelles"),
    ],
    ids=["nothing was asked", "not a fact of that question", "more words", "the same question"],
)
def test_else_it_may_ask_for_its_counters(question, text):
    assert intent_of(question, "city_commune_contact", TOWN, text=text) == "city_commune_contact"


@pytest.mark.parametrize("moment", [DAY, TONIGHT], ids=["until saturday", "until tonight"])
def test_a_day_or_an_evening_may_take_leave(moment):
    assert intent_of("transport_next_departures", "goodbye", moment, text="à samedi") == "goodbye"


def test_the_fact_leads_the_ranking():
    message = understood("waste_container_park", "ask_repeat", DAY)
    ranking = message.get("intent_ranking")
    assert [(each["name"], each["confidence"]) for each in ranking] == [("inform", 0.6), ("ask_repeat", 0.6)]


@pytest.mark.parametrize(
    ("question", "intent", "facts", "text"),
    [
        (None, "out_of_scope", [DAY], "et samedi ?"),
        ("transport_fares", "out_of_scope", [DAY], "et samedi ?"),
        ("waste_container_park", "out_of_scope", [], "et lui ?"),
        ("waste_calendar", "out_of_scope", [GUESSED], "et Ixelles ?"),
        ("waste_container_park", "greet", [DAY], "bonjour samedi"),
        ("waste_container_park", "transport_fares", [DAY], "ticket samedi ?"),
        ("waste_container_park", "out_of_scope", [DAY], "quel temps fera-t-il samedi à la mer"),
        ("waste_container_park", "change_language", [SPOKEN], "en français svp"),
    ],
    ids=[
        "nothing was asked",
        "not a fact of that question",
        "no fact",
        "a doubtful name",
        "small talk",
        "another question",
        "a sentence",
        "a language to speak",
    ],
)
def test_everything_else_stays_what_it_is(question, intent, facts, text):
    assert intent_of(question, intent, *facts, text=text) == intent
