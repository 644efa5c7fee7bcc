"""Bike share: the stations near a place, with bikes and free docks."""
