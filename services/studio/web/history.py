"""Who changed what and why, topic by topic, and taking a change back."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import Response

from kit.languages import LANGUAGES
from services.desk.web import reading
from services.desk.web.pages import go
from services.studio.editing.edits import (
    AddSentence,
    ChangeField,
    ChangeText,
    ConflictError,
    RemoveSentence,
    ReplaceSentence,
)
from services.studio.editing.errors import EditingError
from services.studio.editing.files import File
from services.studio.editing.history import Change, Commit
from services.studio.studio import ROOT, who
from services.studio.web.failures import noted
from services.studio.web.intents import Editing
from services.studio.web.saving import Outcome, Saving, studio_of

router = APIRouter()

CommitId = Annotated[str, Path(pattern=r"^[0-9a-f]{40,64}$")]
_KINDS: dict[type, str] = {
    AddSentence: "add",
    RemoveSentence: "remove",
    ReplaceSentence: "reword",
    ChangeText: "text",
    ChangeField: "field",
}


@router.get("/history")
async def history(
    request: Request, _account: Editing, topic: Annotated[str, Query(pattern=r"^([a-z][a-z0-9_]{0,39})?$")] = ""
) -> Response:
    """Show the newest changes, of everything or of a topic."""
    studio = studio_of(request)

    def read() -> tuple[list[Commit], list[str]]:
        snapshot = studio.editor.look()
        topics = sorted({file.topic for file in (*snapshot.blocks, *snapshot.replies)})
        paths = ["data/nlu", "data/responses"]
        if topic:
            paths = [File(kind, language, topic).path for kind in ("nlu", "responses") for language in LANGUAGES]
        return studio.editor.history.of(paths), topics

    commits, topics = await asyncio.to_thread(read)
    return studio.pages.show(request, "history", commits=commits, topics=topics, topic=topic, moments=reading.moments)


@router.get("/history/{commit_id}")
async def change_page(request: Request, _account: Editing, commit_id: CommitId, done: bool = False) -> Response:
    """Show one change."""
    return await _page(request, commit_id, Outcome(), done=done)


@router.post("/history/{commit_id}/take-back")
async def take_back(
    request: Request, account: Editing, commit_id: CommitId, form: Annotated[Saving, Form()]
) -> Response:
    """Take a change back."""
    studio = studio_of(request)
    try:
        made = await asyncio.to_thread(studio.editor.take_back, commit_id, who(account), form.why)
    except ConflictError as error:
        return await _page(request, commit_id, Outcome(conflict=error))
    except EditingError as error:
        return await _page(request, commit_id, Outcome(error=noted(error)))
    return go(request, f"{ROOT}/history/{made or commit_id}?done=true")


async def _page(request: Request, commit_id: str, outcome: Outcome, *, done: bool = False) -> Response:
    studio = studio_of(request)
    change: Change = await asyncio.to_thread(studio.editor.history.change, commit_id)
    context: dict[str, Any] = {
        "change": change,
        "kinds": [(_KINDS[type(edit)], edit) for edit in change.edits],
        "here": f"{ROOT}/history",
        "outcome": outcome,
        "done": done,
        "moments": reading.moments,
    }
    return studio.pages.show(request, "change", outcome.status, **context)
