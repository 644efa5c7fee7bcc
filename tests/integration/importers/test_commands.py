"""``bxl import`` with sources: the list, one source, those that are due, watching until a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.city.core import datasets
from services.cli import importing, paths, prepare, watching
from services.cli.console import CommandError
from services.importers.contacts import ContactsImporter
from services.importers.updates import Watched, content_of, imported
from tests.feeds_server import FeedsServer, Reply
from tests.integration.city.conftest import SAMPLE
from tests.integration.importers.conftest import Town

CONTACTS = (SAMPLE / "contacts.yml").read_bytes()


@pytest.fixture
def contacts(town: Town, server: FeedsServer, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A source of contacts, which is the only one."""
    server.put("/feed", Reply(CONTACTS, etag='"1"'))
    get = content_of(lambda fetcher, source, since: fetcher.get(source.address, since=since))
    watched = imported(town.source, get, ContactsImporter(), feed="contacts", file="contacts.yml")
    monkeypatch.setattr("services.cli.watching.SOURCES", {"some": watched})
    monkeypatch.setattr("services.cli.importing.SOURCES", {"some": watched})
    monkeypatch.setenv("BXL_CITY_DATABASE_URL", str(engine.url))
    monkeypatch.setenv("BXL_FEEDS_FOLDER", str(town.folder))
    monkeypatch.setenv("BXL_FEEDS_ENABLED", "some")
    monkeypatch.setenv("BXL_NOW", "2026-11-23T08:15:00+01:00")
    return watched


@pytest.fixture
def listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setattr("services.cli.importing.output.width", 250)

    def lines() -> list[list[str]]:
        capsys.readouterr()
        importing.show()
        return [line.split() for line in capsys.readouterr().out.splitlines()[1:]]

    return lines


@pytest.mark.usefixtures("contacts")
def test_a_source_is_fetched_and_imported_with_its_origin(engine: Engine) -> None:
    watching.fetch("some", force=False)
    with Session(engine) as session:
        (dataset,) = datasets.in_use(session)
    assert (dataset.feed, dataset.source_name, dataset.licence, dataset.sample) == ("contacts", "Some", "CC0", False)
    assert dataset.report["counts"]["contacts"] > 5


@pytest.mark.usefixtures("contacts")
def test_a_source_that_says_nonsense_leaves_the_version_in_use(engine: Engine, server: FeedsServer) -> None:
    watching.fetch("some", force=False)
    server.put("/feed", Reply.html())
    with pytest.raises(CommandError, match="some: "):
        watching.fetch("some", force=False)
    with Session(engine) as session:
        assert [dataset.feed for dataset in datasets.in_use(session)] == ["contacts"]


@pytest.mark.usefixtures("contacts")
def test_a_data_set_that_was_forgotten_is_fetched_whole(engine: Engine, server: FeedsServer) -> None:
    watching.fetch("some", force=False)
    watching.fetch("some", force=False)
    assert "if-none-match" in server.asked[1].headers
    importing.forget("contacts")
    watching.fetch("some", force=False)
    assert "if-none-match" not in server.asked[2].headers
    with Session(engine) as session:
        assert len(datasets.in_use(session)) == 1


@pytest.mark.usefixtures("contacts")
def test_once_updates_what_is_due_and_says_what_failed(server: FeedsServer) -> None:
    watching.once()
    watching.once()
    assert len(server.asked) == 1


@pytest.mark.usefixtures("contacts")
def test_once_fails_where_a_source_does(server: FeedsServer) -> None:
    server.put("/feed", Reply(status=404))
    with pytest.raises(CommandError, match="not updated: some"):
        watching.once()


@pytest.mark.usefixtures("contacts")
def test_nothing_enabled_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BXL_FEEDS_ENABLED", "")
    for command in (watching.once, watching.watch):
        with pytest.raises(CommandError, match="no source is enabled"):
            command()


@pytest.mark.usefixtures("contacts")
def test_unknown_names_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sone", "gtfs"):
        with pytest.raises(CommandError):
            watching.fetch(name, force=False)
    with pytest.raises(CommandError, match="there is no feed 'sone'"):
        importing.forget("sone")
    monkeypatch.setenv("BXL_FEEDS_ENABLED", "sone")
    with pytest.raises(CommandError, match="there is no source 'sone'"):
        watching.once()


@pytest.mark.usefixtures("contacts")
def test_the_list_shows_sources_that_were_never_asked(listed: object, server: FeedsServer) -> None:
    assert listed() == [["some", "contacts", "-", "never", "not", "asked", "yet"]]  # type: ignore[operator]
    server.put("/feed", Reply(status=404))
    with pytest.raises(CommandError):
        watching.once()
    (line,) = listed()  # type: ignore[operator]
    assert line[:6] == ["some", "contacts", "-", "never", "never", "succeeded:"]
    assert "refused (404 Not Found)" in " ".join(line)


@pytest.mark.usefixtures("contacts")
def test_the_list_shows_age_and_health_and_what_was_imported_by_hand(
    listed: object, engine: Engine, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    watching.once()
    importing.run("contacts", SAMPLE / "contacts.yml", feed="by-hand", force=False)
    monkeypatch.setenv("BXL_NOW", "2026-11-23T08:25:00+01:00")
    source, by_hand = listed()  # type: ignore[operator]
    assert source[:3] == ["some", "contacts", "10"]
    assert "fresh" in source
    assert by_hand[0] == "by-hand"
    assert by_hand[-2:] == ["sample", "data"]
    monkeypatch.setenv("BXL_NOW", "2026-11-23T09:25:00+01:00")
    source, _ = listed()  # type: ignore[operator]
    assert "late" in source
    monkeypatch.setenv("BXL_FEEDS_ENABLED", "")
    source, *_ = listed()  # type: ignore[operator]
    assert source[-3:] == ["off", "not", "enabled"]


def test_the_sample_never_takes_the_place_of_a_real_feed(
    contacts: Watched, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.cli.paths.STATE", tmp_path)
    monkeypatch.setattr("services.cli.prepare.SAMPLE", {"contacts": "contacts.yml", "communes": "communes"})
    watching.fetch("some", force=False)
    prepare.sample_city(again=True)
    with Session(engine) as session:
        assert {dataset.feed: dataset.sample for dataset in datasets.in_use(session)} == {
            contacts.feed: False,
            "communes": True,
        }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_watching_ends_cleanly_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    environment = {
        **os.environ,
        "BXL_CITY_DATABASE_URL": f"sqlite:///{tmp_path / 'city.db'}",
        "BXL_FEEDS_FOLDER": str(tmp_path / "feeds"),
        "BXL_FEEDS_ENABLED": "villo",
        "BXL_FEEDS_VILLO_URL": "http://127.0.0.1:9/nobody",
    }
    command = [sys.executable, "-m", "services.cli", "import", "--watch"]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter
        command, cwd=paths.ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        while said and "watching" not in said:
            said = process.stderr.readline()
        process.send_signal(number)
        _, rest = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "stopped" in rest
    assert "Traceback" not in rest
