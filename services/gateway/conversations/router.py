"""Endpoints of the chat API."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Body, Header, Query, Request, Response
from sse_starlette import EventSourceResponse

from services.gateway.conversations import access
from services.gateway.conversations.caller import ConversationId, Token, address_of, limited
from services.gateway.conversations.export import File, Format
from services.gateway.conversations.schemas import (
    Kept,
    LanguageOut,
    NewConversation,
    NewLanguage,
    NewMessage,
    Opened,
    Reply,
)
from services.gateway.conversations.service import Caller
from services.gateway.conversations.stream import read_last_id
from services.gateway.core.errors import documented

router = APIRouter(prefix="/api/v1/conversations", tags=["chat"])

_PING_S = 15


@router.post(
    "",
    operation_id="open_conversation",
    summary="Open a conversation",
    status_code=HTTPStatus.CREATED,
    responses=documented(400, 413, 422, 429, 503),
)
async def open_conversation(request: Request, wanted: Annotated[NewConversation | None, Body()] = None) -> Opened:
    """Return the conversation's id, its token and the greeting."""
    wanted = wanted or NewConversation()
    if limited(request):
        await request.app.state.openings.take(address_of(request), wanted.language)
    opened: Opened = await request.app.state.chat.open(wanted.language, wanted.channel)
    return opened


@router.post(
    "/{conversation_id}/messages",
    operation_id="say",
    summary="Say something",
    responses=documented(400, 401, 404, 409, 413, 422, 429, 503),
)
async def say(request: Request, conversation_id: ConversationId, token: Token, message: NewMessage) -> Reply:
    """Return what is said back. Messages of one conversation are answered in the order in which they arrive; the same
    `client_id` again gives the same answer and is not said twice. While an operator has the conversation, `messages`
    is empty and the operator's words come as events."""
    strict = limited(request)
    if strict:
        await request.app.state.addresses.take(address_of(request), None)
    reply: Reply = await request.app.state.chat.say(conversation_id, Caller(token, strict), message)
    return reply


@router.get(
    "/{conversation_id}/events",
    operation_id="events",
    summary="What comes unasked (server-sent events)",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "`message`: something is said unasked. `state`: the state, at first and when it changes. "
            "`typing`: an operator is writing. `deleted`: the conversation is gone. The data of all but the last is a "
            "`Reply`.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **documented(401, 404, 422, 429, 503),
    },
)
async def events(
    request: Request,
    conversation_id: ConversationId,
    token: Token,
    last_event_id: Annotated[str | None, Header(description="Go on after this event.", max_length=100)] = None,
) -> EventSourceResponse:
    """Stream an operator's words, reminders and alerts as they come. Answers to messages are not repeated here."""
    state = request.app.state
    await access.known(state.database, conversation_id, token)
    state.hub.check(conversation_id)
    stream = state.streams.events(conversation_id, read_last_id(last_event_id))
    return EventSourceResponse(stream, ping=_PING_S, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@router.get(
    "/{conversation_id}",
    operation_id="kept",
    summary="Everything that is kept of a conversation",
    responses=documented(401, 404, 422, 503),
)
async def kept(request: Request, conversation_id: ConversationId, token: Token) -> Kept:
    """Return what was said, in order, and when it is deleted at the latest."""
    found: Kept = await request.app.state.keeping.kept(conversation_id, token)
    return found


@router.get(
    "/{conversation_id}/export",
    operation_id="export",
    summary="A copy of everything, as a file",
    response_class=Response,
    responses={
        200: {
            "description": "The file, with its name in `Content-Disposition`.",
            "content": {
                "text/plain": {"schema": {"type": "string"}},
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
                "application/json": {"schema": {"$ref": "#/components/schemas/Kept"}},
            },
        },
        **documented(401, 404, 422, 503),
    },
)
async def export(
    request: Request,
    conversation_id: ConversationId,
    token: Token,
    form: Annotated[Format, Query(alias="format", description="To be read, for a program, or all of it.")] = "json",
) -> Response:
    """Return what was said and what else is kept. The token goes in the header, never in an address."""
    file: File = await request.app.state.keeping.export(conversation_id, token, form)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "no-store"}
    return Response(file.content, media_type=file.media_type, headers=headers)


@router.patch(
    "/{conversation_id}",
    operation_id="choose_language",
    summary="Go on in another language",
    responses=documented(400, 401, 404, 413, 422, 429, 503),
)
async def choose_language(
    request: Request, conversation_id: ConversationId, token: Token, wanted: NewLanguage
) -> LanguageOut:
    """Set the conversation's language. A message in another language still changes it."""
    chosen: LanguageOut = await request.app.state.keeping.choose_language(conversation_id, token, wanted.language)
    return chosen


@router.delete(
    "/{conversation_id}",
    operation_id="erase",
    summary="Delete my data",
    status_code=HTTPStatus.NO_CONTENT,
    responses=documented(401, 404, 422, 429, 503),
)
async def erase(request: Request, conversation_id: ConversationId, token: Token) -> Response:
    """Delete the conversation and everything that was said in it, for good."""
    await request.app.state.keeping.erase(conversation_id, token)
    return Response(status_code=HTTPStatus.NO_CONTENT)
