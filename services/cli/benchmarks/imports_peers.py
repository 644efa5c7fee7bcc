"""Other programs' imports, which ``ops/bench/peers.yml`` names: each in an environment of its own, within limits."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from services.cli import paths

_SCRIPTS: Final = paths.ROOT / "ops" / "bench"
_TIMEOUT_S: Final = 300
_TIMES: Final = 2

_numbers = itertools.count(1)


class PeerFailedError(Exception):
    """A program that could not be installed, failed or took too long; the message says which."""


@dataclass(frozen=True)
class Cost:
    """What an import took, and what it left."""

    seconds: float
    cpu_s: float
    peak_mib: float
    stored_bytes: int


@dataclass(frozen=True)
class Peer:
    """Another program; ``scale`` is the share of the whole feed's size that it is given."""

    name: str
    script: str
    packages: tuple[str, ...]
    scale: float

    def cost(self, feed: Path, folder: Path) -> Cost:
        """Install it, let it import the feed and say what that took. Raises PeerFailedError."""
        python = [_uv(), "run", "--quiet", "--no-project", "--isolated", "--python", os.path.realpath(sys.executable)]
        python += [option for package in self.packages for option in ("--with", package)]
        python.append("python")
        try:
            measured([*python, "-c", ""], cwd=folder)
        except PeerFailedError as error:
            raise PeerFailedError(f"cannot be installed here ({error})") from error
        return cost_of([*python, str(_SCRIPTS / self.script)], feed, folder, cwd=folder)


def peers() -> list[Peer]:
    """Return the programs that ours is measured beside."""
    told = yaml.safe_load((_SCRIPTS / "peers.yml").read_text(encoding="utf-8"))
    return [Peer(each["name"], each["script"], tuple(each["packages"]), float(each["scale"])) for each in told]


def cost_of(command: Sequence[str], feed: Path, folder: Path, *, cwd: Path) -> Cost:
    """Run an import some times, each into a new database, and return the best. Raises PeerFailedError."""
    costs = []
    for _ in range(_TIMES):
        database = folder / f"{next(_numbers)}.db"
        told = json.loads(measured([*command, str(feed), str(database)], cwd=cwd).splitlines()[-1])
        costs.append(Cost(**told, stored_bytes=database.stat().st_size))
        database.unlink()
    return min(costs, key=lambda cost: cost.seconds)


def measured(command: Sequence[str], *, cwd: Path) -> str:
    """Run a command and return what it prints. Raises PeerFailedError, with the last line of what it said."""
    try:
        done = subprocess.run(  # noqa: S603 - ours, or what peers.yml names
            command, cwd=cwd, check=False, capture_output=True, text=True, timeout=_TIMEOUT_S
        )
    except subprocess.TimeoutExpired as error:
        raise PeerFailedError(f"longer than {_TIMEOUT_S} s") from error
    except OSError as error:
        raise PeerFailedError(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise PeerFailedError(said[-1] if said else f"exit status {done.returncode}")
    return done.stdout


def _uv() -> str:
    known = os.environ.get("BXL_UV") or shutil.which("uv")
    return known or str(paths.STATE / "uv" / "bin" / "uv")
