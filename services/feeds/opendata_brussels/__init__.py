"""The City of Brussels' open-data portal (Opendatasoft Explore 2.1): any data set's records, and public car parks."""

from services.feeds.opendata_brussels.car_parks import CAR_PARKS, CarPark, fetch, read_car_parks

__all__ = ["CAR_PARKS", "CarPark", "fetch", "read_car_parks"]
