"""Masks personal data in text that goes to logs or to people who do not need it."""

from __future__ import annotations

import re
from typing import Final

#: (label, pattern), the more specific first.
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b")),
    ("national number", re.compile(r"\b\d{2}[.\- ]?\d{2}[.\- ]?\d{2}[.\- ]?\d{3}[.\- ]?\d{2}\b")),
    ("card", re.compile(r"\b(?:\d[ -]?){13,19}\b")),
    ("phone", re.compile(r"(?<![\w/])(?:\+|00)\d[\d ./-]{7,16}\d\b|(?<![\w/])0\d{1,3}(?:[ ./-]?\d{2,3}){3,4}\b")),
)


def redact(text: str) -> str:
    """Return the text with e-mail addresses, IBANs, national register numbers, cards and phone numbers masked."""
    for label, pattern in _PATTERNS:
        text = pattern.sub(f"[{label}]", text)
    return text
