"""Departures: a board that is looked at again in its place."""

from __future__ import annotations

import json

from tests.botapi.server import shown
from tests.integration.gateway.rasa import message
from tests.integration.telegram.test_conversing import buttons

FACTS = {"stop": "stop:flagey", "line": "81"}
ASKED = f"/transport_next_departures{json.dumps(FACTS)}"
SOURCE = {"name": "STIB", "url": "https://stib.example/", "as_of": "2026-11-24T08:14:00+01:00", "realtime": True}


def board(minutes: int) -> dict:
    rows = [
        {
            "line": "81",
            "mode": "tram",
            "headsign": "Montgomery",
            "time": f"2026-11-24T08:{15 + minutes}:00+01:00",
            "minutes": minutes,
            "realtime": True,
        }
    ]
    text = f"Prochain départ à Flagey : tram 81 vers Montgomery, dans {minutes} minutes, à 8 h {15 + minutes}."
    card = {"type": "departures", "again": FACTS, "rows": rows}
    choices = [{"label": "Un autre arrêt", "payload": "/deny"}]
    said = message(text, cards=[card], source=SOURCE, choices=choices)
    return {"messages": [said], "language": "fr"}


async def shown_board(door, telegram, rasa, person):
    rasa.answers["81 à Flagey"] = board(4)
    await door.comes(person.says("81 à Flagey"))
    return telegram.of("sendMessage")[-1]


async def test_a_board_has_its_rows_its_source_and_a_way_to_look_again(door, telegram, rasa, person):
    sent = await shown_board(door, telegram, rasa, person)
    assert shown(sent.data["text"]).split("\n")[2:] == [
        "Tram 81 → Montgomery : 4 min (8 h 19)",
        "",
        "Source : STIB, état à 8 h 14, temps réel",
    ]
    assert [each["text"] for each in buttons(sent)] == ["↻ Actualiser", "Un autre arrêt"]
    assert "flagey" not in json.dumps(sent.data["reply_markup"])


async def test_looking_again_changes_the_board_in_its_place(door, telegram, rasa, person):
    sent = await shown_board(door, telegram, rasa, person)
    rasa.answers[ASKED] = board(2)
    await door.comes(person.presses(buttons(sent)[0]["callback_data"], 1000, sent.data["reply_markup"]))
    (edited,) = telegram.of("editMessageText")
    assert edited.data["message_id"] == 1000
    assert "2 min" in edited.data["text"]
    assert rasa.received[-1]["payload"] == ASKED
    assert len(telegram.said) == 1
    again = buttons(edited)[0]["callback_data"]
    await door.comes(person.presses(again, 1000, edited.data["reply_markup"]))
    assert len(telegram.of("editMessageText")) == 2  # nothing has changed: refused by Telegram, and no error
    assert len(telegram.said) == 1
    assert len(telegram.of("answerCallbackQuery")) == 2


async def test_a_board_that_is_gone_is_sent_anew(door, telegram, rasa, person):
    sent = await shown_board(door, telegram, rasa, person)
    rasa.answers[ASKED] = board(2)
    telegram.fail("editMessageText", 400, "Bad Request: message to edit not found")
    await door.comes(person.presses(buttons(sent)[0]["callback_data"], 1000, sent.data["reply_markup"]))
    assert "2 min" in telegram.said[-1]


async def test_a_board_of_another_conversation_cannot_be_looked_at(door, telegram, rasa, person):
    await door.comes(person.presses("r:" + "0" * 32, 1000))
    assert rasa.received == []
    assert len(telegram.said) == 1


async def test_a_choice_of_a_board_that_was_renewed_can_be_taken(door, telegram, rasa, person):
    sent = await shown_board(door, telegram, rasa, person)
    rasa.answers[ASKED] = board(2)
    refresh, other = buttons(sent)
    await door.comes(person.presses(other["callback_data"], 1000, sent.data["reply_markup"]))
    assert [each["text"] for each in buttons(telegram.of("editMessageReplyMarkup")[0])] == [
        "↻ Actualiser",
        "✓ Un autre arrêt",
    ]
    await door.comes(person.presses(refresh["callback_data"], 1000, sent.data["reply_markup"]))
    edited = telegram.of("editMessageText")[0]
    await door.comes(person.presses(buttons(edited)[1]["callback_data"], 1000, edited.data["reply_markup"]))
    assert [each.get("payload") for each in rasa.received[1:]] == ["/deny", ASKED, "/deny"]
