"""E-mail addresses and telephone numbers: masked before anything keeps them, let through where one was asked for."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import text

from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import texts

EMAIL, PHONE = "ann@example.org", "0470 12 34 56"
ASKS = {"messages": [message("Où vous joindre ?", tasks=[{"do": "expect_contact"}])], "language": "fr"}


def in_files(folder, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in folder.glob("conversations.db*"))


@pytest.mark.parametrize("contact", [EMAIL, PHONE])
async def test_a_contact_that_nobody_asked_for_is_masked_and_the_resident_told(resident, rasa, tmp_path, contact):
    reply = await resident.say(f"je suis {contact} et il y a un dépôt rue Haute")
    assert rasa.said[-1] == "je suis […] et il y a un dépôt rue Haute"
    assert "J'ai effacé de votre message une adresse e-mail" in texts(reply)[0]
    assert not in_files(tmp_path, contact)


async def test_a_contact_that_was_asked_for_is_passed_on_and_not_kept(resident, rasa, tmp_path):
    rasa.answers["enlèvement"] = ASKS
    shown = message(f"Pour vous joindre : {EMAIL}", tasks=[{"do": "hide", "texts": [EMAIL]}])
    rasa.answers[EMAIL] = {"messages": [shown], "language": "fr"}
    await resident.say("enlèvement")
    reply = await resident.say(EMAIL)
    assert rasa.said[-1] == EMAIL
    assert texts(reply) == [f"Pour vous joindre : {EMAIL}"]
    kept = [each["text"] for each in (await resident.kept())["messages"]]
    assert kept[-2:] == ["[…]", "Pour vous joindre : […]"]
    assert not in_files(tmp_path, EMAIL)


async def test_a_contact_is_let_through_with_the_next_message_only(resident, rasa):
    rasa.answers["enlèvement"] = ASKS
    await resident.say("enlèvement")
    await resident.say("une autre question")
    await resident.say(f"c'est {EMAIL}")
    assert rasa.said[-1] == "c'est […]"


async def test_other_numbers_are_masked_even_where_a_contact_was_asked_for(resident, rasa):
    rasa.answers["enlèvement"] = ASKS
    await resident.say("enlèvement")
    reply = await resident.say(f"{PHONE}, carte 4111 1111 1111 1111")
    assert rasa.said[-1] == f"{PHONE}, carte […]"
    assert "J'ai effacé un numéro" in texts(reply)[0]


async def test_a_contact_is_not_kept_to_be_tried_again_after_a_failure(resident, rasa, tmp_path):
    rasa.answers["enlèvement"] = ASKS
    await resident.say("enlèvement")
    rasa.status = 500
    reply = await resident.say(EMAIL)
    assert [each["choices"] for each in reply["messages"]] == [[]]
    assert not in_files(tmp_path, EMAIL)


async def test_what_was_sent_cannot_be_tried_out_on_what_is_kept(app, resident):
    await resident.say("a", client_id="x")
    query = text("SELECT digest FROM turns")
    digest = await app.state.database.read(lambda connection: connection.execute(query).scalar_one())
    plain = json.dumps({"choice": None, "location": None, "photo": None, "text": "a"}, sort_keys=True)
    assert digest != hashlib.sha256(plain.encode()).hexdigest()
