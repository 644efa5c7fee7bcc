"""Keeps the connections to the action server.

Rasa opens a session of its HTTP client, and with it a connection, for each action that it calls.
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig

_original = EndpointConfig.session


class _KeptSession:
    """A session that stays open after its block."""

    def __init__(self, session: aiohttp.ClientSession, loop: asyncio.AbstractEventLoop) -> None:
        self.session = session
        self.loop = loop

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self.session

    async def __aexit__(self, *_: Any) -> None:
        """Leave it open."""


def apply() -> None:
    """Replace ``EndpointConfig.session``."""
    EndpointConfig.session = _session  # type: ignore[method-assign]


async def close(endpoint: EndpointConfig | None) -> None:
    """Close the session of an endpoint."""
    kept: _KeptSession | None = getattr(endpoint, "_kept_session", None)
    if kept is not None:
        await kept.session.close()


def _session(self: EndpointConfig) -> _KeptSession:
    loop = asyncio.get_running_loop()
    kept: _KeptSession | None = getattr(self, "_kept_session", None)
    if kept is None or kept.loop is not loop or kept.session.closed:
        kept = self._kept_session = _KeptSession(_original(self), loop)
    return kept
