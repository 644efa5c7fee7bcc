"""Keys that show that one made or follows a request: told once, kept as a digest only."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from kit.text import fold
from services.city.requests.schemas import Contact


def new() -> str:
    """Return a key that nobody can guess."""
    return secrets.token_urlsafe(24)


def digest(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def fits(key: str, kept: str) -> bool:
    """Tell whether a key is the one of which a digest is kept."""
    return hmac.compare_digest(digest(key), kept)


def person(contact: Contact) -> str:
    """Return what tells one person from another: the handle, else the e-mail address, else the phone number."""
    if contact.handle:
        identity = f"handle {contact.handle}"
    elif contact.email:
        identity = f"email {contact.email.casefold()}"
    else:
        identity = f"phone {fold(contact.phone or '').replace(' ', '')}"
    return hashlib.sha256(identity.encode()).hexdigest()
