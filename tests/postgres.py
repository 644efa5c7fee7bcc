"""A PostgreSQL server of its own, for the time of a test module."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

_OPTIONS = "-c fsync=off -c listen_addresses=127.0.0.1 -c max_connections=60 -c shared_buffers=16MB"


_numbers = itertools.count(1)


def new_database(server_url: str, name: str) -> str:
    """Make an empty database, whose name begins so, and return its address."""
    name = f"{name}_{next(_numbers)}"
    engine = create_engine(f"{server_url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server_url}/{name}"


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def server() -> Iterator[str]:
    """Give the server's address, without a database name."""
    binaries = _binaries()
    if binaries is None:
        reason = "PostgreSQL's initdb is not installed"
        pytest.fail(reason) if os.environ.get("BXL_TEST_REQUIRE_ALL") else pytest.skip(reason)
    # PostgreSQL refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="bxl-postgres-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        def run(program: str, *arguments: str) -> None:
            subprocess.run(  # noqa: S603 - PostgreSQL's own programs
                [binaries / program, "-D", folder / "data", *arguments],
                user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

        run("initdb", "-U", "test", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", f"-p {port} -k {folder} {_OPTIONS}")
        try:
            yield f"postgresql+psycopg://test@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "stop", "-m", "immediate")
