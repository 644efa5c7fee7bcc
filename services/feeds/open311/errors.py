"""What can go wrong with a server that is told something, besides what can with any source."""

from __future__ import annotations

from services.feeds.errors import FeedRefusedError, FeedUnavailableError


class ReportRefusedError(FeedRefusedError):
    """The server does not take it, for the reasons that it gives; the message has its codes and no text of its own.

    What a server writes may repeat what it was sent, so that its descriptions are kept apart.
    """

    def __init__(self, message: str, status: int, descriptions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.descriptions = descriptions


class OutcomeUnknownError(FeedUnavailableError):
    """Nobody knows whether the server took it: the answer failed to come, or makes no sense. Look before a retry."""
