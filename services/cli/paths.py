"""Where things are: the project's root, its state folder, the two interpreters, the caller's own folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
STATE: Final = ROOT / ".bxl"
MODELS: Final = STATE / "models"
PUBLISHING: Final = STATE / "publishing"
STANDING: Final = PUBLISHING / "standing.json"
HISTORY: Final = PUBLISHING / "history.jsonl"
GAZETTEER: Final = STATE / "gazetteer.json"
SAMPLE_CITY: Final = ROOT / "data" / "city"
PYTHON: Final = ROOT / ".venv" / "bin" / "python"
PYTHON_RASA: Final = ROOT / ".venv-rasa" / "bin" / "python"


def from_caller(path: str) -> Path:
    """Return a path as the person who typed it means it: relative to where they were when they called bxl."""
    return Path(os.environ.get("BXL_CALLER_DIR", ".")) / path
