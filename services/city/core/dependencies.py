"""What endpoints are given: a session to read or to write with, the clock, the language of texts.

What waits for nothing is ``async``: FastAPI hands everything else to a thread and back, which takes longer than most
answers.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import Depends, Query, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from kit.clock import Clock
from kit.languages import Language, from_accept_language


async def _session(request: Request) -> AsyncIterator[Session]:
    session: Session = request.app.state.readers()
    try:
        yield session
    finally:
        if session.get_bind().dialect.name == "sqlite":  # a file, which answers at once
            session.close()
        else:
            await run_in_threadpool(session.close)


def _write_session(request: Request) -> Iterator[Session]:
    with request.app.state.sessions() as session:
        if session.get_bind().dialect.name == "sqlite":
            # A transaction that reads first and writes later can fail in between; this one waits for its turn now.
            session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        yield session
        session.commit()


async def _clock(request: Request) -> Clock:
    clock: Clock = request.app.state.clock
    return clock


async def _language(
    request: Request,
    lang: Annotated[Language | None, Query(description="Language of texts; wins over Accept-Language.")] = None,
) -> Language:
    return lang or from_accept_language(request.headers.get("accept-language")) or "fr"


SessionDep = Annotated[Session, Depends(_session)]
#: A session whose transaction is committed before the answer leaves, or rolled back where the endpoint raises.
WriteSessionDep = Annotated[Session, Depends(_write_session, scope="function")]
ClockDep = Annotated[Clock, Depends(_clock)]
LanguageDep = Annotated[Language, Depends(_language)]
LimitQuery = Annotated[int, Query(ge=1, le=100, description="Most items in the answer.")]
OffsetQuery = Annotated[int, Query(ge=0, le=100_000, description="Items to pass over.")]
