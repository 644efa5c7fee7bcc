"""What is kept of a conversation: shown, deleted on demand, deleted when its time is over, and never logged."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident

WORDS = "je m'appelle Ernestine Vandenpeereboom"


async def _count(app, table: str) -> int:
    query = text(f"SELECT count(*) FROM {table}")  # noqa: S608
    return await app.state.database.read(lambda connection: connection.execute(query).scalar_one())


async def test_all_that_is_kept_can_be_read(resident):
    await resident.say("bonjour")
    kept = await resident.kept()
    assert [m["author"] for m in kept["messages"]] == ["assistant", "resident", "assistant"]
    assert kept["deleted_at_latest"] == "2026-12-01T08:15:00+01:00"
    assert resident.opened["token"] not in str(kept)


async def test_deleting_leaves_no_trace_in_the_database_files(app, tmp_path, resident, rasa):
    choices = [{"label": "Rue Vandenpeereboom", "payload": "/inform"}]
    rasa.answers[WORDS] = {"messages": [message("Ernestine ?", choices=choices)], "language": "fr"}
    await resident.say(WORDS)
    assert _in_files(tmp_path, "Vandenpeereboom")
    answer = await resident.client.delete(resident.path, headers=resident.headers)
    assert (answer.status_code, answer.content) == (204, b"")
    for table in ("conversations", "turns", "messages", "choices"):
        assert await _count(app, table) == 0
    for words in ("Vandenpeereboom", "Ernestine", resident.opened["id"]):
        assert not _in_files(tmp_path, words)
    assert (await resident.client.get(resident.path, headers=resident.headers)).status_code == 404


def _in_files(folder, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in folder.glob("conversations.db*"))


async def test_deleting_makes_the_dialogue_engine_forget(resident, rasa):
    await resident.client.delete(resident.path, headers=resident.headers)
    assert [(r["sender"], r["payload"]) for r in rasa.received] == [(resident.opened["id"], "/session_start")]


async def test_deleting_works_while_the_dialogue_engine_is_down(make_app, make_client):
    resident = await Resident.opening(make_client(make_app(rasa_url="http://127.0.0.1:9")))
    answer = await resident.client.delete(resident.path, headers=resident.headers)
    assert answer.status_code == 204


async def test_deleting_waits_for_the_answer_under_way_and_nothing_is_left(app, resident, rasa):
    gate = rasa.hold("lent")
    sending = asyncio.create_task(resident.send(text="lent"))
    await rasa.until_received(1)
    deleting = asyncio.create_task(resident.client.delete(resident.path, headers=resident.headers))
    late = asyncio.create_task(resident.send(text="trop tard"))
    gate.set()
    answers = await asyncio.gather(sending, deleting, late)
    assert [answer.status_code for answer in answers] == [200, 204, 404]
    assert await _count(app, "messages") == 0


async def test_a_conversation_is_deleted_when_nothing_was_said_for_its_time(app, client, clock, resident):
    clock.forward(hours=100)
    other = await Resident.opening(client, "nl")
    await resident.say("encore là")
    clock.forward(hours=167)
    assert await app.state.keeping.purge() == 0
    await other.say("ik ook")
    clock.forward(hours=2)
    assert await app.state.keeping.purge() == 1
    assert (await resident.client.get(resident.path, headers=resident.headers)).status_code == 404
    assert len((await other.kept())["messages"]) == 3


async def test_more_conversations_than_one_step_takes_are_all_deleted(app, clock):
    for _ in range(230):
        await app.state.chat.open("fr", "web")
    clock.forward(days=8)
    assert await app.state.keeping.purge() == 230
    assert await _count(app, "choices") == 0


def _purged(app):
    return app.state.metrics.registry.get_sample_value("bxl_gateway_purged_total")


async def test_purging_is_a_round_of_the_scheduler_repeated_and_counted(make_app, clock):
    app = make_app(purge_every_s=0.01)
    await app.state.chat.open("fr", "web")
    clock.forward(days=8)
    assert await app.state.scheduling.lead()
    async with asyncio.timeout(10):
        while _purged(app) != 1:
            await _count(app, "conversations")
        await app.state.chat.open("fr", "web")
        clock.forward(days=8)
        while _purged(app) != 2:
            await _count(app, "conversations")
    await app.state.scheduling.close()


async def test_of_two_processes_one_purges(make_app, clock):
    first, second = make_app(), make_app()
    await first.state.chat.open("fr", "web")
    clock.forward(days=8)
    assert await first.state.scheduling.lead()
    assert not await second.state.scheduling.lead()
    async with asyncio.timeout(10):
        while _purged(first) != 1:
            await _count(first, "conversations")
    await first.state.scheduling.close()
    assert _purged(second) == 0


async def test_a_purge_that_fails_is_counted_and_comes_again(make_app, clock, monkeypatch):
    app = make_app(purge_every_s=0.01)
    await app.state.chat.open("fr", "web")
    clock.forward(days=8)
    really, failing = app.state.keeping.purge, [True]

    async def purge():
        if failing:
            failing.clear()
            raise OperationalError("delete", {}, Exception("locked"))
        return await really()

    monkeypatch.setattr(app.state.keeping, "purge", purge)
    assert await app.state.scheduling.lead()
    async with asyncio.timeout(10):
        while _purged(app) != 1:
            await _count(app, "conversations")
    await app.state.scheduling.close()
    sample = app.state.metrics.registry.get_sample_value
    assert sample("bxl_gateway_jobs_failed_total", {"job": "purge"}) == 1


async def test_logs_and_metrics_hold_nothing_that_was_said(client, resident, rasa, caplog):
    caplog.set_level(logging.DEBUG, "services.gateway")
    await resident.say(WORDS)
    rasa.status = 500
    await resident.say(WORDS)
    await resident.send(text=WORDS, client_id="")
    metrics = (await client.get("/metrics")).text
    assert "/api/v1/conversations/{conversation_id}/messages" in caplog.text
    assert 'bxl_gateway_turns_total{by="rasa"} 1.0' in metrics
    assert 'bxl_gateway_turns_total{by="fallback"} 1.0' in metrics
    for secret in ("Ernestine", resident.opened["id"], resident.opened["token"], "127.0.0.1"):
        assert secret not in caplog.text
        assert secret not in metrics


async def test_the_token_is_not_stored(app, tmp_path, resident):
    await resident.say("bonjour")
    assert not _in_files(tmp_path, resident.opened["token"])
