"""A procedure as it is in one commune: the general facts, and over them what differs there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.city.permits.facts import AllFacets, CommuneException, Facet, LeadTime, Link, Price, ProcedureFacts


@dataclass(frozen=True)
class Merged:
    """The facts that hold in one commune, or in general.

    ``valid_from`` and ``valid_until`` are the days between which all of them are known to hold.
    """

    facets: AllFacets
    online_url: Link | None
    differs: tuple[Facet, ...]
    valid_from: date
    valid_until: date | None
    source_url: str
    prices: tuple[Price, ...]
    lead_times: tuple[LeadTime, ...]


def merged(facts: ProcedureFacts, commune: str | None) -> Merged:
    """Return the facts for a commune; the general ones where nothing differs there, or none is given."""
    exception = facts.communes.get(commune) if commune else None
    if exception is None:
        return Merged(
            facets=facts.facets,
            online_url=facts.online_url,
            differs=(),
            valid_from=facts.valid_from,
            valid_until=facts.valid_until,
            source_url=facts.source_url,
            prices=facts.prices,
            lead_times=facts.lead_times,
        )
    return Merged(
        facets=facts.facets.model_copy(update={facet: getattr(exception.facets, facet) for facet in _given(exception)}),
        online_url=exception.online_url or facts.online_url,
        differs=_given(exception),
        valid_from=max(facts.valid_from, exception.valid_from),
        valid_until=min((day for day in (facts.valid_until, exception.valid_until) if day is not None), default=None),
        source_url=exception.source_url,
        prices=facts.prices if exception.prices is None else exception.prices,
        lead_times=facts.lead_times if exception.lead_times is None else exception.lead_times,
    )


def _given(exception: CommuneException) -> tuple[Facet, ...]:
    return exception.facets.given
