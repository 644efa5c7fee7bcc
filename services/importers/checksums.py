"""Tells whether a feed is the very one that is in use, so that importing it again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine, select

from services.city.core.database import make_session_factory
from services.city.core.datasets import ImportReport
from services.city.models.checksums import DatasetChecksum
from services.city.models.datasets import Dataset
from services.importers.base import ImportRefusedError, Version


def checksum(files: Iterable[Path], code: Iterable[Path]) -> str:
    """Return the SHA-256 of files with their names, and of the modules that read them.

    A mended reader reads the same file anew. Raises ImportRefusedError where a file cannot be read.
    """
    digest = hashlib.sha256()
    for file in [*sorted(files), *sorted(code)]:
        try:
            digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
        except OSError as error:
            raise ImportRefusedError(f"{file}: cannot be read: {error.strerror}") from error
    return digest.hexdigest()


def unchanged(engine: Engine, feed: str, sha256: str) -> ImportReport | None:
    """Return the report of the version in use where it was made from the same files, else None."""
    with make_session_factory(engine)() as session:
        dataset = session.scalar(
            select(Dataset)
            .join(DatasetChecksum, DatasetChecksum.dataset_id == Dataset.id)
            .where(Dataset.feed == feed, Dataset.status == "active", DatasetChecksum.sha256 == sha256)
        )
        if dataset is None:
            return None
        return ImportReport(dict(dataset.report["counts"]), list(dataset.report["problems"]))


def remember(version: Version, sha256: str) -> None:
    """Note what a new version is made from."""
    version.session.add(DatasetChecksum(dataset_id=version.id, sha256=sha256))
