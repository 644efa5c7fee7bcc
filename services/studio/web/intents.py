"""What the assistant understands: every question with its sentences in three languages, added, reworded, removed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from kit.languages import LANGUAGES, Language
from kit.text import fold
from services.desk.accounts.account import Account
from services.desk.web.pages import go
from services.desk.web.visitors import allowed, visitor_of
from services.studio.editing.alike import Near
from services.studio.editing.checks import tidied
from services.studio.editing.edits import AddSentence, Edit, RemoveSentence, ReplaceSentence
from services.studio.editing.errors import GoneError
from services.studio.editing.facts import Piece
from services.studio.editing.library import Placed, Snapshot
from services.studio.studio import ROOT
from services.studio.web.saving import Outcome, Saving, save, studio_of

router = APIRouter()

Editing = Annotated[Account, Depends(allowed("editor", "administrator"))]
IntentId = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
#: Far more than is taken, so that what is too long comes back with words and not with an error page.
Sentence = Annotated[str, Field(max_length=20_000)]
_MOST_SHOWN: Final = 150
#: A language with less than this share of the sentences that the others have has a gap.
_GAP: Final = 0.5


class Adding(Saving):
    """A new sentence."""

    language: Language
    text: Sentence = ""


class Changing(Saving):
    """A sentence in other words, or one less."""

    language: Language
    topic: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    old: Sentence
    text: Sentence = ""
    act: Literal["save", "remove"] = "save"


@dataclass(frozen=True)
class Row:
    """An intent in the list."""

    id: str
    name: str
    topic: str
    counts: Mapping[Language, int]

    def has_gap(self, language: Language) -> bool:
        """Tell whether a language has far fewer sentences than another."""
        return self.counts[language] < _GAP * max(self.counts.values())


@router.get("/")
async def first_page(request: Request, _account: Editing) -> Response:
    """Send somebody to the first screen."""
    return go(request, f"{ROOT}/intents")


@router.get("/intents")
async def intents(request: Request, _account: Editing, topic: Annotated[str, Query(max_length=40)] = "") -> Response:
    """Show every question with how many sentences it has."""
    studio = studio_of(request)
    snapshot = await asyncio.to_thread(studio.editor.look)
    language = visitor_of(request).language
    rows = [
        Row(
            intent,
            studio.desk.approved.question(intent, language) or "",
            snapshot.topic_of(intent) or "",
            {each: len(placed[each]) for each in LANGUAGES},
        )
        for intent, placed in snapshot.by_intent.items()
    ]
    topics = sorted({row.topic for row in rows if row.topic})
    shown = [row for row in rows if topic in {"", row.topic}]
    return studio.pages.show(request, "intents", rows=shown, topics=topics, topic=topic, broken=snapshot.broken)


@router.get("/intents/{intent}")
async def intent_page(
    request: Request,
    _account: Editing,
    intent: IntentId,
    sought: Annotated[str, Query(alias="q", max_length=200)] = "",
    done: Annotated[Literal["", "added", "changed", "nothing"], Query()] = "",
    done_in: Annotated[Language | None, Query(alias="in")] = None,
) -> Response:
    """Show a question's sentences in three columns; ``done_in``: where one was just added."""
    return await _page(request, intent, sought=sought, done=done, done_in=done_in)


@router.post("/intents/{intent}/add")
async def add(request: Request, account: Editing, intent: IntentId, form: Annotated[Adding, Form()]) -> Response:
    """Add a sentence."""
    snapshot = await asyncio.to_thread(studio_of(request).editor.look)
    topic = snapshot.topic_of(intent)
    if topic is None:
        raise GoneError(f"no intent {intent}")
    edit = AddSentence(form.language, topic, intent, tidied(form.text))
    outcome = await save(request, account, [edit], form)
    if outcome.failed:
        return await _page(request, intent, adding=form, outcome=outcome)
    done = "added" if outcome.commit else "nothing"
    return go(request, f"{ROOT}/intents/{intent}?done={done}&in={form.language}#{form.language}")


@router.get("/intents/{intent}/sentence")
async def sentence_page(
    request: Request,
    _account: Editing,
    intent: IntentId,
    language: Annotated[Language, Query()],
    topic: Annotated[str, Query(pattern=r"^[a-z][a-z0-9_]{0,39}$")],
    text: Annotated[str, Query(max_length=2000)],
) -> Response:
    """Show one sentence to reword or to remove."""
    form = Changing(language=language, topic=topic, old=text, text=text)
    return await _sentence(request, intent, form, Outcome())


@router.post("/intents/{intent}/change")
async def change(request: Request, account: Editing, intent: IntentId, form: Annotated[Changing, Form()]) -> Response:
    """Reword a sentence or remove it."""
    where = (form.language, form.topic, intent)
    edit: Edit = RemoveSentence(*where, form.old)
    if form.act == "save":
        edit = ReplaceSentence(*where, form.old, tidied(form.text))
    outcome = await save(request, account, [edit], form)
    if outcome.failed:
        return await _sentence(request, intent, form, outcome)
    return go(request, f"{ROOT}/intents/{intent}?done={'changed' if outcome.commit else 'nothing'}#{form.language}")


@router.get("/near")
async def near(
    request: Request,
    _account: Editing,
    language: Annotated[Language, Query()],
    text: Annotated[str, Query(max_length=20_000)] = "",
    old: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """Show the sentences that are nearly the same as one that is being typed."""
    studio = studio_of(request)

    def look() -> list[Near]:
        found = studio.editor.checks.near(studio.editor.look(), language, tidied(text)[:500])
        return [each for each in found if each.placed.text != old]

    return studio.pages.show(request, "near", near=await asyncio.to_thread(look), in_language=language)


async def _page(
    request: Request,
    intent: str,
    *,
    sought: str = "",
    done: str = "",
    done_in: Language | None = None,
    adding: Adding | None = None,
    outcome: Outcome | None = None,
) -> Response:
    studio = studio_of(request)

    def look() -> tuple[Snapshot, str]:
        return studio.editor.look(), studio.editor.head()

    snapshot, head = await asyncio.to_thread(look)
    if intent not in snapshot.by_intent:
        raise GoneError(f"no intent {intent}")
    found = {language: _sought(snapshot.by_intent[intent][language], sought) for language in LANGUAGES}
    context: dict[str, Any] = {
        "intent": intent,
        "called": studio.desk.approved.question(intent, visitor_of(request).language),
        "topic": snapshot.topic_of(intent),
        "here": f"{ROOT}/intents",
        "columns": {language: placed[:_MOST_SHOWN] for language, placed in found.items()},
        "counts": {language: len(placed) for language, placed in found.items()},
        "most": _MOST_SHOWN,
        "pieces": lambda language, text: _pieces(request, language, text),
        "edit_address": lambda language, placed: _edit_address(intent, language, placed),
        "sought": sought,
        "done": done,
        "done_in": done_in,
        "adding": adding,
        "outcome": outcome or Outcome(),
        "base": (adding.base if adding else "") or head,
        "broken": snapshot.broken,
    }
    return studio.pages.show(request, "intent", (outcome or Outcome()).status, **context)


async def _sentence(request: Request, intent: str, form: Changing, outcome: Outcome) -> Response:
    studio = studio_of(request)
    head = await asyncio.to_thread(studio.editor.head)
    return studio.pages.show(
        request,
        "sentence",
        outcome.status,
        here=f"{ROOT}/intents",
        intent=intent,
        form=form,
        outcome=outcome,
        # Once the other's version was seen, what is saved replaces it.
        base=head if outcome.conflict else form.base or head,
    )


def _sought(placed: Sequence[Placed], sought: str) -> list[Placed]:
    wanted = fold(sought)
    return [each for each in placed if wanted in fold(each.text)] if wanted else list(placed)


def _pieces(request: Request, language: Language, text: str) -> list[Piece]:
    return studio_of(request).facts.pieces(language, text)


def _edit_address(intent: str, language: Language, placed: Placed) -> str:
    query = urlencode({"language": language, "topic": placed.topic, "text": placed.text})
    return f"{ROOT}/intents/{intent}/sentence?{query}"
