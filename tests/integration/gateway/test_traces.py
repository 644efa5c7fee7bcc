"""A text planted in every place that keeps something: after "delete my data" no file and no log holds it."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from sqlalchemy import text

from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident
from tests.pictures import noise

MARKER = "Zwanzeleer7391"


def in_files(folder, words: bytes) -> bool:
    return any(words in path.read_bytes() for path in folder.glob("conversations.db*"))


async def rows(app, table: str) -> list[Any]:
    query = text(f"SELECT * FROM {table}")  # noqa: S608
    return list(await app.state.database.read(lambda connection: connection.execute(query).all()))


@pytest.fixture
async def planted(app, resident, rasa, tmp_path) -> tuple[Resident, bytes]:
    """Give a resident whose conversation holds the text wherever one can be, and a photo."""
    tasks = [
        {"do": "remember_request", "reference": f"BXL-{MARKER}", "key": f"key-{MARKER}", "subject": MARKER},
        {"do": "subscribe", "kind": "collections", "subject": f"address:{MARKER}", "name": {"fr": MARKER}},
    ]
    choices = [{"label": MARKER, "payload": f'/inform{{"address": "{MARKER}"}}'}]
    cards = [{"type": "places", "title": MARKER, "rows": []}]
    source = {"name": MARKER, "url": f"https://{MARKER}.example"}
    said = message(MARKER, choices=choices, cards=cards, source=source, tasks=tasks)
    rasa.answers[MARKER] = {"messages": [said], "language": "fr"}
    await resident.say(MARKER, client_id=MARKER)
    photo_id = await app.state.add_photo(resident.opened["id"], noise(300))
    await resident.send(photo=photo_id)
    content = (await resident.client.get(f"{resident.path}/photos/{photo_id}", headers=resident.headers)).content
    assert in_files(tmp_path, MARKER.encode())
    return resident, content[-400:-200]


@pytest.mark.parametrize("way", ["in the chat", "by the API", "by retention"])
async def test_nothing_is_left(*, app, planted, rasa, tmp_path, caplog, clock, way):
    caplog.set_level(logging.DEBUG, logger="services")
    resident, photo = planted
    if way == "in the chat":
        rasa.answers["oui"] = {"messages": [message("…", tasks=[{"do": "erase"}])], "language": "fr"}
        await resident.say("oui")
    elif way == "by the API":
        await resident.client.delete(resident.path, headers=resident.headers)
    else:
        ids = [row.id for row in await rows(app, "subscriptions")]
        rasa.answers["stop"] = {"messages": [message("…", tasks=[{"do": "unsubscribe", "ids": ids}])], "language": "fr"}
        await resident.say("stop")
        clock.forward(hours=169)
        await app.state.keeping.purge()
    clock.forward(hours=721)  # the city of this test is down: what was to be erased there is given up in the end
    await app.state.keeping.purge()
    assert not in_files(tmp_path, MARKER.encode())
    assert not in_files(tmp_path, photo)
    assert not in_files(tmp_path, resident.opened["id"].encode())
    assert MARKER not in caplog.text


async def test_acts_are_noted_without_whom_they_are_about(app, planted, rasa, clock):
    resident, _ = planted
    await resident.client.get(f"{resident.path}/export", headers=resident.headers)
    await resident.client.delete(resident.path, headers=resident.headers)
    notes = await rows(app, "audit")
    assert [(each.who, each.what, each.count) for each in notes] == [
        ("resident", "export", 1),
        ("resident", "erase", 1),
    ]
    assert MARKER not in str(notes)
    assert resident.opened["id"] not in str(notes)
    clock.forward(hours=721)
    await app.state.keeping.purge()
    assert [each.what for each in await rows(app, "audit")][2:] == ["drop_erasures"]
    clock.forward(hours=8761)
    await app.state.keeping.purge()
    assert await rows(app, "audit") == []
