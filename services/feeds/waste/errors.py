"""What a calendar service can refuse."""

from __future__ import annotations

from services.feeds.errors import FeedError


class UnknownAddressError(FeedError):
    """The service does not know the street, or no such number in it; another address may well be known."""
