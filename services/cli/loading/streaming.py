"""An event stream that a page has open."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx

Hear = Callable[[str, dict[str, Any]], None]


@contextlib.asynccontextmanager
async def streaming(client: httpx.AsyncClient, path: str, headers: dict[str, str], hear: Hear) -> AsyncIterator[None]:
    """Have each event heard, with its name, for the time of the block; the stream has begun when the block begins.

    Raises httpx.HTTPError where there is no stream.
    """
    live = asyncio.Event()

    async def listen() -> None:
        async with client.stream("GET", path, headers=headers, timeout=None) as answer:
            answer.raise_for_status()
            event = ""
            async for line in answer.aiter_lines():
                if line.startswith("event:"):
                    event = line.removeprefix("event:").strip()
                elif line.startswith("data:"):
                    live.set()
                    hear(event, json.loads(line.removeprefix("data:")))

    listening = asyncio.create_task(listen())
    begun = asyncio.create_task(live.wait())
    await asyncio.wait({listening, begun}, return_when=asyncio.FIRST_COMPLETED)
    try:
        if listening.done():
            listening.result()
        yield
    finally:
        for task in (listening, begun):
            task.cancel()
        await asyncio.gather(listening, begun, return_exceptions=True)
