"""The calendar file: what a phone reads in it, and how it is asked for again."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from icalendar import Calendar, Event

from kit.clock import BRUSSELS
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.waste import WasteImporter
from tests.integration.city import best, rounds
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

NAMES = ("Rue de l'Étuve dite « la longue rue aux très nombreuses façades étroites »", "Stoofstraat")
WEEK = {
    "lundi": "Dimanche, sortez vos sacs BLANC et BLEU entre 18:00 et 24:00",
    "vendredi": "Jeudi, sortez vos sacs BLANC et VERT entre 18:00 et 24:00",
}
EVENING = {"mardi": "Lundi, sortez vos sacs JAUNE, BLEU et ORANGE entre 18:30 et 20:00"}


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock, tmp_path: Path) -> Client:
    doors = [
        best.line(1, *NAMES, "1000", "20", lat=50.83, lon=4.34),
        best.line(2, "Rue", "Straat", "1050", "1", lat=50.83, lon=4.37),
        best.line(2, "Rue", "Straat", "1050", "2", lat=50.83, lon=4.37),
    ]
    lines: list[dict[str, Any] | str] = [
        rounds.line(1, WEEK, ("2026-11-27",)),
        rounds.line(2, EVENING, side="odd"),
        rounds.line(2, WEEK, side="even"),
    ]
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    BestImporter().run(app.state.engine, best.write(tmp_path / "openaddress.csv", doors), clock)
    WasteImporter().run(app.state.engine, rounds.write(tmp_path / "waste", lines), clock)
    return client


def get(city: Client, place: str = "address:1:20", known: str | None = None, **params: Any) -> httpx.Response:
    headers = {"If-None-Match": known} if known else {}
    return city.get("/v1/waste/collections.ics", params={"place": place, **params}, headers=headers)


def events(city: Client, place: str = "address:1:20", **params: Any) -> list[Event]:
    response = get(city, place, **params)
    assert response.status_code == 200, response.text
    return list(Calendar.from_ical(response.content).events)


def evening(city: Client, day: str, **params: Any) -> Event:
    (found,) = [event for event in events(city, **params) if event.start.date() == date.fromisoformat(day)]
    return found


def test_an_event_is_an_evening_in_brussels(city: Client) -> None:
    event = evening(city, "2026-11-26")
    assert event.start == datetime(2026, 11, 26, 18, tzinfo=BRUSSELS)
    assert event.end == datetime(2026, 11, 27, 0, tzinfo=BRUSSELS)
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.categories == ["white", "green"]


@pytest.mark.parametrize(
    ("language", "summary", "collected"),
    [
        ("fr", "Sortir le sac blanc et le sac vert", "Ramassage : vendredi 27 novembre."),
        ("nl", "De witte en de groene zak buitenzetten", "Ophaling: vrijdag 27 november."),
        ("en", "Put out the white and the green bags", "Collection: Friday 27 November."),
    ],
)
def test_it_is_in_the_language_and_names_the_day_of_collection_and_the_source(
    city: Client, language: str, summary: str, collected: str
) -> None:
    event = evening(city, "2026-11-26", lang=language)
    assert event["SUMMARY"] == summary
    assert collected in event["DESCRIPTION"].splitlines()
    assert event["DESCRIPTION"].splitlines()[-1].endswith("Waste collection rounds")


def test_an_evening_round_warns_that_the_lorry_comes_that_evening(city: Client) -> None:
    found = events(city, "address:2:1", lang="nl")[0]
    assert found["SUMMARY"] == "De gele, de blauwe en de oranje zak buitenzetten"
    assert (found.start.hour, found.start.minute, found.end.hour) == (18, 30, 20)
    assert found["DESCRIPTION"].splitlines()[:2] == [
        "Buitenzetten tussen 18.30 uur en 20 uur.",
        "De wagen komt dezelfde avond: zet na 20 uur niets meer buiten.",
    ]


def test_a_holiday_is_named_in_the_evening_that_it_moved(city: Client) -> None:
    event = evening(city, "2026-12-25", lang="en")
    assert "Another day because of a public holiday (Christmas Day, Friday 25 December)." in event["DESCRIPTION"]
    assert not [each for each in events(city) if each.start.date() == date(2026, 12, 24)]


def test_it_starts_a_week_ago_and_ends_where_the_calendar_does(city: Client) -> None:
    starts = [event.start.date() for event in events(city, days=366)]
    assert starts[0] == date(2026, 11, 15)
    assert starts[-1] == date(2026, 12, 27)


def test_only_the_bags_asked_for(city: Client) -> None:
    assert {tuple(event.categories) for event in events(city, fraction=["green", "blue"])} == {("blue",), ("green",)}


def test_uids_stay_through_refreshes_languages_and_choices_of_bags(city: Client, clock: SettableClock) -> None:
    before = {event.start: event.uid for event in events(city, lang="fr")}
    clock.at += timedelta(days=3)
    after = {event.start: event.uid for event in events(city, lang="en", fraction="white", alarm=30)}
    assert after
    assert {start: uid for start, uid in after.items() if start in before} == {
        s: before[s] for s in after if s in before
    }
    assert len(set(before.values())) == len(before)
    assert not set(before.values()) & {event.uid for event in events(city, "address:2:2")}


def test_an_alarm_rings_before_the_window_opens(city: Client) -> None:
    assert evening(city, "2026-11-26").alarms.times == []
    (ring,) = evening(city, "2026-11-26", alarm=90).alarms.times
    assert ring.trigger == datetime(2026, 11, 26, 16, 30, tzinfo=BRUSSELS)


@pytest.mark.parametrize(("at", "rings"), [("20:00", 20), ("07:15", 7), ("00:00", 0)])
def test_an_alarm_rings_at_a_time_of_day(city: Client, at: str, rings: int) -> None:
    (ring,) = evening(city, "2026-11-26", alarm_at=at).alarms.times
    assert ring.trigger == datetime(2026, 11, 26, rings, int(at[3:]), tzinfo=BRUSSELS)


def test_a_time_that_comes_too_late_is_the_moment_when_bags_may_go_out(city: Client) -> None:
    event = events(city, "address:2:1", alarm_at="21:00")[0]
    (ring,) = event.alarms.times
    assert ring.trigger == event.start


def test_it_says_what_rfc_5545_and_7986_want(city: Client) -> None:
    response = get(city)
    calendar = Calendar.from_ical(response.content)
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (calendar["VERSION"], calendar["CALSCALE"], calendar["METHOD"]) == ("2.0", "GREGORIAN", "PUBLISH")
    assert calendar["PRODID"]
    assert calendar["NAME"] == calendar["X-WR-CALNAME"]
    assert calendar["NAME"].endswith(f"{NAMES[0]} 20, Bruxelles")
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert calendar["X-PUBLISHED-TTL"] == "PT12H"
    for event in calendar.events:
        assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)
        assert not event.errors
    assert calendar.get_missing_tzids() == set()


def test_lines_end_in_crlf_and_have_at_most_75_octets(city: Client) -> None:
    content = get(city, lang="fr").content
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)


def test_the_zone_knows_summer_time(city: Client) -> None:
    (zone,) = Calendar.from_ical(get(city).content).timezones
    brussels = zone.to_tz(lookup_tzid=False)
    for moment in ("2026-07-01T12:00", "2026-12-01T12:00", "2026-03-29T01:59", "2026-03-29T03:01", "2026-10-25T03:01"):
        wall = datetime.fromisoformat(moment)
        assert brussels.utcoffset(wall) == wall.replace(tzinfo=BRUSSELS).utcoffset(), moment


def test_who_has_the_file_is_told_so(city: Client, clock: SettableClock) -> None:
    first = get(city)
    clock.at += timedelta(hours=3)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(city, known=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get(city, known='"other"').content == first.content
    assert get(city, known=tag, lang="nl").status_code == 200


def test_who_asks_by_date_is_told_too(city: Client, clock: SettableClock) -> None:
    def since(value: str, **headers: str) -> httpx.Response:
        return city.get(
            "/v1/waste/collections.ics",
            params={"place": "address:1:20"},
            headers={"If-Modified-Since": value, **headers},
        )

    first = get(city)
    date = first.headers["last-modified"]
    assert parsedate_to_datetime(date) <= clock.at
    clock.at += timedelta(hours=3)
    again = since(date)
    assert (again.status_code, again.content, again.headers["last-modified"]) == (304, b"", date)
    assert since(date, **{"If-None-Match": '"other"'}).status_code == 200  # the tag counts, where there is one
    earlier = format_datetime(parsedate_to_datetime(date) - timedelta(seconds=1), usegmt=True)
    for other in (earlier, "yesterday", "Tue, 24 Nov 2026 08:15:00 -0000", "Thu, 99 Foo 2026 08:00:00 GMT"):
        assert since(other).content == first.content, other
    clock.at += timedelta(days=1)  # another day, another window
    assert since(date).status_code == 200


def test_a_download_is_a_file(city: Client) -> None:
    assert get(city).headers["content-disposition"] == 'inline; filename="collections.ics"'
    assert get(city, download=True).headers["content-disposition"] == 'attachment; filename="collections.ics"'


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        pytest.param({"place": "street:2"}, 409, "house_number_needed", id="rounds that differ"),
        pytest.param({"place": "street:9"}, 404, "place_not_found", id="no such street"),
        pytest.param({"fraction": "pink"}, 422, "invalid_request", id="no such bag"),
        pytest.param({"alarm": 1441}, 422, "invalid_request", id="an alarm too early"),
        pytest.param({"alarm_at": "25:00"}, 422, "invalid_request", id="an alarm at no time of day"),
        pytest.param({"days": 367}, 422, "invalid_request", id="too many days"),
    ],
)
def test_what_cannot_be_is_a_problem(city: Client, params: dict[str, Any], status: int, code: str) -> None:
    response = get(city, **params)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_no_text_can_add_a_line_of_its_own(city: Client) -> None:
    assert not re.search(rb"^ATTENDEE|^ORGANIZER", get(city).content, re.MULTILINE)
