"""A small chat server of the gateway's contract, with canned answers and failures on demand; it needs no Rasa."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.staticfiles import StaticFiles

from tests.browser.canned import NOW, answer, topic_of

WIDGET = Path(__file__).resolve().parents[2] / "services" / "widget"
#: One pixel: what it shows is not looked at.
TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mM8c+bMfwAGgAL+5rzJ8AAAAABJRU5ErkJggg=="
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class FakeChat:
    """The server's state: what it was sent, and what goes wrong next.

    ``plan`` holds what happens to the next messages, one each: a status (refused with it), ``"lost"`` (handled, but
    the answer is lost), ``"held"`` (answered after ``release()``), a dict (the fields of the answer that differ).
    """

    def __init__(self) -> None:
        self.conversations: dict[str, dict[str, Any]] = {}
        self.opened: list[dict[str, Any]] = []
        self.received: list[dict[str, Any]] = []
        self.handled: list[dict[str, Any]] = []
        self.streams: list[str | None] = []
        self.deleted: list[str] = []
        self.plan: deque[int | str | dict[str, Any]] = deque()
        self.unasked: list[dict[str, Any]] = []
        self.cut = 0
        self.delete_status = 204
        self.exported: list[tuple[str, str | None]] = []
        self.export_status = 200
        self.held = threading.Event()
        self.photos: list[tuple[str, bytes]] = []
        self.photo_status = 201
        self.feedback: list[tuple[str, str]] = []
        self.feedback_status = 204
        self.map: dict[str, Any] | None = None
        self.tiles: list[tuple[int, int, int]] = []
        self.tile_status = 200
        self.tile = TILE
        self.followed = "rappel de collecte : Rue Blaes 20"

    def push(self, event: dict[str, Any]) -> None:
        """Say something unasked: a message, or ``{"state": …}``; with ``event``, under that name."""
        self.unasked.append(event)

    def cut_streams(self) -> None:
        """Break every open stream, as a network does."""
        self.cut += 1

    def release(self) -> None:
        """Answer what is held."""
        self.held.set()


def create_app(chat: FakeChat) -> FastAPI:
    """Return the chat API and the page, under the strict policy that the gateway sends."""
    app = FastAPI(openapi_url=None)

    @app.middleware("http")
    async def policy(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @app.post("/api/v1/conversations", status_code=201)
    async def open_conversation(request: Request) -> dict[str, Any]:
        body = await request.json()
        number = len(chat.opened) + 1
        chat.opened.append(body)
        chat.conversations[f"n{number}"] = {"language": body.get("language", "fr"), "answers": {}}
        greeting = {"id": f"g{number}", "author": "assistant", "language": "fr", "text": "Bonjour du serveur"}
        return {"id": f"n{number}", "token": f"token-{number}", "messages": [greeting]}

    @app.post("/api/v1/conversations/{conversation_id}/messages")
    async def message(conversation_id: str, request: Request) -> Response:
        body = await request.json()
        chat.received.append(body)
        conversation = chat.conversations.get(conversation_id)
        if conversation is None or request.headers["authorization"] != f"Bearer token-{conversation_id[1:]}":
            return problem(404)
        todo = chat.plan.popleft() if chat.plan else None
        if isinstance(todo, int):
            return problem(todo)
        if todo == "held":
            await asyncio.to_thread(chat.held.wait, 20)
        if body["client_id"] not in conversation["answers"]:
            chat.handled.append(body)
            said = reply(body, conversation["language"], len(chat.handled))
            conversation["answers"][body["client_id"]] = said | (todo if isinstance(todo, dict) else {})
        return problem(502) if todo == "lost" else JSONResponse(conversation["answers"][body["client_id"]])

    @app.get("/api/v1/conversations/{conversation_id}/events")
    async def events(conversation_id: str, request: Request) -> Response:
        if conversation_id not in chat.conversations:
            return problem(404)
        last = request.headers.get("last-event-id")
        chat.streams.append(last)
        return StreamingResponse(stream(chat, int(last or 0)), media_type="text/event-stream")

    @app.patch("/api/v1/conversations/{conversation_id}")
    async def choose_language(conversation_id: str, request: Request) -> dict[str, Any]:
        language = (await request.json())["language"]
        chat.conversations[conversation_id]["language"] = language
        return {"language": language, "state": "assistant"}

    @app.delete("/api/v1/conversations/{conversation_id}")
    async def delete(conversation_id: str) -> Response:
        if chat.delete_status == 204:
            chat.deleted.append(conversation_id)
            chat.conversations.pop(conversation_id, None)
        return Response(status_code=chat.delete_status)

    @app.get("/api/v1/conversations/{conversation_id}/export")
    async def export(conversation_id: str, request: Request) -> Response:
        chat.exported.append((request.url.query, request.headers.get("authorization")))
        if chat.export_status != 200:
            return problem(chat.export_status)
        disposition = f'attachment; filename="copie.{request.query_params["format"]}"'
        return Response(f"tout de {conversation_id}", headers={"Content-Disposition": disposition})

    @app.post("/api/v1/conversations/{conversation_id}/photos", status_code=201)
    async def photo(conversation_id: str, request: Request) -> Response:
        async with request.form() as form:
            sent = form["photo"]
            if chat.photo_status != 201 or isinstance(sent, str):
                return problem(chat.photo_status)
            chat.photos.append((sent.content_type or "", await sent.read()))
        return JSONResponse({"id": f"p{len(chat.photos)}"}, 201)

    @app.post("/api/v1/conversations/{conversation_id}/messages/{message_id}/feedback")
    async def feedback(conversation_id: str, message_id: str, request: Request) -> Response:
        if chat.feedback_status == 204:
            chat.feedback.append((message_id, (await request.json())["value"]))
        return Response(status_code=chat.feedback_status)

    @app.get("/api/v1/conversations/{conversation_id}")
    async def kept(conversation_id: str) -> Response:
        if conversation_id not in chat.conversations:
            return problem(404)
        said = [{"author": "resident"}, {"author": "assistant"}] * len(chat.handled)
        requests = [{"reference": "BXL-2026-00123"}]
        followed = [{"text": chat.followed}]
        until = "2026-12-01T17:58:00+01:00"
        sent = [{"id": f"p{at + 1}", "reference": "BXL-2026-00123"} for at, _ in enumerate(chat.photos)]
        facts = {"messages": said, "requests": requests, "photos": sent, "subscriptions": followed}
        return JSONResponse(facts | {"deleted_at_latest": until})

    @app.get("/api/v1/conversations/{conversation_id}/photos/{photo_id}")
    async def shown(conversation_id: str, photo_id: str, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer token-{conversation_id[1:]}":
            return problem(401)
        return Response(chat.photos[int(photo_id[1:]) - 1][1], media_type="image/jpeg")

    @app.get("/api/v1/widget")
    async def offers() -> dict[str, Any]:
        return {"map": chat.map}

    @app.get("/tiles/{z}/{x}/{y}.png")
    async def tile(z: int, x: int, y: int) -> Response:
        chat.tiles.append((z, x, y))
        return Response(chat.tile if chat.tile_status == 200 else b"", chat.tile_status, media_type="image/png")

    app.mount("/widget", StaticFiles(directory=WIDGET / "dist"))
    app.mount("/", StaticFiles(directory=WIDGET / "demo", html=True))
    return app


def reply(body: dict[str, Any], language: str, number: int) -> dict[str, Any]:
    """Return the canned answer to a message."""
    named = next((name for name in ("choice", "location", "photo") if name in body), None)
    if named:
        said = {"at": NOW, "author": "assistant", "language": language, "text": f"{named} {body[named]}"}
    else:
        said = answer(topic_of(body["text"]), language)
    return {"messages": [{"id": f"m{number}", **said}], "language": language, "state": "assistant"}


def problem(status: int) -> Response:
    """Return a refusal as the gateway words it."""
    headers = {"Retry-After": "2"} if status == 429 else {}
    content = {"code": "refused", "detail": "…"}
    return JSONResponse(content, status, headers, media_type="application/problem+json")


async def stream(chat: FakeChat, after: int) -> AsyncIterator[str]:
    """Yield what was said unasked since the event ``after``, and what will be."""
    cut = chat.cut
    yield ": open\n\n"
    while chat.cut == cut:
        for number, event in enumerate(chat.unasked[after:], start=after + 1):
            yield f"id: {number}\nevent: {event.get('event', 'message')}\ndata: {json.dumps(event)}\n\n"
            after = number
        await asyncio.sleep(0.02)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def serving(chat: FakeChat) -> Iterator[str]:
    """Serve on a free port for the time of the block; yields the page's address."""
    config = uvicorn.Config(create_app(chat), port=0, log_level="error", ws="none", timeout_graceful_shutdown=1)
    server = _Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        if not server.ready.wait(20):
            raise RuntimeError("the fake chat did not start")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        chat.cut_streams()
        chat.release()
        server.should_exit = True
        thread.join(10)
