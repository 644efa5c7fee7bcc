"""Alerts: what they are about, when, how bad it is, and the words in each language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from google.transit import gtfs_realtime_pb2 as pb

from services.feeds.gtfs_realtime.model import Alert

_Alert: Final = pb.Alert
_SEVERITIES: Final = {_Alert.SEVERE: 1, _Alert.WARNING: 2, _Alert.INFO: 4}
#: Where no severity is stated, the effect tells: no service at all comes before a stop that has moved.
_EFFECTS: Final = {
    _Alert.NO_SERVICE: 1,
    _Alert.SIGNIFICANT_DELAYS: 2,
    _Alert.REDUCED_SERVICE: 2,
    _Alert.DETOUR: 2,
    _Alert.ADDITIONAL_SERVICE: 4,
    _Alert.NO_EFFECT: 4,
}
_BETWEEN: Final = 3


def alert_of(entity_id: str, alert: pb.Alert, language: str) -> Alert:
    """Return one alert; raises ValueError with the reason where it is of no use."""
    headers = _texts(alert.header_text, language)
    descriptions = _texts(alert.description_text, language)
    if not headers and not descriptions:
        raise ValueError(f"alert {entity_id[:80]!r} without a text")
    about = alert.informed_entity
    routes = _each(each.route_id or each.trip.route_id for each in about)
    stops = _each(each.stop_id for each in about)
    general = [each for each in about if not (each.route_id or each.stop_id or each.HasField("trip"))]
    modes = tuple(dict.fromkeys(each.route_type for each in general if each.HasField("route_type")))
    network = any(each.agency_id and not each.HasField("route_type") for each in general)
    if not (routes or stops or modes or network):
        raise ValueError(f"alert {entity_id[:80]!r} about no line, stop or network")
    return Alert(
        id=entity_id,
        headers=headers,
        descriptions=descriptions,
        urls=_texts(alert.url, language),
        periods=tuple((each.start or None, each.end or None) for each in alert.active_period),
        routes=routes,
        stops=stops,
        modes=modes,
        network=network,
        severity=_SEVERITIES.get(alert.severity_level, _EFFECTS.get(alert.effect, _BETWEEN)),
        effect=_Alert.Effect.Name(alert.effect).lower(),
    )


def _texts(translated: pb.TranslatedString, language: str) -> dict[str, str]:
    """Return the words by language (``nl-BE`` is ``nl``); the first of a language wins."""
    found: dict[str, str] = {}
    for each in translated.translation:
        words = each.text.strip()
        if words:
            found.setdefault((each.language or language).lower().replace("_", "-").split("-")[0], words)
    return found


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
