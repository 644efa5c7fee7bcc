"""What can go wrong with an outside source. An adapter raises one of these; it never returns nothing for a failure."""

from __future__ import annotations


class FeedError(Exception):
    """A source that did not give what it should; the message is a sentence for people, without keys or queries."""

    #: When the source itself says that it is worth trying again, in seconds from now.
    retry_after_s: float | None = None


class FeedUnavailableError(FeedError):
    """No answer: network, timeout or a fault of the server's own, and trying again did not help."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class FeedLimitedError(FeedError):
    """Asked too often: a rate limit or the day's quota."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class FeedRefusedError(FeedError):
    """The source does not let us in, or has nothing at that address: a key or an address has to be mended."""


class UnexpectedContentError(FeedError):
    """An answer that is not what was asked for: a web page instead of JSON, nothing, too much, half of it."""
