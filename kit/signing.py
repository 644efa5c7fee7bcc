"""Signed requests between the gateway and the Rasa server (HMAC-SHA256 over time and body)."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

HEADER: Final = "X-City-Signature"
MAX_AGE_S: Final = 300
_FORM: Final = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def sign(secret: str, body: bytes, timestamp_s: int) -> str:
    """Return the header's value for a body that is sent at a Unix time."""
    return f"t={timestamp_s},v1={_digest(secret, body, timestamp_s)}"


def verify(secret: str, body: bytes, header: str | None, now_s: float) -> bool:
    """Tell whether a header was made for this body with this secret, at most ``MAX_AGE_S`` ago."""
    match = _FORM.fullmatch(header or "")
    if match is None or abs(now_s - int(match[1])) > MAX_AGE_S:
        return False
    return hmac.compare_digest(match[2], _digest(secret, body, int(match[1])))


def _digest(secret: str, body: bytes, timestamp_s: int) -> str:
    return hmac.new(secret.encode(), b"%d." % timestamp_s + body, hashlib.sha256).hexdigest()
