"""Transport: stops, lines and departures from GTFS."""
