"""What is live at the desk, as server-sent events, and that somebody is there as long as their page is open."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from services.desk.accounts.account import Account
from services.desk.desk import Desk
from services.desk.handover import HandOver, Status
from services.desk.web.chats import Answering, Hand
from services.desk.web.cookies import ROOT
from services.desk.web.pages import go
from services.desk.web.visitors import visitor_of

router = APIRouter()

_PING_S: Final = 15


@router.get("/events")
async def events(request: Request, account: Answering, hand: Hand) -> Response:
    """Give events for as long as the session holds."""
    session = visitor_of(request).session
    stream = _events(request.app.state.desk, hand, account, session.id if session else "")
    return EventSourceResponse(stream, ping=_PING_S, headers={"Cache-Control": "no-store"})


@router.post("/status")
async def status(request: Request, account: Answering, hand: Hand, status: Annotated[Status, Form()]) -> Response:
    """Say whether somebody takes conversations now."""
    desk: Desk = request.app.state.desk
    changed = {**account.preferences, "status": status}
    await desk.storage.write(lambda connection: desk.accounts.change(connection, account.id, preferences=changed))
    await hand.present(account.id, account.name, account.teams, account.languages, status)
    return go(request, f"{ROOT}/inbox")


async def _events(desk: Desk, hand: HandOver, account: Account, session_id: str) -> AsyncIterator[ServerSentEvent]:
    async with hand.events(account.id) as found:
        await hand.present(account.id, account.name, account.teams, account.languages, account.status)
        yield ServerSentEvent("{}", event="ready")
        pending = asyncio.ensure_future(anext(found))
        now = asyncio.get_running_loop().time
        due = now() + desk.settings.presence_s
        try:
            while True:
                done, _ = await asyncio.wait({pending}, timeout=max(0.0, due - now()))
                if done:
                    event = pending.result()
                    told = {"chat": event.conversation_id, "author": event.author}
                    yield ServerSentEvent(json.dumps(told), event=event.kind)
                    pending = asyncio.ensure_future(anext(found))
                if now() < due:  # however much is new, being there is said in between
                    continue
                due = now() + desk.settings.presence_s
                current = await desk.visitors.holding(session_id)
                if current is None:
                    yield ServerSentEvent("{}", event="over")
                    return
                await hand.present(current.id, current.name, current.teams, current.languages, current.status)
        except StopAsyncIteration:
            return
        finally:
            pending.cancel()
            with contextlib.suppress(asyncio.CancelledError, StopAsyncIteration):
                await pending
