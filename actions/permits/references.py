"""References as residents give them: of a permit dossier, or of a report."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from actions.cues import labels_in
from kit.text import fold

#: The fact, and entity, that holds one.
REFERENCE: Final = "reference"
_REPORT: Final = "bxl"
#: Words of who has none.
_CUES: Final = Path(__file__).with_suffix(".yml")
#: No more words than these are about the reference that was asked for and nothing else.
_FEW_WORDS: Final = 10


def is_report(reference: str) -> bool:
    """Tell whether a reference is a report's ("BXL-2026-00123"), by its shape."""
    return fold(reference).startswith(_REPORT)


def has_none(written: str) -> bool:
    """Tell whether an answer to the question for a reference says that there is none at hand."""
    return len(written.split()) <= _FEW_WORDS and "none" in labels_in(written, _CUES)
