"""The error of a feed that cannot be used at all."""

from __future__ import annotations


class UnusableFeedError(Exception):
    """Nothing can be imported from this feed. ``code`` is for programs, the message is a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
