"""What endpoints are given: a read session, the clock, the language of texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Query, Request
from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language, from_accept_language


def _session(request: Request) -> Iterator[Session]:
    with request.app.state.sessions() as session:
        yield session


def _clock(request: Request) -> Clock:
    clock: Clock = request.app.state.clock
    return clock


def _language(
    request: Request,
    lang: Annotated[Language | None, Query(description="Language of texts; wins over Accept-Language.")] = None,
) -> Language:
    return lang or from_accept_language(request.headers.get("accept-language")) or "fr"


SessionDep = Annotated[Session, Depends(_session)]
ClockDep = Annotated[Clock, Depends(_clock)]
LanguageDep = Annotated[Language, Depends(_language)]
LimitQuery = Annotated[int, Query(ge=1, le=100, description="Most items in the answer.")]
OffsetQuery = Annotated[int, Query(ge=0, le=100_000, description="Items to pass over.")]
