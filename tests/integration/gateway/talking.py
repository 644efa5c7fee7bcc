"""A resident's client of the chat API."""

from __future__ import annotations

import itertools
from typing import Any

import httpx

_ids = itertools.count(1)


class Resident:
    """Someone with a conversation."""

    def __init__(self, client: httpx.AsyncClient, opened: dict[str, Any]) -> None:
        self.client = client
        self.opened = opened
        self.path = f"/api/v1/conversations/{opened['id']}"
        self.headers = {"Authorization": f"Bearer {opened['token']}"}

    @classmethod
    async def opening(cls, client: httpx.AsyncClient, language: str | None = "fr") -> Resident:
        """Open a conversation."""
        answer = await client.post("/api/v1/conversations", json={"language": language} if language else {})
        assert answer.status_code == 201, answer.text
        return cls(client, answer.json())

    async def send(self, *, client_id: str | None = None, **content: Any) -> httpx.Response:
        """Send a message."""
        sent = {"client_id": f"m{next(_ids)}" if client_id is None else client_id, **content}
        return await self.client.post(f"{self.path}/messages", json=sent, headers=self.headers)

    async def say(self, text: str, **content: Any) -> dict[str, Any]:
        """Say a text that is answered."""
        answer = await self.send(text=text, **content)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def kept(self) -> dict[str, Any]:
        """Return what is kept of the conversation."""
        return (await self.client.get(self.path, headers=self.headers)).json()


def texts(reply: dict[str, Any]) -> list[str]:
    """Return the texts of a reply's messages."""
    return [message["text"] for message in reply["messages"]]
