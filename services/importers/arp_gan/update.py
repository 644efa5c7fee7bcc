"""Asks the agency's calendar service about some streets, and imports all calendars when nearly all are known.

The service answers one address at a time, so an update asks about some streets only and keeps what it learnt in
``answers.jsonl``. The calendars in use are replaced once the known share of the streets is large enough. Holidays are
not in the service: a ``holidays.yml`` put into the source's folder by hand is heeded for as long as it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from kit.clock import today
from services.city.core.datasets import ImportReport
from services.feeds.arp_gan import ArpGan, FoundStreet, Stretch, UnknownAddressError, stretches
from services.feeds.errors import UnexpectedContentError
from services.importers.arp_gan.answers import Answers, line_of, prepare, read, write
from services.importers.arp_gan.streets import Target, targets
from services.importers.base import ImportRefusedError
from services.importers.updates import Job, Outcome
from services.importers.waste import WasteImporter

FEED: Final = "waste"
_ANSWERS: Final = "answers.jsonl"
#: So many streets in a row that cannot be read are the service's fault, not theirs.
_MOST_FAILURES: Final = 5


def update(job: Job) -> Outcome:
    """Ask about the streets that were never asked about, then about those asked longest ago; import when all is well.

    What was learnt before an error is kept. Raises FeedError, and ImportRefusedError where no streets are known here.
    """
    streets = targets(job.engine)
    if not streets:
        raise ImportRefusedError("no streets to ask about: import addresses first")
    answers = read(job.folder / _ANSWERS)
    day = today(job.clock)
    due = _due(streets, answers, day, job)
    try:
        _ask_about(due, answers, day, job)
    finally:
        write(job.folder / _ANSWERS, answers)
    known = [target for target in streets if target.key in answers]
    report = ImportReport({"streets": len(streets), "asked now": len(due), "known": len(known)})
    if len(known) < len(streets) * float(job.source.settings.get("least_share", 1)):
        return Outcome(changed=False, report=report)
    folder = prepare(job, streets, answers, day)
    return Outcome(
        changed=True,
        report=WasteImporter().run(job.engine, folder, job.clock, job.progress, feed=FEED, force=job.force),
    )


def _due(targets: Sequence[Target], answers: Answers, day: date, job: Job) -> list[Target]:
    settings = job.source.settings
    before = (day - timedelta(days=int(settings.get("ask_again_after_days", 60)))).isoformat()
    asked = {target.key: answers[target.key]["asked"] if target.key in answers else "" for target in targets}
    due = [target for target in targets if job.force or asked[target.key] <= before]
    due.sort(key=lambda target: asked[target.key])
    return due[: int(settings.get("streets_per_update", 100))]


def _ask_about(targets: Sequence[Target], answers: Answers, day: date, job: Job) -> None:
    agency = ArpGan(job.fetcher, job.source)
    failures = 0
    for target in targets:
        try:
            found = _stretches(agency, target)
            answers[target.key] = {"asked": day.isoformat(), "lines": [line_of(target, each) for each in found]}
            failures = 0
        except UnknownAddressError as error:
            answers[target.key] = {"asked": day.isoformat(), "unknown": str(error)}
        except UnexpectedContentError as error:
            failures += 1
            job.progress(str(error))
            if failures >= _MOST_FAILURES:
                raise
        job.progress(f"{target.name_fr} ({target.postcode})")


def _stretches(agency: ArpGan, target: Target) -> list[Stretch]:
    street = _street(agency, target)
    return stretches(agency.numbers(street), lambda number: agency.calendar(street, number), shared=target.shared)


def _street(agency: ArpGan, target: Target) -> FoundStreet:
    try:
        return agency.street(target.name_fr, target.postcode)
    except UnknownAddressError:
        if target.name_nl == target.name_fr:
            raise
        return agency.street(target.name_nl, target.postcode)
