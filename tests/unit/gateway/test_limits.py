"""Token buckets."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from services.gateway.core.errors import ChatError
from services.gateway.core.limits import Limit, Limits, RateLimit, holds_for, network


class _Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


async def _takes(limit: Limit, key: str) -> bool:
    try:
        await limit.take(key)
    except ChatError:
        return False
    return True


async def test_a_bucket_holds_a_burst_and_fills_up_again():
    time = _Time()
    limit = RateLimit(30, 3, time)
    assert [await _takes(limit, "a") for _ in range(4)] == [True, True, True, False]
    time.now += 2.0
    assert [await _takes(limit, "a") for _ in range(2)] == [True, False]
    time.now += 3600
    assert [await _takes(limit, "a") for _ in range(4)] == [True, True, True, False]


async def test_a_refusal_says_how_long_to_wait():
    time = _Time()
    limit = RateLimit(30, 1, time)
    await limit.take("a")
    time.now += 0.5
    with pytest.raises(ChatError) as refused:
        await limit.take("a", "nl")
    assert refused.value.retry_after_s == pytest.approx(1.5)
    assert refused.value.language == "nl"


async def test_keys_do_not_share():
    limit = RateLimit(1, 1, _Time())
    assert await _takes(limit, "a")
    assert await _takes(limit, "b")
    assert not await _takes(limit, "a")


@pytest.mark.parametrize(
    ("mode", "address", "limited"),
    [
        ("public", "127.0.0.1", False),
        ("public", "127.8.8.8", False),
        ("public", "10.0.0.1", True),
        ("public", None, True),
        ("all", "127.0.0.1", True),
        ("off", "10.0.0.1", False),
    ],
)
def test_whom_limits_hold_for(mode, address, limited):
    assert holds_for(mode, address) is limited


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_what_counts_as_one_address(address, counted):
    assert network(address) == counted


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """Give the address of a Redis server of this test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own server
    client = Redis(port=port)
    for _ in range(2000):
        try:
            client.ping()
            break
        except RedisConnectionError:
            assert process.poll() is None
    yield f"redis://127.0.0.1:{port}"
    client.close()
    process.terminate()
    process.wait()


async def test_workers_count_together_where_they_share_a_store(redis_url):
    first, second = Limits("secret", redis_url), Limits("secret", redis_url)
    try:
        workers = [each.make("messages", 30, 4) for each in (first, second)]
        assert [await _takes(worker, "203.0.113.7") for worker in workers * 3] == [True] * 4 + [False] * 2
        assert await _takes(workers[0], "203.0.113.8")
        assert await _takes(first.make("openings", 30, 4), "203.0.113.7")
        with pytest.raises(ChatError) as refused:
            await workers[1].take("203.0.113.7", "nl")
        assert 1 <= refused.value.retry_after_s <= 9
    finally:
        await first.close()
        await second.close()
    with Redis.from_url(redis_url) as client:
        keys = client.keys("*")
    assert keys
    assert not any(b"203.0.113" in key for key in keys)


async def test_a_store_that_is_down_leaves_each_worker_to_count_for_itself():
    limits = Limits("secret", "redis://127.0.0.1:9")
    limit = limits.make("messages", 30, 2)
    assert [await _takes(limit, "a") for _ in range(3)] == [True, True, False]
    await limits.close()
