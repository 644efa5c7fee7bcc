"""Conversations move between two servers, each spoken to over HTTP: none is lost, and none is at both."""

import asyncio
import contextlib
import json
import time

import pytest
from aiohttp import web

from bot.moving.arriving import Arriving, ArrivingError
from bot.moving.departing import Departing, MovedError
from bot.moving.door import Moving
from kit import signing, wire

SECRET = "a secret"


class Sessions:
    """A store of sessions."""

    def __init__(self, **kept):
        self.of = {name: {"written": text, "idle_s": 0.0} for name, text in kept.items()}

    def names(self):
        return list(self.of)

    def kept(self, sender_id):
        return self.of.get(sender_id)

    def adopt(self, sender_id, kept):
        self.of[sender_id] = kept


class Before:
    """The server before: a move's departing side behind a real door."""

    def __init__(self, sessions):
        self.sessions, self.moving = sessions, Moving(SECRET)
        self.asked = []
        self.is_asked = asyncio.Event()
        self.answers = None

    async def __call__(self, request):
        body = await request.read()
        if not signing.verify(SECRET, body, request.headers.get(signing.HEADER), time.time()):
            return web.json_response({}, status=401)
        self.asked.append(json.loads(body))
        self.is_asked.set()
        if self.answers is not None:
            return web.json_response({}, status=self.answers)
        return web.json_response(await self.moving.do(body, self.sessions))


@pytest.fixture
async def before():
    server = Before(Sessions(a="A", b="B", c="C"))
    app = web.Application()
    app.router.add_post(f"/webhooks/{wire.CHANNEL}/{wire.MOVING_PATH}", server)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = site._server.sockets[0].getsockname()[1]
    server.stop = runner.cleanup
    yield server
    await runner.cleanup()


@pytest.fixture
def here(before):
    arriving = Arriving(SECRET)
    arriving.follow(before.port)
    return arriving


async def test_a_conversation_comes_before_its_first_turn_and_is_not_taken_there_any_more(before, here):
    sessions = Sessions()
    await here.arrived(["a", "new"], sessions)
    assert sessions.of == {"a": {"written": "A", "idle_s": 0.0}}
    with pytest.raises(MovedError):
        async with before.moving.departing.turn("a"):
            pass
    with pytest.raises(MovedError):
        async with before.moving.departing.turn("new"):
            pass
    async with before.moving.departing.turn("b"):
        assert before.moving.departing.under_way == 1


async def test_what_was_said_here_is_not_overwritten_by_what_was_there(before, here):
    sessions = Sessions()
    await here.arrived(["a"], sessions)
    sessions.adopt("a", {"written": "A, and more", "idle_s": 0.0})
    await here.arrived(["a"], sessions)
    assert await here.take_all(sessions) == 3
    assert {name: kept["written"] for name, kept in sessions.of.items()} == {"a": "A, and more", "b": "B", "c": "C"}
    given = [name for asked in before.asked if asked["do"] == "give" for name in asked["names"]]
    assert sorted(given) == ["a", "b", "c"]


async def test_the_turn_that_is_under_way_is_waited_for_and_comes_along(before, here):
    sessions, answered = Sessions(), asyncio.Event()

    async def turn():
        async with before.moving.departing.turn("a"):
            await answered.wait()
            before.sessions.adopt("a", {"written": "A, answered", "idle_s": 0.0})

    async def first_turn():
        async with before.moving.departing.turn("first"):
            await answered.wait()
            before.sessions.adopt("first", {"written": "F", "idle_s": 0.0})

    turns = [asyncio.create_task(turn()), asyncio.create_task(first_turn())]
    arrived = asyncio.create_task(here.arrived(["a"], sessions))
    await before.is_asked.wait()
    taken = asyncio.create_task(here.take_all(sessions))
    done, _ = await asyncio.wait({arrived, taken}, timeout=0.1)
    assert not done
    answered.set()
    await asyncio.gather(arrived, taken, *turns)
    assert sessions.of["a"]["written"] == "A, answered"
    assert sessions.of["first"]["written"] == "F"


async def test_two_who_wait_for_the_same_conversation_ask_once_and_one_may_go_away(before, here):
    sessions = Sessions()
    first, second = (asyncio.create_task(here.arrived(["a"], sessions)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await second
    with contextlib.suppress(asyncio.CancelledError):
        await first
    assert sessions.of["a"]["written"] == "A"
    assert len(before.asked) == 1


async def test_after_the_last_one_nobody_is_asked(before, here):
    await here.take_all(Sessions())
    asked = len(before.asked)
    await here.arrived(["z"], Sessions())
    assert await here.take_all(Sessions()) == 0
    assert len(before.asked) == asked
    with pytest.raises(MovedError):
        async with before.moving.departing.turn("never seen"):
            pass


async def test_who_leaves_after_all_takes_every_conversation_as_it_was(before, here):
    await here.take_all(Sessions())
    before.moving.departing.resume()
    async with before.moving.departing.turn("a"):
        assert before.sessions.kept("a")["written"] == "A"


async def test_where_the_server_before_has_ended_people_are_answered_all_the_same(before, here):
    await before.stop()
    sessions = Sessions()
    await here.arrived(["a"], sessions)
    assert sessions.of == {}


async def test_where_it_fails_the_turn_fails_and_the_next_one_asks_again(before, here):
    sessions = Sessions()
    before.answers = 500
    with pytest.raises(ArrivingError):
        await here.arrived(["a"], sessions)
    with pytest.raises(ArrivingError):
        await here.take_all(sessions)
    before.answers = None
    await here.arrived(["a"], sessions)
    assert sessions.of["a"]["written"] == "A"


async def test_a_turn_that_fails_is_over_too():
    departing = Departing()
    with pytest.raises(RuntimeError):
        async with departing.turn("a"):
            raise RuntimeError
    assert departing.under_way == 0
    assert await departing.give(["a"], Sessions()) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"do": "x"}',
        b'{"do": "follow"}',
        b'{"do": "follow", "port": "5005"}',
        b'{"do": "give"}',
    ],
)
async def test_what_is_nothing_to_do_is_refused(body):
    with pytest.raises(ValueError, match=r"the body|no such|no port"):
        await Moving(SECRET).do(body, Sessions())
