"""News: in a process at once, between processes through Redis, and going on where Redis is not there."""

from __future__ import annotations

import asyncio

import pytest

from services.gateway.core.live import LocalLive, RedisLive, open_live
from tests.unit.gateway.test_limits import redis_url  # noqa: F401 - a fixture


class Heard:
    """What somebody heard."""

    def __init__(self) -> None:
        self.news = []
        self.came = asyncio.Event()

    def __call__(self, news):
        self.news.append(news)
        self.came.set()

    async def until(self, count):
        async with asyncio.timeout(10):
            while len(self.news) < count:
                self.came.clear()
                await self.came.wait()


def test_without_redis_news_stays_in_the_process():
    assert type(open_live(None)) is LocalLive


@pytest.mark.parametrize("make", [LocalLive, lambda: RedisLive("redis://127.0.0.1:9")])
async def test_who_listens_hears_at_once_and_who_has_left_does_not(make):
    live, first, second = make(), Heard(), Heard()
    with live.listening(first):
        with live.listening(second):
            live.tell({"kind": "a"})
        live.tell({"kind": "b"})
    live.tell({"kind": "c"})
    assert ([each["kind"] for each in first.news], [each["kind"] for each in second.news]) == (["a", "b"], ["a"])


async def test_processes_hear_each_other_once_and_in_order(redis_url):  # noqa: F811
    lives = [RedisLive(redis_url) for _ in range(3)]
    heard = [Heard() for _ in lives]
    for live in lives:
        await live.start()
    async with asyncio.timeout(10):
        await asyncio.gather(*(live.connected.wait() for live in lives))
    with lives[0].listening(heard[0]), lives[1].listening(heard[1]), lives[2].listening(heard[2]):
        for number in range(20):
            lives[0].tell({"kind": "n", "number": number})
        for each in heard:
            await each.until(20)
    for live in lives:
        await live.close()
    assert all([each["number"] for each in one.news] == list(range(20)) for one in heard)


async def test_what_is_no_news_is_left_aside(redis_url):  # noqa: F811
    live, heard = RedisLive(redis_url), Heard()
    await live.start()
    async with asyncio.timeout(10):
        await live.connected.wait()
    other = RedisLive(redis_url)
    await other.start()
    other._unsent.put_nowait("no JSON")
    other._unsent.put_nowait('{"by": "x"}')
    with live.listening(heard):
        other.tell({"kind": "a"})
        await heard.until(1)
    for each in (live, other):
        await each.close()
    assert heard.news == [{"kind": "a"}]


async def test_where_redis_is_down_the_process_goes_on_by_itself_and_closes():
    live, heard = RedisLive("redis://127.0.0.1:9"), Heard()
    await live.start()
    with live.listening(heard):
        for number in range(20_000):  # more than it keeps for others
            live.tell({"number": number})
    await live.close()
    assert len(heard.news) == 20_000
