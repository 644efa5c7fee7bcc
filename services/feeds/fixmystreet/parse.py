"""Reads incidents: what is sound is yielded once, what is not is reported with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from kit.clock import BRUSSELS
from services.feeds.best.coordinates import from_lambert72
from services.feeds.errors import UnexpectedContentError
from services.feeds.fixmystreet.model import STATES, Incident
from services.feeds.http import Fetched

#: Told of each incident that is left out: file, line (None: the answer has none), reason.
Report = Callable[[str, int | None, str], None]

_FILE: Final = "incidents.json"
#: South, north, west and east of the Region with a wide margin, in degrees.
_AROUND: Final = (50.70, 50.97, 4.15, 4.60)


def parse(fetched: Fetched, problem: Report) -> Iterator[Incident]:
    """Yield the incidents; raises UnexpectedContentError where the answer is not a list of incidents at all."""
    entries = entries_of(fetched.json())
    if not entries:
        raise UnexpectedContentError(f"{fetched.url}: no incidents in the answer")
    seen: set[str] = set()
    for position, entry in enumerate(entries):
        try:
            incident = _incident(entry)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            problem(_FILE, None, f"incident {position}: {type(error).__name__}: {error}")
            continue
        if incident.id not in seen:
            seen.add(incident.id)
            yield incident


def entries_of(content: Any) -> list[Any]:
    """Return the incidents of a page; none where it has none."""
    embedded = content.get("_embedded") if isinstance(content, dict) else None
    entries = embedded.get("response") if isinstance(embedded, dict) else None
    return entries if isinstance(entries, list) else []


def _incident(entry: Any) -> Incident:
    state = entry["status"]
    if state not in STATES:
        raise ValueError(f"status {state!r:.40} is not one of {', '.join(STATES)}")
    category = entry["category"]
    names = [_text(category.get(key)) for key in ("nameFr", "nameNl", "nameEn")]
    known = next((name for name in names if name), None)
    if known is None:
        raise ValueError("a category without a name")
    lat, lon = _point(entry["location"]["coordinates"])
    address_fr, address_nl = _address(entry["location"].get("address"))
    return Incident(
        id=str(entry["id"])[:60],
        state=state,
        updated_at=_moment(entry.get("updatedDate")),
        category_fr=names[0] or known,
        category_nl=names[1] or known,
        category_en=names[2] or known,
        lat=lat,
        lon=lon,
        address_fr=address_fr or address_nl,
        address_nl=address_nl or address_fr,
    )


def _point(coordinates: Any) -> tuple[float, float]:
    x, y = float(coordinates["x"]), float(coordinates["y"])
    lat, lon = from_lambert72(x, y)
    south, north, west, east = _AROUND
    if not (south < lat < north and west < lon < east):
        raise ValueError(f"{x:.0f}, {y:.0f} (EPSG:31370) is not in Brussels")
    return round(lat, 6), round(lon, 6)


def _moment(value: Any) -> datetime | None:
    """Return an instant; None where there is none or it cannot be read: an odd date loses no incident."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, BRUSSELS)
        moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)


def _address(value: Any) -> tuple[str | None, str | None]:
    if isinstance(value, str):
        return _text(value), None
    if not isinstance(value, dict):
        return None, None
    number, postcode = _text(value.get("streetNumber")), _text(value.get("postalCode"))
    found: list[str | None] = []
    for language in ("Fr", "Nl"):
        street = _text(value.get(f"streetName{language}"))
        town = _text(value.get(f"municipalityName{language}")) or _text(value.get(f"municipality{language}"))
        first = " ".join(filter(None, (street, number))) if street else None
        last = " ".join(filter(None, (postcode, town)))
        found.append(", ".join(filter(None, (first, last)))[:300] or None)
    return found[0], found[1]


def _text(value: Any) -> str | None:
    """Return a text on one line, at most 200 characters, without control characters; None where there is none."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    text = " ".join("".join(each if each.isprintable() else " " for each in str(value)).split())
    return text[:200] or None
