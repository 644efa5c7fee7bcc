"""A feed read by gtfs-kit and written by pandas as it stands, with two indexes: the least that can be done."""

from __future__ import annotations

import sqlite3

import gtfs_kit
from measured import report

_TABLES = ("agency", "stops", "routes", "trips", "stop_times", "calendar", "calendar_dates", "shapes", "feed_info")


def load(feed: str, database: str) -> None:
    """Copy each table."""
    read = gtfs_kit.read_feed(feed, dist_units="km")
    with sqlite3.connect(database) as connection:
        for name in _TABLES:
            table = getattr(read, name)
            if table is not None:
                table.to_sql(name, connection, index=False)
        connection.execute("CREATE INDEX by_trip ON stop_times (trip_id)")
        connection.execute("CREATE INDEX by_stop ON stop_times (stop_id, departure_time)")


report(load)
