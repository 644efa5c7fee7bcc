from __future__ import annotations

from datetime import date

import pytest

from services.city.waste.holidays import Holiday, Holidays

ARMISTICE = Holiday(date(2026, 11, 11), date(2026, 11, 14), "Armistice", "Wapenstilstand", "Armistice Day")


def test_a_holiday_is_known_by_its_day_and_by_the_day_its_rounds_move_to() -> None:
    holidays = Holidays([ARMISTICE])
    assert ARMISTICE.day in holidays
    assert date(2026, 11, 14) not in holidays
    assert list(holidays.moved_to(date(2026, 11, 14))) == [ARMISTICE]
    assert list(holidays.moved_to(ARMISTICE.day)) == []


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        pytest.param(Holiday(ARMISTICE.day, None, "f", "n", "e"), "twice", id="the same day"),
        pytest.param(Holiday(date(2026, 11, 14), None, "f", "n", "e"), "move to 2026-11-14", id="where rounds move to"),
        pytest.param(Holiday(date(2026, 11, 13), ARMISTICE.day, "f", "n", "e"), "move to 2026-11-11", id="a chain"),
    ],
)
def test_holidays_that_contradict_each_other_are_refused(other: Holiday, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Holidays([ARMISTICE, other])
