"""What is refused at the desk, with the reason as a stable code; ``error_<code>`` is its text."""

from __future__ import annotations


class DeskError(Exception):
    """A request that is refused; the reader gets a page in their language."""

    def __init__(self, status: int, code: str, *, retry_after_s: float | None = None, **params: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after_s = retry_after_s
        self.params = params
