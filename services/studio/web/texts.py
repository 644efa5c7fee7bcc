"""What the assistant says: every text in three languages side by side, checked, previewed, and saved as one change."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import Response

from kit.clock import today
from kit.languages import LANGUAGES, Language
from kit.text import fold
from services.desk.web.pages import go
from services.studio.editing.edits import ChangeField, ChangeText, Edit, Field
from services.studio.editing.errors import GoneError
from services.studio.editing.findings import Finding
from services.studio.editing.library import Snapshot
from services.studio.editing.reading_ease import Ease, ease
from services.studio.editing.replies import Reply
from services.studio.editing.wording import known_placeholders
from services.studio.studio import ROOT
from services.studio.web.intents import Editing
from services.studio.web.previews import Line, lines
from services.studio.web.saving import Outcome, Saving, save, studio_of

router = APIRouter()

ReplyId = Annotated[str, Path(pattern=r"^[a-z][A-Za-z0-9_]{0,79}$")]
Given = dict[str, str]
_ON_A_PAGE: Final = 40
_FIELDS: Final[tuple[Field, ...]] = ("source", "valid_until")
Alarm = Literal["over", "soon"]


@dataclass(frozen=True)
class Row:
    """A text in the list."""

    id: str
    topic: str
    text: str
    owner: str
    valid_until: date | None
    alarm: Alarm | None
    lacks: Sequence[Language]


@dataclass(frozen=True)
class Preview:
    """A text in a language and form as channels show it, and how hard it is to read."""

    language: Language
    form: str
    lines: Sequence[Line]
    count: int
    ease: Ease | None


@router.get("/texts")
async def texts(
    request: Request,
    _account: Editing,
    topic: Annotated[str, Query(max_length=40)] = "",
    sought: Annotated[str, Query(alias="q", max_length=200)] = "",
    due: Annotated[bool, Query()] = False,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Show the texts, those past their last day or near it marked."""
    studio = studio_of(request)
    snapshot = await asyncio.to_thread(studio.editor.look)
    now, soon = today(studio.clock), timedelta(days=studio.settings.warn_days)
    rows = [_row(reply_id, where, by_language, now, soon) for reply_id, (where, by_language) in snapshot.texts.items()]
    rows.sort(key=lambda row: row.topic)
    alarms = [row for row in rows if row.alarm]
    wanted = fold(sought)
    shown = [
        row
        for row in (alarms if due else rows)
        if topic in {"", row.topic} and (not wanted or _has(snapshot, row, wanted))
    ]
    pages = max(1, -(-len(shown) // _ON_A_PAGE))
    page = min(page, pages)
    context: dict[str, Any] = {
        "rows": shown[(page - 1) * _ON_A_PAGE : page * _ON_A_PAGE],
        "count": len(shown),
        "alarms": len(alarms),
        "topics": sorted({row.topic for row in rows}),
        "topic": topic,
        "sought": sought,
        "due": due,
        "page": page,
        "pages": pages,
        "broken": snapshot.broken,
        "team_names": studio.desk.teams,
    }
    return studio.pages.show(request, "texts", **context)


@router.get("/texts/{reply_id}")
async def text_page(
    request: Request,
    _account: Editing,
    reply_id: ReplyId,
    done: Annotated[Literal["", "saved", "nothing"], Query()] = "",
) -> Response:
    """Show a text in its three languages."""
    return await _page(request, reply_id, done=done)


@router.post("/texts/{reply_id}/look")
async def look(request: Request, _account: Editing, reply_id: ReplyId) -> Response:
    """Show what is found of texts that are being typed, and how they will look."""
    studio = studio_of(request)
    given = await _given(request)

    def find() -> tuple[list[Finding], list[Preview]]:
        snapshot = studio.editor.look()
        topic, by_language = _found(snapshot, reply_id)
        edits = _edits(topic, by_language, given, reply_id)
        return studio.editor.checks.of(edits, snapshot), _previews(by_language, given)

    findings, previews = await asyncio.to_thread(find)
    return studio.pages.show(request, "look", findings=findings, previews=previews)


@router.post("/texts/{reply_id}")
async def save_text(request: Request, account: Editing, reply_id: ReplyId, form: Annotated[Saving, Form()]) -> Response:
    """Save a text's languages in one change."""
    snapshot = await asyncio.to_thread(studio_of(request).editor.look)
    topic, by_language = _found(snapshot, reply_id)
    given = await _given(request)
    edits = _edits(topic, by_language, given, reply_id)
    outcome = await save(request, account, edits, form) if edits else Outcome()
    if outcome.failed:
        return await _page(request, reply_id, given=given, form=form, outcome=outcome)
    return go(request, f"{ROOT}/texts/{reply_id}?done={'saved' if outcome.commit else 'nothing'}")


async def _given(request: Request) -> Given:
    """Return a form's texts: ``fr.other``, with ``was.fr.other`` beside it as the page showed it."""
    form = await request.form(max_fields=60, max_part_size=200_000)
    return {name: value.replace("\r\n", "\n").strip() for name, value in form.items() if isinstance(value, str)}


def _edits(topic: str, by_language: Mapping[Language, Reply], given: Given, reply_id: str) -> list[Edit]:
    """Return what a form changes: only what is another than the page showed."""
    edits: list[Edit] = []
    for language, reply in by_language.items():
        for form, now in reply.forms.items():
            new = given.get(f"{language}.{form}", now)
            old = given.get(f"was.{language}.{form}", now)
            if new != old:
                edits.append(ChangeText(language, topic, reply_id, form, old, new))
    return [*edits, *_field_edits(topic, by_language, given, reply_id)]


def _field_edits(topic: str, by_language: Mapping[Language, Reply], given: Given, reply_id: str) -> Iterator[Edit]:
    """Yield the source and the last day of every language, where the form changes them; the page shows the first's."""
    first = next(iter(by_language))
    for name in _FIELDS:
        shown = given.get(f"was.{name}") or None
        new = given.get(name) or None
        if name not in given or new == shown:
            continue
        for language, reply in by_language.items():
            old = shown if language == first else _plain(reply, name)
            if new != old:
                yield ChangeField(language, topic, reply_id, name, old, new)


async def _page(
    request: Request,
    reply_id: str,
    *,
    done: str = "",
    given: Given | None = None,
    form: Saving | None = None,
    outcome: Outcome | None = None,
) -> Response:
    studio = studio_of(request)
    given, outcome = given or {}, outcome or Outcome()

    def read() -> tuple[Snapshot, str]:
        return studio.editor.look(), studio.editor.head()

    snapshot, head = await asyncio.to_thread(read)
    topic, by_language = _found(snapshot, reply_id)
    first = next(iter(by_language.values()))
    now = {f"{language}.{form}": text for language, reply in by_language.items() for form, text in reply.forms.items()}
    now |= {name: _plain(first, name) or "" for name in _FIELDS}
    soon = timedelta(days=studio.settings.warn_days)
    context: dict[str, Any] = {
        "reply_id": reply_id,
        "topic": topic,
        "here": f"{ROOT}/texts",
        "by_language": {language: by_language[language] for language in LANGUAGES if language in by_language},
        "typed": {**now, **{name: value for name, value in given.items() if name in now}},
        # After a conflict, what is saved replaces what the page now shows of the other.
        "was": now if outcome.conflict or not given else {name: given.get(f"was.{name}", now[name]) for name in now},
        "theirs": now if outcome.conflict else {},
        "owner": first.owner,
        "alarm": _alarm(first.valid_until, today(studio.clock), soon),
        "placeholders": sorted(known_placeholders(snapshot, reply_id)),
        "previews": _previews(by_language, given),
        "findings": outcome.findings,
        "outcome": outcome,
        "why": form.why if form else "",
        "base": head,
        "done": done,
        "team_names": studio.desk.teams,
    }
    return studio.pages.show(request, "text", outcome.status, **context)


def _found(snapshot: Snapshot, reply_id: str) -> tuple[str, Mapping[Language, Reply]]:
    if reply_id not in snapshot.texts:
        raise GoneError(f"no text {reply_id}")
    return snapshot.texts[reply_id]


def _row(reply_id: str, topic: str, by_language: Mapping[Language, Reply], now: date, soon: timedelta) -> Row:
    first = next(iter(by_language.values()))
    return Row(
        reply_id,
        topic,
        first.forms["other"],
        first.owner or "",
        first.valid_until,
        _alarm(first.valid_until, now, soon),
        [language for language in LANGUAGES if language not in by_language],
    )


def _alarm(until: date | None, now: date, soon: timedelta) -> Alarm | None:
    if until is None:
        return None
    return "over" if until < now else "soon" if until - now <= soon else None


def _has(snapshot: Snapshot, row: Row, wanted: str) -> bool:
    _, by_language = snapshot.texts[row.id]
    said = (text for reply in by_language.values() for text in reply.forms.values())
    return wanted in fold(row.id) or any(wanted in fold(text) for text in said)


def _previews(by_language: Mapping[Language, Reply], given: Given) -> list[Preview]:
    found = []
    for language in (each for each in LANGUAGES if each in by_language):
        for form, now in by_language[language].forms.items():
            text = given.get(f"{language}.{form}", now)
            found.append(Preview(language, form, lines(text), len(text), ease(text)))
    return found


def _plain(reply: Reply, name: Field) -> str | None:
    value = reply.source if name == "source" else reply.valid_until
    return str(value) if value is not None else None
