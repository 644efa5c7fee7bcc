"""How the city façade fails, as types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class CityUnavailableError(Exception):
    """The façade does not answer, answers too late, or answers that it cannot work now."""


class CityProblemError(Exception):
    """The façade answered with a problem: a stable ``code`` and what may have been meant instead."""

    def __init__(self, code: str, suggestions: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.suggestions = list(suggestions)
