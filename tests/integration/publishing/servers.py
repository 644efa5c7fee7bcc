"""Rasa servers for tests of the keeper: each is a real HTTP server that answers, or fails, as it is told."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response

from kit import signing, wire
from services.publishing.errors import PublishingError
from services.publishing.rasa import RasaDoor
from tests.integration.gateway.serving import serving

SECRET = "between-the-two"


class FakeServer:
    """One server. ``fails`` names what it does not do; ``busy`` counts down at each look."""

    def __init__(self, model: Path, fails: str = "") -> None:
        self.model, self.fails = model, fails
        self.done: list[str] = []
        self.busy = 0
        self.answer: dict[str, Any] = {
            "messages": [{"text": "Demain.", "ids": ["utter_x"]}],
            "understood": {"intent": "waste_collection_day"},
        }
        self.ended = False
        self.stopped = False
        self.app = FastAPI()
        self.app.get("/status")(self._status)
        self.app.post(f"/webhooks/{wire.CHANNEL}/webhook")(self._webhook)
        self.app.post(f"/webhooks/{wire.CHANNEL}/{wire.MOVING_PATH}")(self._move)
        self._stack = contextlib.AsyncExitStack()

    async def open(self) -> FakeServer:
        """Listen."""
        url = await self._stack.enter_async_context(serving(self.app))
        self.door = RasaDoor(int(url.rsplit(":", 1)[1]), SECRET)
        return self

    async def stop(self) -> None:
        """End."""
        self.stopped = True
        await self._stack.aclose()

    async def _status(self) -> dict[str, Any]:
        return {"model": "another.tar.gz" if self.fails == "model" else self.model.name, "ready": True}

    async def _webhook(self, request: Request) -> Response:
        content = await self._read(request)
        if "payload" in content:
            return Response("{}")
        answer = {**self.answer, "understood": {**self.answer["understood"]}}
        answer["understood"].setdefault("language", content["metadata"]["help"]["also"])
        return Response("nonsense" if self.fails == "answer" else json.dumps(answer))

    async def _move(self, request: Request) -> Response:
        what = (await self._read(request))["do"]
        self.done.append(what)
        if what == self.fails:
            return Response("{}", 502)
        self.busy = max(0, self.busy - 1)
        return Response(json.dumps({"taken": 3, "under_way": self.busy}))

    async def _read(self, request: Request) -> dict[str, Any]:
        body = await request.body()
        assert signing.verify(SECRET, body, request.headers.get(signing.HEADER), time.time())
        content: dict[str, Any] = json.loads(body)
        return content


class FakeServers:
    """Starts them."""

    def __init__(self) -> None:
        self.started: list[FakeServer] = []
        self.promoted: FakeServer | None = None
        #: What the next ones do not do, or that they do not start.
        self.fails = ""
        self.answer: dict[str, Any] | None = None

    async def start(self, model: Path) -> FakeServer:
        if self.fails == "start":
            raise PublishingError("not_started")
        server = await FakeServer(model, self.fails).open()
        server.answer = self.answer or server.answer
        self.started.append(server)
        return server

    def promote(self, server: FakeServer) -> None:
        self.promoted = server
