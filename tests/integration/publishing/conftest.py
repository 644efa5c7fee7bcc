from __future__ import annotations

import io
import tarfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kit.clock import SystemClock
from services.publishing import models
from services.publishing.history import History
from services.publishing.keeper import Asked, Keeper
from services.publishing.standing import Standing, StandingFile
from tests.integration.publishing.servers import FakeServer, FakeServers


def make_model(path: Path) -> Path:
    """Write a small model, with its record."""
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("metadata.json")
        member.size = 2
        archive.addfile(member, io.BytesIO(b"{}"))
    models.record(path, datetime(2026, 11, 27, tzinfo=UTC))
    return path


class Place:
    """Everything that a keeper stands on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.standing = StandingFile(folder / "publishing" / "standing.json")
        self.history = History(folder / "publishing" / "history.jsonl")
        self.servers = FakeServers()
        for name in ("a", "b", "c"):
            make_model(folder / f"{name}.tar.gz")

    async def open(self) -> None:
        """Begin with ``a`` live."""
        self.live = await FakeServer(self.folder / "a.tar.gz").open()
        self.standing.write(Standing(("a",), self.live.door.url))
        self.keeper = Keeper(
            standing=self.standing,
            history=self.history,
            folder=self.folder,
            servers=self.servers,
            live=self.live,
            clock=SystemClock(),
        )

    def publishing(self, name: str) -> Asked:
        """Return the wish that a model goes live."""
        return Asked("publish", "Nadia", "why not", self.folder / f"{name}.tar.gz")

    @property
    def rollback(self) -> Asked:
        """The wish to go back."""
        return Asked("rollback", "Jan", "te vroeg")

    @property
    def outcomes(self) -> list[str]:
        """How each attempt ended, the latest first."""
        return [each.outcome for each in self.history.entries()]


@pytest.fixture
async def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    monkeypatch.setattr("services.publishing.keeper._QUIET_S", 0.05)
    monkeypatch.setattr("services.publishing.keeper._LOOK_S", 0.01)
    found = Place(tmp_path)
    await found.open()
    yield found
    for server in (found.live, *found.servers.started):
        await server.stop()
