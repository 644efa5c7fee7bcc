"""What is on today for the desk, from the city façade: disturbances, and holidays that move collections."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Final, TypeVar

import httpx
from pydantic import AwareDatetime, BaseModel, ValidationError

from kit.languages import Language
from services.desk.helping import Source
from services.desk.today import Disruption, Shift, Today

#: So many days ahead a moved collection is said, today included.
_DAYS: Final = 7
#: Messages that are looked at, and the importance from which on one is chatter.
_MOST: Final = 20
_CHATTER: Final = 9
#: What is no disturbance: lifts, which have a question of their own, and what changes nothing.
_NO_DISTURBANCE: Final = frozenset({"accessibility_issue", "no_effect"})


class _Source(BaseModel):
    name: str
    url: str | None = None
    sample: bool = False


class _Stated(BaseModel):
    source: _Source
    as_of: AwareDatetime
    realtime: bool | None = None

    @property
    def stated(self) -> Source:
        return Source(self.source.name, self.source.url, self.as_of, bool(self.realtime), self.source.sample)


class _Line(BaseModel):
    short_name: str
    mode: str


class _Message(BaseModel):
    language: Language
    title: str | None
    text: str
    lines: list[_Line]
    importance: int
    effect: str | None = None
    url: str | None = None


class _Messages(_Stated):
    items: list[_Message]


class _Holiday(BaseModel):
    day: date
    moved_to: date | None
    name: dict[Language, str]


class _Holidays(_Stated):
    items: list[_Holiday]


_Answer = TypeVar("_Answer", bound=BaseModel)


class HttpToday:
    """The façade over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def today(self, on: date, language: Language) -> Today:
        """Return what is on; what cannot be had is None in it."""
        said, moved = await asyncio.gather(
            self._ask("/v1/transport/messages", _Messages, {"lang": language, "limit": _MOST}),
            self._ask("/v1/waste/holidays", _Holidays, {"from": on.isoformat(), "days": _DAYS}),
        )
        return Today(
            disruptions=[_disruption(each) for each in said.items if _disturbs(each)] if said else None,
            shifts=[Shift(each.day, each.moved_to, each.name[language]) for each in moved.items] if moved else None,
            said_by=said.stated if said else None,
            moved_by=moved.stated if moved else None,
        )

    async def _ask(self, path: str, kind: type[_Answer], asked: dict[str, str | int]) -> _Answer | None:
        try:
            response = await self._client.get(path, params=asked)
            return kind.model_validate_json(response.raise_for_status().content)
        except (httpx.HTTPError, ValidationError):
            return None


def _disturbs(message: _Message) -> bool:
    return message.importance < _CHATTER and message.effect not in _NO_DISTURBANCE


def _disruption(message: _Message) -> Disruption:
    lines = tuple(dict.fromkeys(each.short_name for each in message.lines))
    return Disruption(message.title, message.text, message.language, lines, message.url)
