"""Whether a message of the assistant helped, as the resident says: kept with the message, and gone with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from services.gateway.conversations import access, repository
from services.gateway.conversations.caller import ConversationId, Token, limited
from services.gateway.conversations.schemas import NewFeedback
from services.gateway.core.errors import ChatError, documented

router = APIRouter(prefix="/api/v1/conversations", tags=["chat"])

MessageId = Annotated[str, Path(description="The message's id.", max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]


@router.post(
    "/{conversation_id}/messages/{message_id}/feedback",
    operation_id="give_feedback",
    summary="Say whether a message helped",
    status_code=HTTPStatus.NO_CONTENT,
    responses=documented(400, 401, 404, 413, 422, 429, 503),
)
async def give_feedback(
    request: Request, conversation_id: ConversationId, message_id: MessageId, token: Token, given: NewFeedback
) -> Response:
    """Keep the resident's opinion of an answer. Given again it replaces the one before."""
    state = request.app.state
    conversation = await access.known(state.database, conversation_id, token)
    if limited(request):
        await state.opinions.take(conversation_id, conversation.language)
    before = await state.database.write(
        lambda connection: repository.rate(connection, conversation_id, message_id, given.value)
    )
    if before is None:
        raise ChatError(HTTPStatus.NOT_FOUND, "message_not_found", language=conversation.language)
    if before != given.value:
        state.metrics.feedback.labels(given.value).inc()
    return Response(status_code=HTTPStatus.NO_CONTENT)
