"""A Bot API server for tests and for trying things out: what the bot sends is kept, what a resident does is an update.

It speaks the Bot API over HTTP as https://core.telegram.org/bots/api describes it, as far as this bot uses it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response

TOKEN = "123456:a-token-for-tests"
BOT = {"id": 123456, "is_bot": True, "first_name": "Bruxelles", "username": "brussels_city_bot"}


@dataclass
class Call:
    """A request of the bot."""

    method: str
    data: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    #: The number of the message that it made or changed.
    sent: int = 0


class TelegramServer:
    """The server: ``calls`` in the order in which they came; ``fail`` makes the next ones fail."""

    def __init__(self) -> None:
        self.url = ""  # set by who serves it
        self.calls: list[Call] = []
        self.refusals: dict[str, deque[tuple[int, dict[str, Any]]]] = {}
        self.webhook: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.texts: dict[tuple[int, int], str] = {}
        self.delay_s = 0.0
        self.app = FastAPI()
        self.app.add_api_route("/bot{token}/{method}", self._called, methods=["GET", "POST"])
        self.app.add_api_route("/file/bot{token}/{path:path}", self._file, methods=["GET"])
        self._updates: deque[dict[str, Any]] = deque()
        self._changed = asyncio.Condition()
        self._messages = itertools.count(1000)

    # What tests and people use.

    def fail(self, method: str, code: int, description: str, times: int = 1, **parameters: Any) -> None:
        """Answer the next calls of a method with an error."""
        answer = {"ok": False, "error_code": code, "description": description}
        if parameters:
            answer["parameters"] = parameters
        self.refusals.setdefault(method, deque()).extend([(code, answer)] * times)

    def of(self, *methods: str) -> list[Call]:
        """Return the calls of some methods."""
        return [call for call in self.calls if call.method in methods]

    @property
    def said(self) -> list[str]:
        """What the bot said, as HTML."""
        return [call.data["text"] for call in self.of("sendMessage")]

    def add(self, update: dict[str, Any]) -> None:
        """Have an update fetched by polling."""
        self._updates.append(update)

    async def deliver(self, address: str, update: dict[str, Any], tries: int = 1) -> list[int]:
        """Post an update to the webhook at ``address`` until it is taken; return the answers, 0 for none at all."""
        answers: list[int] = []
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            while len(answers) < tries and 200 not in answers:
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
                try:
                    answers.append((await client.post(address, json=update, headers=headers)).status_code)
                except httpx.TransportError:
                    answers.append(0)
                    await asyncio.sleep(0.05)
        return answers

    async def until(self, true: Callable[[], Any], timeout_s: float = 10) -> None:
        """Wait until something is true, looked at whenever the bot calls."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(true)

    # The API.

    async def _called(self, token: str, method: str, request: Request) -> Response:
        if token != TOKEN:
            return _answer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        data, files = await _read(request)
        if self.delay_s and method != "getUpdates":
            await asyncio.sleep(self.delay_s)
        waiting = self.refusals.get(method)
        async with self._changed:
            call = Call(method, data, files)
            self.calls.append(call)
            self._changed.notify_all()
        if waiting:
            return _answer(*waiting.popleft())
        try:
            result = await getattr(self, f"_{method}", self._nothing)(data)
        except _RefusedError as refused:
            return _answer(400, {"ok": False, "error_code": 400, "description": str(refused)})
        call.sent = result.get("message_id", 0) if isinstance(result, dict) else 0
        return _answer(200, {"ok": True, "result": result})

    async def _nothing(self, data: dict[str, Any]) -> Any:
        del data
        return True

    async def _getMe(self, data: dict[str, Any]) -> Any:  # noqa: N802 - the API's name
        del data
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _setWebhook(self, data: dict[str, Any]) -> Any:  # noqa: N802
        self.webhook = data
        return True

    async def _deleteWebhook(self, data: dict[str, Any]) -> Any:  # noqa: N802
        del data
        self.webhook = {}
        return True

    async def _getUpdates(self, data: dict[str, Any]) -> Any:  # noqa: N802
        after = int(data.get("offset") or 0)
        until = time.monotonic() + float(data.get("timeout") or 0)
        while True:
            while self._updates and self._updates[0]["update_id"] < after:
                self._updates.popleft()
            if self._updates or time.monotonic() >= until:
                return list(self._updates)
            await asyncio.sleep(0.05)

    async def _sendMessage(self, data: dict[str, Any]) -> Any:  # noqa: N802
        return self._sent(data, text=_checked(data["text"]))

    async def _sendVenue(self, data: dict[str, Any]) -> Any:  # noqa: N802
        at = {"latitude": float(data["latitude"]), "longitude": float(data["longitude"])}
        return self._sent(data, venue={"location": at, "title": data["title"], "address": data["address"]}, location=at)

    async def _sendDocument(self, data: dict[str, Any]) -> Any:  # noqa: N802
        return self._sent(data, document={"file_id": "d1", "file_unique_id": "u1", "file_name": "file"})

    async def _editMessageText(self, data: dict[str, Any]) -> Any:  # noqa: N802
        key = int(data["chat_id"]), int(data["message_id"])
        shown = json.dumps([data["text"], data.get("reply_markup")])
        if self.texts.get(key) == shown:
            raise _RefusedError(
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        self.texts[key] = shown
        return self._sent(data, text=_checked(data["text"]), message_id=key[1])

    async def _editMessageReplyMarkup(self, data: dict[str, Any]) -> Any:  # noqa: N802
        return self._sent(data, text="…", message_id=int(data["message_id"]))

    async def _getFile(self, data: dict[str, Any]) -> Any:  # noqa: N802
        file_id = data["file_id"]
        if file_id not in self.files:
            raise _RefusedError("Bad Request: invalid file_id")
        return {"file_id": file_id, "file_unique_id": "u", "file_path": f"photos/{file_id}.jpg"}

    async def _file(self, token: str, path: str) -> Response:
        content = self.files.get(path.removeprefix("photos/").removesuffix(".jpg"))
        if token != TOKEN or content is None:
            return Response(status_code=404)
        return Response(content, media_type="application/octet-stream")

    def _sent(self, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        chat = {"id": int(data["chat_id"]), "type": "private" if int(data["chat_id"]) > 0 else "group"}
        message_id = more.pop("message_id", None)
        if message_id is None:
            message_id = next(self._messages)
        return {"message_id": message_id, "date": int(time.time()), "chat": chat, "from": BOT, **more}


class _RefusedError(Exception):
    """The server refuses a call."""


def _checked(html: str) -> str:
    """Return a text as it would be shown; refuses what Telegram refuses."""
    text = shown(html)
    if not text.strip():
        raise _RefusedError("Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise _RefusedError("Bad Request: message is too long")
    return text


def shown(html: str) -> str:
    """Return the text of Telegram's HTML; refuses what is not well-formed."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__(convert_charrefs=True)
            self.open: list[str] = []
            self.text: list[str] = []

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in {"b", "i", "code", "a"}:
                raise _RefusedError(f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
            self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if not self.open or self.open.pop() != tag:
                raise _RefusedError("Bad Request: can't parse entities: Unmatched end tag")

        def handle_data(self, data: str) -> None:
            if "<" in data:
                raise _RefusedError("Bad Request: can't parse entities: Unsupported start tag")
            self.text.append(data)

    reader = Reader()
    reader.feed(html.replace("&lt;", "\0"))
    reader.close()
    if reader.open:
        raise _RefusedError("Bad Request: can't parse entities: Can't find end tag")
    return "".join(reader.text).replace("\0", "<")


async def _read(request: Request) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    data: dict[str, Any] = dict(request.query_params)
    files: dict[str, tuple[str, bytes]] = {}
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, str):
                data[name] = _value(name, value)
            else:
                files[name] = (value.filename or "", await value.read())
    return data, files


def _value(name: str, value: str) -> Any:
    if name in {"reply_markup", "allowed_updates", "commands", "scope", "link_preview_options"}:
        return json.loads(value)
    return int(value) if name in {"chat_id", "message_id"} else value


def _answer(status: int, content: dict[str, Any]) -> Response:
    return Response(json.dumps(content), status, media_type="application/json")
