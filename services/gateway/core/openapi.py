"""What OpenAPI says about the gateway as a whole."""

from __future__ import annotations

from typing import Any, Final

DESCRIPTION: Final = """\
Chat with the assistant of the Brussels-Capital Region, in French, Dutch and English.

Open a conversation, keep its token, say things. Every message of the assistant has a `text` that stands alone; `cards`
say the same for clients that draw. Choices are opaque ids; nothing that is typed is a command. Times are in
Europe/Brussels, with their offset. Errors are `application/problem+json` (RFC 9457) with a stable `code`.
"""

TAGS: Final[list[dict[str, Any]]] = [
    {"name": "chat", "description": "Conversations, and what is said in them."},
    {"name": "calendar", "description": "Collection days for a telephone's calendar."},
    {"name": "health", "description": "For those who run it."},
]
