"""The waste agency's calendars.

Holidays are not in the service: a ``holidays.yml`` put into the source's folder by hand is heeded for as long as it
holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from services.feeds.arp_gan import ArpGan, FoundStreet
from services.feeds.waste.errors import UnknownAddressError
from services.feeds.waste.stretches import stretches
from services.importers.calendars.answers import Answers, line_of, lines_of, prepare
from services.importers.calendars.collecting import collect
from services.importers.calendars.streets import Target
from services.importers.updates import Job, Outcome


def update(job: Job) -> Outcome:
    """Ask about some streets; see ``collect``."""
    agency = ArpGan(job.fetcher, job.source)

    def ask(target: Target) -> list[dict[str, Any]]:
        street = _street(agency, target)
        numbers = agency.numbers(street)
        parts = stretches(numbers, lambda number: agency.calendar(street, number), shared=target.shared)
        return [line_of(target, part, answer=part.calendar.answer) for part in parts]

    def prepared(streets: Sequence[Target], answers: Answers, day: date) -> Path:
        lines = lines_of(streets, answers)
        return prepare(job, lines, _holidays(job, lines, day))

    return collect(job, ask, prepared)


def _street(agency: ArpGan, target: Target) -> FoundStreet:
    try:
        return agency.street(target.name_fr, target.postcode)
    except UnknownAddressError:
        if target.name_nl == target.name_fr:
            raise
        return agency.street(target.name_nl, target.postcode)


def _holidays(job: Job, lines: Iterable[dict[str, Any]], day: date) -> dict[str, Any]:
    own = job.folder / "holidays.yml"
    stated = yaml.safe_load(own.read_text(encoding="utf-8")) if own.is_file() else None
    if isinstance(stated, dict) and isinstance(stated.get("valid_until"), date) and stated["valid_until"] >= day:
        return stated
    return _no_holidays(job.source.attribution, lines, day)


def _no_holidays(source: str, lines: Iterable[dict[str, Any]], day: date) -> dict[str, Any]:
    """Return a calendar without holidays, as far as green bags are known, and at least for this year."""
    green = max((each for line in lines for each in line["answer"]["SacsVerts"]), default="")
    year = max(day.year, int(green[:4] or 0))
    return {
        "owner": "waste",
        "source": source,
        "valid_from": date(day.year, 1, 1),
        "valid_until": date(year, 12, 31),
        "holidays": [],
    }
