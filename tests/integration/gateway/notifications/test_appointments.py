"""The reminder of an appointment: the day before, once, and never of one that was cancelled."""

from __future__ import annotations

import pytest

from tests.integration.gateway.notifications.conftest import follow, told
from tests.integration.gateway.rasa import message
from tests.integration.gateway.talking import Resident

REFERENCE, KEY = "RDV-2026-7K3M9QXD", "k-e.y"


@pytest.fixture
async def booked(resident, rasa, city):
    city.appointments[REFERENCE, KEY] = {
        "reference": REFERENCE,
        "state": "booked",
        "starts_at": "2026-11-27T09:30:00+01:00",
        "desk": {"name": "Guichet", "address": {"fr": "place Flagey 1", "nl": "Flageyplein 1"}},
        "subject": {"bring": {"fr": "Une photo", "nl": "Een foto", "en": "A photo"}},
    }
    remembered = {"do": "remember_request", "reference": REFERENCE, "key": KEY, "subject": "permit_appointment"}
    await follow(resident, rasa, "appointment", REFERENCE, remembered)
    return resident


async def at(app, clock, day: int, hour: int, minute: int = 0) -> int:
    clock.at = clock.at.replace(day=day, hour=hour, minute=minute)
    count: int = await app.state.following.look("appointment")
    return count


async def test_it_is_said_the_day_before_in_the_afternoon_and_once(app, booked, clock):
    assert [await at(app, clock, *moment) for moment in [(24, 9), (26, 16, 59), (26, 17), (26, 18)]] == [0, 0, 1, 0]
    assert await told(booked) == [
        "Rappel : demain 27/11 à 9 h 30, vous avez rendez-vous à cet endroit : Guichet, place Flagey 1. "
        f"Référence : {REFERENCE}.\nÀ apporter : Une photo"
    ]
    assert (await booked.kept())["subscriptions"] == []


async def test_one_that_was_missed_is_said_while_it_is_of_use(app, booked, clock):
    assert await at(app, clock, 27, 7) == 1
    assert (await told(booked))[0].startswith("Rappel : aujourd'hui à 9 h 30 (27/11)")


async def test_one_that_is_over_is_not_said(app, booked, clock):
    assert await at(app, clock, 27, 9, 30) == 0
    assert (await booked.kept())["subscriptions"] == []


async def test_one_that_was_cancelled_is_not_said(app, booked, city, clock):
    city.appointments[REFERENCE, KEY]["state"] = "cancelled"
    assert await at(app, clock, 26, 17) == 0
    assert (await booked.kept())["subscriptions"] == []


async def test_without_its_key_nothing_is_told(app, rasa, booked, clock):
    other = await Resident.opening(booked.client)
    await follow(other, rasa, "appointment", REFERENCE)
    assert await at(app, clock, 26, 17) == 1
    assert await told(other) == []


async def test_in_quiet_hours_it_is_said_before_them(app, booked, rasa, clock):
    task = {"do": "be_quiet", "start": "16:00", "end": "10:00"}
    rasa.answers["calme"] = {"messages": [message("Bien.", tasks=[task])], "language": "fr"}
    await booked.say("calme")
    assert [await at(app, clock, *moment) for moment in [(26, 15, 44), (26, 15, 45)]] == [0, 1]
