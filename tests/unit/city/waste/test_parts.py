from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.city.waste.parts import Part

NUMBERS = st.none() | st.integers(1, 40)
PARTS = st.builds(Part, NUMBERS, NUMBERS, st.sampled_from(["both", "odd", "even"]))


@pytest.mark.parametrize(
    ("part", "number", "holds"),
    [
        pytest.param(Part(), 999, True, id="the whole street"),
        pytest.param(Part(1, 99), 1, True, id="its first"),
        pytest.param(Part(1, 99), 99, True, id="its last"),
        pytest.param(Part(1, 99), 100, False, id="beyond"),
        pytest.param(Part(1, 99, "odd"), 51, True, id="its side"),
        pytest.param(Part(1, 99, "odd"), 50, False, id="the other side"),
        pytest.param(Part(2, 98, "even"), 50, True, id="even"),
        pytest.param(Part(200, None), 4000, True, id="open to the end"),
        pytest.param(Part(None, 20), 1, True, id="open from the start"),
    ],
)
def test_a_part_holds_its_numbers(part: Part, number: int, holds: bool) -> None:
    assert part.holds(number) is holds


@settings(deadline=None)
@given(PARTS, PARTS)
def test_parts_overlap_where_a_number_is_in_both(one: Part, other: Part) -> None:
    shared = any(one.holds(number) and other.holds(number) for number in range(1, 100))
    assert one.overlaps(other) is shared
    assert other.overlaps(one) is shared


@pytest.mark.parametrize(
    ("part", "written"),
    [(Part(), "all numbers"), (Part(1, 9, "odd"), "1–9 odd"), (Part(20, None), "20–"), (Part(None, 9), "–9")],
)
def test_a_part_is_written_for_people(part: Part, written: str) -> None:
    assert str(part) == written
