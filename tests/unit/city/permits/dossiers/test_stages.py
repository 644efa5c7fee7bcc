from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.city.permits.dossiers.facts import Limit, LimitFacts, Text
from services.city.permits.dossiers.stages import Course, due, stage, steps

TODAY = date(2026, 11, 23)
RULE = Text(fr="r", nl="r", en="r")
LIMITS: dict[Limit, LimitFacts] = {
    "acknowledgement": LimitFacts(days=45, rule=RULE),
    "decision": LimitFacts(days=90, rule=RULE),
    "decision_after_inquiry": LimitFacts(days=160, rule=RULE),
}


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def course(**days: Any) -> Course:
    return Course(**{"planning": True, "status": "instruction", **days})


RECEIVED = {"received": day(9, 1)}
COMPLETE = {**RECEIVED, "acknowledged": day(10, 1)}
INQUIRY = {**COMPLETE, "inquiry_start": day(11, 9), "inquiry_end": TODAY}


@pytest.mark.parametrize(
    ("given", "expected", "by"),
    [
        pytest.param(course(), "unknown", None, id="nothing known"),
        pytest.param(course(**RECEIVED), "received", day(10, 16), id="handed in"),
        pytest.param(course(**COMPLETE), "examined", day(12, 30), id="complete"),
        pytest.param(
            course(**COMPLETE, inquiry_start=day(12, 1), inquiry_end=day(12, 15)),
            "inquiry_planned",
            day(12, 1),
            id="inquiry to come",
        ),
        pytest.param(course(**INQUIRY), "inquiry", TODAY, id="last day of the inquiry"),
        pytest.param(
            course(**COMPLETE, inquiry_start=TODAY, inquiry_end=day(12, 7)),
            "inquiry",
            day(12, 7),
            id="first day of the inquiry",
        ),
        pytest.param(
            course(**COMPLETE, inquiry_end=day(12, 7)), "inquiry", day(12, 7), id="an inquiry without a start"
        ),
        pytest.param(
            course(**COMPLETE, inquiry_start=day(11, 1), inquiry_end=day(11, 22), consultation=day(12, 8)),
            "consultation",
            day(12, 8),
            id="before the committee",
        ),
        pytest.param(
            course(**COMPLETE, inquiry_start=day(11, 1), inquiry_end=day(11, 22)),
            "consultation",
            day(3, 10, 2027),
            id="committee without a day",
        ),
        pytest.param(
            course(**COMPLETE, consultation=day(11, 22)), "deciding", day(3, 10, 2027), id="after the committee"
        ),
        pytest.param(course(**COMPLETE, decided=day(11, 20)), "decided", None, id="decided, not known how"),
        pytest.param(course(**COMPLETE, decided=day(11, 30)), "examined", day(12, 30), id="decided in the future"),
        pytest.param(
            course(**COMPLETE, status="accepted", decided=day(11, 2), valid_until=day(11, 2, 2029)),
            "accepted",
            day(11, 2, 2029),
            id="granted",
        ),
        pytest.param(
            course(status="accepted", decided=day(11, 2, 2020), valid_until=day(11, 22)), "expired", None, id="lapsed"
        ),
        pytest.param(course(status="accepted", valid_until=TODAY), "accepted", TODAY, id="last day of validity"),
        pytest.param(course(**INQUIRY, status="refused"), "refused", None, id="refused"),
        pytest.param(course(**COMPLETE, status="abandoned"), "abandoned", None, id="dropped"),
        pytest.param(course(**COMPLETE, planning=False), "examined", None, id="environmental: no limit is known"),
        pytest.param(
            course(**INQUIRY, planning=False), "inquiry", TODAY, id="environmental: an inquiry's end is known"
        ),
    ],
)
def test_the_stage_follows_from_the_days(given: Course, expected: str, by: date | None) -> None:
    now = stage(given, TODAY)
    assert now == expected
    found = due(given, now, LIMITS, TODAY)
    assert (found.by if found else None) == by


def test_a_limit_that_has_passed_is_overdue() -> None:
    found = due(course(received=day(9, 1)), "received", LIMITS, TODAY)
    assert found is not None
    assert (found.overdue, found.limit) == (True, "acknowledgement")


def test_steps_come_in_their_order_with_how_far_they_are() -> None:
    given = course(**INQUIRY, consultation=day(12, 8))
    assert [(each.id, each.state) for each in steps(given, TODAY)] == [
        ("submission", "done"),
        ("acknowledgement", "done"),
        ("inquiry", "now"),
        ("consultation", "planned"),
        ("decision", "not_known"),
    ]


def test_only_the_steps_that_all_have_are_shown_where_nothing_is_known() -> None:
    assert [each.id for each in steps(course(), TODAY)] == ["submission", "acknowledgement", "decision"]


maybe = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(
    st.builds(
        Course,
        planning=st.booleans(),
        status=st.sampled_from([None, "instruction", "accepted", "refused", "abandoned"]),
        received=maybe,
        acknowledged=maybe,
        inquiry_start=maybe,
        inquiry_end=maybe,
        consultation=maybe,
        decided=maybe,
        valid_until=maybe,
    ),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_any_days_have_a_stage_and_an_open_inquiry_is_always_said(given: Course, today: date) -> None:
    now = stage(given, today)
    due(given, now, LIMITS, today)
    steps(given, today)
    plain = replace(given, status="instruction", decided=None)
    if plain.inquiry_start and plain.inquiry_end and plain.inquiry_start <= today <= plain.inquiry_end:
        assert stage(plain, today) == "inquiry"
        assert stage(plain, plain.inquiry_end + timedelta(days=1)) != "inquiry"
