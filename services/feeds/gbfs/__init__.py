"""Bike share in GBFS, versions 1 to 3, and in the older shape of JCDecaux: stations, bikes and free docks."""

from services.feeds.gbfs.fetch import VILLO, fetch
from services.feeds.gbfs.model import Station
from services.feeds.gbfs.reader import read_stations

__all__ = ["VILLO", "Station", "fetch", "read_stations"]
