"""What the gateway adds to a turn: the same questions to the gateway and straight to the Rasa server, in turns."""

from __future__ import annotations

import json
import statistics
import time
import uuid
from typing import Any, Final

import httpx

from kit import signing, wire
from services.cli.benchmarks.assistant import QUESTIONS

_ASKED: Final = 120
_RASA_PATH: Final = f"/webhooks/{wire.CHANNEL}/webhook"


async def measure(gateway_url: str, rasa_url: str, secret: str) -> float:
    """Return the difference of the medians in milliseconds; one conversation on each side."""
    async with (
        httpx.AsyncClient(base_url=gateway_url, timeout=30, trust_env=False) as gateway,
        httpx.AsyncClient(base_url=rasa_url, timeout=30, trust_env=False) as rasa,
    ):
        opened = (await gateway.post("/api/v1/conversations", json={"language": "fr"})).json()
        path = f"/api/v1/conversations/{opened['id']}/messages"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        through, straight = [], []
        for number in range(_ASKED):
            text = QUESTIONS[number % len(QUESTIONS)]
            begun = time.perf_counter()
            (
                await gateway.post(path, json={"client_id": uuid.uuid4().hex, "text": text}, headers=headers)
            ).raise_for_status()
            through.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            (await _ask_rasa(rasa, secret, {"sender": "bxl-load", "text": text})).raise_for_status()
            straight.append(time.perf_counter() - begun)
    return 1000 * (statistics.median(through) - statistics.median(straight))


async def _ask_rasa(client: httpx.AsyncClient, secret: str, content: dict[str, Any]) -> httpx.Response:
    content["metadata"] = {wire.META_CHANNEL: "web", wire.META_LANGUAGE: "fr"}
    body = json.dumps(content).encode()
    signature = signing.sign(secret, body, int(time.time()))
    headers = {"Content-Type": "application/json", signing.HEADER: signature}
    return await client.post(_RASA_PATH, content=body, headers=headers)
