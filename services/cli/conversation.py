"""A client of the gateway's chat API, for the terminal and for scripts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import httpx

from services.cli.console import CommandError


class Conversation:
    """One conversation through the running gateway."""

    def __init__(self, client: httpx.Client, *, language: str | None = None, channel: str = "web") -> None:
        self._client = client
        wanted = {"channel": channel, **({"language": language} if language else {})}
        answer = self._post("/api/v1/conversations", wanted, {})
        self._conversation = f"/api/v1/conversations/{answer['id']}"
        self._path = f"{self._conversation}/messages"
        self._headers = {"Authorization": f"Bearer {answer['token']}"}
        self.greeting: list[dict[str, Any]] = answer["messages"]
        self.choices = _choices(self.greeting)

    def say(self, **message: Any) -> dict[str, Any]:
        """Send ``text=``, ``choice=`` (a label, a number from 1, or an id), ``location=`` or ``photo=`` (an id); return
        the reply."""
        if "choice" in message:
            message["choice"] = self._choice_id(message["choice"])
        reply = self._post(self._path, {"client_id": str(uuid.uuid4()), **message}, self._headers)
        if "messages" in reply:
            self.choices = _choices(reply["messages"]) or self.choices
        return reply

    def upload(self, photo: bytes) -> dict[str, Any]:
        """Send a picture, to be said as ``photo=`` with the ``id`` of what is returned."""
        path = f"{self._conversation}/photos"
        return self._answer(lambda: self._client.post(path, files={"photo": ("photo", photo)}, headers=self._headers))

    def _choice_id(self, wanted: Any) -> str:
        for number, choice in enumerate(self.choices, start=1):
            if str(wanted).casefold() in (str(number), choice["label"].casefold(), choice["id"].casefold()):
                return str(choice["id"])
        return str(wanted)

    def _post(self, path: str, content: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        return self._answer(lambda: self._client.post(path, json=content, headers=headers))

    def _answer(self, ask: Callable[[], httpx.Response]) -> dict[str, Any]:
        try:
            result: dict[str, Any] = ask().json()
        except (httpx.HTTPError, ValueError) as error:
            raise CommandError(
                f"the gateway at {self._client.base_url} does not answer ({type(error).__name__}).",
                "Start it in another terminal: make run",
            ) from error
        return result


def _choices(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [choice for message in messages for choice in message.get("choices") or []]
