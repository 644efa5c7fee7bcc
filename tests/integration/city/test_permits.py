"""Permit procedures, from the sample files to the answers."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI

from actions.city.models import Procedure, ProcedureRef
from services.importers.communes import CommunesImporter
from services.importers.permits import PermitsImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

PROCEDURES = "/v1/permits/procedures"


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock) -> Client:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    PermitsImporter().run(app.state.engine, SAMPLE / "permits", clock)
    return client


def found(city: Client, query: str, **params: Any) -> list[str]:
    response = city.get(PROCEDURES, params={"q": query, **params})
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


def one(city: Client, procedure: str, **params: Any) -> dict[str, Any]:
    response = city.get(f"{PROCEDURES}/{procedure}", params=params)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_all_procedures_are_listed_by_name_with_their_source(city: Client) -> None:
    page = city.get(PROCEDURES, params={"lang": "nl"}).json()
    assert page["total"] == 12
    assert page["source"]["sample"] is True
    names = [item["name"] for item in page["items"]]
    assert names == sorted(names)
    assert "Stedenbouwkundige vergunning" in names


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize(
    ("query", "procedure"),
    [
        pytest.param("Permis d'urbanisme", "planning", id="its name"),
        pytest.param("bouwvergunning", "planning", id="an alias"),
        pytest.param("PERMIS DE BATIR", "planning", id="without accents"),
        pytest.param("terasse", "terrace", id="misspelt"),
        pytest.param("je voudrais un permis pour ma terrasse", "terrace", id="in a sentence"),
        pytest.param("horecaterras", "terrace", id="in a compound"),
        pytest.param("verhuizen", "moving_parking", id="another form"),
    ],
)
def test_a_procedure_is_found_in_any_language(city: Client, query: str, procedure: str, language: str) -> None:
    assert found(city, query, lang=language) == [procedure]


def test_a_word_of_many_procedures_finds_several(city: Client) -> None:
    assert len(found(city, "vergunning")) > 3


@pytest.mark.parametrize("query", ["pizza", "tram 92 Flagey", "😀", "de la", "' OR 1=1 --", "x" * 200])
def test_what_names_nothing_finds_nothing(city: Client, query: str) -> None:
    assert found(city, query) == []


def test_a_blank_search_lists_all(city: Client) -> None:
    assert len(found(city, "  ")) == 12


def test_a_page_starts_where_it_is_told(city: Client) -> None:
    every = [item["id"] for item in city.get(PROCEDURES).json()["items"]]
    page = city.get(PROCEDURES, params={"limit": 5, "offset": 10}).json()
    assert ([item["id"] for item in page["items"]], page["total"]) == (every[10:], 12)


@pytest.mark.parametrize(
    ("language", "name", "cost"),
    [("fr", "Permis d'urbanisme", "Chaque commune"), ("nl", "Stedenbouw", "Elke gemeente"), ("en", "Planning", "Each")],
)
def test_texts_are_in_the_language_asked_for(city: Client, language: str, name: str, cost: str) -> None:
    answer = one(city, "planning", lang=language)
    assert answer["name"].startswith(name)
    assert answer["facets"]["cost"].startswith(cost)
    assert answer["names"]["en"] == "Planning permit"
    assert answer["commune"] is None


def test_a_commune_replaces_what_differs_there(city: Client) -> None:
    general = one(city, "moving_parking", lang="en")
    brussels = one(city, "moving_parking", commune="bruxelles", lang="en")
    assert "114" not in general["facets"]["cost"]
    assert (
        brussels["facets"]["cost"]
        == "In the City of Brussels, €114.03 for the first day, then €14.87 for each further day."
    )
    assert brussels["facets"]["documents"] == general["facets"]["documents"]
    assert brussels["differs"] == ["cost"]
    assert brussels["commune"] == {"id": "bruxelles", "name": {"fr": "Bruxelles", "nl": "Brussel"}}
    assert (brussels["source_url"], brussels["valid_until"]) == (
        "https://www.bruxelles.be/reservation-de-stationnement",
        "2026-12-31",
    )


def test_a_commune_without_exceptions_has_the_general_facts(city: Client) -> None:
    general, jette = one(city, "event"), one(city, "event", commune="jette")
    assert jette["facets"] == general["facets"]
    assert (jette["differs"], jette["commune"]["id"]) == ([], "jette")
    assert jette["varies_by_commune"] == ["cost", "duration", "where", "online_form"]


def test_a_commune_may_be_given_as_a_place(city: Client) -> None:
    assert one(city, "event", commune="commune:uccle")["differs"] == ["duration"]


def test_the_list_tells_what_differs_in_a_commune(city: Client) -> None:
    items = city.get(PROCEDURES, params={"commune": "bruxelles"}).json()["items"]
    assert {item["id"]: item["differs"] for item in items if item["differs"]} == {
        "moving_parking": ["cost"],
        "planning": ["where"],
        "resident_card": ["who", "cost"],
    }


@pytest.mark.parametrize(
    ("variant", "euros"),
    [(None, ["10.00", "110.00"]), ("first_car", ["10.00"]), ("second_car", ["110.00"])],
    ids=["both", "the first car", "the second car"],
)
def test_the_price_of_a_card_depends_on_the_car_and_the_commune(
    city: Client, variant: str | None, euros: list[str]
) -> None:
    params = {"variant": variant} if variant else {}
    there = one(city, "resident_card", commune="bruxelles", **params)
    assert [price["euros"] for price in there["prices"]] == euros
    assert (there["valid_from"], there["valid_until"]) == ("2026-01-01", "2026-12-31")
    assert one(city, "resident_card", commune="jette", **params)["prices"] == []


@pytest.mark.parametrize(
    ("procedure", "params", "last", "kind"),
    [
        pytest.param("moving_parking", {"variant": "move", "date": "2026-12-15"}, "2026-12-01", "advice", id="a move"),
        pytest.param("moving_parking", {"variant": "skip", "date": "2026-12-15"}, "2026-11-24", "advice", id="a skip"),
        pytest.param("moving_parking", {"date": "2026-12-15"}, "2026-11-24", "advice", id="the longest, to be sure"),
        pytest.param(
            "moving_parking", {"variant": "move", "date": "2027-01-08"}, "2026-12-23", "advice", id="over holidays"
        ),
        pytest.param("event", {"commune": "uccle", "date": "2027-06-19"}, "2027-06-07", "rule", id="10 working days"),
        pytest.param("event", {"commune": "etterbeek", "date": "2027-06-19"}, "2027-03-19", "rule", id="3 months"),
        pytest.param(
            "event", {"commune": "etterbeek", "date": "2027-05-31"}, "2027-02-26", "rule", id="no 31 February, a Sunday"
        ),
        pytest.param(
            "event", {"variant": "flea_market", "date": "2027-06-20"}, "2027-03-19", "advice", id="no rule known"
        ),
    ],
)
def test_the_last_day_to_ask_is_worked_out(
    *, city: Client, procedure: str, params: dict[str, str], last: str, kind: str
) -> None:
    deadline = one(city, procedure, **params)["deadline"]
    assert (deadline["last_day_to_ask"], deadline["lead_time"]["kind"]) == (last, kind)
    assert (deadline["day"], deadline["passed"]) == (params["date"], False)


def test_each_variant_has_its_own_last_day(city: Client) -> None:
    def last_days(**params: str) -> dict[str, str]:
        found = one(city, "moving_parking", date="2026-12-15", **params)["deadlines"]
        return {each["lead_time"]["variant"]: each["last_day_to_ask"] for each in found}

    assert last_days() == {"move": "2026-12-01", "skip": "2026-11-24"}
    assert last_days(variant="move") == {"move": "2026-12-01"}
    assert one(city, "moving_parking")["deadlines"] == []


def test_a_day_for_which_it_is_too_late_says_so(city: Client) -> None:
    deadline = one(city, "moving_parking", variant="move", date="2026-12-04")["deadline"]
    assert (deadline["last_day_to_ask"], deadline["passed"]) == ("2026-11-20", True)


def test_without_a_day_or_a_lead_time_there_is_no_last_day(city: Client) -> None:
    assert one(city, "moving_parking")["deadline"] is None
    assert one(city, "planning", date="2026-12-04")["deadline"] is None


def test_an_event_has_its_kinds_with_what_is_special_about_them(city: Client) -> None:
    variants = one(city, "event", lang="en")["variants"]
    assert [each["id"] for each in variants] == ["street_party", "flea_market", "march", "fair"]
    assert "own things" in variants[1]["note"]


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"variant": "circus"}, "unknown_variant"),
        ({"date": "9999-12-31"}, "day_out_of_range"),
        ({"date": "0001-01-01"}, "day_out_of_range"),
        ({"date": "2026-02-30"}, "invalid_request"),
    ],
    ids=["variant", "the end of time", "the beginning of time", "no day"],
)
def test_a_variant_or_a_day_at_fault_is_named(city: Client, params: dict[str, str], code: str) -> None:
    response = city.get(f"{PROCEDURES}/event", params=params)
    assert (response.status_code, response.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("path", "code", "meant"),
    [
        pytest.param(f"{PROCEDURES}/planing", "procedure_not_found", "planning", id="misspelt procedure"),
        pytest.param(f"{PROCEDURES}/bouwvergunning", "procedure_not_found", "planning", id="an alias for an id"),
        pytest.param(f"{PROCEDURES}/planning?commune=ixeles", "commune_not_found", "ixelles", id="misspelt commune"),
        pytest.param(f"{PROCEDURES}/planning?commune=elsene", "commune_not_found", "ixelles", id="Dutch commune"),
        pytest.param(f"{PROCEDURES}?commune=ukel", "commune_not_found", "uccle", id="misspelt commune of a list"),
    ],
)
def test_what_is_not_there_suggests_what_is(city: Client, path: str, code: str, meant: str) -> None:
    response = city.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == code
    assert response.json()["suggestions"][0]["id"] == meant


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        pytest.param(f"{PROCEDURES}?q={'x' * 201}", "query.q", id="a pasted text"),
        pytest.param(f"{PROCEDURES}?lang=de", "query.lang", id="another language"),
        pytest.param(f"{PROCEDURES}?limit=0", "query.limit", id="no items"),
        pytest.param(f"{PROCEDURES}?offset=-1", "query.offset", id="before the start"),
        pytest.param(f"{PROCEDURES}/planning?commune=", "query.commune", id="an empty commune"),
        pytest.param(f"{PROCEDURES}/{'x' * 201}", "path.procedure_id", id="an endless id"),
    ],
)
def test_bad_input_is_named(city: Client, path: str, parameter: str) -> None:
    response = city.get(path)
    assert response.status_code == 422
    assert [error["parameter"] for error in response.json()["errors"]] == [parameter]


def test_an_empty_city_has_no_procedures(client: Client) -> None:
    assert client.get(PROCEDURES).json()["items"] == []
    assert client.get(f"{PROCEDURES}/planning").json()["suggestions"] == []


def test_the_assistant_reads_every_procedure(city: Client) -> None:
    listed = [ProcedureRef.model_validate(item) for item in city.get(PROCEDURES, params={"lang": "nl"}).json()["items"]]
    for each in listed:
        read = Procedure.model_validate(one(city, each.id, commune="uccle", lang="nl"))
        assert read.name == each.name
        assert all(getattr(read.facets, facet) for facet in type(read.facets).model_fields)
        assert read.source.sample is True


def test_the_openapi_document_names_every_error(city: Client) -> None:
    paths = city.get("/openapi.json").json()["paths"]
    for path in (PROCEDURES, f"{PROCEDURES}/{{procedure_id}}"):
        operation = paths[path]["get"]
        assert set(operation["responses"]) == {"200", "404", "422", "503"}
        assert operation["summary"]
        assert all("description" in parameter for parameter in operation["parameters"])
