"""What cannot be searched for is refused with a reason that a program can read, and never breaks the façade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.city import cities
from tests.integration.city.conftest import Client

SEARCH, NEAR = "/v1/places/search", "/v1/places/near"
HERE: dict[str, Any] = {"lat": 50.84, "lon": 4.36}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with cities.settled(tmp_path_factory.mktemp("city")) as app:
        yield Client(app)


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        pytest.param(SEARCH, {}, 422, "invalid_request", id="no q"),
        pytest.param(SEARCH, {"q": ""}, 422, "invalid_request", id="empty q"),
        pytest.param(SEARCH, {"q": "   \t "}, 422, "invalid_query", id="blank q"),
        pytest.param(SEARCH, {"q": "a" * 10_000}, 422, "invalid_request", id="10,000 characters"),
        pytest.param(SEARCH, {"q": "🚋🚌"}, 422, "invalid_query", id="emoji only"),
        pytest.param(SEARCH, {"q": "...!?"}, 422, "invalid_query", id="punctuation only"),
        pytest.param(SEARCH, {"q": "قصر"}, 422, "invalid_query", id="no latin letter"),
        pytest.param(SEARCH, {"q": "rue\0de la loi"}, 422, "invalid_query", id="nul"),
        pytest.param(SEARCH, {"q": "rue\x1b[31m"}, 422, "invalid_query", id="control characters"),
        pytest.param(SEARCH, {"q": "loi", "limit": 0}, 422, "invalid_request", id="limit 0"),
        pytest.param(SEARCH, {"q": "loi", "limit": 101}, 422, "invalid_request", id="limit too high"),
        pytest.param(SEARCH, {"q": "loi", "limit": "ten"}, 422, "invalid_request", id="limit no number"),
        pytest.param(SEARCH, {"q": "loi", "offset": -1}, 422, "invalid_request", id="offset below nought"),
        pytest.param(SEARCH, {"q": "loi", "lang": "de"}, 422, "invalid_request", id="unknown language"),
        pytest.param(SEARCH, {"q": "loi", "kinds": "planet"}, 422, "unknown_kind", id="unknown kind"),
        pytest.param(SEARCH, {"q": "loi", "kinds": "stop,Stop"}, 422, "unknown_kind", id="kind in capitals"),
        pytest.param(SEARCH, {"q": "loi", "near": "here"}, 422, "invalid_point", id="near is no point"),
        pytest.param(SEARCH, {"q": "loi", "near": "50.8"}, 422, "invalid_point", id="near is half a point"),
        pytest.param(SEARCH, {"q": "loi", "near": "nan,nan"}, 422, "invalid_point", id="near is nan"),
        pytest.param(SEARCH, {"q": "loi", "near": "4.3,1e9"}, 422, "invalid_point", id="near is not on Earth"),
        pytest.param(NEAR, {}, 422, "invalid_request", id="no point"),
        pytest.param(NEAR, {**HERE, "lat": 91}, 422, "invalid_request", id="lat out of range"),
        pytest.param(NEAR, {**HERE, "lon": "inf"}, 422, "invalid_request", id="lon infinite"),
        pytest.param(NEAR, {**HERE, "lat": "nan"}, 422, "invalid_request", id="lat nan"),
        pytest.param(NEAR, {**HERE, "radius_m": 0}, 422, "invalid_request", id="radius 0"),
        pytest.param(NEAR, {**HERE, "radius_m": 10**9}, 422, "invalid_request", id="radius too large"),
        pytest.param(NEAR, {**HERE, "kinds": "star"}, 422, "unknown_kind", id="near unknown kind"),
        pytest.param("/v1/places/" + "x" * 300, {}, 422, "invalid_request", id="id too long"),
        pytest.param("/v1/places/%00", {}, 404, "place_not_found", id="id nul"),
        pytest.param("/v1/places/address:1:%D9%A1%D9%A6", {}, 404, "place_not_found", id="digits of another script"),
        pytest.param("/v1/places/address:1:%F0%9F%98%80", {}, 404, "place_not_found", id="house number emoji"),
        pytest.param("/v1/places/a/b/c", {}, 404, "place_not_found", id="id with slashes"),
        pytest.param("/v1/places/", {}, 422, "invalid_request", id="no id"),
    ],
)
def test_bad_input_is_a_problem_with_a_code(
    city: Client, path: str, parameters: dict[str, Any], status: int, code: str
) -> None:
    response = city.get(path, parameters)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in response.text
    assert len(response.text) < 3000


def test_an_unknown_kind_is_told_which_there_are(city: Client) -> None:
    problem = city.get(SEARCH, {"q": "loi", "kinds": "planet"}).json()
    assert {"kind": "stop"} in problem["suggestions"]


ANY_TEXT = st.text(max_size=200)
#: Words and marks that the search gives a meaning to, in any order.
NEARLY_AN_ADDRESS = st.lists(
    st.sampled_from(
        [
            "rue",
            "de",
            "la",
            "Loi",
            "wet",
            "straat",
            "16",
            "n°",
            "bte",
            "3",
            "1000",
            "1050",
            "Ixelles",
            "Bruxelles",
            ",",
            "à",
            "-",
            "/",
            "(",
            ")",
            "'",
            "’",
            "arrêt",
            "St",
            "12-14",
            "0",
            "9999",
            "bis",
            "in",
            "Woluwe",
            "Q",
        ]
    ),
    min_size=1,
    max_size=25,
).map(" ".join)


@given(q=ANY_TEXT | NEARLY_AN_ADDRESS)
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_the_search(city: Client, q: str) -> None:
    response = city.get(SEARCH, {"q": q, "limit": 100})
    assert response.status_code in {200, 422}
    if response.status_code == 200:
        scores = [item["score"] for item in response.json()["items"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


@given(
    place_id=st.text(st.characters(codec="utf-8"), min_size=1, max_size=200).filter(lambda text: text != ".")
    | st.from_regex(r"point:-?\d{1,4}(\.\d{0,12})?,-?\d{1,4}(\.\d{0,12})?", fullmatch=True)
    | st.from_regex(r"address:\d{1,12}:[^\n]{1,30}", fullmatch=True)
)
@settings(max_examples=150, deadline=None)
def test_no_id_breaks_the_look_up(city: Client, place_id: str) -> None:
    response = city.get("/v1/places/" + quote(place_id, safe=""))
    if response.status_code == 200:
        assert place_id.startswith("point:")
        return
    # A line break ends the route, and "." is no path of its own: such ids are none that the endpoint is asked for.
    assert (response.status_code, response.json()["code"]) in {
        (404, "place_not_found"),
        (404, "not_found"),
        (422, "invalid_request"),
    }
