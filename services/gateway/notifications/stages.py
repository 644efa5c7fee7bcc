"""What becomes of a request and of a permit application: each stage is told, and after the last one nothing follows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Row

from kit.languages import OFFICIAL, Language
from services.gateway.core.texts import Texts, spoken
from services.gateway.dialogue.followed import CityFollowed, DossierNow, RequestNow
from services.gateway.dialogue.port import Draft
from services.gateway.notifications.kind import News, aligned
from services.gateway.notifications.words import stop

#: How often a request is asked about, and a dossier, whose register is read once a day.
_REQUEST_PERIOD: Final = timedelta(minutes=5)
_DOSSIER_PERIOD: Final = timedelta(hours=1)

T = TypeVar("T", RequestNow, DossierNow)


class _Spoken(Generic[T]):
    """A subject's state; the façade is asked once a language, and only for languages that are needed."""

    def __init__(self, ask: Callable[[Language], Awaitable[T | None]]) -> None:
        self._ask: Callable[[Language], Awaitable[T | None]] = ask
        self._found: dict[Language, T | None] = {}

    async def in_(self, language: Language) -> T | None:
        """Return the state with its texts in a language, or None where the façade does not know it (any more)."""
        if language not in self._found:
            self._found[language] = await self._ask(language)
        return self._found[language]


class RequestChanges:
    """What becomes of a request. ``seen``: how many steps were told."""

    name = "request"

    def __init__(self, city: CityFollowed, texts: Texts) -> None:
        self._city = city
        self._texts = texts

    async def facts(self, row: Row[Any], now: datetime) -> _Spoken[RequestNow]:
        """Return the request."""
        del now
        reference = row.subject
        return _Spoken(lambda language: self._city.request(reference, language))

    async def news(self, row: Row[Any], facts: _Spoken[RequestNow], now: datetime) -> News:
        """Return the steps since the resident was told last; at first, since they began to follow it."""
        next_at = aligned(now, _REQUEST_PERIOD)
        first = await facts.in_(OFFICIAL[0])
        if first is None:
            return _lost(row, next_at, self._texts)
        before = (row.seen or {}).get("steps")
        told = before if before is not None else sum(1 for step in first.steps if step.at <= row.since)
        ends = first.status == "closed"
        if len(first.steps) <= told:
            return News(next_at, {"steps": told} if before is None else None, ends=ends)
        drafts = []
        for language in spoken(row.language):
            found = await facts.in_(language) or first
            parts = [self._texts.say("request_stage", language, **_stage(found))]
            parts += [step.note for step in found.steps[told:] if step.note]
            drafts.append(_draft(parts, row, found, language, self._texts, ends=ends))
        return News(next_at, {"steps": len(first.steps)}, tuple(drafts), ends=ends)


class DossierChanges:
    """What becomes of a permit application. ``seen``: the stage that was told."""

    name = "dossier"

    def __init__(self, city: CityFollowed, texts: Texts) -> None:
        self._city = city
        self._texts = texts

    async def facts(self, row: Row[Any], now: datetime) -> _Spoken[DossierNow]:
        """Return the application."""
        del now
        reference = row.subject
        return _Spoken(lambda language: self._city.dossier(reference, language))

    async def news(self, row: Row[Any], facts: _Spoken[DossierNow], now: datetime) -> News:
        """Return the stage where it is another one than the resident was told."""
        next_at = aligned(now, _DOSSIER_PERIOD)
        first = await facts.in_(OFFICIAL[0])
        if first is None:
            return _lost(row, next_at, self._texts)
        ends = first.next is None
        known = {"stage": first.stage.id}
        if row.seen is None or row.seen == known:
            return News(next_at, known if row.seen is None else None, ends=ends and row.seen is not None)
        drafts = []
        for language in spoken(row.language):
            found = await facts.in_(language) or first
            stage = {"reference": found.reference, "stage": found.stage.name, "meaning": found.stage.meaning}
            parts = [self._texts.say("dossier_stage_now", language, **stage)]
            if found.next:
                parts.append(self._texts.say("dossier_next_now", language, next=found.next.text))
            drafts.append(_draft(parts, row, found, language, self._texts, ends=ends))
        return News(next_at, known, tuple(drafts), ends=ends)


def _stage(found: RequestNow) -> dict[str, str]:
    return {"reference": found.reference, "stage": found.stage_name, "meaning": found.stage_text}


def _draft(
    parts: list[str], row: Row[Any], found: RequestNow | DossierNow, language: Language, texts: Texts, *, ends: bool
) -> Draft:
    if ends:
        return Draft("\n".join([*parts, texts.say("followed_to_the_end", language)]), language, (), (), found.stated)
    return Draft("\n".join(parts), language, (stop(row, language, texts),), (), found.stated)


def _lost(row: Row[Any], next_at: datetime, texts: Texts) -> News:
    """Say that a subject is not known any more; one that never was is dropped without a word."""
    if row.seen is None:
        return News(next_at, ends=True)
    said = tuple(
        Draft(texts.say("followed_is_gone", each, reference=row.subject), each) for each in spoken(row.language)
    )
    return News(next_at, drafts=said, ends=True)
