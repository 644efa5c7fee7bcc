"""A model goes live, and is taken back, while residents write: nothing is lost, doubled or forgotten."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import signal
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from services.cli.conversation import Conversation
from services.cli.keeping import kept
from services.cli.loading import residents
from services.cli.processes import Group
from services.publishing import door, models
from services.publishing.history import History
from services.publishing.keeper import Asked
from services.publishing.standing import StandingFile
from tests.conversations.assistant import a_loop, on_free_ports, told_to_all

_AT = datetime(2026, 11, 27, tzinfo=UTC)
_RESIDENTS = 12


class Kept:
    """A running assistant whose model can be changed."""

    def __init__(self, url: str, folder: Path, group: Group) -> None:
        self.url, self.folder, self.group = url, folder, group
        self.standing = StandingFile(folder / "standing.json")
        self.history = History(folder / "history.jsonl")

    def model(self, name: str) -> Path:
        """Return the path of a model."""
        return self.folder / "models" / f"{name}.tar.gz"

    async def change(self, asked: Asked, on_step: Callable[[str], None] = lambda _step: None) -> dict[str, Any]:
        """Ask for another model; return how that ended."""
        told: dict[str, Any] = {}
        async for told in door.ask(self.folder, asked):
            if "step" in told:
                on_step(told["step"])
        return told

    def publish(self, name: str, on_step: Callable[[str], None] = lambda _step: None) -> dict[str, Any]:
        """Publish a model and return how that ended."""
        return asyncio.run(self.change(Asked("publish", "Nadia", "a test", self.model(name)), on_step))

    @contextmanager
    def conversation(self) -> Iterator[Conversation]:
        """Open a conversation in French."""
        with httpx.Client(base_url=self.url, timeout=30, trust_env=False) as client:
            yield Conversation(client, language="fr")

    def new_server(self) -> int:
        """Wait until a server runs beside the others, and return its process."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            for name in list(self.group._beside):
                if name in self.group._running:
                    return self.group._running[name].pid
            threading.Event().wait(0.01)
        raise TimeoutError("no server was started")

    @property
    def servers(self) -> set[str]:
        """The models of the Rasa servers that run."""
        processes = [psutil.Process(process.pid) for process in self.group._running.values()]
        lines = [each.cmdline() for each in processes if each.is_running()]
        return {models.name_of(Path(line[-1])) for line in lines if "serve" in line}


@pytest.fixture(scope="module")
def assistant(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Run an assistant with the model ``one``; ``two`` lies beside it."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "models").mkdir()
    for name in ("one", "two"):
        shutil.copyfile(model, path := folder / "models" / f"{name}.tar.gz")
        models.record(path, _AT)
    _make_empty(folder / "models" / "empty.tar.gz")
    settings = on_free_ports()
    started: dict[str, Group] = {}

    async def start() -> None:
        running = kept(settings, path.with_name("one.tar.gz"), told_to_all(folder), folder=folder, trained=path.parent)
        contexts.append(running)
        started["group"] = await running.__aenter__()

    async def stop() -> None:
        await contexts[0].__aexit__(None, None, None)

    contexts: list[Any] = []
    with ExitStack() as stack:
        run = stack.enter_context(a_loop())
        run(start())
        stack.callback(lambda: run(stop()))
        yield Kept(settings.gateway_url, folder, started["group"])


def _make_empty(path: Path) -> None:
    """Write what is sound as a file and no model at all."""
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("metadata.json")
        member.size = 2
        archive.addfile(member, io.BytesIO(b"{}"))
    models.record(path, _AT)


def _text(reply: dict[str, Any]) -> str:
    return "\n".join(message["text"] for message in reply["messages"])


async def _while_residents_write(assistant: Kept, asked: Asked) -> tuple[residents.Talk, dict[str, Any]]:
    """Let residents write, each once a second, from before a change until after it."""
    changing = asyncio.create_task(assistant.change(asked))
    found = residents.Talk()
    while not changing.done() or not found.sent:
        found.add(await residents.talk(assistant.url, residents=_RESIDENTS, turns=5, every_s=1.0))
    return found, await changing


def test_a_model_goes_live_and_is_taken_back_without_a_message_lost_or_a_form_forgotten(assistant: Kept) -> None:
    with assistant.conversation() as talk, assistant.conversation() as other:
        assert "adresse" in _text(talk.say(text="C'est quand les poubelles ?")).casefold()
        assert "81" in _text(other.say(text="Le prochain tram 81 à Flagey vers Montgomery ?"))
        found, told = asyncio.run(
            _while_residents_write(assistant, Asked("publish", "Nadia", "la rue Blaes", assistant.model("two")))
        )
        assert told == {"done": "two"}
        assert found.wrong == []
        assert found.sent >= 5 * _RESIDENTS
        assert assistant.servers == {"two"}
        assert "Rue Blaes 20" in _text(talk.say(text="rue Blaes 20"))
        found, told = asyncio.run(_while_residents_write(assistant, Asked("rollback", "Jan", "te vroeg")))
        assert told == {"done": "one"}
        assert found.wrong == []
        assert assistant.servers == {"one"}
        assert "bleu" in _text(talk.say(text="et le sac bleu ?"))
        assert "Merode" in _text(other.say(text="et à Merode ?"))
    entries = assistant.history.entries()
    assert [(each.who, each.what, each.model, each.before, each.why, each.outcome) for each in entries] == [
        ("Jan", "rollback", "one", "two", "te vroeg", "live"),
        ("Nadia", "publish", "two", "one", "la rue Blaes", "live"),
    ]


@pytest.fixture
def untouched(assistant: Kept) -> Iterator[None]:
    """Look, after the test, that the model before is live, alone, and answers as if nothing had been."""
    before = assistant.standing.read()
    with assistant.conversation() as talk:
        assert "adresse" in _text(talk.say(text="C'est quand les poubelles ?")).casefold()
        yield
        assert assistant.standing.read() == before
        assert assistant.servers == {before.live}
        assert "Rue Blaes 20" in _text(talk.say(text="rue Blaes 20"))
    assert assistant.history.entries()[0].outcome == "refused"


@pytest.mark.usefixtures("untouched")
def test_a_model_whose_file_was_changed_is_refused(assistant: Kept) -> None:
    path = assistant.model("two")
    content = path.read_bytes()
    try:
        path.write_bytes(content[:-100] + bytes(100))
        assert assistant.publish("two")["refused"] == "model_changed"
    finally:
        path.write_bytes(content)


@pytest.mark.usefixtures("untouched")
def test_a_model_that_rasa_cannot_load_is_refused(assistant: Kept) -> None:
    assert assistant.publish("empty")["refused"] == "not_started"


@pytest.mark.parametrize("when", ["step_starting", "step_trying", "step_switching"])
@pytest.mark.usefixtures("untouched")
def test_a_new_server_that_is_killed_leaves_the_one_before(assistant: Kept, when: str) -> None:
    def kill(step: str) -> None:
        if step == when:
            os.killpg(assistant.new_server(), signal.SIGKILL)

    assert assistant.publish("two", kill)["refused"] in ("not_started", "does_not_answer", "not_moved", "ended")


@pytest.mark.usefixtures("untouched")
def test_only_one_model_goes_live_at_a_time(assistant: Kept) -> None:
    async def both() -> list[str]:
        asked = Asked("publish", "Nadia", "", assistant.model("empty"))
        told = await asyncio.gather(assistant.change(asked), assistant.change(asked))
        return sorted(each["refused"] for each in told)

    assert asyncio.run(both()) == ["busy", "not_started"]
