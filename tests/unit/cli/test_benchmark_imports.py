"""Other programs beside our import: what they cost, or why that is not known."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.cli.benchmarks import imports_peers
from services.cli.benchmarks.imports_peers import Peer, PeerFailedError, peers

PEER = Peer("some", "some.py", ("some==1",), 1)
WORKS = """\
if [ "$last" = "" ]; then exit 0; fi
echo rows > "$last"; echo progress; echo '{"seconds": 2.5, "cpu_s": 2, "peak_mib": 80}'
"""


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An executable that stands for uv; its last argument is ``$last``."""
    path = tmp_path / "uv"
    monkeypatch.setenv("BXL_UV", str(path))
    return path


def says(uv: Path, script: str) -> None:
    uv.write_text(f'#!/bin/sh\nfor last in "$@"; do :; done\n{script}\n')
    uv.chmod(0o755)


def test_every_peer_has_its_script_and_exact_packages() -> None:
    for peer in peers():
        assert (imports_peers._SCRIPTS / peer.script).is_file()
        assert "==" in peer.packages[0]


def test_what_an_import_cost_is_read_and_its_database_removed(uv: Path, tmp_path: Path) -> None:
    says(uv, WORKS)
    cost = PEER.cost(tmp_path / "feed.zip", tmp_path)
    assert (cost.seconds, cost.cpu_s, cost.peak_mib, cost.stored_bytes) == (2.5, 2, 80, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["uv"]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        pytest.param(
            "echo first >&2; echo no such package >&2; exit 1", "installed here .no such package", id="install"
        ),
        pytest.param('test "$last" = "" || exit 3', "^exit status 3", id="import"),
    ],
)
def test_what_fails_says_why(uv: Path, tmp_path: Path, script: str, reason: str) -> None:
    says(uv, script)
    with pytest.raises(PeerFailedError, match=reason):
        PEER.cost(tmp_path / "feed.zip", tmp_path)


def test_without_uv_it_is_not_measured(uv: Path, tmp_path: Path) -> None:
    with pytest.raises(PeerFailedError, match=str(uv)):
        PEER.cost(tmp_path / "feed.zip", tmp_path)
