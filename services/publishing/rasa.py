"""A Rasa server as its keeper speaks with it: whether it answers, and how conversations move to it or away."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import yaml

from kit import helping, signing, wire
from kit.languages import LANGUAGES, Language
from services.publishing.errors import TEXTS, PublishingError

_MOVING: Final = f"/webhooks/{wire.CHANNEL}/{wire.MOVING_PATH}"
_WEBHOOK: Final = f"/webhooks/{wire.CHANNEL}/webhook"
#: As long as all conversations take to move, each after the turn that is under way in it.
_TIMEOUT_S: Final = 120.0
#: What is said where an answer cannot be made.
_WRONG: Final = "utter_something_wrong"


@dataclass(frozen=True)
class RasaDoor:
    """The doors of one server on this machine."""

    port: int
    secret: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def follow(self, before: RasaDoor) -> None:
        """Have it ask another server for conversations from now on."""
        await self._move({"do": "follow", "port": before.port})

    async def take(self) -> int:
        """Have it take all conversations that are left; return how many there were."""
        return int((await self._move({"do": "take"}))["taken"])

    async def resume(self) -> None:
        """Have it take messages again."""
        await self._move({"do": "resume"})

    async def under_way(self) -> int:
        """Return how many messages are being answered."""
        return int((await self._move({"do": "idle"}))["under_way"])

    async def prove(self, model: Path) -> None:
        """Have it answer a question in each language. Raises PublishingError where it does not."""
        try:
            async with self._client() as client:
                status = (await client.get("/status")).raise_for_status().json()
                if status.get("model") != model.name:
                    raise PublishingError("other_model")
            for language in LANGUAGES:
                await self._prove_answer(language, _questions()[language])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise PublishingError("does_not_answer") from error

    async def _prove_answer(self, language: Language, question: str) -> None:
        sender = f"trial-{uuid.uuid4().hex}"
        metadata = {wire.META_CHANNEL: "desk", wire.META_HELP: helping.asked(None, language, fresh=True)}
        answer = await self._post(_WEBHOOK, {"sender": sender, "text": question, "metadata": metadata})
        understood, messages = answer["understood"] or {}, answer["messages"]
        if understood.get("intent") in (None, wire.FALLBACK_INTENT) or understood.get("language") != language:
            raise PublishingError("not_understood", question=question)
        if not messages or any(_WRONG in message.get(wire.REPLY_IDS, ()) for message in messages):
            raise PublishingError("no_answer", question=question)
        await self._post(_WEBHOOK, {"sender": sender, "payload": "/session_start", "metadata": {}})

    async def _move(self, content: dict[str, Any]) -> dict[str, Any]:
        try:
            return await self._post(_MOVING, content)
        except (httpx.HTTPError, ValueError) as error:
            raise PublishingError("not_moved") from error

    async def _post(self, path: str, content: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps(content).encode()
        headers = {signing.HEADER: signing.sign(self.secret, body, int(time.time()))}
        async with self._client() as client:
            answer = (await client.post(path, content=body, headers=headers)).raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.url, timeout=_TIMEOUT_S, trust_env=False)


def _questions() -> dict[Language, str]:
    content: dict[Language, str] = yaml.safe_load((TEXTS / "trial.yml").read_text(encoding="utf-8"))["questions"]
    return content
