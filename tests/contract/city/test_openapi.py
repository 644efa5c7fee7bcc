"""The façade's OpenAPI document says all that a client has to know, for every route there is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from services.city.app import ROUTERS, create_app
from services.city.core.errors import MEDIA_TYPE
from services.city.core.settings import CitySettings
from tests.integration.city.conftest import Client

ROUTES = sorted(
    (route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)), key=lambda r: r.path
)
DATA = [route for route in ROUTES if route.path.startswith("/v1/")]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    url = f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.db'}"
    return create_app(CitySettings(database_url=url)).openapi()


def operation(document: dict[str, Any], route: APIRoute) -> dict[str, Any]:
    (method,) = route.methods
    found: dict[str, Any] = document["paths"][route.path_format][method.lower()]
    return found


def path_of(route: APIRoute) -> str:
    return f"{next(iter(route.methods))} {route.path}"


def answers_of(document: dict[str, Any], route: APIRoute) -> list[dict[str, Any]]:
    """Return what the route answers where all is well."""
    return [answer for code, answer in operation(document, route)["responses"].items() if code.startswith("2")]


def test_there_are_routes_of_each_topic() -> None:
    assert Counter(str(route.tags[0]) for route in ROUTES) >= Counter(
        {"places": 4, "transport": 4, "waste": 1, "permits": 2, "communes": 3, "health": 3}
    )


@pytest.mark.parametrize("route", ROUTES, ids=path_of)
def test_a_route_says_what_it_does(document: dict[str, Any], route: APIRoute) -> None:
    said = operation(document, route)
    known_tags = {tag["name"] for tag in document["tags"]}
    assert said["summary"].strip()
    assert len(said["description"].split()) > 3
    assert said["tags"]
    assert set(said["tags"]) <= known_tags
    assert said["operationId"]


def test_operation_ids_are_different(document: dict[str, Any]) -> None:
    ids = [operation(document, route)["operationId"] for route in ROUTES]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("route", ROUTES, ids=path_of)
def test_every_parameter_is_described(document: dict[str, Any], route: APIRoute) -> None:
    parameters = operation(document, route).get("parameters", [])
    assert [p["name"] for p in parameters if not p.get("description", "").strip()] == []
    assert [p["name"] for p in parameters if not p.get("schema")] == []


@pytest.mark.parametrize("route", DATA, ids=path_of)
def test_texts_and_numbers_have_limits(document: dict[str, Any], route: APIRoute) -> None:
    unlimited = []
    for parameter in operation(document, route).get("parameters", []):
        for schema in parameter["schema"].get("anyOf", [parameter["schema"]]):
            kind = schema.get("type")
            limited = {"string": "maxLength", "integer": "maximum", "number": "maximum"}.get(kind)
            if limited and not {limited, "enum", "format", "pattern", "const"} & schema.keys():
                unlimited.append(parameter["name"])
    assert unlimited == []


@pytest.mark.parametrize("route", DATA, ids=path_of)
def test_an_answer_has_a_model_with_source_and_age(document: dict[str, Any], route: APIRoute) -> None:
    answers = answers_of(document, route)
    assert answers
    for answer in answers:
        # Files (calendars, photos) name their source inside, and an answer that is deleted has no content.
        for media_type, content in answer.get("content", {}).items():
            if media_type == "application/json":
                model = document["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]
                assert {"source", "as_of", "realtime"} <= model["properties"].keys()
                assert model["description"].strip()


@pytest.mark.parametrize("route", DATA, ids=path_of)
def test_errors_are_problems(document: dict[str, Any], route: APIRoute) -> None:
    responses = {c: r for c, r in operation(document, route)["responses"].items() if not c.startswith(("2", "3"))}
    assert {"422", "503"} <= responses.keys()
    if "{" in route.path:
        assert "404" in responses
    for response in responses.values():
        assert response["description"].strip()
        assert response["content"] == {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    def references(part: object) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*(references(value) for value in part.values()))
        return set().union(*(references(value) for value in part)) if isinstance(part, list) else set()

    missing = {name for name in references(document) if name.rpartition("/")[2] not in schemas}
    assert missing == set()


def test_the_document_is_served(tmp_path: Path) -> None:
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"))
    client = Client(app)
    served = client.get("/openapi.json").json()
    page = client.get("/docs")
    app.state.engine.dispose()
    assert served["paths"].keys() == {route.path_format for route in ROUTES}
    assert page.headers["content-type"].startswith("text/html")
