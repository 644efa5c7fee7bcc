"""What is asked and what comes of it: tables that read well with the eyes and with the ears, and as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from babel.numbers import format_decimal, format_percent
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from kit.languages import Language
from services.desk.accounts.account import Account
from services.desk.web.visitors import allowed, visitor_of
from services.studio.insight.report import FEW, Kept, as_csv, public, report
from services.studio.studio import ROOT, Studio
from services.studio.web.saving import studio_of

router = APIRouter()

Looking = Annotated[Account, Depends(allowed("supervisor", "editor", "administrator"))]
#: Days that are shown where none are chosen, and the most that are.
_USUAL: Final = 28
_MOST: Final = 400
#: Topics that have a name on the pages; others are shown as their files are called.
_NAMED: Final = frozenset({"city", "conversation", "following", "out_of_scope", "permits", "transport", "waste"})
_LOCALES: Final[dict[Language, str]] = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


@dataclass(frozen=True)
class Chosen:
    """What a page is asked for."""

    first: date
    last: date
    kept: Kept

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def query(self) -> dict[str, str]:
        """The same as parameters of an address."""
        given = {"topic": self.kept.topic, "language": self.kept.language, "channel": self.kept.channel}
        given = {name: value for name, value in given.items() if value}
        return {"from": self.first.isoformat(), "to": self.last.isoformat(), **given}


def _chosen(
    request: Request,
    *,
    first: Annotated[str, Query(alias="from", max_length=10)] = "",
    last: Annotated[str, Query(alias="to", max_length=10)] = "",
    topic: Annotated[str, Query(max_length=40)] = "",
    language: Annotated[Literal["", "fr", "nl", "en"], Query()] = "",
    channel: Annotated[str, Query(max_length=16)] = "",
) -> Chosen:
    """Read what is asked for; days that are none, or are the wrong way round, are those of the last weeks."""
    today = studio_of(request).figures.today
    end = min(_day(last) or today, today)
    begin = _day(first) or end - timedelta(days=_USUAL - 1)
    if begin > end:
        begin = end - timedelta(days=_USUAL - 1)
    begin = max(begin, end - timedelta(days=_MOST - 1))
    return Chosen(begin, end, Kept(topic, language, channel))


Wanted = Annotated[Chosen, Depends(_chosen)]


@router.get("/insight")
async def insight(request: Request, _account: Looking, wanted: Wanted) -> Response:
    """Show the tables."""
    studio, language = studio_of(request), visitor_of(request).language
    figures = await studio.figures.of(wanted.first, wanted.last)
    topic_of = _topics(studio)
    shown = report(figures, topic_of, wanted.kept, wanted.days)
    context: dict[str, Any] = {
        "report": shown,
        "wanted": wanted,
        "topics": sorted({topic_of(each.intent) for each in figures if each.questions} - {""}),
        "channels": sorted({each.channel for each in figures if each.questions}),
        "csv": f"{ROOT}/insight.csv?{urlencode(wanted.query)}",
        "question": lambda intent: studio.desk.approved.question(intent, language) or intent,
        "number": lambda value: format_decimal(value, locale=_LOCALES[language]),
        "percent": lambda value: format_percent(value, locale=_LOCALES[language]),
        "named": _NAMED,
        "here": f"{ROOT}/insight",
    }
    return studio.pages.show(request, "insight", **context)


@router.get("/insight.csv")
async def insight_csv(request: Request, _account: Looking, wanted: Wanted) -> Response:
    """Give the figures as a file."""
    studio, topic_of = studio_of(request), _topics(studio_of(request))
    kept = wanted.kept
    figures = [
        each
        for each in await studio.figures.of(wanted.first, wanted.last)
        if kept.topic in {"", topic_of(each.intent)}
        and kept.language in {"", each.language}
        and kept.channel in {"", each.channel}
    ]
    name = f"questions-{wanted.first}-{wanted.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(as_csv(figures), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/public")
async def public_page(request: Request) -> Response:
    """Show everybody how much is asked about what, without what is few."""
    studio, language = studio_of(request), visitor_of(request).language
    last = studio.figures.today - timedelta(days=1)
    first = last - timedelta(days=_USUAL - 1)
    tables = public(await studio.figures.of(first, last), _topics(studio))
    return studio.pages.show(
        request,
        "public",
        tables=tables,
        first=first,
        last=last,
        few=FEW,
        named=_NAMED,
        number=lambda value: format_decimal(value, locale=_LOCALES[language]),
        here=f"{ROOT}/public",
    )


def _topics(studio: Studio) -> Callable[[str], str]:
    snapshot = studio.editor.look()
    known = {intent: snapshot.topic_of(intent) or "" for intent in snapshot.by_intent}
    return lambda intent: known.get(intent, "")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
