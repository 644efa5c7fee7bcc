"""Repository of datasets: start one, switch to it, find the one in use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset


@dataclass(frozen=True)
class Origin:
    """Where a feed's data comes from, as answers state it."""

    feed: str
    topic: str
    source_name: str
    source_url: str | None = None
    licence: str | None = None
    sample: bool = False


@dataclass
class ImportReport:
    """What an import took and what it left out, and why (``file``, ``line``, ``reason``)."""

    counts: dict[str, int] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def problem(self, file: str, line: int | None, reason: str) -> None:
        """Record that a line of a file was left out."""
        self.problems.append({"file": file, "line": line, "reason": reason})

    def as_json(self, most: int = 200) -> dict[str, Any]:
        """Return the report for storage, at most ``most`` problems of it."""
        return {"counts": self.counts, "problem_count": len(self.problems), "problems": self.problems[:most]}


def start(session: Session, origin: Origin, imported_at: datetime) -> Dataset:
    """Add a dataset that is being built; nothing reads it until :func:`activate`."""
    dataset = Dataset(
        feed=origin.feed,
        topic=origin.topic,
        status="building",
        imported_at=imported_at,
        source_name=origin.source_name,
        source_url=origin.source_url,
        licence=origin.licence,
        sample=origin.sample,
        report={},
    )
    session.add(dataset)
    session.flush()
    return dataset


def activate(
    session: Session,
    dataset: Dataset,
    report: ImportReport,
    *,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> None:
    """Make the dataset its feed's version in use, and the one before a leftover; the caller commits."""
    session.execute(
        update(Dataset).where(Dataset.feed == dataset.feed, Dataset.status == "active").values(status="superseded"),
        execution_options={"synchronize_session": False},
    )
    dataset.status = "active"
    dataset.report = report.as_json()
    dataset.valid_from, dataset.valid_until = valid_from, valid_until
    session.flush()


def feeds_with_leftovers(session: Session) -> list[str]:
    """Return the feeds that have a dataset which is not in use."""
    return list(session.scalars(select(Dataset.feed).where(Dataset.status != "active").distinct()))


def leftovers(session: Session, feed: str) -> list[int]:
    """Return a feed's datasets that are not in use: superseded, being built, or left behind by a killed import."""
    return list(session.scalars(select(Dataset.id).where(Dataset.feed == feed, Dataset.status != "active")))


def active(session: Session, topic: str) -> list[Dataset]:
    """Return the datasets in use for a topic, newest first."""
    query = select(Dataset).where(Dataset.topic == topic, Dataset.status == "active")
    return list(session.scalars(query.order_by(Dataset.imported_at.desc(), Dataset.id.desc())))


def in_use(session: Session) -> list[Dataset]:
    """Return the datasets in use for all topics, by feed."""
    return list(session.scalars(select(Dataset).where(Dataset.status == "active").order_by(Dataset.feed)))


def forget(session: Session, feed: str) -> None:
    """Take a feed's data out of use; the caller commits. The next import of any feed removes its rows."""
    session.execute(
        update(Dataset).where(Dataset.feed == feed, Dataset.status == "active").values(status="superseded"),
        execution_options={"synchronize_session": False},
    )
