"""Fost Plus's calendars: days instead of weekdays, with holidays already moved.

The agency's own calendars, which know the evening rounds, are never replaced by these unasked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kit.clock import today
from services.city.core.database import make_session_factory
from services.city.models.datasets import Dataset
from services.feeds import arp_gan
from services.feeds.fost_plus import Recycle
from services.feeds.waste.errors import UnknownAddressError
from services.feeds.waste.stretches import stretches
from services.importers.base import ImportRefusedError
from services.importers.calendars.answers import Answers, line_of, lines_of, prepare
from services.importers.calendars.collecting import FEED, collect
from services.importers.calendars.streets import Target, house_numbers
from services.importers.updates import Job, Outcome


def update(job: Job) -> Outcome:
    """Ask about some streets; see ``collect``. ImportRefusedError where the agency's own calendars are in use."""
    if not job.force:
        _keep_the_agencys(job)
    settings = job.source.settings
    ahead = timedelta(days=int(settings.get("days_ahead", 180)))
    first = today(job.clock)
    recycle = Recycle(job.fetcher, job.source)
    window = {
        "opens_min": int(settings.get("put_out_from_min", 18 * 60)),
        "until_min": int(settings.get("put_out_until_min", 24 * 60)),
    }

    def ask(target: Target) -> list[dict[str, Any]]:
        numbers = [str(number) for number in house_numbers(job.engine, target)]
        if not numbers:
            raise UnknownAddressError(f"no addresses in {target.name_fr} ({target.postcode})")
        street = recycle.street([target.name_fr, target.name_nl], target.postcode)
        parts = stretches(
            numbers, lambda number: recycle.calendar(street, number, first, first + ahead), shared=target.shared
        )
        return [line_of(target, part, dates={**window, "bags": part.calendar.bags}) for part in parts]

    def prepared(streets: Sequence[Target], answers: Answers, _day: date) -> Path:
        asked = [date.fromisoformat(answers[each.key]["asked"]) for each in streets if each.key in answers]
        span = {"valid_from": max(asked), "valid_until": min(asked) + ahead}
        holidays = {"owner": "waste", "source": job.source.attribution, **span, "holidays": []}
        return prepare(job, lines_of(streets, answers), holidays)

    return collect(job, ask, prepared)


def _keep_the_agencys(job: Job) -> None:
    with make_session_factory(job.engine)() as session:
        in_use = session.scalar(select(Dataset.source_url).where(Dataset.feed == FEED, Dataset.status == "active"))
    if in_use == arp_gan.SOURCE.url:
        raise ImportRefusedError("the agency's own calendars are in use, and they know the evening rounds")
