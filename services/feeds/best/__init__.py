"""BeSt Address: the official addresses of Belgium, as the open-data CSV of a region gives them."""

from services.feeds.best.fetch import SOURCE, fetch

__all__ = ["SOURCE", "fetch"]
