"""The knowledge search of the helper: approved texts, procedures, contacts and messages, with filters."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Request
from pydantic import Field
from starlette.responses import Response

from kit.languages import Language
from services.desk.desk import Desk
from services.desk.knowing import Kind, Sought, Topic
from services.desk.web.helper_page import Helping, Kept, page

router = APIRouter()

#: So many are shown at first, and where all are wanted.
_FEW: Final = 10
_MOST: Final = 100


class Seeking(Kept):
    """What is looked for; an empty filter lets everything through."""

    sought: Annotated[str, Field(max_length=500)] = ""
    kind: Kind | Literal[""] = ""
    topic: Topic | Literal[""] = ""
    within: Language | Literal[""] = ""
    all: bool = False


@router.post("/helper/knowledge")
async def search(request: Request, _account: Helping, form: Annotated[Seeking, Form()]) -> Response:
    """Show what fits; nothing where nothing is asked for."""
    desk: Desk = request.app.state.desk
    words = " ".join(form.sought.split())
    sought = Sought(words, form.kind or None, form.topic or None, form.within or None)
    hits = None
    if words or sought.kind or sought.topic:
        hits = await desk.knowledge.search(sought, _MOST if form.all else _FEW)
    name = "knowledge_found" if request.headers.get("hx-request") else "helper"
    return await page(
        request, name, tab=form.tab, own=form.own, caller=form.spoken, words=form.words, sought=sought, hits=hits
    )
