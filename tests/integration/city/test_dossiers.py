"""Where a dossier stands, and the public inquiries, from the sample register to the answers."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from services.city.app import create_app
from services.city.core.geo import distance_m
from services.city.core.settings import CitySettings
from services.city.models.permits import DossierRecord
from services.importers.base import ImportRefusedError
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.nova import NovaImporter
from services.importers.permit_documents import StagesImporter
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock

APPLICATIONS = "/v1/permits/applications"
INQUIRIES = "/v1/permits/inquiries"


@pytest.fixture(scope="module")
def facade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A façade of the sample city, for tests that only read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('dossiers') / 'city.db'}"
    app = create_app(CitySettings(database_url=url), SettableClock(NOW))
    settle(app, app.state.clock)
    BestImporter().run(app.state.engine, SAMPLE / "best", app.state.clock)
    yield app
    app.state.engine.dispose()


def settle(app: FastAPI, clock: SettableClock) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    StagesImporter().run(app.state.engine, SAMPLE / "permits" / "stages", clock)
    NovaImporter().run(app.state.engine, SAMPLE / "permits" / "nova", clock)


@pytest.fixture
def city(facade: FastAPI) -> Client:
    facade.state.clock.at = NOW
    return Client(facade)


def one(city: Client, reference: str, **params: Any) -> dict[str, Any]:
    response = city.get(f"{APPLICATIONS}/{reference}", params=params)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def inquiries(city: Client, **params: Any) -> dict[str, Any]:
    response = city.get(INQUIRIES, params={"limit": 100, **params})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def references(page: dict[str, Any]) -> list[str]:
    return [item["reference"] for item in page["items"]]


@pytest.mark.parametrize(
    "written", ["04/PU/1234567", "04%2FPU%2F1234567", "4 pu 1234567", "04PU1234567", "1234567", "PU 1234567"]
)
def test_a_dossier_is_found_in_any_spelling(city: Client, written: str) -> None:
    answer = one(city, written, lang="en")
    assert answer["reference"] == "04/PU/1234567"
    assert (answer["stage"]["id"], answer["next"]["by"], answer["next"]["limit"]) == ("inquiry", "2026-11-23", None)
    assert answer["site"]["street"] == {"fr": "Rue Haute", "nl": "Hoogstraat"}
    assert answer["site"]["commune"]["id"] == "bruxelles"
    assert answer["planned"]["nl"].startswith("Een handelshuis")
    assert answer["source"]["sample"] is True


def test_the_course_goes_on_with_the_days(city: Client, facade: FastAPI) -> None:
    seen = []
    for day in ("2026-06-10", "2026-08-01", "2026-11-10", "2026-11-24", "2026-12-09", "2027-01-20"):
        facade.state.clock.at = datetime.fromisoformat(f"{day}T12:00:00+01:00")
        answer = one(city, "04/PU/1234567")
        seen.append((answer["stage"]["id"], answer["next"]["by"], answer["next"]["overdue"]))
    assert seen == [
        ("inquiry_planned", "2026-11-09", False),
        ("inquiry_planned", "2026-11-09", False),
        ("inquiry", "2026-11-23", False),
        ("consultation", "2026-12-08", False),
        ("deciding", "2026-12-27", False),
        ("deciding", "2026-12-27", True),
    ]


def test_a_limit_is_named_where_a_day_comes_from_one(city: Client) -> None:
    answer = one(city, "01/PU/1950301", lang="nl")
    assert (answer["stage"]["id"], answer["next"]["by"]) == ("received", "2026-12-03")
    assert answer["next"]["limit"].startswith("De gemeente heeft 45 dagen")
    assert [step["state"] for step in answer["steps"]] == ["done", "not_known", "not_known"]


@pytest.mark.parametrize(
    ("reference", "stage"),
    [
        ("04/PU/1976213", "accepted"),
        ("01/PU/1950117", "refused"),
        ("06/PU/1956640", "abandoned"),
        ("10/PU/1960110", "expired"),
        ("18/PU/1968913", "examined"),
        ("45799-RPU", "examined"),
        ("12/PE/1882306", "received"),
    ],
)
def test_every_stage_is_told_in_three_languages(city: Client, reference: str, stage: str) -> None:
    answers = {language: one(city, reference, lang=language) for language in ("fr", "nl", "en")}
    assert {answer["stage"]["id"] for answer in answers.values()} == {stage}
    assert len({answer["stage"]["name"] for answer in answers.values()}) == 3
    assert len({answer["stage"]["meaning"] for answer in answers.values()}) == 3


def test_nothing_comes_after_a_dropped_application(city: Client) -> None:
    assert one(city, "06/PU/1956640")["next"] is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("04/PU/1234576", "04/PU/1234567", id="two digits swapped"),
        pytest.param("04/PU/1234568", "04/PU/1234567", id="a wrong digit"),
        pytest.param("05/PU/1234567", "04/PU/1234567", id="another commune"),
        pytest.param("04/PFD/1234567", "04/PU/1234567", id="another type"),
        pytest.param("45798-RPU", "45799-RPU", id="a commune's own"),
    ],
)
def test_a_slip_suggests_the_dossier_that_is_meant(city: Client, written: str, meant: str) -> None:
    response = city.get(f"{APPLICATIONS}/{written}")
    assert (response.status_code, response.json()["code"]) == (404, "application_not_found")
    assert response.json()["suggestions"][0]["reference"] == meant


@pytest.mark.parametrize("written", ["bonjour", "04", "%00", "04/PU/12345678901234567890", "' OR 1=1 --", "😀"])
def test_what_is_no_reference_is_refused(city: Client, written: str) -> None:
    response = city.get(f"{APPLICATIONS}/{written}")
    assert (response.status_code, response.json()["code"]) == (422, "invalid_reference")


def test_the_inquiries_of_a_day_come_with_those_that_end_first_in_front(city: Client) -> None:
    page = inquiries(city)
    assert page["on"] == "2026-11-23"
    closing = [item["closes"] for item in page["items"]]
    assert closing == sorted(closing)
    assert all(item["opens"] <= page["on"] <= item["closes"] for item in page["items"])
    assert page["items"][0]["reference"] == "04/PU/1234567"
    assert page["items"][0]["days_left"] == 0
    assert "remarques" in page["how_to_react"]
    assert page["total"] == len(page["items"]) == 18


def test_the_pages_are_the_list(city: Client) -> None:
    pages = [inquiries(city, limit=7, offset=offset) for offset in (0, 7, 14, 21)]
    assert [*itertools.chain(*map(references, pages))] == references(inquiries(city))
    assert {page["total"] for page in pages} == {18}


@pytest.mark.parametrize(
    ("day", "open_then"),
    [("2026-11-22", False), ("2026-11-23", True), ("2026-12-07", True), ("2026-12-08", False)],
)
def test_an_inquiry_is_open_from_its_first_to_its_last_day(city: Client, day: str, open_then: bool) -> None:
    assert ("09/PU/1959920" in references(inquiries(city, commune="ixelles", on=day))) is open_then


@pytest.mark.parametrize(
    "area", [{"commune": "forest"}, {"commune": "commune:forest"}, {"place": "commune:forest"}], ids=str
)
def test_a_commune_has_all_its_own(city: Client, area: dict[str, str]) -> None:
    assert references(inquiries(city, **area)) == ["07/PU/1957704", "07/PU/1957755"]


def test_near_an_address_the_nearest_comes_first(city: Client) -> None:
    place = city.get("/v1/places/search", params={"q": "place Flagey 18"}).json()["items"][0]
    page = inquiries(city, place=place["id"], radius_m=5000)
    away = [item["distance_m"] for item in page["items"]]
    assert page["items"][0]["reference"] == "09/PU/1959920"
    assert away == sorted(away)
    assert away[0] < 200
    assert references(inquiries(city, place=place["id"], radius_m=200)) == ["09/PU/1959920"]


@pytest.mark.parametrize("radius_m", [10, 300, 1200, 5000])
def test_around_a_point_are_those_within_the_radius_and_no_others(facade: FastAPI, city: Client, radius_m: int) -> None:
    point = (50.8333, 4.3667)
    with facade.state.sessions() as session:
        every = session.scalars(select(DossierRecord)).all()
    expected = {
        each.reference
        for each in every
        if each.inquiry_start and each.inquiry_end and each.inquiry_start <= NOW.date() <= each.inquiry_end
        and distance_m(*point, each.lat, each.lon) <= radius_m
    }  # fmt: skip
    assert set(references(inquiries(city, near=f"{point[0]},{point[1]}", radius_m=radius_m))) == expected


def test_nothing_near_is_an_empty_page_with_its_source(city: Client) -> None:
    page = inquiries(city, near="50.9,4.6")
    assert (page["items"], page["total"], page["source"]["sample"]) == ([], 0, True)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("commune=forrest", 404, "commune_not_found"),
        ("place=street:999999", 404, "place_not_found"),
        ("near=here", 422, "invalid_point"),
        ("near=50.8,4.3&commune=forest", 422, "one_area_only"),
        ("radius_m=9", 422, "invalid_request"),
        ("on=2026-02-30", 422, "invalid_request"),
        ("commune=%00", 404, "commune_not_found"),
        ("place=%00", 404, "place_not_found"),
    ],
)
def test_bad_input_is_named(city: Client, query: str, status: int, code: str) -> None:
    response = city.get(f"{INQUIRIES}?{query}")
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_the_ends_of_time_are_days_like_others(city: Client) -> None:
    assert inquiries(city, on="0001-01-01")["items"] == []
    assert inquiries(city, on="9999-12-31")["items"] == []


def test_an_empty_city_says_that_it_knows_none(client: Client) -> None:
    assert client.get(f"{APPLICATIONS}/04/PU/1234567").status_code == 404
    assert client.get(INQUIRIES).json()["code"] == "inquiries_not_known"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "nova"
    folder.mkdir()
    for file in (SAMPLE / "permits" / "nova").glob("*.json"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_several_dossiers_with_one_number_are_all_named(
    app: FastAPI, client: Client, clock: SettableClock, folder: Path
) -> None:
    file = folder / "PlanningPermits.json"
    file.write_text(file.read_text("utf-8").replace("05/PU/1955502", "05/PU/1234567"), "utf-8")
    settle(app, clock)
    NovaImporter().run(app.state.engine, folder, clock)
    response = client.get(f"{APPLICATIONS}/1234567")
    assert (response.status_code, response.json()["code"]) == (409, "reference_ambiguous")
    assert [each["reference"] for each in response.json()["suggestions"]] == ["04/PU/1234567", "05/PU/1234567"]
    assert client.get(f"{APPLICATIONS}/05/PU/1234567").json()["site"]["commune"]["id"] == "etterbeek"


def test_a_dossier_that_comes_twice_is_taken_once_and_reported(
    app: FastAPI, clock: SettableClock, folder: Path
) -> None:
    content = (folder / "PlanningPermits.json").read_bytes()
    (folder / "PlanningPermits.0002.json").write_bytes(b"\xef\xbb\xbf" + content)
    report = NovaImporter().run(app.state.engine, folder, clock)
    assert report.counts["dossiers"] == 40
    assert len(report.problems) == 35
    assert report.problems[0]["reason"].endswith("a second time")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"{", id="half a file"),
        pytest.param(b"<html></html>", id="a web page"),
        pytest.param(b"", id="empty"),
        pytest.param(b"{}", id="another thing"),
        pytest.param(json.dumps({"features": []}).encode(), id="half is gone"),
        pytest.param(None, id="no file"),
    ],
)
def test_a_broken_export_leaves_the_register_as_it_was(
    *, app: FastAPI, client: Client, clock: SettableClock, folder: Path, content: bytes | None
) -> None:
    settle(app, clock)
    file = folder / "PlanningPermits.json"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    with pytest.raises(ImportRefusedError):
        NovaImporter().run(app.state.engine, folder, clock)
    assert client.get(f"{APPLICATIONS}/04/PU/1234567").status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [("    days: 45", "    days: 0"), ("  expired:\n", "  lapsed:\n"), ("nl: Indiening, ", "")],
    ids=["a limit of no days", "a stage without words", "a language is missing"],
)
def test_words_at_fault_are_refused(app: FastAPI, clock: SettableClock, tmp_path: Path, old: str, new: str) -> None:
    text = (SAMPLE / "permits" / "stages" / "stages.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "stages.yml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ImportRefusedError, match=r"stages\.yml"):
        StagesImporter().run(app.state.engine, tmp_path, clock)
