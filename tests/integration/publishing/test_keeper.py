"""The keeper: a model goes live in steps, each of which may fail without a resident noticing."""

from __future__ import annotations

import asyncio
import shutil

import pytest

from services.publishing.errors import PublishingError
from services.publishing.keeper import Keeper
from services.publishing.standing import Standing
from tests.integration.publishing.conftest import Place


async def change(keeper: Keeper, asked) -> tuple[str, list[str]]:
    steps: list[str] = []
    return await keeper.change(asked, steps.append), steps


async def test_a_model_goes_live_step_by_step(place: Place) -> None:
    name, steps = await change(place.keeper, place.publishing("b"))
    (new,) = place.servers.started
    assert (name, steps[0], steps[-1]) == ("b", "step_checking", "step_ending")
    assert place.standing.read() == Standing(("a", "b"), new.door.url, published=True)
    assert new.done == ["follow", "take"]
    assert place.servers.promoted is new
    assert (place.live.stopped, new.stopped) == (True, False)
    assert place.outcomes == ["live"]


async def test_it_is_taken_back_the_same_way_and_no_farther_than_there_is(place: Place) -> None:
    await change(place.keeper, place.publishing("b"))
    await change(place.keeper, place.publishing("c"))
    assert (await change(place.keeper, place.rollback))[0] == "b"
    assert (await change(place.keeper, place.rollback))[0] == "a"
    assert place.standing.read().live == "a"
    assert place.servers.promoted is place.servers.started[-1]
    assert [each.stopped for each in place.servers.started] == [True, True, True, False]
    with pytest.raises(PublishingError) as error:
        await change(place.keeper, place.rollback)
    assert error.value.code == "none_before"


async def test_the_server_before_ends_only_when_it_has_answered_everything(place: Place) -> None:
    place.live.busy = 5
    await change(place.keeper, place.publishing("b"))
    assert place.live.done.count("idle") >= 5


async def test_the_model_that_runs_stays_when_it_is_published(place: Place) -> None:
    assert (await change(place.keeper, place.publishing("a")))[0] == "a"
    assert place.standing.read() == Standing(("a",), place.live.door.url, published=True)
    assert place.servers.started == []
    with pytest.raises(PublishingError) as error:
        await change(place.keeper, place.publishing("a"))
    assert error.value.code == "model_live"


async def refusal(place: Place, name: str = "b") -> str:
    before = place.standing.read()
    with pytest.raises(PublishingError) as error:
        await change(place.keeper, place.publishing(name))
    assert place.standing.read() == before
    assert not place.live.stopped
    assert all(each.stopped for each in place.servers.started)
    assert place.servers.promoted is None
    return error.value.code


@pytest.mark.parametrize(
    ("fails", "code"),
    [
        ("start", "not_started"),
        ("model", "other_model"),
        ("answer", "does_not_answer"),
        ("follow", "not_moved"),
        ("take", "not_moved"),
    ],
)
async def test_whatever_fails_the_model_before_stays(place: Place, fails: str, code: str) -> None:
    place.servers.fails = fails
    assert await refusal(place) == code
    assert place.outcomes == ["refused"]
    place.servers.fails = ""
    assert (await change(place.keeper, place.publishing("b")))[0] == "b"


async def test_after_a_switch_that_failed_the_server_before_takes_messages_again(place: Place) -> None:
    place.servers.fails = "take"
    await refusal(place)
    assert place.live.done == ["resume"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"messages": [], "understood": {"intent": "waste_collection_day"}}, "no_answer"),
        ({"messages": [{"ids": ["utter_something_wrong"]}], "understood": {"intent": "waste_sorting"}}, "no_answer"),
        ({"messages": [{}], "understood": {"intent": "nlu_fallback"}}, "not_understood"),
        ({"messages": [{}], "understood": {"intent": None}}, "not_understood"),
        ({"messages": [{}], "understood": {"intent": "waste_sorting", "language": "de"}}, "not_understood"),
    ],
)
async def test_a_model_that_does_not_answer_what_everybody_asks_is_refused(place: Place, answer, code: str) -> None:
    place.servers.answer = answer
    assert await refusal(place) == code


async def test_a_server_that_ends_while_it_goes_live_is_left(place: Place) -> None:
    place.live.busy = 1000

    def ends(step: str) -> None:
        if step == "step_switching":
            place.servers.started[0].ended = True

    with pytest.raises(PublishingError) as error:
        await place.keeper.change(place.publishing("b"), ends)
    assert error.value.code == "ended"
    assert place.standing.read().live == "a"
    assert not place.live.stopped


async def test_who_stops_everything_in_the_middle_leaves_the_model_before(place: Place) -> None:
    before, switching = place.standing.read(), asyncio.Event()
    place.live.busy = 1000
    changing = asyncio.create_task(
        place.keeper.change(place.publishing("b"), lambda step: switching.set() if step == "step_switching" else None)
    )
    await switching.wait()
    changing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await changing
    assert place.standing.read() == before
    assert place.outcomes == ["cut off"]


async def test_two_at_once_are_one_and_a_clear_word(place: Place) -> None:
    first = asyncio.create_task(place.keeper.change(place.publishing("b"), lambda _step: None))
    await asyncio.sleep(0)
    with pytest.raises(PublishingError) as error:
        await change(place.keeper, place.publishing("c"))
    assert error.value.code == "busy"
    assert await first == "b"


async def test_a_disk_that_is_full_when_it_begins_changes_nothing(place: Place) -> None:
    place.history.path.symlink_to("/dev/full")
    assert await refusal(place) == "disk_full"
    assert place.servers.started == []


async def test_a_disk_that_is_full_when_it_switches_changes_nothing(place: Place) -> None:
    place.standing.path.with_name(".standing.json.partial").symlink_to("/dev/full")
    assert await refusal(place) == "disk_full"
    assert [each.stopped for each in place.servers.started] == [True]


async def test_a_disk_that_is_nearly_full_is_told_before_anything_is_started(place: Place, monkeypatch) -> None:
    free = shutil.disk_usage("/")._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: free)
    assert await refusal(place) == "no_room"
    assert place.servers.started == []


async def test_a_model_that_was_damaged_is_not_started(place: Place) -> None:
    path = place.folder / "b.tar.gz"
    path.write_bytes(path.read_bytes() + b"x")
    assert await refusal(place) == "model_changed"
    assert place.servers.started == []


async def test_a_model_to_go_back_to_that_is_gone_is_said(place: Place) -> None:
    await change(place.keeper, place.publishing("b"))
    (place.folder / "a.tar.gz").unlink()
    with pytest.raises(PublishingError) as error:
        await change(place.keeper, place.rollback)
    assert error.value.code == "model_missing"
    assert place.standing.read().live == "b"
