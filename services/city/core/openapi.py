"""What OpenAPI says about the façade as a whole."""

from __future__ import annotations

from typing import Any, Final

DESCRIPTION: Final = """\
Every answer with data carries `source` (name, address, licence, and whether it is sample data), `as_of` (the time its
facts are of) and `realtime`. Names come in French and Dutch always; texts in the language of `?lang=`, else of
`Accept-Language`, else French. Times are in Europe/Brussels, with their offset.

Errors are `application/problem+json` (RFC 9457). Their `code` is stable; `suggestions` holds what may have been meant.
"""

TAGS: Final[list[dict[str, Any]]] = [
    {"name": "places", "description": "Streets, addresses, stops, communes: one resolver for both languages."},
    {
        "name": "transport",
        "description": "Stops, lines, departures, journeys, fares, bike share, parking, LEZ.",
    },
    {
        "name": "waste",
        "description": "Collection rounds by address, sorting, container parks, drop-off points and rules.",
    },
    {
        "name": "permits",
        "description": "Procedures by commune, advice, applications, public inquiries and appointments.",
    },
    {"name": "participation", "description": "What residents are asked about now, and how to have a say anyway."},
    {"name": "communes", "description": "Communal administrations, emergency numbers and other contacts."},
    {"name": "knowledge", "description": "Everything that is written down, searched by what people type."},
    {"name": "requests", "description": "Reports and requests of residents: made, followed, looked up, erased."},
    {"name": "open311", "description": "Requests by the standard GeoReport v2, in XML and in JSON."},
    {"name": "health", "description": "For those who run it."},
]
