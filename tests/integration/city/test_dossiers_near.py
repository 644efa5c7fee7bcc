"""Permit applications near a place: at its door, around it, in its street."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.city.conftest import Client
from tests.integration.city.test_dossiers import city, facade

__all__ = ["city", "facade"]

PATH = "/v1/permits/applications"


def place(city: Client, written: str) -> str:
    found: str = city.get("/v1/places/search", params={"q": written}).json()["items"][0]["id"]
    return found


def near(city: Client, written: str, **params: Any) -> list[dict[str, Any]]:
    response = city.get(PATH, params={"place": place(city, written), **params})
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def test_what_is_known_at_a_door_comes_first_with_its_stage(city: Client) -> None:
    first, *_ = near(city, "rue Haute 20", radius_m=200, lang="nl")
    assert (first["reference"], first["same_door"]) == ("04/PU/1234567", True)
    assert first["planned"]["nl"].startswith("Een handelshuis verbouwen")
    assert first["stage"]["id"] == "inquiry"


def test_a_row_of_houses_holds_every_number_of_its_side(city: Client) -> None:
    assert [each["same_door"] for each in near(city, "boulevard Anspach 14", radius_m=500)][:1] == [True]
    assert not any(each["same_door"] for each in near(city, "boulevard Anspach 13", radius_m=500))


def test_a_street_has_all_its_own_and_no_others(city: Client) -> None:
    assert [each["reference"] for each in near(city, "rue Haute")] == ["04/PU/1234567"]


def test_around_a_stop_the_nearest_comes_first_and_none_is_too_far(city: Client) -> None:
    found = near(city, "place Eugène Flagey 18", radius_m=500)
    away = [each["distance_m"] for each in found]
    assert away == sorted(away)
    assert max(away) <= 500
    assert found[0]["reference"] == "09/PU/1959920"


def test_nobody_who_applied_is_named(city: Client) -> None:
    assert "applicant" not in str(near(city, "rue Haute 20")).lower()


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("street:0", 404, "place_not_found"),
        ("commune:forest", 422, "place_too_large"),
        ("\x00", 404, "place_not_found"),
    ],
    ids=["unknown", "commune", "nonsense"],
)
def test_bad_places_are_named(city: Client, asked: str, status: int, code: str) -> None:
    response = city.get(PATH, params={"place": asked})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_pages_hold_what_is_asked_for(city: Client) -> None:
    every = near(city, "place Eugène Flagey 18", radius_m=500)
    assert near(city, "place Eugène Flagey 18", radius_m=500, limit=1, offset=1) == every[1:2]
