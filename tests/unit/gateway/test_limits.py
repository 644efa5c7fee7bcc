"""Token buckets."""

from __future__ import annotations

import pytest

from services.gateway.core.errors import ChatError
from services.gateway.core.limits import RateLimit, holds_for


class _Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def _takes(limit: RateLimit, key: str) -> bool:
    try:
        limit.take(key)
    except ChatError:
        return False
    return True


def test_a_bucket_holds_a_burst_and_fills_up_again():
    time = _Time()
    limit = RateLimit(30, 3, time)
    assert [_takes(limit, "a") for _ in range(4)] == [True, True, True, False]
    time.now += 2.0
    assert [_takes(limit, "a") for _ in range(2)] == [True, False]
    time.now += 3600
    assert [_takes(limit, "a") for _ in range(4)] == [True, True, True, False]


def test_a_refusal_says_how_long_to_wait():
    time = _Time()
    limit = RateLimit(30, 1, time)
    limit.take("a")
    time.now += 0.5
    with pytest.raises(ChatError) as refused:
        limit.take("a", "nl")
    assert refused.value.retry_after_s == pytest.approx(1.5)
    assert refused.value.language == "nl"


def test_keys_do_not_share():
    limit = RateLimit(1, 1, _Time())
    assert _takes(limit, "a")
    assert _takes(limit, "b")
    assert not _takes(limit, "a")


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
