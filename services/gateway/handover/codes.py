"""Codes that a resident reads out on the telephone: four characters that nobody mistakes for others."""

from __future__ import annotations

import re
import secrets
from typing import Final

#: Without what looks or sounds like another: 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V.
_CHARACTERS: Final = "ACDEFGHJKMNPQRTWXY34679"
_LENGTH: Final = 4


def new_code() -> str:
    """Return a code."""
    return "".join(secrets.choice(_CHARACTERS) for _ in range(_LENGTH))


def read_code(typed: str) -> str:
    """Return what was typed as codes are kept: capitals, without spaces and dashes."""
    return re.sub(r"[\s.-]", "", typed).upper()
