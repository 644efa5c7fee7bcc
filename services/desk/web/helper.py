"""The helper: a caller's words, and at once the answer in the caller's language and the operator's."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.helping import Fact, Found, HelperDownError, Question
from services.desk.keys import new_token
from services.desk.web.helper_page import Helping, Kept, Said, page
from services.desk.web.visitors import visitor_of

router = APIRouter()


class Asking(Kept):
    """A new question; each ``fact`` stands in place of a ``span`` of the words, where one was corrected."""

    span: list[Annotated[str, Field(pattern=r"^\d{1,3}-\d{1,3}$")]] = Field(default=[], max_length=20)
    fact: list[Annotated[str, Field(max_length=120)]] = Field(default=[], max_length=20)


class Choosing(Kept):
    """A choice; ``fresh`` where it is another question."""

    payload: str = Field(pattern=r"^/[a-z_]+(\{.*\})?$", max_length=1000)
    fresh: bool = False


class Saying(Kept):
    """What the caller says to a question of the assistant."""

    said: Said = ""


class Tab(BaseModel):
    """A page that is open."""

    tab: str = Field(pattern=r"^[\w-]{20,64}$")


#: The assistant takes ids of 100 characters at most.
_ID_LENGTH: Final = 48


@router.get("/helper")
async def helper(request: Request, _account: Helping) -> Response:
    """Show the search field."""
    return await page(request, tab=new_token(), own=visitor_of(request).language)


@router.post("/helper/ask")
async def ask(request: Request, _account: Helping, form: Annotated[Asking, Form()]) -> Response:
    """Answer a new question."""
    said = " ".join(corrected(form.words, form.span, form.fact).split())
    found = None
    if any(character.isalnum() for character in said):
        found = await _asked(request, form.tab, Question("text", said, form.spoken, form.own, fresh=True))
    return await _answer(request, "helper_found", form, found, words=found.words if found else said)


@router.post("/helper/choose")
async def choose(request: Request, _account: Helping, form: Annotated[Choosing, Form()]) -> Response:
    """Go on with a choice: another question that was meant, or what callers ask next."""
    question = Question("payload", form.payload, form.spoken, form.own, fresh=form.fresh)
    return await _answer(request, "helper_answer", form, await _asked(request, form.tab, question), words=form.words)


@router.post("/helper/say")
async def say(request: Request, _account: Helping, form: Annotated[Saying, Form()]) -> Response:
    """Go on with what the caller says to a question of the assistant."""
    said = " ".join(form.said.split())
    if not said:
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_said")
    question = Question("text", said, form.spoken, form.own, fresh=False)
    return await _answer(request, "helper_answer", form, await _asked(request, form.tab, question), words=form.words)


@router.post("/helper/next")
async def next_caller(request: Request, _account: Helping, form: Annotated[Tab, Form()]) -> Response:
    """Forget the question that is open: the next caller is another one."""
    desk: Desk = request.app.state.desk
    await desk.gateway.helper.forget(_conversation(request, form.tab))
    if request.headers.get("hx-request"):
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return await page(request, tab=form.tab, own=visitor_of(request).language)


def corrected(words: str, spans: list[str], facts: list[str]) -> str:
    """Return the words with each part replaced by what stands for it now, from the last part to the first."""
    changed = words
    parts = [tuple(map(int, span.split("-"))) for span in spans]
    for (start, end), fact in sorted(zip(parts, facts, strict=False), reverse=True):
        if start < end <= len(words):
            changed = f"{changed[:start]}{fact.strip()}{changed[end:]}"
    return changed


def another(intent: str, words: str, facts: tuple[Fact, ...]) -> str:
    """Return the command that asks another question about the same facts."""
    known = {each.name: words[each.start : each.end] for each in facts}
    return f"/{intent}" + (json.dumps(known, ensure_ascii=False) if known else "")


async def _asked(request: Request, tab: str, question: Question) -> Found:
    desk: Desk = request.app.state.desk
    try:
        return await desk.gateway.helper.ask(_conversation(request, tab), question)
    except HelperDownError as error:
        raise DeskError(HTTPStatus.SERVICE_UNAVAILABLE, "helper_down") from error


def _conversation(request: Request, tab: str) -> str:
    """Return the id of a tab's question at the assistant: nobody else's session leads to it, and to no chat."""
    desk, session = request.app.state.desk, visitor_of(request).session
    whose = session.id if session else ""
    return f"desk-{desk.keys.hashed('helper', f'{whose} {tab}')[:_ID_LENGTH]}"


async def _answer(request: Request, part: str, form: Kept, found: Found | None, *, words: str) -> Response:
    name = part if request.headers.get("hx-request") else "helper"
    context: dict[str, Any] = {"found": found, "words": words, "another": another}
    return await page(request, name, tab=form.tab, caller=form.spoken, own=form.own, **context)
