"""GTFS Realtime: trip updates and alerts, as De Lijn, TEC and SNCB-NMBS publish them."""

from services.feeds.gtfs_realtime.fetch import ALERTS, TRIP_UPDATES, fetch

__all__ = ["ALERTS", "TRIP_UPDATES", "fetch"]
