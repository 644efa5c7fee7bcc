"""The reference of an appointment, and the key that shows that one made it: told once, kept as a digest only."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

#: Without the letters and digits that are taken for one another.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 8


def new_reference(year: int) -> str:
    """Return a reference such as ``RDV-2026-7K3M9QXD``; nobody can guess another's."""
    return f"RDV-{year}-" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def written_reference(written: str) -> str:
    """Return a reference in its one spelling: capitals, and dashes where they belong."""
    plain = re.sub(r"[^0-9A-Z]", "", written.upper())
    match = re.fullmatch(r"RDV(\d{4})([0-9A-Z]{8})", plain, re.ASCII)
    return f"RDV-{match[1]}-{match[2]}" if match else plain[:24]


def new_key() -> str:
    """Return a key that nobody can guess."""
    return secrets.token_urlsafe(24)


def digest(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def fits(key: str | None, kept: str) -> bool:
    """Tell whether a key is the one of which a digest is kept."""
    return hmac.compare_digest(digest(key or ""), kept)
