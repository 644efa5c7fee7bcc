"""Endpoints of photos: uploaded into a conversation, and shown to who has it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response

from services.common.pictures import MEDIA_TYPE
from services.common.uploads import BODY, UploadError, photo_of
from services.gateway.conversations import access
from services.gateway.conversations.caller import ConversationId, Token, address_of, limited
from services.gateway.conversations.schemas import PhotoAdded
from services.gateway.core.errors import ChatError, documented
from services.gateway.photos.adding import Photos

router = APIRouter(prefix="/api/v1/conversations", tags=["chat"])

PhotoId = Annotated[str, Path(description="The photo's id.", pattern=r"^[0-9a-f]{32}$")]
_PICTURE: Final = {"schema": {"type": "string", "format": "binary"}}
#: A photo is a picture and nothing else, whatever a browser makes of it.
_HEADERS: Final = {"Content-Disposition": 'inline; filename="photo.jpg"', "Cache-Control": "no-store"}


@router.post(
    "/{conversation_id}/photos",
    operation_id="add_photo",
    summary="Upload a photo",
    status_code=HTTPStatus.CREATED,
    responses=documented(401, 404, 408, 409, 413, 415, 422, 429, 503),
    openapi_extra=BODY,
)
async def add_photo(request: Request, conversation_id: ConversationId, token: Token) -> PhotoAdded:
    """Take a JPEG, PNG, WebP or HEIC picture and keep it as a new JPEG without metadata, at most 1,600 pixels long.
    Then say it: `{client_id, photo: id}`. Nobody is sent the photo before the resident has said yes to a request."""
    state = request.app.state
    photos: Photos = state.photos
    conversation = await access.known(state.database, conversation_id, token)
    language = conversation.language
    if limited(request):
        await state.addresses.take(address_of(request), language)
        await state.uploads.take(conversation_id, language)
    with photos.place(language):
        try:
            data = await photo_of(request, photos.limits.bytes_each)
        except UploadError as error:
            if error.code == "photo_too_large":
                raise photos.too_large(language) from error
            raise ChatError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_form", language=language) from error
        return await photos.store(conversation_id, data, language)


@router.get(
    "/{conversation_id}/photos/{photo_id}",
    operation_id="photo",
    summary="A photo of the conversation",
    response_class=Response,
    responses={
        200: {
            "description": "The picture.",
            "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        },
        **documented(401, 404, 422, 503),
    },
)
async def photo(request: Request, conversation_id: ConversationId, token: Token, photo_id: PhotoId) -> Response:
    """Return a photo to who has the conversation's token."""
    content = await request.app.state.photos.content(conversation_id, token, photo_id)
    return Response(content, media_type=MEDIA_TYPE, headers=_HEADERS)
