"""The helper's page and its parts: the answer, what is known, what is pinned, what is on today."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from kit.clock import today
from kit.languages import OFFICIAL, Language
from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.helping import Found
from services.desk.knowing import KINDS, TOPICS, Sought
from services.desk.searching import Hits
from services.desk.today import Today
from services.desk.web import reading
from services.desk.web.cookies import ROOT
from services.desk.web.visitors import allowed, visitor_of

Helping = Annotated[Account, Depends(allowed("operator", "supervisor", "editor"))]
Said = Annotated[str, Field(max_length=500)]


class Kept(BaseModel):
    """What each form of the helper brings along; ``caller`` is empty while the words tell the language."""

    tab: str = Field(pattern=r"^[\w-]{20,64}$")
    own: Language
    words: Said = ""
    caller: Language | Literal[""] = ""

    @property
    def spoken(self) -> Language | None:
        """The caller's language, where it was chosen."""
        return self.caller or None


#: Parts that show which of the things found are pinned, and those that show the pins.
_PINNED: Final = frozenset({"helper", "knowledge_found", "pins"})
_PINS: Final = frozenset({"helper", "pins"})
_TODAY: Final = frozenset({"helper", "today"})


async def page(
    request: Request,
    name: str = "helper",
    *,
    tab: str = "",
    own: Language,
    caller: Language | None = None,
    words: str = "",
    found: Found | None = None,
    **context: Any,
) -> Response:
    """Return the helper's page or a part of it, with an answer where there is one."""
    desk: Desk = request.app.state.desk
    shown: list[Language] = []
    for reply in found.replies if found else ():
        shown += [each for each in reply.texts if each not in shown]
    text_ids = list(dict.fromkeys(each for reply in found.replies for each in reply.text_ids)) if found else []
    at_hand = await _at_hand(request, name, own)
    return desk.pages.show(
        request,
        name,
        here=f"{ROOT}/helper",
        tab=tab,
        own=own,
        caller=caller,
        words=words,
        found=found,
        shown=shown,
        about=desk.approved.about(text_ids, own),
        text_ids=text_ids[:40],
        question=desk.approved.question,
        moments=reading.moments,
        now=desk.clock.now(),
        live="hx-request" in request.headers,
        team_names=desk.teams,
        kinds=KINDS,
        topics=TOPICS,
        read_in=list(dict.fromkeys((own, *((caller,) if caller else OFFICIAL)))),
        **{"sought": Sought(words), "hits": None, "toggled": None, "error": None, **at_hand, **context},
    )


async def _at_hand(request: Request, name: str, own: Language) -> dict[str, Any]:
    """Return what is pinned and what is on today, as far as a part shows it."""
    desk: Desk = request.app.state.desk
    account = visitor_of(request).account
    ids: list[str] = []
    if name in _PINNED and account:
        ids = list(await desk.storage.read(lambda connection: desk.pins.of(connection, account.id)))

    async def pins() -> Hits | None:
        return await desk.knowledge.by_ids(ids) if name in _PINS else None

    async def on_today() -> Today | None:
        return await desk.gateway.today.today(today(desk.clock), own) if name in _TODAY else None

    pinned, on = await asyncio.gather(pins(), on_today())
    there = {each.id for each in pinned.items} if pinned else set()
    gone = [each for each in ids if each not in there] if pinned and not pinned.city_down else []
    return {"pinned_ids": ids, "pinned": pinned, "gone": gone, "on": on}
