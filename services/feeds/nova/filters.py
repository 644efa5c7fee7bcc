"""Filters in CQL, the language in which a WFS of GeoServer is told which features to give."""

from __future__ import annotations

from datetime import date

from services.feeds.nova.model import Layer


def text(value: str) -> str:
    """Return a text as CQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def received_since(day: date) -> str:
    """Return the filter for what was received on a day or later."""
    return f"requestReceptionDate >= {text(day.isoformat())}"


def inquiry_until(day: date) -> str:
    """Return the filter for what has, or had, a public inquiry that ends on a day or later."""
    return f"inquiryEndDate >= {text(day.isoformat())}"


def any_of(*filters: str) -> str:
    """Return the filter for what any of these would give."""
    return " OR ".join(f"({each})" for each in filters)


def query(layer: Layer, cql: str, *, start: int, count: int) -> dict[str, str | int]:
    """Return the parameters of a request for a page of features."""
    return {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": f"Nova:{layer}",
        "outputFormat": "application/json",
        "srsName": "EPSG:31370",
        "sortBy": "novaReference",
        "startIndex": start,
        "count": count,
        "CQL_FILTER": cql,
    }
