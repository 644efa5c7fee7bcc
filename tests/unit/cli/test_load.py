"""The load of benchmarks: what was answered, what failed, and what fell behind."""

from __future__ import annotations

import asyncio

from services.cli.benchmarks.load import Load, put_on

_ANSWERS = {
    b"/well": b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell",
    b"/broken": b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n",
    b"/hung-up": b"",
}


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while request := await reader.readline():
        await reader.readuntil(b"\r\n\r\n")
        answer = _ANSWERS[request.split()[1]]
        writer.write(answer)
        if not answer:
            break
    writer.close()


def _load(*paths: str, rate: float | None = 200) -> Load:
    async def put() -> Load:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await put_on(port, paths, connections=2, seconds=0.2, rate=rate)

    return asyncio.run(put())


def test_answers_are_counted_at_the_rate_that_was_asked_for() -> None:
    load = _load("/well")
    assert 10 < len(load.answers_ms) <= 40
    assert load.failed == 0


def test_errors_and_broken_connections_are_failures_and_the_load_goes_on() -> None:
    load = _load("/well", "/broken", "/hung-up", rate=None)
    assert len(load.answers_ms) > 5
    assert load.failed > 5


def test_a_server_that_is_not_there_fails_each_time() -> None:
    load = asyncio.run(put_on(1, ["/well"], connections=1, seconds=0.1, rate=100))
    assert (load.answers_ms, load.failed > 0) == ([], True)
