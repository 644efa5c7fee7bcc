"""The error of a data file that cannot be used; it reads ``path: reason``."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.exceptions import RasaException


class DataFileError(RasaException):
    """A data file is missing, is not valid YAML or JSON, or does not have the shape that its guide describes."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = Path(path)
        self.reason = reason
        super().__init__(f"{path}: {reason}")
