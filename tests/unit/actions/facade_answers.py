"""The forms in which the façade of the tests answers."""

from __future__ import annotations

import json
from typing import Any

import httpx

Json = dict[str, Any]

ENVELOPE: Json = {
    "source": {"name": "Test feed", "url": "https://feed.example/", "licence": "CC0", "sample": False},
    "as_of": "2026-11-24T14:58:00+01:00",
    "realtime": None,
}


def problem(status: int, code: str, suggestions: list[Json] | None = None) -> httpx.Response:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": code}
    content = json.dumps({**body, "suggestions": suggestions or [], "errors": []}).encode()
    return httpx.Response(status, content=content, headers={"content-type": "application/problem+json"})


def page(items: list[Json]) -> httpx.Response:
    return httpx.Response(200, json={**ENVELOPE, "items": items, "total": len(items), "limit": 50, "offset": 0})
