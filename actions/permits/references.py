"""References as residents give them: of a permit dossier, or of a report."""

from __future__ import annotations

from typing import Final

from kit.text import fold

_REPORT: Final = "bxl"


def is_report(reference: str) -> bool:
    """Tell whether a reference is a report's ("BXL-2026-00123"), by its shape."""
    return fold(reference).startswith(_REPORT)
