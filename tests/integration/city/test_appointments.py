"""Appointments at planning desks: free slots, bookings, calendar files, cancelling, forgetting."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from icalendar import Calendar
from sqlalchemy import func, select

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.city.models.idempotency import IdempotencyKey
from services.city.models.permits import Appointment
from services.city.permits.appointments import service
from services.importers.base import ImportRefusedError
from services.importers.communes import CommunesImporter
from services.importers.permit_documents import DesksImporter
from tests import postgres
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock

PATH = "/v1/permits/appointments"
#: A slot of the desk of Anderlecht, which has three seats.
START = "2026-11-26T09:10:00+01:00"
NEW = {
    "commune": "anderlecht",
    "subject": "question",
    "starts_at": START,
    "name": "A. Peeters",
    "email": "a@example.org",
}


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock) -> Client:
    settle(app, clock)
    return client


def settle(app: FastAPI, clock: SettableClock) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    DesksImporter().run(app.state.engine, SAMPLE / "permits" / "desks", clock)


def slots(city: Client, **params: Any) -> dict[str, Any]:
    response = city.get(f"{PATH}/slots", params={"commune": "anderlecht", **params})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def free(city: Client, start: str = START, **params: Any) -> int:
    return next((each["free"] for each in slots(city, **params)["items"] if each["starts_at"] == start), 0)


def book(city: Client, key: str | None = None, **fields: Any) -> Any:
    return city.post(PATH, json={**NEW, **fields}, headers={"Idempotency-Key": key} if key else {})


def booked(city: Client, **fields: Any) -> dict[str, Any]:
    response = book(city, **fields)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


def ask(city: Client, method: str, made: dict[str, Any], suffix: str = "", key: str | None = None) -> Any:
    headers = {"Appointment-Key": made["key"] if key is None else key}
    return city.request(method, f"{PATH}/{made['reference']}{suffix}", headers=headers)


def kept(app: FastAPI) -> list[Appointment]:
    with app.state.sessions() as session:
        return list(session.scalars(select(Appointment).order_by(Appointment.id)))


def test_free_slots_are_listed_with_the_desk_and_its_subjects(city: Client) -> None:
    answer = slots(city, subject="question", lang="nl", days=7)
    assert answer["desk"]["name"] == "Dienst Stedenbouw van Anderlecht"
    assert answer["subject"]["name"] == "Een project bespreken vóór de aanvraag"
    assert [each["id"] for each in answer["desk"]["subjects"]][:2] == ["question", "hand_in"]
    assert (answer["first_day"], answer["last_day"]) == ("2026-11-23", "2026-11-29")
    assert answer["items"][0]["starts_at"].startswith("2026-11-24")
    assert {each["free"] for each in answer["items"]} == {3}
    assert [each["day"] for each in answer["closed_days"]] == ["2026-11-28", "2026-11-29"]


def test_holidays_have_no_slots_and_say_so(city: Client) -> None:
    answer = slots(city, **{"from": "2026-12-24", "days": 3, "lang": "en"})
    assert answer["items"] == []
    assert [(each["reason"], each["name"]) for each in answer["closed_days"]] == [
        ("closed", None),
        ("public_holiday", "Christmas Day"),
        ("no_hours", None),
    ]


def test_slots_end_at_the_horizon_and_begin_today(city: Client) -> None:
    answer = slots(city, days=62, **{"from": "2026-12-20"})
    assert answer["last_day"] == "2027-01-22"
    assert slots(city, **{"from": "2020-01-01"})["first_day"] == "2026-11-23"
    for far in ("2027-06-01", "9999-12-31"):
        assert slots(city, **{"from": far})["items"] == []
    assert slots(city, **{"from": "0001-01-01"})["first_day"] == "2026-11-23"


def test_a_booking_takes_a_seat_and_keeps_no_more_than_it_needs(app: FastAPI, city: Client) -> None:
    answer = booked(city, dossier="09/PU/1959920")
    assert answer["state"] == "booked"
    assert (answer["starts_at"], answer["desk"]["commune"]["id"]) == (START, "anderlecht")
    assert "Peeters" not in str(answer)
    assert "example.org" not in str({key: value for key, value in answer.items() if key not in ("source", "desk")})
    assert free(city) == 2
    (row,) = kept(app)
    assert (row.name, row.contact, row.dossier) == ("A. Peeters", "a@example.org", "09/PU/1959920")
    assert answer["key"] not in (row.key_sha256, row.reference)


def test_a_slot_is_full_when_its_seats_are_taken(city: Client) -> None:
    for _ in range(3):
        booked(city)
    response = book(city)
    assert (response.status_code, response.json()["code"]) == (409, "slot_taken")
    nearest = [each["starts_at"][:16] for each in response.json()["suggestions"]]
    assert nearest[:3] == ["2026-11-26T08:50", "2026-11-26T09:30", "2026-11-26T08:30"]
    assert free(city) == 0


def test_the_same_key_books_once(app: FastAPI, city: Client) -> None:
    first, second = book(city, key="key-00001"), book(city, key="key-00001")
    assert (first.status_code, first.json()) == (201, second.json())
    assert len(kept(app)) == 1


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("2026-11-26T09:05:00+01:00", id="between two slots"),
        pytest.param("2026-11-23T09:10:00+01:00", id="too soon"),
        pytest.param("2026-11-20T09:10:00+01:00", id="over"),
        pytest.param("2026-12-25T09:10:00+01:00", id="Christmas"),
        pytest.param("2026-11-28T09:10:00+01:00", id="Saturday"),
        pytest.param("2027-11-25T09:10:00+01:00", id="beyond the horizon"),
        pytest.param("9999-12-31T23:59:59-14:00", id="the end of time"),
        pytest.param("0001-01-01T00:00:00+14:00", id="the beginning of time"),
    ],
)
def test_only_a_slot_can_be_booked(app: FastAPI, city: Client, start: str) -> None:
    response = book(city, starts_at=start)
    assert (response.status_code, response.json()["code"]) == (422, "no_such_slot")
    assert kept(app) == []


def test_the_instant_counts_not_its_spelling(city: Client) -> None:
    assert booked(city, starts_at="2026-11-26T08:10:00Z")["starts_at"] == START


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        pytest.param({"commune": "ixeles"}, 404, "commune_not_found", id="misspelt commune"),
        pytest.param({"subject": "pizza"}, 422, "unknown_subject", id="unknown subject"),
        pytest.param({"email": None}, 422, "invalid_request", id="no contact"),
        pytest.param({"email": "nobody"}, 422, "invalid_request", id="no address"),
        pytest.param({"name": " "}, 422, "invalid_request", id="no name"),
        pytest.param({"name": "a\x00b"}, 422, "invalid_request", id="control characters"),
        pytest.param({"name": "x" * 81}, 422, "invalid_request", id="a long name"),
        pytest.param({"starts_at": "2026-11-26T09:00:00"}, 422, "invalid_request", id="no offset"),
        pytest.param({"national_number": "1"}, 422, "invalid_request", id="more than is needed"),
    ],
)
def test_bad_input_is_named(*, app: FastAPI, city: Client, fields: dict[str, Any], status: int, code: str) -> None:
    response = book(city, **fields)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert kept(app) == []


def test_an_appointment_is_shown_to_whom_it_belongs(city: Client) -> None:
    made = booked(city)
    assert ask(city, "GET", made).json() == {key: value for key, value in made.items() if key != "key"}
    for wrong in ("", "x" * 20, made["key"][:-1]):
        response = ask(city, "GET", made, key=wrong)
        assert (response.status_code, response.json()["code"]) == (403, "wrong_key")
    assert city.get(f"{PATH}/RDV-2026-AAAAAAAA").status_code == 404


def test_the_calendar_file_has_the_appointment(city: Client) -> None:
    made = booked(city)
    response = ask(city, "GET", made, "/calendar.ics")
    assert response.headers["content-type"].startswith("text/calendar")
    assert made["reference"] in response.headers["content-disposition"]
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["dtstart"].dt == datetime.fromisoformat(START)
    assert (event["dtend"].dt - event["dtstart"].dt).seconds == 20 * 60
    assert event["status"] == "CONFIRMED"
    assert "Peeters" not in response.text
    assert ask(city, "DELETE", made).status_code == 204
    (event,) = Calendar.from_ical(ask(city, "GET", made, "/calendar.ics").content).walk("VEVENT")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_cancelling_gives_the_seat_back_and_forgets_who_came(app: FastAPI, city: Client) -> None:
    response = book(city, key="key-00001")
    made = response.json()
    for _ in range(2):
        booked(city)
    assert ask(city, "DELETE", made, key="wrong").status_code == 403
    assert [ask(city, "DELETE", made).status_code for _ in range(2)] == [204, 204]
    assert ask(city, "GET", made).json()["state"] == "cancelled"
    assert free(city) == 1
    row = kept(app)[0]
    assert (row.name, row.contact) == (None, None)
    with app.state.sessions() as session:
        assert session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0
    assert booked(city)["reference"] != made["reference"]


def by_contact(city: Client, method: str, made: dict[str, Any], contact: str) -> Any:
    return city.request(method, f"{PATH}/{made['reference']}", headers={"Appointment-Contact": quote(contact)})


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"email": "josé@example.org"}, " JOSÉ@example.org"),
        ({"email": None, "phone": "0470 12 34 56"}, "+32 470/12.34.56"),
    ],
    ids=["e-mail", "phone"],
)
def test_the_contact_that_was_given_is_as_good_as_the_key(city: Client, given: dict[str, Any], written: str) -> None:
    made = booked(city, **given)
    assert by_contact(city, "GET", made, written).json()["state"] == "booked"
    for wrong in ("", "b@example.org", "0470 12 34 57", "56", "\x00"):
        response = by_contact(city, "DELETE", made, wrong)
        assert (response.status_code, response.json()["code"]) == (403, "wrong_key")
    assert by_contact(city, "DELETE", made, written).status_code == 204
    again = by_contact(city, "DELETE", made, written)
    assert (again.status_code, again.json()["code"]) == (409, "appointment_cancelled")


def test_by_contact_what_is_over_and_forgotten_is_said_to_be_over(
    app: FastAPI, city: Client, clock: SettableClock
) -> None:
    made = booked(city)
    clock.at = datetime.fromisoformat("2026-11-26T12:00:00+01:00")
    with app.state.sessions() as session, session.begin():
        service.erase_past(session, clock.now())
    response = by_contact(city, "GET", made, NEW["email"])
    assert (response.status_code, response.json()["code"]) == (409, "appointment_over")


def test_what_is_over_cannot_be_cancelled(city: Client, clock: SettableClock) -> None:
    made = booked(city)
    clock.at = datetime.fromisoformat("2026-11-26T10:00:00+01:00")
    assert ask(city, "GET", made).json()["state"] == "over"
    response = ask(city, "DELETE", made)
    assert (response.status_code, response.json()["code"]) == (409, "appointment_over")


def test_who_came_is_forgotten_once_it_is_over(app: FastAPI, city: Client, clock: SettableClock) -> None:
    booked(city)
    booked(city, starts_at="2026-11-27T09:10:00+01:00")
    with app.state.sessions() as session, session.begin():
        assert service.erase_past(session, NOW) == 0
    clock.at = datetime.fromisoformat("2026-11-26T12:00:00+01:00")
    with app.state.sessions() as session, session.begin():
        assert service.erase_past(session, clock.now()) == 1
        assert service.erase_past(session, clock.now()) == 0
    assert [row.name for row in kept(app)] == [None, "A. Peeters"]


def test_the_next_booking_forgets_too(app: FastAPI, city: Client, clock: SettableClock) -> None:
    booked(city)
    clock.at = datetime.fromisoformat("2026-11-26T12:00:00+01:00")
    booked(city, starts_at="2026-11-30T09:10:00+01:00")
    assert [row.name for row in kept(app)] == [None, "A. Peeters"]


def test_new_hours_leave_the_appointments_that_were_made(
    app: FastAPI, city: Client, clock: SettableClock, tmp_path: Path
) -> None:
    made = booked(city)
    text = (SAMPLE / "permits" / "desks" / "desks.yml").read_text("utf-8")
    (tmp_path / "desks.yml").write_text(text.replace('opens: "08:30"', 'opens: "08:35"'), "utf-8")
    DesksImporter().run(app.state.engine, tmp_path, clock)
    assert ask(city, "GET", made).json()["starts_at"] == START


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [("commune: forest", "commune: evere", "second desk of evere"), ("capacity: 2", "capacity: none", "capacity")],
    ids=["a second desk", "no number"],
)
def test_a_desk_at_fault_is_left_out(
    *, app: FastAPI, clock: SettableClock, tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = (SAMPLE / "permits" / "desks" / "desks.yml").read_text("utf-8")
    (tmp_path / "desks.yml").write_text(text.replace(old, new, 1), "utf-8")
    report = DesksImporter().run(app.state.engine, tmp_path, clock)
    assert report.counts["desks"] == 18
    assert [reason in problem["reason"] for problem in report.problems] == [True]
    (tmp_path / "desks.yml").write_text("desks: []", "utf-8")
    with pytest.raises(ImportRefusedError):
        DesksImporter().run(app.state.engine, tmp_path, clock)


def test_a_commune_without_a_desk_names_those_that_have_one(app: FastAPI, client: Client, clock: SettableClock) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    response = client.get(f"{PATH}/slots", params={"commune": "anderlecht"})
    assert (response.status_code, response.json()["code"], response.json()["suggestions"]) == (404, "no_desk", [])


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    """A façade on SQLite, and one on PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'either.db'}"
    else:
        url = postgres.new_database(request.getfixturevalue("server_url"), "appointments")
    app = create_app(CitySettings(database_url=url), clock)
    settle(app, clock)
    yield app
    app.state.engine.dispose()


def test_of_fifty_at_once_exactly_as_many_as_there_are_seats_get_the_slot(either: FastAPI) -> None:
    city = Client(either)
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: book(city), range(50)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 47
    assert sorted(row.seat for row in kept(either)) == [0, 1, 2]
    assert free(city) == 0


def test_of_fifty_retries_at_once_one_books(either: FastAPI) -> None:
    city = Client(either)
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: book(city, key="key-00001"), range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["key"] for answer in answers}) == 1
    assert len(kept(either)) == 1


def test_a_seat_that_is_given_back_while_others_ask_is_given_once(either: FastAPI) -> None:
    city = Client(either)
    made = [booked(city) for _ in range(3)]
    with ThreadPoolExecutor(24) as pool:
        asked = [pool.submit(book, city) for _ in range(20)]
        cancelled = [pool.submit(ask, city, "DELETE", each) for each in made]
        asked += [pool.submit(book, city) for _ in range(20)]
        assert {each.result().status_code for each in cancelled} == {204}
        assert {each.result().status_code for each in asked} <= {201, 409}
    standing = [row for row in kept(either) if row.cancelled_at is None]
    assert len(standing) == sum(each.result().status_code == 201 for each in asked) <= 3
    assert len({row.seat for row in standing}) == len(standing)
