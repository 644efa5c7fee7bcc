"""Journeys from place to place over the timetables in use; the algorithm is in docs/adr/0007."""
