"""Offsets as they are stored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.city.transport import offsets


@given(st.lists(st.integers(-(2**31), 2**31 - 1)))
def test_offsets_come_back_as_they_were(values: list[int]) -> None:
    stored = offsets.pack(values)
    assert offsets.unpack(stored) == tuple(values)
    for position, value in enumerate(values):
        at = position * offsets.SIZE
        assert offsets.unpack(stored[at : at + offsets.SIZE]) == (value,)
