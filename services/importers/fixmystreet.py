"""Incidents of FixMyStreet Brussels, so that nobody reports again what was reported there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.text import fold
from services.city.core import geo
from services.city.core.datasets import ImportReport, Origin
from services.city.models.requests import ExternalRequest
from services.city.requests import repository
from services.city.requests.facts import CategoryFacts, Stage
from services.feeds import fixmystreet
from services.feeds.errors import FeedError
from services.feeds.fixmystreet import SOURCE, Incident, State
from services.feeds.http import Fetched, Validators
from services.importers.base import ImportRefusedError, Progress, new_version, silent, stated_origin

_STAGES: Final[dict[State, Stage]] = {"CREATED": "received", "PROCESSING": "in_progress", "CLOSED": "done"}


class FixMyStreetImporter:
    """Brings incidents in as requests of another system."""

    name = "fixmystreet"

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Import an answer of ``/api/incidents``; see ``services.importers.base.Importer``."""
        origin = stated_origin(
            path, Origin(feed or self.name, "external_requests", SOURCE.title, SOURCE.url, SOURCE.licence[:200])
        )
        with new_version(engine, origin, clock, compare=("incidents",), force=force) as version:
            try:
                fetched = Fetched(path.read_bytes(), Validators(), not_modified=False, at=clock.now(), url=path.name)
                incidents = list(fixmystreet.parse(fetched, version.report.problem))
            except OSError as error:
                raise ImportRefusedError(f"{path}: cannot be read: {error.strerror}") from error
            except FeedError as error:
                raise ImportRefusedError(str(error)) from error
            rows = list(_rows(incidents, version.id, _categories(version.session)))
            if rows:
                version.session.execute(insert(ExternalRequest), rows)
            version.report.counts = {
                "incidents": len(rows),
                "open": sum(not row["closed"] for row in rows),
                "of no service": sum(row["service_code"] is None for row in rows),
            }
            progress(f"{len(rows)} incidents")
        return version.report


def _rows(
    incidents: Iterable[Incident], dataset_id: int, categories: list[tuple[set[str], str]]
) -> Iterator[dict[str, Any]]:
    for each in incidents:
        yield {
            "dataset_id": dataset_id,
            "external_id": each.id,
            "service_code": _service(each, categories),
            "category_fr": each.category_fr,
            "category_nl": each.category_nl,
            "category_en": each.category_en,
            "stage": _STAGES[each.state],
            "closed": each.state == "CLOSED",
            "lat": each.lat,
            "lon": each.lon,
            "cell": geo.cell(each.lat, each.lon),
            "address_fr": each.address_fr,
            "address_nl": each.address_nl,
            "updated_at": _utc(each.updated_at),
            "url": None,
        }


def _service(incident: Incident, categories: list[tuple[set[str], str]]) -> str | None:
    """Return the service whose words are all in the category's name in one of the languages."""
    names = [set(fold(name).split()) for name in (incident.category_fr, incident.category_nl, incident.category_en)]
    return next((code for words, code in categories if any(words <= name for name in names)), None)


def _categories(session: Session) -> list[tuple[set[str], str]]:
    found = []
    for document in repository.documents(session):
        if document.kind == "category":
            facts = CategoryFacts.model_validate(document.body)
            found.append(({fold(word) for word in facts.words}, facts.service))
    return found


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
