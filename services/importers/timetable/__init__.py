"""From a GTFS feed in memory to the rows of the topic transport."""
