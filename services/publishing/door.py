"""The keeper's door: a socket beside the standing, for the command line and the studio on the same machine.

One JSON object a line. Asked: ``{what, who, why, model?}``. Told: ``{"step": id}`` for each step, and at the end
``{"done": model}`` or ``{"refused": id, "facts": {…}}``. Only who runs the assistant may open it.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

from services.publishing.errors import PublishingError
from services.publishing.keeper import Asked, Keeper

_SOCKET: Final = "keeper.sock"
_LOCK: Final = "keeper.lock"
_LONGEST: Final = 1 << 20
#: What a ConnectionError says where nothing runs that could be asked.
NOBODY: Final = "no keeper"


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Be the one keeper of a folder for the time of the block; tell whether there is no other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextlib.asynccontextmanager
async def opened(folder: Path, keeper: Keeper) -> AsyncIterator[None]:
    """Let people ask the keeper for the time of the block; who calls is alone with the folder."""
    changes: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of its own: who has asked may go away, and the change goes on to its end.
        task = asyncio.ensure_future(_serve(keeper, reader, writer))
        changes.add(task)
        task.add_done_callback(changes.discard)

    (folder / _SOCKET).unlink(missing_ok=True)
    listener = _socket()
    before = os.umask(0o177)
    try:
        with _short(folder) as path:
            listener.bind(path)
    finally:
        os.umask(before)
    server = await asyncio.start_unix_server(serve, sock=listener, limit=_LONGEST)
    try:
        yield
    finally:
        server.close()
        for task in changes:
            task.cancel()
        await asyncio.gather(*changes, return_exceptions=True)
        (folder / _SOCKET).unlink(missing_ok=True)


async def ask(folder: Path, asked: Asked) -> AsyncIterator[dict[str, Any]]:
    """Ask the keeper of a folder and yield what it tells. Raises ConnectionError where none is there, or it ends."""
    connection = _socket()
    try:
        with _short(folder) as path:
            connection.connect(path)
    except OSError as error:
        connection.close()
        raise ConnectionError(NOBODY) from error
    reader, writer = await asyncio.open_unix_connection(sock=connection, limit=_LONGEST)
    try:
        content = {"what": asked.what, "who": asked.who, "why": asked.why}
        writer.write(json.dumps({**content, **({"model": str(asked.model)} if asked.model else {})}).encode() + b"\n")
        await writer.drain()
        while line := await reader.readline():
            told: dict[str, Any] = json.loads(line)
            yield told
            if "step" not in told:
                return
        raise ConnectionError("the keeper has ended")
    finally:
        writer.close()


async def _serve(keeper: Keeper, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    def tell(**told: Any) -> None:
        if not writer.is_closing():
            writer.write(json.dumps(told).encode() + b"\n")

    try:
        asked = _read(await reader.readline())
        name = await keeper.change(asked, lambda step: tell(step=step))
        tell(done=name)
    except PublishingError as error:
        tell(refused=error.code, facts={key: str(value) for key, value in error.facts.items()})
    except (ValueError, KeyError, TypeError):
        tell(refused="not_asked", facts={})
    finally:
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()


def _read(line: bytes) -> Asked:
    content = json.loads(line)
    what, model = content["what"], content.get("model")
    if what not in ("publish", "rollback") or (what == "publish") != (model is not None):
        raise ValueError("what is asked for is neither of both")
    return Asked(what, str(content["who"]), str(content["why"]), Path(model) if model is not None else None)


def _socket() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)


@contextlib.contextmanager
def _short(folder: Path) -> Iterator[str]:
    """Give the socket's path through the folder's descriptor: the system takes paths of some hundred bytes only."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{_SOCKET}"
    finally:
        os.close(descriptor)
