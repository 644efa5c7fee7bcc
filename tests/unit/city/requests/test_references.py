"""References are read as people write them, and nothing else is."""

from __future__ import annotations

import pytest

from services.city.requests import references


@pytest.mark.parametrize(
    "written",
    [
        "BXL-2026-00123",
        "bxl-2026-00123",
        " BXL 2026 00123 ",
        "bxl2026-123",
        "BXL–2026–00123",
        "bxl_2026_oo123",
        "BXL-2O26-OO123",
        "2026-00123",
        "BXL.2026.00123.",
        "ＢＸＬ-2026-00123",
        "BXL-2026-00I23",
    ],
)
def test_ways_of_writing_one(written: str) -> None:
    assert references.read(written) == "BXL-2026-00123"


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("", id="nothing"),
        pytest.param("BXL-2026-", id="no number"),
        pytest.param("BXL-2026-00000", id="number nought"),
        pytest.param("BXL-1926-00001", id="another century"),
        pytest.param("BXL-2026-1234567890", id="too long"),
        pytest.param("\0BXL-2026-00123\0x", id="control characters"),
        pytest.param("BXL-2026-٠٠١٢٣", id="digits that are not ASCII"),
        pytest.param("04/PU/1234567", id="a permit's"),
    ],
)
def test_what_is_none(written: str) -> None:
    assert references.read(written) is None


@pytest.mark.parametrize("number", [1, 123, 99_999, 100_000, 123_456_789])
def test_what_is_made_is_read(number: int) -> None:
    assert references.read(references.make(2026, number)) == references.make(2026, number)
