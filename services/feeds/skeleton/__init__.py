"""A feed to copy: benches with their places, as JSON. See ``docs/guides/add-a-feed.md``."""

from services.feeds.skeleton.fetch import SOURCE, fetch
from services.feeds.skeleton.model import Bench
from services.feeds.skeleton.parse import parse

__all__ = ["SOURCE", "Bench", "fetch", "parse"]
