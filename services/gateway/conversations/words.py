"""What a resident typed, made safe to keep without changing what it says."""

from __future__ import annotations

import unicodedata
from http import HTTPStatus

from kit.languages import Language
from services.gateway.core.errors import ChatError


def cleaned(text: str, most: int, language: Language | None) -> str:
    """Return the text without control characters and without space around it; HTML and commands stay text.

    Raises ChatError ``message_too_long`` and, where no character can be seen, ``empty_message``.
    """
    if len(text) > most:
        raise ChatError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "message_too_long", language=language, limit=most)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
    if all(unicodedata.category(c)[0] in "CZ" for c in kept):
        raise ChatError(HTTPStatus.UNPROCESSABLE_ENTITY, "empty_message", language=language)
    return kept
