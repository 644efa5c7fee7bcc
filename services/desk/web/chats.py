"""Pages of conversations: who waits, an operator's own, and one that is open."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from starlette.responses import Response

from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.errors import DeskError
from services.desk.handover import Chat, HandOver
from services.desk.web import reading
from services.desk.web.cookies import ROOT
from services.desk.web.pages import go
from services.desk.web.visitors import allowed, visitor_of

router = APIRouter()

#: Who answers residents; supervisors may too.
Answering = Annotated[Account, Depends(allowed("operator", "supervisor"))]
ChatId = Annotated[str, Path(max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]
_MOST_TEXT: Final = 4000
#: Acts in the record of a conversation that have a text, ``access_<id>``.
_NOTED: Final = frozenset(
    {
        *("looked", "took", "transferred", "gave_back", "closed", "reassigned", "lost"),
        *("approval_on", "approval_off", "approved", "adapted", "ignored"),
    }
)
Words = Annotated[str, Form(max_length=_MOST_TEXT)]


async def hand_over(request: Request) -> HandOver:
    """Return the hand-over. Raises DeskError where conversations are not handed over here."""
    found: HandOver | None = request.app.state.desk.gateway.handover()
    if found is None:
        raise DeskError(HTTPStatus.NOT_FOUND, "chat_off")
    return found


Hand = Annotated[HandOver, Depends(hand_over)]


@router.get("/inbox")
async def inbox(request: Request, account: Answering, hand: Hand) -> Response:
    """Show who waits, and an operator's own conversations."""
    await _here(account, hand)
    return _page(request, "inbox", **await _lists(request, account, hand))


@router.get("/lists")
async def lists(
    request: Request, account: Answering, hand: Hand, chat: Annotated[str | None, Query(max_length=64)] = None
) -> Response:
    """Show both lists alone, for a page that is open; ``chat`` is the one on it."""
    return _page(request, "lists", **await _lists(request, account, hand, chat))


@router.get("/chats/{chat_id}")
async def chat_page(request: Request, account: Answering, hand: Hand, chat_id: ChatId) -> Response:
    """Show a conversation: what was said, and beside it what is known."""
    await _here(account, hand)
    card = await hand.card(chat_id, account.id)
    lines = await hand.transcript(chat_id, account.id)
    aside = await _aside(request, account, hand, card.chat)
    shown = await _lists(request, account, hand, chat_id)
    return _page(request, "chat", card=card, chat=card.chat, lines=lines, client_id=uuid.uuid4().hex, **aside, **shown)


@router.get("/chats/{chat_id}/lines")
async def lines(
    request: Request, account: Answering, hand: Hand, chat_id: ChatId, after: Annotated[int, Query(ge=0, le=10**9)] = 0
) -> Response:
    """Show what was said after a message's number."""
    return _page(request, "lines", lines=await hand.transcript(chat_id, account.id, after), account_id=account.id)


@router.get("/chats/{chat_id}/aside")
async def aside(request: Request, account: Answering, hand: Hand, chat_id: ChatId) -> Response:
    """Show what is known, what was noted and what could be answered, alone."""
    card = await hand.card(chat_id, account.id)
    return _page(request, "aside", card=card, chat=card.chat, **await _aside(request, account, hand, card.chat))


@router.post("/chats/{chat_id}/take")
async def take(request: Request, account: Answering, hand: Hand, chat_id: ChatId) -> Response:
    """Take a conversation that waits."""
    if not await hand.take(chat_id, account.id):
        raise DeskError(HTTPStatus.CONFLICT, "taken")
    return go(request, f"{ROOT}/chats/{chat_id}")


@router.post("/chats/{chat_id}/say")
async def say(
    request: Request,
    *,
    account: Answering,
    hand: Hand,
    chat_id: ChatId,
    text: Words = "",
    client_id: Annotated[str, Form(min_length=8, max_length=64, pattern=r"^[0-9A-Za-z-]+$")] = "",
    language: Annotated[str, Form(max_length=2)] = "",
) -> Response:
    """Say something to the resident."""
    if not text.strip():
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_said")
    await hand.say(chat_id, account.id, client_id, text.strip(), reading.as_known(language))
    if not request.headers.get("hx-request"):
        return go(request, f"{ROOT}/chats/{chat_id}")
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/chats/{chat_id}/note")
async def note(request: Request, account: Answering, hand: Hand, chat_id: ChatId, text: Words = "") -> Response:
    """Note something for colleagues."""
    if not text.strip():
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_said")
    await hand.note(chat_id, account.id, text.strip())
    return go(request, f"{ROOT}/chats/{chat_id}")


@router.post("/chats/{chat_id}/transfer")
async def transfer(
    request: Request, account: Answering, hand: Hand, chat_id: ChatId, to: Annotated[str, Form(max_length=80)] = ""
) -> Response:
    """Hand a conversation to a colleague (``operator:<id>``) or a team (``team:<id>``)."""
    kind, _, target = to.partition(":")
    desk: Desk = request.app.state.desk
    people = {each.operator_id for each in await hand.people()}
    if kind == "team" and target in desk.teams:
        await hand.transfer(chat_id, account.id, to_team=target)
    elif kind == "operator" and target in people:
        await hand.transfer(chat_id, account.id, to_operator=target)
    else:
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nobody_there")
    return go(request, f"{ROOT}/inbox")


@router.post("/chats/{chat_id}/give-back")
async def give_back(request: Request, account: Answering, hand: Hand, chat_id: ChatId, settled: Words = "") -> Response:
    """Give a conversation back to the assistant, with what was settled."""
    if not settled.strip():
        raise DeskError(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_settled")
    await hand.give_back(chat_id, account.id, settled.strip())
    return go(request, f"{ROOT}/inbox")


@router.post("/chats/{chat_id}/close")
async def close(request: Request, account: Answering, hand: Hand, chat_id: ChatId) -> Response:
    """End a conversation."""
    await hand.close(chat_id, account.id)
    return go(request, f"{ROOT}/inbox")


@router.post("/chats/{chat_id}/typing")
async def typing(account: Answering, hand: Hand, chat_id: ChatId) -> Response:
    """Tell the resident that an answer is being written."""
    await hand.typing(chat_id, account.id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/chats/{chat_id}/seen")
async def seen(
    request: Request, account: Answering, hand: Hand, chat_id: ChatId, seq: Annotated[int, Form(ge=0, le=10**9)] = 0
) -> Response:
    """Keep how far somebody has read."""
    desk: Desk = request.app.state.desk
    if any(each.conversation_id == chat_id for each in await hand.mine(account.id)):
        await desk.storage.write(lambda connection: desk.read_marks.note(connection, account.id, chat_id, seq))
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/by-code")
async def by_code(
    request: Request, account: Answering, hand: Hand, code: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Open the conversation whose resident reads out a code."""
    desk: Desk = request.app.state.desk
    await desk.limit_codes(account.id)
    found = await hand.by_code(code.strip(), account.id)
    if found is None:
        raise DeskError(HTTPStatus.NOT_FOUND, "no_such_code")
    return go(request, f"{ROOT}/chats/{found}")


async def _here(account: Account, hand: HandOver) -> None:
    """Say that somebody is there: who opens a page is, also where their browser runs no script."""
    await hand.present(account.id, account.name, account.teams, account.languages, account.status)


async def _lists(request: Request, account: Account, hand: HandOver, chat_id: str | None = None) -> dict[str, Any]:
    desk: Desk = request.app.state.desk
    own = await hand.mine(account.id)
    marks = await desk.storage.read(lambda connection: desk.read_marks.of(connection, account.id))
    return {
        "waiting": await hand.queue(account.teams),
        "own": own,
        "unread": {each.conversation_id for each in own if _unread(each, marks)},
        "open_chat": chat_id,
        "now": desk.clock.now(),
    }


def _unread(chat: Chat, marks: Mapping[str, int]) -> bool:
    return chat.last_author == "resident" and chat.last_seq > marks.get(chat.conversation_id, 0)


async def _aside(request: Request, account: Account, hand: HandOver, chat: Chat) -> dict[str, Any]:
    desk: Desk = request.app.state.desk
    own, people = chat.owner_id == account.id, await hand.people()
    return {
        "is_own": own,
        "suggestions": await hand.suggest(chat.conversation_id) if own and not chat.approves else (),
        "proposal": await hand.proposal(chat.conversation_id) if own else None,
        "canned": reading.ready(desk.canned, chat.language, visitor_of(request).language, account),
        "notes": await hand.notes(chat.conversation_id),
        "accesses": await hand.accesses(chat.conversation_id),
        "colleagues": [each for each in people if each.operator_id != account.id],
        "account_id": account.id,
        "noted": _NOTED,
    }


def _page(request: Request, name: str, **context: Any) -> Response:
    desk: Desk = request.app.state.desk
    return desk.pages.show(request, name, moments=reading.moments, team_names=desk.teams, **context)
