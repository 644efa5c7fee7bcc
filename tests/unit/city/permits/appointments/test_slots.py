from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from kit.clock import BRUSSELS
from services.city.permits.appointments.facts import DeskFacts
from services.city.permits.appointments.keys import digest, fits, new_reference, written_reference
from services.city.permits.appointments.slots import bookable, closed, slots_between, slots_on

TEXT = {"fr": "a", "nl": "b", "en": "c"}
MONDAY = date(2026, 11, 23)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


NOW = at("2026-11-23T08:15")


def desk(**fields: Any) -> DeskFacts:
    hours = [
        {"days": ["mon", "thu"], "opens": "09:00", "closes": "10:10"},
        {"days": ["mon"], "opens": "13:00", "closes": "13:30"},
    ]
    return DeskFacts.model_validate(
        {
            "commune": "jette", "sample": True, "names": TEXT, "address": {"fr": "a", "nl": "b"}, "hours": hours,
            "slot_minutes": 30, "capacity": 2, "notice_hours": 24, "horizon_days": 30,
            "subjects": [{"id": "question", "name": TEXT}], "owner": "tests", "source_url": "https://example.org/",
            "valid_from": "2026-01-01", "as_of": "2026-11-24", **fields,
        }
    )  # fmt: skip


def starts(*slots: Any) -> list[str]:
    return [f"{slot.start:%d %H:%M}" for slot in slots]


def test_slots_fill_the_hours_and_none_ends_after_closing() -> None:
    assert starts(*slots_on(desk(), MONDAY)) == ["23 09:00", "23 09:30", "23 13:00"]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 24), "no_hours"),
        (date(2026, 5, 14), "public_holiday"),
        (date(2026, 12, 24), "closed"),
        (MONDAY, None),
    ],
    ids=["Tuesday", "Ascension Day, a Thursday", "closed by the desk, a Thursday", "Monday"],
)
def test_a_day_without_slots_says_why(day: date, reason: str | None) -> None:
    given = desk(closed_on=["2026-12-24"])
    assert closed(given, day) == reason
    assert bool(slots_on(given, day)) is (reason is None)


def test_slots_can_be_booked_from_the_notice_to_the_horizon() -> None:
    given = desk(notice_hours=72, horizon_days=7)
    assert bookable(given, NOW) == (at("2026-11-26T08:15"), date(2026, 11, 30))
    found = slots_between(given, MONDAY, date(2027, 12, 31), NOW)
    assert starts(*found) == ["26 09:00", "26 09:30", "30 09:00", "30 09:30", "30 13:00"]
    assert starts(*slots_between(given, MONDAY, date(2026, 11, 26), NOW)) == ["26 09:00", "26 09:30"]


def test_a_slot_that_starts_within_the_notice_is_left_out() -> None:
    assert starts(*slots_between(desk(notice_hours=73), MONDAY, date(2026, 11, 26), NOW)) == ["26 09:30"]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["clocks go forward", "clocks go back"])
def test_a_change_of_the_clock_leaves_the_wall_times(day: date) -> None:
    sunday = desk(hours=[{"days": ["sun"], "opens": "00:30", "closes": "04:30"}], slot_minutes=60)
    assert [f"{slot.start:%H:%M}-{slot.end:%H:%M}" for slot in slots_on(sunday, day)] == [
        "00:30-01:30", "01:30-02:30", "02:30-03:30", "03:30-04:30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"capacity": 0}, {"slot_minutes": 0}, {"hours": []}, {"subjects": []}, {"commune": "Jette"},
        {"subjects": [{"id": "a", "name": TEXT}, {"id": "a", "name": TEXT}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_desk_at_fault_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        desk(**fields)


@pytest.mark.parametrize(
    "written", ["RDV-2026-7K3M9QXD", "rdv 2026 7k3m 9qxd", " RDV20267K3M9QXD.", "rdv–2026–7k3m9qxd"]
)
def test_a_reference_is_read_in_any_spelling(written: str) -> None:
    assert written_reference(written) == "RDV-2026-7K3M9QXD"


def test_references_are_drawn_and_keys_are_kept_as_digests() -> None:
    drawn = {new_reference(2026) for _ in range(100)}
    assert len(drawn) == 100
    assert all(written_reference(each.lower()) == each for each in drawn)
    assert fits("secret", digest("secret"))
    assert not fits(None, digest("secret"))
    assert not fits("\ud800", digest("secret"))
