"""Approval mode: turning it on and off, and what is done with an answer that waits for a click."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from services.desk.errors import DeskError
from services.desk.web.chats import Answering, ChatId, Hand, Words
from services.desk.web.cookies import ROOT
from services.desk.web.pages import go

router = APIRouter()

#: Where the page goes on once a proposal is settled.
_REPLY = "#text"


@router.post("/chats/{chat_id}/approval")
async def approval(
    request: Request, account: Answering, hand: Hand, chat_id: ChatId, on: Annotated[bool, Form()]
) -> Response:
    """Let the assistant propose answers, or no more."""
    await hand.approve(chat_id, account.id, on=on)
    return go(request, f"{ROOT}/chats/{chat_id}")


@router.post("/chats/{chat_id}/proposed")
async def proposed(
    request: Request,
    *,
    account: Answering,
    hand: Hand,
    chat_id: ChatId,
    act: Annotated[Literal["send", "ignore"], Form()],
    seq: Annotated[int, Form(ge=0, le=10**9)],
    text: Words = "",
) -> Response:
    """Send a proposal, as it was or changed, or ignore it."""
    if act == "ignore":
        settled = await hand.ignore_proposed(chat_id, account.id, seq)
    elif not text.strip():
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_said")
    else:
        # Browsers send line ends of their own.
        said = text.replace("\r\n", "\n").strip()
        settled = await hand.say_proposed(chat_id, account.id, seq, said)
    if not settled:
        raise DeskError(HTTPStatus.CONFLICT, "proposal_gone")
    return go(request, f"{ROOT}/chats/{chat_id}{_REPLY}")
