"""The reference of an appointment, and what shows that one made it: its key, told once, or the contact that was given.

A key is kept as a digest only. A contact is as good: whoever has the reference cannot have guessed it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final

#: Without the letters and digits that are taken for one another.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 8
#: The end of a phone number, which is the same with and without the country's code.
_PHONE_DIGITS: Final = 8


@dataclass(frozen=True)
class Proof:
    """What somebody shows to be let at an appointment."""

    key: str | None = None
    contact: str | None = None


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


def same_contact(written: str | None, kept: str | None) -> bool:
    """Tell whether two ways of writing an e-mail address or a phone number are one."""
    return bool(written and kept) and hmac.compare_digest(_plain(written or ""), _plain(kept or ""))


def _plain(contact: str) -> bytes:
    if "@" in contact:
        return contact.strip().casefold().encode("utf-8", "replace")
    return re.sub(r"[^0-9]", "", contact)[-_PHONE_DIGITS:].encode()
