"""A conversation on Telegram, from /start to the last button."""

from __future__ import annotations

import pytest

from tests.botapi.people import Person
from tests.botapi.server import shown
from tests.integration.gateway.rasa import message

CHOICES = [{"label": "Rue Blaes", "payload": '/inform{"address": "street:7"}'}, {"label": "Non", "payload": "/deny"}]


def buttons(call) -> list[dict[str, str]]:
    return [each for row in call.data.get("reply_markup", {}).get("inline_keyboard", []) for each in row]


@pytest.mark.parametrize(
    ("language", "greetings"),
    [
        ("fr", ["Bonjour"]),
        ("nl-BE", ["Dag."]),
        ("en", ["Hello"]),
        ("ar", ["Bonjour", "Dag."]),
        (None, ["Bonjour", "Dag."]),
    ],
)
async def test_start_greets_in_the_telephones_language_or_in_both(door, telegram, language, greetings):
    await door.comes(Person(language=language).says("/start"))
    assert len(telegram.said) == len(greetings)
    for said, greeting in zip(telegram.said, greetings, strict=True):
        assert greeting in said
    assert len(buttons(telegram.of("sendMessage")[0])) == 5


async def test_words_are_answered_while_it_shows_that_it_types(door, telegram, rasa, person):
    await door.comes(person.says("et le sac jaune ?"))
    assert telegram.said == ["« et le sac jaune ? »"]
    assert rasa.said == ["et le sac jaune ?"]
    assert rasa.received[0]["metadata"]["channel"] == "telegram"
    kinds = [call.method for call in telegram.of("sendChatAction", "sendMessage")]
    assert kinds == ["sendChatAction", "sendMessage"]


async def test_one_chat_has_one_conversation_and_another_has_its_own(door, rasa):
    one, two = Person(1), Person(2)
    await door.comes(one.says("a"), two.says("b"), one.says("c"))
    senders = {each["text"]: each["sender"] for each in rasa.received}
    assert senders["a"] == senders["c"] != senders["b"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/help", '/ask_help{"message_language": "fr"}'),
        ("/waste", '/waste_collection_day{"message_language": "fr"}'),
        ("/transport@brussels_city_bot", '/transport_next_departures{"message_language": "fr"}'),
        ("/permits", '/permit_procedure{"message_language": "fr"}'),
        ("/reminders", "Quels sont mes rappels ?"),
        ("/human", '/ask_human{"message_language": "fr"}'),
        ("/privacy", '/ask_privacy{"message_language": "fr"}'),
        ("/delete", '/delete_my_data{"message_language": "fr"}'),
        ("/language", '/change_language{"message_language": "fr"}'),
        ("/language nl", '/change_language{"language": "nl"}'),
        ("/waste rue Blaes 20", "Jours de collecte rue Blaes 20"),
        ("/restart", "/restart"),
    ],
)
async def test_a_command_asks_its_question_and_any_other_is_words(door, rasa, person, command, said):
    await door.comes(person.says(command))
    assert rasa.said == [said]
    assert ("text" in rasa.received[0]) == (not said.startswith("/") or command == "/restart")


async def test_start_with_a_topic_greets_and_asks_it(door, telegram, rasa, person):
    await door.comes(person.says("/start waste"))
    assert "Bonjour" in telegram.said[0]
    assert rasa.said == ['/waste_collection_day{"message_language": "fr"}']


async def test_a_choice_is_taken_once_and_shown_as_taken(door, telegram, rasa, person):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES)], "language": "fr"}
    await door.comes(person.says("rue"))
    sent = telegram.of("sendMessage")[-1]
    offered = buttons(sent)
    assert [each["text"] for each in offered] == ["Rue Blaes", "Non"]
    assert all(len(each["callback_data"].encode()) <= 64 for each in offered)
    assert "inform" not in str(sent.data)
    keyboard = sent.data["reply_markup"]
    await door.comes(*(person.presses(each["callback_data"], 1000, keyboard) for each in offered))
    assert rasa.received[-1].get("payload") == CHOICES[0]["payload"]
    assert len(rasa.received) == 2
    assert len(telegram.of("answerCallbackQuery")) == 2
    (marked,) = telegram.of("editMessageReplyMarkup")
    assert [(each["text"], each["callback_data"]) for each in buttons(marked)] == [("✓ Rue Blaes", "-")]


async def test_a_press_on_what_was_taken_does_nothing_but_is_answered(door, telegram, rasa, person):
    await door.comes(person.presses("-", 1000), person.presses("?!", 1000))
    assert rasa.received == []
    assert telegram.said == []
    assert len(telegram.of("answerCallbackQuery")) == 2


async def test_a_choice_of_yesterday_is_no_longer_on_offer(door, telegram, person):
    await door.comes(person.presses("c:gone", 1000))
    assert "n'est plus proposé" in telegram.said[0]


async def test_a_press_is_answered_in_time_or_not_at_all(door, telegram, rasa, person):
    telegram.fail("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
    await door.comes(person.says("/start"))
    choice = buttons(telegram.of("sendMessage")[0])[0]
    await door.comes(person.presses(choice["callback_data"], 1000))
    assert len(rasa.received) == 1


async def test_the_last_words_may_be_changed_and_earlier_ones_may_not(door, rasa, person):
    first, second = person.says("rue Blaes 20"), person.says("et demain ?")
    await door.comes(first, second)
    await door.comes(person.edits(first, text="rue Haute 20"))
    assert rasa.said == ["rue Blaes 20", "et demain ?"]
    await door.comes(person.edits(second, text="et ce soir ?"), person.edits(second, text="et ce soir ?"))
    assert rasa.said == ["rue Blaes 20", "et demain ?", "et ce soir ?"]


async def test_words_before_a_press_are_not_the_last_any_more(door, telegram, rasa, person):
    rasa.answers["rue"] = {"messages": [message("Laquelle ?", choices=CHOICES)], "language": "fr"}
    said = person.says("rue")
    await door.comes(said)
    choice = buttons(telegram.of("sendMessage")[0])[0]
    await door.comes(person.presses(choice["callback_data"], 1000), person.edits(said, text="autre rue"))
    assert len(rasa.received) == 2


async def test_what_data_holds_stays_text(door, telegram, rasa, person):
    source = {
        "name": "A & <b>",
        "url": 'https://example.org/?a=1&b="2"',
        "as_of": None,
        "realtime": None,
        "sample": False,
    }
    rasa.answers["x"] = {"messages": [message("<script>&amp; </b>", source=source)], "language": "fr"}
    await door.comes(person.says("x"))
    assert shown(telegram.said[0]) == "<script>&amp; </b>\n\nSource : A & <b>"


async def test_a_long_answer_comes_in_parts_with_the_keyboard_under_the_last(door, telegram, rasa, person):
    long = " ".join(f"Phrase numéro {n} 🚋." for n in range(600))
    rasa.answers["x"] = {"messages": [message(long, choices=CHOICES)], "language": "fr"}
    await door.comes(person.says("x"))
    parts = [shown(each) for each in telegram.said]
    assert len(parts) >= 3
    assert " ".join(parts) == long
    assert all(each.endswith(".") for each in parts)
    assert [bool(buttons(call)) for call in telegram.of("sendMessage")] == [False] * (len(parts) - 1) + [True]
