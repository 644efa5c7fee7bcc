"""The keeper's door: for the command line and the studio of the same machine."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from typing import Any

import pytest

from kit.clock import SystemClock
from services.publishing import door, stopped
from services.publishing.errors import PublishingError, said
from services.publishing.keeper import Asked
from tests.integration.publishing.conftest import Place


@pytest.fixture
def folder(place: Place) -> Path:
    """A folder with a path longer than the system takes for a socket."""
    found = place.folder / ("long" * 30) / "publishing"
    found.mkdir(parents=True)
    return found


async def ask(folder: Path, asked: Asked) -> list[dict[str, Any]]:
    return [told async for told in door.ask(folder, asked)]


async def test_each_step_is_told_and_the_end(place: Place, folder: Path) -> None:
    async with door.opened(folder, place.keeper):
        *steps, end = await ask(folder, place.publishing("b"))
    assert [each["step"] for each in steps] == [
        "step_checking",
        "step_starting",
        "step_trying",
        "step_switching",
        "step_ending",
    ]
    assert end == {"done": "b"}
    assert [(each.who, each.why) for each in place.history.entries()] == [("Nadia", "why not")]


async def test_a_refusal_can_be_said_in_each_language(place: Place, folder: Path) -> None:
    place.standing.write(place.standing.read().with_published("b"))
    async with door.opened(folder, place.keeper):
        (end,) = await ask(folder, place.publishing("b"))
    assert end == {"refused": "model_live", "facts": {"model": "b"}}
    assert said(end["refused"], "nl", **end["facts"]) == "Het model b staat al online. Er is niets veranderd."


async def test_who_goes_away_does_not_end_what_was_asked_for(place: Place, folder: Path) -> None:
    async with door.opened(folder, place.keeper):
        asking = door.ask(folder, place.publishing("b"))
        await anext(asking)
        await asking.aclose()
        async with place.keeper._changing:  # until it is done
            pass
    assert place.standing.read().live == "b"


@pytest.mark.parametrize("line", [b"\n", b"{\n", b"[]\n", b'{"what": "publish", "who": "x", "why": ""}\n'])
async def test_what_is_no_wish_is_refused(place: Place, folder: Path, line: bytes) -> None:
    async with door.opened(folder, place.keeper):
        with door._short(folder) as path:
            reader, writer = await asyncio.open_unix_connection(path)
        writer.write(line)
        assert await reader.readline() == b'{"refused": "not_asked", "facts": {}}\n'
        writer.close()
    assert place.outcomes == []


async def test_only_who_runs_the_assistant_may_ask(place: Place, folder: Path) -> None:
    async with door.opened(folder, place.keeper):
        assert stat.S_IMODE((folder / "keeper.sock").stat().st_mode) == 0o600


async def test_where_nothing_runs_nobody_answers(place: Place, folder: Path) -> None:
    with pytest.raises(ConnectionError, match=door.NOBODY):
        await ask(folder, place.publishing("b"))
    async with door.opened(folder, place.keeper):
        pass
    with pytest.raises(ConnectionError, match=door.NOBODY):
        await ask(folder, place.publishing("b"))


def test_a_folder_has_one_keeper(tmp_path: Path) -> None:
    with door.alone(tmp_path / "x") as first, door.alone(tmp_path / "x") as second:
        assert (first, second) == (True, False)
    with door.alone(tmp_path / "x") as again:
        assert again


def change(place: Place, asked: Asked) -> str:
    return stopped.change(
        asked, standing=place.standing, history=place.history, folder=place.folder, clock=SystemClock()
    )


async def test_while_nothing_runs_the_next_start_s_model_is_chosen(place: Place) -> None:
    assert change(place, place.publishing("b")) == "b"
    assert (place.standing.read().live, place.standing.read().url) == ("b", None)
    assert change(place, place.rollback) == "a"
    assert place.outcomes == ["live", "live"]


async def test_a_damaged_model_is_not_chosen_either(place: Place) -> None:
    before = place.standing.read()
    (place.folder / "b.tar.gz").write_bytes(b"x")
    with pytest.raises(PublishingError) as error:
        change(place, place.publishing("b"))
    assert error.value.code == "model_changed"
    assert place.standing.read() == before
    assert place.outcomes == ["refused"]
