"""What OpenAPI says of errors, which FastAPI gets wrong where they are problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

_VALIDATION_SCHEMAS: Final = ("HTTPValidationError", "ValidationError")


def install(app: FastAPI, problem: type[BaseModel], media_type: str) -> None:
    """Make the app's OpenAPI document say that an invalid request is answered with ``problem``."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            app.openapi_schema = _corrected(schema, problem, media_type)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _corrected(schema: dict[str, Any], problem: type[BaseModel], media_type: str) -> dict[str, Any]:
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in _VALIDATION_SCHEMAS:
        schemas.pop(name, None)
    schemas["Problem"] = problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for path in schema["paths"].values():
        for operation in path.values():
            invalid = operation["responses"].get("422")
            if invalid is not None:
                invalid["description"] = "The request is not valid."
                invalid["content"] = {media_type: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return schema
