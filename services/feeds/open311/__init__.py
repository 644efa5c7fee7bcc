"""A client of any Open311 GeoReport v2 server: what it offers, what it is told, and what became of it."""

from services.feeds.open311 import values
from services.feeds.open311.client import Open311Client, discover
from services.feeds.open311.errors import OutcomeUnknownError, ReportRefusedError
from services.feeds.open311.model import Attribute, Endpoint, Receipt, RemoteRequest, RemoteService, Report

__all__ = [
    "Attribute",
    "Endpoint",
    "Open311Client",
    "OutcomeUnknownError",
    "Receipt",
    "RemoteRequest",
    "RemoteService",
    "Report",
    "ReportRefusedError",
    "discover",
    "values",
]
