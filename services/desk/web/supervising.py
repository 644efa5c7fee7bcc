"""The supervisors' page: who waits where and how long, who is there, who has whom; and giving it to somebody else."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import Response

from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.handover import HandOver
from services.desk.web import reading
from services.desk.web.chats import ChatId, Hand
from services.desk.web.cookies import ROOT
from services.desk.web.pages import go
from services.desk.web.visitors import allowed

router = APIRouter()

Supervising = Annotated[Account, Depends(allowed("supervisor"))]


@router.get("/supervision")
async def supervision(request: Request, _account: Supervising, hand: Hand) -> Response:
    """Show everything at a glance."""
    return await _page(request, hand, "supervision")


@router.get("/supervision/tables")
async def tables(request: Request, _account: Supervising, hand: Hand) -> Response:
    """Show the tables alone, for a page that is open."""
    return await _page(request, hand, "overview")


@router.post("/supervision/{chat_id}/reassign")
async def reassign(
    request: Request, account: Supervising, hand: Hand, chat_id: ChatId, to: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """Give a conversation to somebody who is there."""
    if to not in {each.operator_id for each in await hand.people()}:
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nobody_there")
    await hand.reassign(chat_id, account.id, to)
    return go(request, f"{ROOT}/supervision")


async def _page(request: Request, hand: HandOver, name: str) -> Response:
    desk: Desk = request.app.state.desk
    return desk.pages.show(
        request,
        name,
        overview=await hand.overview(),
        team_names=desk.teams,
        moments=reading.moments,
        now=desk.clock.now(),
    )
