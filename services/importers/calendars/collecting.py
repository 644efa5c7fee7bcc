"""Asks a calendar service about some streets, and imports all calendars when nearly all are known.

The services answer one address at a time, so an update asks about some streets only and keeps what it learnt in
``answers.jsonl``. The calendars in use are replaced once the known share of the streets is large enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from kit.clock import today
from services.city.core.datasets import ImportReport
from services.feeds.errors import UnexpectedContentError
from services.feeds.waste.errors import UnknownAddressError
from services.importers.base import ImportRefusedError
from services.importers.calendars.answers import Answers, read, write
from services.importers.calendars.streets import Target, targets
from services.importers.updates import Job, Outcome
from services.importers.waste import WasteImporter

#: The data set that the calendars become, whichever service they are from.
FEED: Final = "waste"
_ANSWERS: Final = "answers.jsonl"
#: So many streets in a row that cannot be read are the service's fault, not theirs.
_MOST_FAILURES: Final = 5

#: Returns the lines of ``rounds.jsonl`` for a street; raises FeedError, UnknownAddressError where it is not known.
Ask = Callable[[Target], list[dict[str, Any]]]
#: Writes the folder that the importer takes, from all that is known on a day.
Prepare = Callable[[Sequence[Target], Answers, date], Path]


def collect(job: Job, ask: Ask, prepare: Prepare) -> Outcome:
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
        _ask_about(due, answers, day, job, ask)
    finally:
        write(job.folder / _ANSWERS, answers)
    known = [target for target in streets if target.key in answers]
    report = ImportReport({"streets": len(streets), "asked now": len(due), "known": len(known)})
    if len(known) < len(streets) * float(job.source.settings.get("least_share", 1)):
        return Outcome(changed=False, report=report)
    folder = prepare(streets, answers, day)
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


def _ask_about(targets: Sequence[Target], answers: Answers, day: date, job: Job, ask: Ask) -> None:
    failures = 0
    for target in targets:
        try:
            answers[target.key] = {"asked": day.isoformat(), "lines": ask(target)}
            failures = 0
        except UnknownAddressError as error:
            answers[target.key] = {"asked": day.isoformat(), "unknown": str(error)}
        except UnexpectedContentError as error:
            failures += 1
            job.progress(str(error))
            if failures >= _MOST_FAILURES:
                raise
        job.progress(f"{target.name_fr} ({target.postcode})")
