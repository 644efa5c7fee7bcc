"""What residents can take part in: open on a day, coming, and how to have a say anyway."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from services.city.core.datasets import ImportReport
from services.city.models.participation import ParticipationRecord
from services.importers.base import ImportRefusedError
from services.importers.communes import CommunesImporter
from services.importers.participation import ParticipationImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

PATH = "/v1/participation"


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock) -> Client:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    brought_in(app, SAMPLE / "participation")
    return client


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "participation.yml"
    path.write_bytes((SAMPLE / "participation" / "participation.yml").read_bytes())
    return path


def brought_in(app: FastAPI, path: Path, **options: Any) -> ImportReport:
    return ParticipationImporter().run(app.state.engine, path, app.state.clock, **options)


def ask(city: Client, **params: Any) -> dict[str, Any]:
    response = city.get(PATH, params)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def ids(entries: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in entries]


def test_a_communes_own_come_before_the_regions(city: Client) -> None:
    answer = ask(city, commune="jette", lang="nl")
    assert ids(answer["items"]) == ["jette_square_consultation", "region_noise_consultation"]
    own, region = answer["items"]
    assert own["name"] == "Het Spiegelplein van morgen"
    assert (own["closes"], own["days_left"]) == ("2026-12-11", 18)
    assert own["commune"] == answer["commune"] == {"id": "jette", "name": {"fr": "Jette", "nl": "Jette"}}
    assert region["commune"] is None
    assert answer["source"]["sample"] is True


def test_they_do_even_if_they_end_later(city: Client) -> None:
    own, region = ask(city, commune="forest")["items"]
    assert (own["id"], region["id"]) == ("forest_budget_ideas", "region_noise_consultation")
    assert own["closes"] > region["closes"]


def test_without_a_commune_those_that_end_first_come_first(city: Client) -> None:
    ends = [each["closes"] for each in ask(city)["items"]]
    assert len(ends) > 5
    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("on", "there"),
    [
        pytest.param("2026-11-08", False, id="the day before"),
        pytest.param("2026-11-09", True, id="the first day"),
        pytest.param("2026-12-11", True, id="the last day"),
        pytest.param("2026-12-12", False, id="the day after"),
    ],
)
def test_it_is_open_from_its_first_to_its_last_day(city: Client, on: str, there: bool) -> None:
    assert ("jette_square_consultation" in ids(ask(city, commune="jette", on=on)["items"])) is there


def test_what_opens_later_is_told_apart_and_has_no_days_left(city: Client) -> None:
    answer = ask(city, commune="saint-gilles")
    assert "saint_gilles_panel" not in ids(answer["items"])
    assert ids(answer["coming"]) == ["saint_gilles_panel", "region_neighbourhood_call"]
    assert answer["coming"][0]["days_left"] is None
    on_the_day = ask(city, commune="saint-gilles", on="2026-12-01")
    assert "saint_gilles_panel" in ids(on_the_day["items"])
    assert ids(on_the_day["coming"]) == ["region_neighbourhood_call"]


def test_where_nothing_is_open_there_are_ways_all_the_same(city: Client) -> None:
    answer = ask(city, on="2030-01-01", lang="en")
    assert (answer["items"], answer["coming"], answer["total"]) == ([], [], 0)
    assert ids(answer["ways"]) == ["idea", "public_inquiry", "council_question", "petition", "suggestion"]
    assert answer["ways"][1]["capability"] == "permit_public_inquiries"
    assert answer["ways"][2]["rule"]["nl"].startswith("Nieuwe Gemeentewet")


def test_a_kind_is_chosen_among_what_is_timed(city: Client) -> None:
    answer = ask(city, kind="participatory_budget")
    assert {each["kind"] for each in [*answer["items"], *answer["coming"]]} == {"participatory_budget"}
    assert answer["ways"]


def test_meetings_that_are_over_are_left_out(city: Client, clock: SettableClock) -> None:
    def meetings() -> list[str]:
        (found,) = ask(city, commune="molenbeek-saint-jean", kind="neighbourhood_contract")["items"]
        return [each["starts_at"] for each in found["meetings"]]

    assert meetings() == ["2026-12-05T10:00:00+01:00", "2027-01-21T19:00:00+01:00"]
    clock.at = datetime.fromisoformat("2026-12-06T09:00:00+01:00")
    assert meetings() == ["2027-01-21T19:00:00+01:00"]


def test_pages_make_up_the_whole(city: Client) -> None:
    whole = ask(city, limit=100)
    pages = [ask(city, limit=3, offset=offset) for offset in range(0, whole["total"], 3)]
    assert [each for page in pages for each in page["items"]] == whole["items"]


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        pytest.param({"commune": "jete"}, 404, "commune_not_found", id="misspelt commune"),
        pytest.param({"commune": "\0"}, 404, "commune_not_found", id="NUL"),
        pytest.param({"kind": "way"}, 422, "invalid_request", id="no kind"),
        pytest.param({"on": "tomorrow"}, 422, "invalid_request", id="no date"),
    ],
)
def test_bad_input_is_named(city: Client, params: dict[str, str], status: int, code: str) -> None:
    response = city.get(PATH, params)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_misspelt_commune_suggests_what_was_meant(city: Client) -> None:
    assert ids(city.get(PATH, {"commune": "elsen"}).json()["suggestions"])[0] == "ixelles"


def test_the_sample_has_no_problem(app: FastAPI, clock: SettableClock) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    report = brought_in(app, SAMPLE / "participation")
    assert report.problems == []
    assert report.counts == {"opportunities": 15, "ways": 5}


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        pytest.param("closes: 2026-12-11", "closes: 2026-10-11", "closes 2026-10-11 is before opens", id="ends early"),
        pytest.param("commune: jette", "commune: jettte", "commune: 'jettte' does not exist", id="no commune"),
        pytest.param("kind: consultation", "kind: poll", "kind: ", id="no kind"),
        pytest.param("id: evere_park_consultation", "id: uccle_cycling_consultation", "second entry", id="an id twice"),
        pytest.param("capability: city_part", "capable: city_part", "capable: Extra inputs", id="a key not known"),
        pytest.param('"2026-12-02T19:00:00+01:00"', '"2026-12-02T19:00:00"', "meetings.0.starts_at", id="no offset"),
    ],
)
def test_an_entry_at_fault_is_left_out_and_named(
    *, app: FastAPI, clock: SettableClock, file: Path, written: str, instead: str, reason: str
) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    text = file.read_text(encoding="utf-8")
    assert written in text
    file.write_text(text.replace(written, instead, 1), encoding="utf-8")
    (problem,) = brought_in(app, file).problems
    assert problem["file"] == "participation.yml"
    assert problem["line"]
    assert reason in problem["reason"]
    with app.state.sessions() as session:
        assert len(session.scalars(select(ParticipationRecord.entry_id)).all()) == 19


def test_opportunities_come_and_go_but_ways_do_not(app: FastAPI, file: Path) -> None:
    brought_in(app, file)
    text = file.read_text(encoding="utf-8")
    head, ways = text[: text.index("opportunities:")], text[text.index("ways:") :]
    file.write_text(f"{head}opportunities: []\n{ways}", encoding="utf-8")
    assert brought_in(app, file).counts == {"opportunities": 0, "ways": 5}
    file.write_text(f"{head}opportunities: []\nways: []\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match="no ways"):
        brought_in(app, file)
