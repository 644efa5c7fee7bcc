"""Remarks on answers: made from the helper, followed by who made them, settled by editors and supervisors."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy import Connection
from starlette.responses import Response

from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.remarks import STATES, State, Wanted, What
from services.desk.web import reading
from services.desk.web.cookies import ROOT
from services.desk.web.helper_page import Helping, Kept
from services.desk.web.pages import go
from services.desk.web.visitors import allowed

router = APIRouter()

Settling = Annotated[Account, Depends(allowed("supervisor", "editor"))]
RemarkId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
_MOST_TEXTS: Final = 40
_ON_A_PAGE: Final = 25
#: Among an account's preferences: what has become of their remarks, as far as they have seen it.
_SEEN: Final = "remarks_seen"
_MOST_SEEN: Final = 500


class Remarked(Kept):
    """What an operator finds of an answer; ``text`` are the ids of the texts that it was made of."""

    what: What
    text: list[Annotated[str, Field(max_length=80, pattern=r"^\w+$")]] = Field(default=[], max_length=_MOST_TEXTS)


class Settled(BaseModel):
    """What has become of a remark."""

    state: State
    reason: str = Field(default="", max_length=300)


@router.post("/remarks")
async def remark(request: Request, account: Helping, form: Annotated[Remarked, Form()]) -> Response:
    """Tell the team that owns an answer that it is wrong or missing."""
    desk: Desk = request.app.state.desk
    question = " ".join(form.words.split())
    if not question:
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_said")
    team, now = desk.approved.about(form.text, form.own).owner, desk.clock.now()

    def note(connection: Connection) -> None:
        texts, language = form.text, form.spoken
        given: dict[str, Any] = {"what": form.what, "question": question, "language": language}
        desk.remarks.add(connection, now, account, team=team, texts=texts, **given)

    await desk.storage.write(note)
    if request.headers.get("hx-request"):
        return desk.pages.show(request, "remarked", team=team, team_names=desk.teams)
    return go(request, f"{ROOT}/remarks")


@router.get("/remarks")
async def remarks(
    request: Request,
    account: Helping,
    state: Annotated[State | Literal[""], Query()] = "",
    team: Annotated[str, Query(max_length=40)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Show one's own remarks; to editors and supervisors all, those of their teams first."""
    desk: Desk = request.app.state.desk
    settles = bool(account.roles & {"supervisor", "editor"})
    wanted = Wanted(None if settles else account.id, state or None, team or None)
    found, count = await desk.storage.read(
        lambda connection: desk.remarks.listed(
            connection, wanted, first_teams=account.teams, limit=_ON_A_PAGE, offset=(page - 1) * _ON_A_PAGE
        )
    )
    pages = max(1, -(-count // _ON_A_PAGE))
    if page > pages:
        return go(request, _address(state, team, pages))
    seen = list(account.preferences.get(_SEEN, ()))
    outcomes = {} if settles else {f"{each.id} {reading.moments.iso(each.changed_at)}": each for each in found}
    news = {mark: each.id for mark, each in outcomes.items() if each.state != "open" and mark not in seen}
    if news:
        changed = {**account.preferences, _SEEN: [*seen, *news][-_MOST_SEEN:]}
        await desk.storage.write(lambda connection: desk.accounts.change(connection, account.id, preferences=changed))
    context: dict[str, Any] = {"remarks": found, "settles": settles, "states": STATES, "count": count, "wanted": wanted}
    context |= {"news": set(news.values())}
    around = {name: _address(state, team, number) for name, number in (("before", page - 1), ("after", page + 1))}
    context |= {"page": page, "pages": pages, "around": around, "team_names": desk.teams}
    return desk.pages.show(request, "remarks", moments=reading.moments, **context)


def _address(state: str, team: str, page: int) -> str:
    """Return the address of a page of the list."""
    return f"{ROOT}/remarks?{urlencode({'state': state, 'team': team, 'page': page})}"


@router.post("/remarks/{remark_id}")
async def settle(
    request: Request, _account: Settling, remark_id: RemarkId, form: Annotated[Settled, Form()]
) -> Response:
    """Say what has become of a remark; who rejects it says why."""
    desk: Desk = request.app.state.desk
    reason = form.reason.strip() or None
    if form.state == "rejected" and reason is None:
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "no_reason")
    now = desk.clock.now()
    there = await desk.storage.write(
        lambda connection: desk.remarks.move(connection, now, remark_id, form.state, reason)
    )
    if not there:
        raise DeskError(HTTPStatus.NOT_FOUND, "not_found")
    return go(request, f"{ROOT}/remarks")
