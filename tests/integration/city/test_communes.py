"""Communes and contacts, from the sample files to the answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from services.importers.base import ImportRefusedError
from services.importers.communes import CommunesImporter
from services.importers.contacts import ContactsImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock) -> Client:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    ContactsImporter().run(app.state.engine, SAMPLE / "contacts.yml", clock)
    return client


def test_sample_has_the_nineteen_communes_without_a_problem(app: FastAPI, clock: SettableClock) -> None:
    report = CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    assert report.problems == []
    assert report.counts["communes"] == 19


def test_a_part_of_a_commune_lies_where_it_is_and_not_at_the_town_hall(city: Client) -> None:
    laeken, brussels = (city.get(f"/v1/places/{place}").json() for place in ("locality:laeken", "commune:bruxelles"))
    assert (laeken["lat"], laeken["lon"]) == (50.879, 4.356)
    assert laeken["lat"] - brussels["lat"] > 0.02


def test_communes_are_listed_with_source_and_age(city: Client) -> None:
    page = city.get("/v1/communes").json()
    assert page["total"] == 19
    assert page["source"]["sample"] is True
    assert page["as_of"] == "2026-11-23T08:15:00+01:00"
    assert page["items"][0]["name"] == {"fr": "Anderlecht", "nl": "Anderlecht"}


def test_a_commune_tells_texts_in_the_language_asked_for(city: Client) -> None:
    dutch = city.get("/v1/communes/auderghem", params={"lang": "nl"}).json()
    assert dutch["name"] == {"fr": "Auderghem", "nl": "Oudergem"}
    assert dutch["website"] == "https://www.oudergem.be/"
    assert dutch["administration"] == "Gemeentehuis van Oudergem"
    assert city.get("/v1/communes/auderghem", headers={"accept-language": "en"}).json()["administration"] == (
        "Auderghem town hall"
    )


def test_open_now_follows_the_clock(city: Client, clock: SettableClock) -> None:
    before = city.get("/v1/communes/auderghem").json()
    assert (before["open_now"], before["opens_next"]) == (False, "2026-11-23T08:30:00+01:00")
    clock.at = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
    during = city.get("/v1/communes/auderghem").json()
    assert (during["open_now"], during["opens_next"]) == (True, None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("ixeles", "ixelles"), ("elsene", "ixelles"), ("laken", "bruxelles"), ("schaarbek", "schaerbeek")],
)
def test_an_unknown_commune_suggests_similar_ones(city: Client, written: str, meant: str) -> None:
    response = city.get(f"/v1/communes/{written}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "commune_not_found"
    assert response.json()["suggestions"][0]["id"] == meant


def test_an_empty_city_has_an_empty_page(client: Client) -> None:
    assert client.get("/v1/communes").json()["items"] == []
    assert client.get("/v1/contacts").json()["items"] == []


def test_emergency_numbers_come_in_the_order_of_the_file(city: Client) -> None:
    items = city.get("/v1/contacts", params={"kind": "emergency", "lang": "en"}).json()["items"]
    assert [item["phone"] for item in items[:2]] == ["112", "101"]
    assert items[0]["open_now"] is True


def test_lines_that_answer_in_the_language_come_first(city: Client) -> None:
    def first(language: str) -> str:
        parameters = {"situation": "domestic_violence", "lang": language}
        return str(city.get("/v1/contacts", params=parameters).json()["items"][0]["id"])

    assert first("fr") == "domestic_violence_fr"
    assert first("nl") == "domestic_violence_nl"


def test_there_is_one_call_centre_with_hours(city: Client) -> None:
    items = city.get("/v1/contacts", params={"kind": "call_centre"}).json()["items"]
    assert len(items) == 1
    assert items[0]["hours"][0]["opens"] == "09:00"
    assert (items[0]["open_now"], items[0]["opens_next"]) == (False, "2026-11-23T09:00:00+01:00")


def test_hours_that_are_not_known_are_not_guessed(city: Client) -> None:
    items = {item["id"]: item for item in city.get("/v1/contacts").json()["items"]}
    assert items["waste_agency"]["open_now"] is None
    assert items["waste_agency"]["opens_next"] is None


def test_a_faulty_commune_is_left_out_with_file_and_line(app: FastAPI, clock: SettableClock, tmp_path: Path) -> None:
    text = (SAMPLE / "communes" / "communes.yml").read_text(encoding="utf-8")
    broken = tmp_path / "communes.yml"
    broken.write_text(text.replace('nis_code: "21002"', 'nis_code: "2100"'), encoding="utf-8")
    report = CommunesImporter().run(app.state.engine, broken, clock)
    line = text[: text.index("  - id: auderghem")].count("\n") + 1
    assert report.counts["communes"] == 18
    assert [(p["file"], p["line"]) for p in report.problems] == [("communes.yml", line)]
    assert "nis_code" in report.problems[0]["reason"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"communes: [\xff]", "not UTF-8", id="broken utf-8"),
        pytest.param(b"communes: [", ":1: not YAML", id="broken yaml"),
        pytest.param(b"- 1", "not a mapping", id="a list"),
        pytest.param(b"sample: true", "no list under 'communes'", id="no communes"),
        pytest.param(b"communes: []", "no communes in this feed", id="none at all"),
    ],
)
def test_an_unusable_file_is_refused_and_the_old_version_stays(
    app: FastAPI, city: Client, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "communes.yml"
    path.write_bytes(content)
    with pytest.raises(ImportRefusedError, match=reason):
        CommunesImporter().run(app.state.engine, path, app.state.clock)
    assert city.get("/v1/communes").json()["total"] == 19


def test_contacts_without_a_call_centre_are_refused(app: FastAPI, clock: SettableClock, tmp_path: Path) -> None:
    text = (SAMPLE / "contacts.yml").read_text(encoding="utf-8").replace("kind: call_centre", "kind: service")
    path = tmp_path / "contacts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefusedError, match="call_centre"):
        ContactsImporter().run(app.state.engine, path, clock)
