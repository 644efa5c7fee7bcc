"""Standing in line."""

from __future__ import annotations

import asyncio

import pytest

from services.gateway.conversations.line import Line
from services.gateway.core.errors import ChatError


async def test_places_are_called_in_the_order_in_which_they_were_taken():
    line, order = Line(10), []
    places = [line.join("a") for _ in range(5)]

    async def wait(number: int) -> None:
        with places[number] as place:
            await place.called()
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(wait(number) for number in (3, 1, 4, 0, 2)))
    assert order == [0, 1, 2, 3, 4]


async def test_a_place_knows_whether_others_are_before_it():
    line = Line(10)
    with line.join("a") as first:
        assert not first.behind
        second = line.join("a")
        assert second.behind
    assert not second.behind


async def test_who_gives_up_while_waiting_does_not_hold_up_the_next():
    line = Line(10)
    first, second, third = (line.join("a") for _ in range(3))
    with first:
        await first.called()
        with pytest.raises(TimeoutError), second:
            await asyncio.wait_for(second.called(), 0.01)
    with third:
        await asyncio.wait_for(third.called(), 1)


async def test_a_line_is_only_so_long_and_empty_again_after():
    line = Line(2)
    with line.join("a"), line.join("a"):
        with pytest.raises(ChatError, match="too_many_waiting"):
            line.join("a")
        with line.join("b") as other:
            await other.called()
    with line.join("a") as place:
        assert not place.behind
