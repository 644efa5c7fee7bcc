"""The launcher's processes, with small real programs."""

import asyncio
import socket
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from services.cli import up
from services.cli.console import CommandError
from services.cli.processes import Group, LateError, Program
from services.cli.settings import LaunchSettings

_SERVER = """
import http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    log_message = lambda *_: None
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
_STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + _SERVER


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _program(code: str, port: int) -> Program:
    return Program(
        name="part",
        command=[sys.executable, "-c", code, str(port)],
        port=port,
        port_variable="BXL_PART_PORT",
        ready_url=f"http://127.0.0.1:{port}/",
        mend="mend the part",
    )


def _group(code: str, port: int) -> Group:
    return Group([_program(code, port)], cwd=Path.cwd(), stop_timeout_s=0.5)


@pytest.mark.parametrize("code", [_SERVER, _STUBBORN], ids=["obedient", "stubborn"])
async def test_every_process_is_gone_after_stop(code, port):
    group = _group(code, port)
    ready = []
    await group.start()
    pid = group._running["part"].pid
    await group.ready(20, ready.append)
    assert ready == ["part"]
    assert group.resident_bytes()["part"] > 0
    await group.stop()
    assert not psutil.pid_exists(pid)


async def test_a_process_that_ends_is_named_with_a_way_to_mend_it(port, capsys):
    group = _group("print('no database'); raise SystemExit(3)", port)
    await group.start()
    with pytest.raises(CommandError, match=r"part ended by itself \(exit code 3\)") as error:
        await group.ready(20, lambda _name: None)
    await group.stop()
    assert error.value.mend == ("mend the part",)
    assert "part │ no database" in capsys.readouterr().out


async def test_a_process_that_ends_later_ends_the_wait(port):
    group = _group(f"import threading, os; threading.Timer(0.3, lambda: os._exit(4)).start(){_SERVER}", port)
    await group.start()
    with pytest.raises(CommandError, match="exit code 4"):
        await group.until_one_ends()
    await group.stop()


async def test_a_process_that_never_answers_is_named(port):
    group = _group("import signal; signal.pause()", port)
    await group.start()
    with pytest.raises(CommandError, match="part did not get ready"):
        await group.ready(0.3, lambda _name: None)
    await group.stop()


def test_a_taken_port_says_who_holds_it_and_how_to_choose_another(port):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        with pytest.raises(CommandError, match=f"port {port} is taken") as error:
            _group(_SERVER, port).check_ports()
    assert "BXL_PART_PORT=" in error.value.mend[0]


async def test_a_program_that_listens_nowhere_is_ready_when_it_runs():
    program = Program(name="part", command=[sys.executable, "-c", "import time; time.sleep(60)"], mend="mend the part")
    group = Group([program], cwd=Path.cwd(), stop_timeout_s=5)
    group.check_ports()
    ready = []
    await group.start()
    await group.ready(20, ready.append)
    await group.stop()
    assert ready == ["part"]


@pytest.mark.parametrize(("enabled", "watched"), [("", False), ("villo", True)])
def test_the_watcher_is_run_where_sources_are_enabled(enabled, watched, monkeypatch):
    monkeypatch.setenv("BXL_FEEDS_ENABLED", enabled)
    names = [program.name for program in up.programs(LaunchSettings(), Path("model.tar.gz"))]
    assert ("feeds" in names) is watched
    assert names[:4] == ["city", "actions", "rasa", "gateway"]


@pytest.mark.parametrize("public", [None, "https://chat.example"])
def test_answers_link_to_the_gateway_or_to_where_it_is_reached(monkeypatch, public):
    monkeypatch.delenv("BXL_ACTIONS_PUBLIC_URL", raising=False)
    if public:
        monkeypatch.setenv("BXL_ACTIONS_PUBLIC_URL", public)
    found = up.programs(LaunchSettings(gateway_port=8100), Path("model.tar.gz"))
    actions = next(program for program in found if program.name == "actions")
    assert actions.environment["BXL_ACTIONS_PUBLIC_URL"] == (public or "http://127.0.0.1:8100")


async def test_one_more_comes_beside_the_others_takes_the_place_of_one_and_that_one_may_end(port):
    group = _group(_SERVER, port)
    await group.start()
    await group.ready(20, lambda _name: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        other = free.getsockname()[1]
    waiting = asyncio.create_task(group.until_one_ends())
    await group.add(replace(_program(_SERVER, other), name="part-2"), 20)
    group.replace("part", "part-2")
    first, second = group._running["part"], group._running["part-2"]
    await group.drop("part")
    assert not psutil.pid_exists(first.pid)
    assert group.has_ended("part")
    assert not group.has_ended("part-2")
    done, _ = await asyncio.wait({waiting}, timeout=0.2)
    assert not done
    second.kill()
    with pytest.raises(CommandError, match="part-2 ended by itself"):
        await waiting
    await group.stop()


@pytest.mark.parametrize(
    ("code", "error"), [("raise SystemExit(3)", CommandError), ("import signal; signal.pause()", LateError)]
)
async def test_one_more_that_does_not_get_ready_is_gone_and_the_others_go_on(port, code, error):
    group = _group(_SERVER, port)
    await group.start()
    await group.ready(20, lambda _name: None)
    with pytest.raises(error):
        await group.add(replace(_program(code, port + 1), name="part-2", ready_url="http://127.0.0.1:9/"), 2)
    assert set(group._running) == {"part"}
    assert not group.has_ended("part")
    await group.stop()
