"""Timetables as STIB-MIVB, De Lijn, TEC and SNCB-NMBS publish them: GTFS in a zip."""

from services.feeds.gtfs_static.fetch import TIMETABLES, fetch

__all__ = ["TIMETABLES", "fetch"]
