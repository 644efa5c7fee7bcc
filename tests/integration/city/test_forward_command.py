"""``bxl forward``: once, over and over, and what it says where it cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from services.cli import forwarding
from services.cli.console import CommandError
from tests.feeds_server import FeedsServer, Reply, serving
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.requesting import LAMP, made, taking_requests
from tests.integration.city.test_forwarding import PATH

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environment(tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the command at a database with one request for the server ``lighting``; return the file of servers."""
    app = taking_requests(tmp_path, clock)
    app.state.request_routes = {"street_light": ["lighting"]}
    made(Client(app), LAMP)
    app.state.engine.dispose()
    monkeypatch.setenv("BXL_NOW", NOW.isoformat())
    monkeypatch.setenv("BXL_CITY_DATABASE_URL", f"sqlite:///{tmp_path / 'city.db'}")
    monkeypatch.setenv("BXL_CITY_REMOTES_FILE", str(tmp_path / "remotes.yml"))
    return tmp_path / "remotes.yml"


def takes(fake: FeedsServer, file: Path) -> None:
    fake.put(PATH, Reply.json([{"service_request_id": "1"}]))
    server = f"name: lighting, url: '{fake.url('/open311/v2')}', services: {{street_light: '1'}}"
    file.write_text(f"remotes:\n  - {{{server}}}\n", encoding="utf-8")


def test_once(environment: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as fake:
        takes(fake, environment)
        forwarding.run(watch=False)
        assert len(fake.asked) == 1
    assert "1 sent" in capsys.readouterr().err


def test_until_it_is_told_to_stop(environment: Path) -> None:
    with serving() as fake:
        takes(fake, environment)
        command = [sys.executable, "-m", "services.cli", "forward", "--watch"]
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        assert "1 sent" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        process.stderr.close()


@pytest.mark.parametrize(
    ("content", "said"), [(None, "remotes.yml"), ("remotes: []", "no server"), ("x: 1", "remotes")]
)
def test_what_it_says_where_it_cannot(environment: Path, content: str | None, said: str) -> None:
    if content is not None:
        environment.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        forwarding.run(watch=False)
