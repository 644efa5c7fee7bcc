"""Text as it is seen: without characters that show nothing but change what others look like.

Unicode's directional overrides and isolates turn the words after them around (Trojan Source, CVE-2021-42574), and
characters without width hide in names and addresses. Neither belongs in what a city says; tabs and new lines do, and so
do the joiners that some scripts and emoji are written with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_UNSEEN: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # directions
    "\u200b\u2061-\u2064\ufeff\u180e"  # without width
    "\u115f\u1160\u3164\uffa0"  # fillers
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations, tags
    "]"
)


def visible(text: str) -> str:
    """Return a text without them."""
    return _UNSEEN.sub("", text)


def visible_in(value: Any) -> Any:
    """Return JSON with every text in it made so, keys apart."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: visible_in(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [visible_in(each) for each in value]
    return value
