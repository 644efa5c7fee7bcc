"""The outbox: what came unasked is delivered once and in order, tried again, given up, dropped when it is too late."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from kit.quiet import Quiet
from services.gateway.conversations.service import Unasked
from services.gateway.dialogue.port import Draft
from services.gateway.notifications.delivering import Delivering
from services.gateway.notifications.port import Delivered, Gone, Outcome, RetryLater
from tests.integration.gateway.notifications.conftest import follow
from tests.integration.gateway.talking import Resident


class FakeOutlet:
    """A channel that takes what it is told to."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.outcomes: list[Outcome | Exception] = []
        self.gate: asyncio.Event | None = None
        self.asked = asyncio.Event()

    async def deliver(self, conversation_id: str, message: Any) -> Outcome:
        self.asked.set()
        if self.gate is not None:
            await self.gate.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else Delivered()
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Delivered):
            self.sent.append(message.text)
        return outcome


@pytest.fixture
def outlet(app) -> FakeOutlet:
    app.state.outlets["telegram"] = outlet = FakeOutlet()
    return outlet


@pytest.fixture
async def resident(client) -> Resident:
    answer = await client.post("/api/v1/conversations", json={"language": "fr", "channel": "telegram"})
    return Resident(client, answer.json())


async def tell(app, resident: Resident, words: str, how: Unasked | None = None) -> None:
    """Say something unasked and wait until it was tried."""
    await app.state.chat.tell(resident.opened["id"], "assistant", [Draft(words, "fr")], how or Unasked())
    await app.state.delivering.close()


async def states(app) -> list[str]:
    query = text("SELECT state FROM deliveries ORDER BY seq")
    return await app.state.database.read(lambda connection: list(connection.scalars(query)))


def counted(app, outcome: str) -> float | None:
    return app.state.metrics.registry.get_sample_value(
        "bxl_gateway_deliveries_total", {"channel": "telegram", "outcome": outcome}
    )


async def test_what_is_said_unasked_goes_out_at_once_and_once(app, resident, outlet):
    await tell(app, resident, "un")
    assert outlet.sent == ["un"]
    assert await app.state.delivering.deliver() == 0
    assert (await states(app), counted(app, "delivered")) == (["delivered"], 1)


async def test_answers_to_messages_are_not_sent_a_second_time(app, resident, outlet):
    await resident.say("bonjour")
    assert await app.state.delivering.deliver() == 0
    assert outlet.sent == []


async def test_after_a_failure_it_waits_longer_each_time(app, resident, outlet, clock):
    outlet.outcomes = [RetryLater(), OSError("no way"), RetryLater()]
    await tell(app, resident, "un")
    waits = []
    while not outlet.sent:
        waited = 0
        before = len(outlet.outcomes)
        while len(outlet.outcomes) == before and not outlet.sent:
            clock.forward(seconds=5)
            waited += 5
            await app.state.delivering.deliver()
        waits.append(waited)
    assert [30 <= waits[0] <= 45, 60 <= waits[1] <= 80, 120 <= waits[2] <= 155] == [True] * 3
    assert counted(app, "retried") == 3


async def test_the_channel_may_name_the_time(app, resident, outlet, clock):
    outlet.outcomes = [RetryLater(after_s=7)]
    await tell(app, resident, "un")
    clock.forward(seconds=6)
    assert await app.state.delivering.deliver() == 0
    clock.forward(seconds=1)
    assert await app.state.delivering.deliver() == 1


async def test_a_channel_that_wants_it_at_once_is_not_asked_without_end(app, resident, outlet, clock):
    outlet.outcomes = [RetryLater(after_s=0)] * 3
    await tell(app, resident, "un")
    assert len(outlet.outcomes) == 2
    clock.forward(seconds=1)
    await app.state.delivering.deliver()
    assert len(outlet.outcomes) == 1


async def test_what_came_first_goes_out_first(app, resident, outlet, clock):
    outlet.outcomes = [RetryLater(after_s=60)]
    await tell(app, resident, "un")
    await tell(app, resident, "deux")
    assert outlet.sent == []
    clock.forward(seconds=60)
    await app.state.delivering.deliver()
    assert outlet.sent == ["un", "deux"]


async def test_one_resident_waits_for_no_other(app, client, resident, outlet):
    outlet.outcomes = [RetryLater(after_s=600)]
    await tell(app, resident, "un")
    answer = await client.post("/api/v1/conversations", json={"language": "fr", "channel": "telegram"})
    await tell(app, Resident(client, answer.json()), "autre")
    assert outlet.sent == ["autre"]


async def test_a_process_that_dies_in_a_try_is_followed_by_another(app, make, resident, outlet, clock):
    outlet.gate = asyncio.Event()
    await app.state.chat.tell(resident.opened["id"], "assistant", [Draft("un", "fr")])
    await outlet.asked.wait()
    for task in app.state.delivering._under_way:
        task.cancel()  # as far as the database can tell, it died
    await app.state.delivering.close()
    other = make()
    other.state.outlets["telegram"] = survivor = FakeOutlet()
    assert await other.state.delivering.deliver() == 0
    clock.forward(seconds=60)
    assert await other.state.delivering.deliver() == 1
    assert survivor.sent == ["un"]


async def test_several_processes_at_once_deliver_it_once(app, make, resident, clock):
    apps = [app, make(), make()]
    outlets = [FakeOutlet() for _ in apps]
    outlets[0].outcomes = [RetryLater(after_s=1)]
    for each, own in zip(apps, outlets, strict=True):
        each.state.outlets["telegram"] = own
    await tell(app, resident, "un")
    clock.forward(seconds=1)
    assert sum(await asyncio.gather(*(each.state.delivering.deliver() for each in apps))) == 1
    assert sum(len(own.sent) for own in outlets) == 1


async def test_it_is_given_up_after_a_day_and_counted(app, resident, outlet, clock):
    outlet.outcomes = [RetryLater()] * 100
    await tell(app, resident, "un")
    for _ in range(60):
        clock.forward(minutes=30)
        await app.state.delivering.deliver()
    assert (await states(app), counted(app, "dead")) == (["dead"], 1)
    assert 20 < 100 - len(outlet.outcomes) < 40
    await app.state.delivering.measure()
    assert (
        app.state.metrics.registry.get_sample_value("bxl_gateway_outbox", {"channel": "telegram", "state": "dead"}) == 1
    )


async def test_what_is_of_no_use_any_more_is_dropped(app, resident, outlet, clock):
    outlet.outcomes = [RetryLater()]
    await tell(app, resident, "sortez le sac", Unasked(until=clock.now() + timedelta(seconds=20)))
    clock.forward(minutes=1)
    assert await app.state.delivering.deliver() == 0
    assert (await states(app), counted(app, "dropped"), outlet.sent) == (["dropped"], 1, [])


async def test_no_try_falls_into_quiet_hours(app, resident, outlet, clock):
    clock.at = clock.at.replace(hour=21, minute=59, second=50)
    outlet.outcomes = [RetryLater()]
    await tell(app, resident, "un", Unasked(quiet=Quiet("22:00", "07:00")))
    for hour in (22, 23, 6):
        clock.at = clock.at.replace(hour=hour, minute=30, day=25 if hour == 6 else 24)
        assert await app.state.delivering.deliver() == 0
    clock.at = clock.at.replace(hour=7, minute=0, second=0)
    assert await app.state.delivering.deliver() == 1


async def test_a_channel_that_is_gone_ends_what_was_followed(app, resident, rasa, outlet, clock):
    await follow(resident, rasa, "line", "71")
    outlet.outcomes = [RetryLater(after_s=1), Gone()]
    await tell(app, resident, "un")
    await tell(app, resident, "deux")
    clock.forward(seconds=1)
    await app.state.delivering.deliver()
    assert (await states(app), outlet.sent) == (["dead", "dead"], [])
    assert (await resident.kept())["subscriptions"] == []
    assert counted(app, "gone") == 1


async def test_erasing_the_conversation_takes_its_deliveries_along(app, resident, outlet):
    outlet.outcomes = [RetryLater()]
    await tell(app, resident, "un")
    await resident.client.delete(resident.path, headers=resident.headers)
    assert await states(app) == []


async def test_on_the_web_it_is_delivered_by_the_stream(app, client):
    web = await Resident.opening(client)
    await tell(app, web, "un")
    assert await states(app) == ["delivered"]


class NothingDue:
    """An outbox that is empty, as its database says at once."""

    async def read(self, work: Any) -> list[Any]:
        return []


@pytest.mark.timeout(20)
async def test_closing_ends_when_the_last_delivery_ended_in_that_moment(app, clock):
    async def nobody(conversation_id: str) -> None:
        del conversation_id

    parts = {"database": NothingDue(), "outlets": {}, "default": FakeOutlet(), "metrics": app.state.metrics}
    delivering = Delivering(**parts, clock=clock, on_settled=nobody)
    delivering.kick("anyone")
    await asyncio.sleep(0)  # it has ended, and nobody was told yet
    await delivering.close()
