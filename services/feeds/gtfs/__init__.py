"""GTFS Schedule feeds (https://gtfs.org/documentation/schedule/reference/), read from a zip or a folder.

:func:`read_feed` gives a :class:`Feed`; rows that are unsound are reported and left out, and what cannot be used at
all raises :class:`UnusableFeedError`.
"""

from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.reader import Feed, read_feed

__all__ = ["Feed", "UnusableFeedError", "read_feed"]
