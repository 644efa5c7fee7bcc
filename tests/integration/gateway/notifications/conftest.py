"""A façade whose lines, requests, dossiers and appointments a test changes, and a resident who follows some."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from tests.integration.gateway.rasa import message
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

SOURCE = {"name": "Feed", "url": "https://example.org", "licence": None, "sample": True}


def answer(**more: Any) -> dict[str, Any]:
    """Return an answer of the façade."""
    return {"source": SOURCE, "as_of": "2026-11-24T08:00:00+01:00", "realtime": None, **more}


def disturbance(message_id: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a message for travellers."""
    texts = {"fr": text, "nl": f"{text} (nl)", "en": f"{text} (en)"}
    return {"id": message_id, "texts": texts, "importance": 3, "effect": "detour", **more}


class FakeCity:
    """A façade that says what it is told to."""

    def __init__(self) -> None:
        self.status = 200
        self.asked: list[tuple[str, str]] = []
        self.messages: list[dict[str, Any]] = []
        self.realtime_status = "live"
        self.requests: dict[str, dict[str, Any]] = {}
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.appointments: dict[tuple[str, str], dict[str, Any]] = {}
        self.app = FastAPI()
        self.app.add_api_route("/v1/transport/messages", self._messages)
        self.app.add_api_route("/v1/requests/{reference}", self._request)
        self.app.add_api_route("/v1/permits/applications/{reference:path}", self._dossier)
        self.app.add_api_route("/v1/permits/appointments/{reference}", self._appointment)

    def count(self, path: str) -> int:
        """Return how often something was asked for."""
        return sum(1 for asked, _ in self.asked if asked == path)

    def _answered(self, request: Request, found: dict[str, Any] | None) -> Any:
        self.asked.append((request.url.path, request.query_params.get("lang", "")))
        if self.status != 200 or found is None:
            return Response(status_code=self.status if self.status != 200 else 404)
        return answer(**found)

    async def _messages(self, request: Request, line: str) -> Any:
        known = {"items": self.messages, "realtime_status": self.realtime_status}
        return self._answered(request, known if line != "999" else None)

    async def _request(self, request: Request, reference: str, lang: str) -> Any:
        found = self.requests.get(reference)
        return self._answered(request, found and _in(found, lang))

    async def _dossier(self, request: Request, reference: str, lang: str) -> Any:
        found = self.dossiers.get(reference)
        return self._answered(request, found and _in(found, lang))

    async def _appointment(self, request: Request, reference: str, lang: str) -> Any:
        key = request.headers.get("Appointment-Key", "")
        found = self.appointments.get((reference, key))
        return self._answered(request, found and _in(found, lang))


def _in(found: Any, language: str) -> Any:
    """Return an answer with its texts in a language: ``{"fr": …, "nl": …}`` where there are several."""
    if isinstance(found, dict):
        if found.keys() == {"fr", "nl", "en"}:
            return found[language]
        return {name: _in(value, language) for name, value in found.items()}
    return [_in(each, language) for each in found] if isinstance(found, list) else found


@pytest.fixture
def city() -> FakeCity:
    return FakeCity()


@pytest.fixture
async def make(make_app, city) -> AsyncIterator[Callable[..., FastAPI]]:
    async with serving(city.app) as url:
        yield lambda **settings: make_app(city_url=url, **settings)


@pytest.fixture
async def app(make) -> FastAPI:
    return make()


async def follow(resident: Resident, rasa: Any, kind: str, subject: str, *others: dict[str, Any], **more: str) -> None:
    """Have something followed."""
    task = {"do": "subscribe", "kind": kind, "subject": subject, **more}
    rasa.answers["suivre"] = {"messages": [message("C'est noté.", tasks=[*others, task])], "language": "fr"}
    await resident.say("suivre")


async def told(resident: Resident) -> list[str]:
    """Return what was said unasked: everything after the answer to who wanted to follow something."""
    texts = [each["text"] for each in (await resident.kept())["messages"]]
    return texts[texts.index("C'est noté.") + 1 :]
