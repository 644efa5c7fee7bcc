"""From a resident's words to the kinds of help that fit, read from ``cues.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from actions.cues import labels_in

_CUES: Final = Path(__file__).with_name("cues.yml")


def situations(written: str) -> list[str]:
    """Return the situations that a text speaks of, as the façade's contacts name them; the file's order."""
    return labels_in(written, _CUES)
