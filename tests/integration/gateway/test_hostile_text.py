"""Hostile text in the city's data reaches residents as text, and without what turns it around or hides in it."""

from __future__ import annotations

import json

import pytest

from kit import tasks
from tests.hostile import TEXTS, UNSEEN, spoilt
from tests.integration.gateway.rasa import message

CARD = {
    "type": "places",
    "title": "t",
    "rows": [{"name": "n", "address": "a", "map": "https://x.example/", "lat": 50.8}],
}
SOURCE = {"name": "n", "url": "https://x.example/"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_what_is_said_shown_streamed_and_kept_is_plain(resident, rasa, text):
    said = message(
        text,
        choices=[{"label": text, "payload": "/deny"}],
        cards=[spoilt(CARD, text, "https://x.example/")],
        source=spoilt(SOURCE, text, "https://x.example/"),
    )
    rasa.answers["x"] = {"messages": [said], "language": "fr"}
    answered = (await resident.say("x"))["messages"][-1]
    kept = (await resident.kept())["messages"][-1]
    assert kept["text"] == answered["text"]
    for each in (answered, kept):
        shown = json.dumps(each, ensure_ascii=False)
        assert not set(UNSEEN) & set(shown)
    plain = "".join(each for each in text if each not in UNSEEN)
    assert answered["text"] == answered["choices"][0]["label"] == answered["cards"][0]["title"] == plain
    assert answered["source"]["name"] == plain


async def test_the_name_of_what_is_followed_is_plain(resident, rasa):
    names = dict.fromkeys(("fr", "nl", "en"), TEXTS["override"])
    said = message("ok", tasks=[tasks.remind_of_collections("address:1:20", names, None, None)])
    rasa.answers["x"] = {"messages": [said], "language": "fr"}
    await resident.say("x")
    kept = json.dumps((await resident.kept())["subscriptions"], ensure_ascii=False)
    assert "gnorw" in kept
    assert not set(UNSEEN) & set(kept)
