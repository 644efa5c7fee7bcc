"""What OpenAPI says about the façade as a whole, and the parts of it that FastAPI gets wrong."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from services.city.core.errors import MEDIA_TYPE, Problem

DESCRIPTION: Final = """\
Every answer with data carries `source` (name, address, licence, and whether it is sample data), `as_of` (the time its
facts are of) and `realtime`. Names come in French and Dutch always; texts in the language of `?lang=`, else of
`Accept-Language`, else French. Times are in Europe/Brussels, with their offset.

Errors are `application/problem+json` (RFC 9457). Their `code` is stable; `suggestions` holds what may have been meant.
"""

TAGS: Final[list[dict[str, Any]]] = [
    {"name": "places", "description": "Streets, addresses, stops, communes: one resolver for both languages."},
    {"name": "transport", "description": "Stops, lines and departures."},
    {"name": "waste", "description": "Collection rounds by address."},
    {"name": "permits", "description": "Procedures, and what differs by commune."},
    {"name": "communes", "description": "Communal administrations, emergency numbers and other contacts."},
    {"name": "health", "description": "For those who run it."},
]

_VALIDATION_SCHEMAS: Final = ("HTTPValidationError", "ValidationError")


def install(app: FastAPI) -> None:
    """Make the app's OpenAPI document say that errors are problem details."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _corrected(
                get_openapi(
                    title=app.title,
                    version=app.version,
                    summary=app.summary,
                    description=app.description,
                    routes=app.routes,
                    tags=app.openapi_tags,
                )
            )
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _corrected(schema: dict[str, Any]) -> dict[str, Any]:
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in _VALIDATION_SCHEMAS:
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas["Problem"] = problem
    for path in schema["paths"].values():
        for operation in path.values():
            invalid = operation["responses"].get("422")
            if invalid is not None:
                invalid["description"] = "The request is not valid."
                invalid["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return schema
