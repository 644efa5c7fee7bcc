"""A Rasa server for tests: speaks the ``city`` channel's protocol, verifies signatures, answers as it is told."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from fastapi import FastAPI, Request, Response

from kit import signing

SECRET = "between-the-two"


def message(text: str, language: str | None = "fr", **more: Any) -> dict[str, Any]:
    """Return a message as the channel writes it."""
    return {"text": text, "language": language, "choices": [], "cards": [], "source": None, **more}


class FakeRasa:
    """Echoes what it is told, until told otherwise; keeps the requests in the order in which they came."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.answers: dict[str, Any] = {}
        #: Messages that tell of an emergency, and those that were looked at for one.
        self.urgent: set[str] = set()
        self.weighed: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.status = 200
        self.body: bytes | None = None
        self.came = asyncio.Event()
        self.app = FastAPI()
        self.app.post("/webhooks/city/webhook")(self._webhook)
        self.app.get("/status")(self._status)

    def hold(self, said: str) -> asyncio.Event:
        """Make a message wait; the event that is returned lets it go on."""
        self.gates[said] = asyncio.Event()
        return self.gates[said]

    async def until_received(self, count: int) -> None:
        """Wait until so many messages have come."""
        async with asyncio.timeout(5):
            while len(self.received) < count:
                self.came.clear()
                await self.came.wait()

    @property
    def said(self) -> list[str]:
        """What was said, texts and payloads."""
        return [request.get("text") or request["payload"] for request in self.received]

    async def _status(self) -> dict[str, Any]:
        return {"model": "m", "ready": True}

    async def _webhook(self, request: Request) -> Response:
        body = await request.body()
        if not signing.verify(SECRET, body, request.headers.get(signing.HEADER), time.time()):
            return Response(json.dumps({"error": "not signed by the gateway"}), 401)
        content = json.loads(body)
        assert ("text" in content) != ("payload" in content)
        said = content.get("text") or content["payload"]
        if content["metadata"].get("urgent_only") and said not in self.urgent:
            self.weighed.append(said)
            return Response(json.dumps({"messages": [], "language": None}), media_type="application/json")
        self.received.append(content)
        self.came.set()
        if said in self.gates:
            await self.gates[said].wait()
        if self.body is not None or self.status != 200:
            return Response(self.body or b"{}", self.status)
        language = content["metadata"].get("language", "fr")
        answer = self.answers.get(said, {"messages": [message(f"« {said} »", language)], "language": language})
        return Response(json.dumps(answer), media_type="application/json")
