"""The same on PostgreSQL, with two gateways on one database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from services.gateway.conversations import requests
from services.gateway.conversations.models import Base
from services.gateway.core.database import sync_engine
from services.gateway.dialogue.collections import Collection, Collections
from services.gateway.dialogue.port import Draft
from tests import postgres
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident, texts


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def database_url(server_url: str) -> str:
    return postgres.new_database(server_url, "conversations")


@pytest.fixture
async def two(make_app, make_client, database_url):
    """Give a resident at one gateway, the same one at another, and both gateways."""
    apps = [make_app(database_url=database_url) for _ in range(2)]
    here = await Resident.opening(make_client(apps[0]))
    return here, Resident(make_client(apps[1]), here.opened), apps


async def test_the_schema_is_that_of_the_code(two, database_url):
    engine = sync_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


async def test_a_conversation_goes_on_at_the_other_gateway(two, rasa):
    here, there, _ = two
    first = await here.say("bonjour 👋", client_id="a")
    assert await there.say("bonjour 👋", client_id="a") == first
    choice = here.opened["messages"][0]["choices"][0]["id"]
    assert (await there.send(choice=choice)).status_code == 200
    assert await here.kept() == await there.kept()
    assert (await here.kept())["created_at"] == "2026-11-24T08:15:00+01:00"
    assert len(rasa.received) == 2


async def test_the_same_message_to_both_at_once_is_said_once(two, rasa):
    here, there, _ = two
    gate = rasa.hold("rue")
    sending = [asyncio.create_task(who.say("rue", client_id="a")) for who in (here, there)]
    await rasa.until_received(1)
    for _ in range(20):
        await there.kept()
    gate.set()
    first, second = await asyncio.gather(*sending)
    assert first == second
    assert rasa.said == ["rue"]


async def test_messages_to_both_at_once_are_answered_one_by_one(two, rasa):
    here, there, _ = two
    gates = {said: rasa.hold(said) for said in ("un", "deux")}
    first = asyncio.create_task(here.say("un"))
    await rasa.until_received(1)
    second = asyncio.create_task(there.say("deux"))
    for _ in range(20):  # the other gateway is not blocked, only that message waits
        await there.kept()
    assert rasa.said == ["un"]
    for gate in gates.values():
        gate.set()
    await asyncio.gather(first, second)
    kept = [m["text"] for m in (await here.kept())["messages"][1:]]
    assert kept == ["un", "« un »", "deux", "« deux »"]


async def test_more_at_once_than_there_are_connections(make_app, make_client, database_url, rasa):
    app = make_app(database_url=database_url, pool_size=2)
    client = make_client(app)
    residents = [await Resident.opening(client) for _ in range(30)]
    replies = await asyncio.gather(*(resident.say("bonjour") for resident in residents))
    assert [texts(reply) for reply in replies] == [["« bonjour »"]] * 30


async def test_deleting_and_purging(two, clock):
    here, there, (app, other) = two
    await here.say("bonjour")
    assert (await there.client.delete(there.path, headers=there.headers)).status_code == 204
    assert (await here.send(text="encore")).status_code == 404
    await app.state.chat.open("fr", "web")
    clock.forward(days=8)
    assert await other.state.keeping.purge() == 1


async def test_what_one_gateway_stores_is_streamed_by_the_other(two):
    here, _, (app, other) = two
    async with asyncio.timeout(5):
        events = other.state.streams.events(here.opened["id"], None)
        await anext(events)
        await app.state.chat.tell(here.opened["id"], "operator", [Draft("bonjour", "fr")])
        assert "bonjour" in (await anext(events)).data
        await events.aclose()


async def test_an_evening_is_reminded_of_once_by_two_gateways(two, rasa, clock):
    here, _, apps = two
    window = {"date": "2026-11-24", "from": "2026-11-24T18:00:00+01:00", "until": "2026-11-25T00:00:00+01:00"}
    item = {"fraction": "white", "collection_date": "2026-11-25", "put_out": window}
    found = Collections([Collection.model_validate(item)], {"name": "Bruxelles-Propreté"})
    names = {"fr": "rue Blaes 20", "nl": "Blaesstraat 20", "en": "Rue Blaes 20"}
    task = {"do": "subscribe", "kind": "collections", "subject": "address:1:20", "name": names}
    rasa.answers["rappel"] = {"messages": [message("Noté.", tasks=[task])], "language": "fr"}
    await here.say("rappel")
    both = asyncio.Barrier(2)

    async def at(*_: object) -> Collections:
        await both.wait()  # both have seen that it is due
        return found

    for app in apps:
        app.state.following._kinds["collections"]._city.at = at
    clock.forward(hours=10)
    counts = await asyncio.gather(*(app.state.following.look("collections") for app in apps))
    assert sorted(counts) == [0, 1]
    assert [m["text"] for m in (await here.kept())["messages"]][-1].startswith("Rappel pour rue Blaes 20")


async def test_an_erasure_leaves_nothing_but_what_the_city_has_still_to_do(two, rasa):
    here, there, (app, _) = two
    tasks = [{"do": "remember_request", "reference": f"BXL-{each}", "key": "k", "subject": "s"} for each in (1, 2)]
    rasa.answers["un"] = {"messages": [message("Envoyé.", tasks=tasks)], "language": "fr"}
    rasa.answers["oui"] = {"messages": [message("…", tasks=[{"do": "erase"}])], "language": "fr"}
    await here.say("un")
    assert "Pas encore dans les demandes BXL-1, BXL-2" in (await there.say("oui"))["messages"][0]["text"]
    assert (await here.send(text="encore")).status_code == 404
    assert [row.reference for row in await app.state.database.read(requests.still_to_be_erased)] == ["BXL-1", "BXL-2"]
