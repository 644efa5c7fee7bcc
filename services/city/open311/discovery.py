"""The discovery document: where the service is, in which formats, whom to ask for a key."""

from __future__ import annotations

from typing import Any, Final

from services.city.core.settings import CitySettings
from services.city.open311.documents import MEDIA_TYPES

_SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
#: When what this server offers last changed in its form.
_CHANGESET: Final = "2026-11-25T00:00:00Z"


def document(settings: CitySettings, base_url: str) -> dict[str, Any]:
    """Return the document; ``base_url`` is where this server was asked, for one that does not know its address."""
    return {
        "changeset": _CHANGESET,
        "contact": settings.open311_contact,
        "key_service": settings.open311_contact,
        "endpoints": [
            {
                "specification": _SPECIFICATION,
                "url": f"{public_url(settings, base_url)}/open311/v2",
                "changeset": _CHANGESET,
                "type": "production" if settings.open311_production else "test",
                "formats": list(MEDIA_TYPES.values()),
            }
        ],
    }


def public_url(settings: CitySettings, base_url: str) -> str:
    """Return the address at which the world reaches this server, without a slash at its end."""
    return (settings.public_url or base_url).rstrip("/")
