"""References of requests, ``BXL-2026-00123``: made, and read as people write them.

Anyone may ask for the stage of any reference, so a mistyped one shows nothing that is not public; what is not public
needs the key that came with the request.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_PREFIX: Final = "BXL"
_WRITTEN: Final = re.compile(r"(?:BXL)?[\W_]*(2[0O]\d[\dO])[\W_]*([\dOILS]{1,9})[\W_]*")
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5"})


def make(year: int, number: int) -> str:
    """Return the reference of a year's n-th request."""
    return f"{_PREFIX}-{year}-{number:05d}"


def read(written: str) -> str | None:
    """Return the reference that is meant (``"bxl 2026 oo123"`` -> ``"BXL-2026-00123"``), or None where it is none."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", written).upper().strip())
    if found is None:
        return None
    year, number = (part.translate(_LOOKALIKES) for part in found.groups())
    if not (year + number).isascii() or int(number) == 0:
        return None
    return make(int(year), int(number))
