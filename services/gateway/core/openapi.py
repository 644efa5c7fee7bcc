"""What OpenAPI says about the gateway as a whole, and the parts of it that FastAPI gets wrong."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from services.gateway.core.errors import MEDIA_TYPE, Problem

DESCRIPTION: Final = """\
Chat with the assistant of the Brussels-Capital Region, in French, Dutch and English.

Open a conversation, keep its token, say things. Every message of the assistant has a `text` that stands alone; `cards`
say the same for clients that draw. Choices are opaque ids; nothing that is typed is a command. Times are in
Europe/Brussels, with their offset. Errors are `application/problem+json` (RFC 9457) with a stable `code`.
"""

TAGS: Final[list[dict[str, Any]]] = [
    {"name": "chat", "description": "Conversations, and what is said in them."},
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
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for path in schema["paths"].values():
        for operation in path.values():
            invalid = operation["responses"].get("422")
            if invalid is not None:
                invalid["description"] = "The request is not valid."
                invalid["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return schema
