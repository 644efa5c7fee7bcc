"""Takes a photo into a conversation: as many as one may keep, decoded a few at once, without holding up anything."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from sqlalchemy import Connection

from kit.clock import Clock
from kit.languages import Language
from services.common.pictures import Fault, Limits, Picture, PictureError, made_anew
from services.gateway.conversations import access, photos, repository
from services.gateway.conversations.schemas import PhotoAdded
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError

_STATUS: Final[dict[Fault, HTTPStatus]] = {
    "not_a_photo": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "photo_moving": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "photo_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "photo_broken": HTTPStatus.UNPROCESSABLE_ENTITY,
}
_DECODERS: Final = 2
_A_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class PhotoLimits:
    """What one photo, one conversation and the whole process may take."""

    #: Largest file, and what a conversation keeps altogether, in bytes.
    bytes_each: int
    bytes_kept: int
    #: Most pixels before decoding, and the longest side of what is kept.
    pixels: int
    longest_side: int
    #: Most photos that a conversation keeps.
    kept: int
    #: Most photos that are being received or decoded in this process.
    at_once: int


class Photos:
    """Takes photos; also the port for channels that have a photo's bytes in hand."""

    def __init__(self, *, database: Database, clock: Clock, limits: PhotoLimits) -> None:
        self._database = database
        self._clock = clock
        self.limits = limits
        self._under_way = 0
        self._decoders = ThreadPoolExecutor(_DECODERS, thread_name_prefix="photos")

    @contextlib.contextmanager
    def place(self, language: Language | None = None) -> Iterator[None]:
        """Take one of the places for photos under way. Raises ChatError ``too_many_photos_at_once``."""
        if self._under_way >= self.limits.at_once:
            raise ChatError(
                HTTPStatus.SERVICE_UNAVAILABLE, "too_many_photos_at_once", language=language, retry_after_s=5
            )
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def add_photo(self, conversation_id: str, data: bytes) -> str:
        """Store a photo of a conversation and return its id, for ``{client_id, photo: id}``; for channels in process.

        Raises ChatError, whose ``error_<code>`` is what to say to the resident: ``not_a_photo``, ``photo_moving``,
        ``photo_too_large``, ``photo_broken``, ``too_many_photos``, ``too_many_photos_at_once``,
        ``conversation_not_found``.
        """
        row = await self._database.read(lambda connection: repository.find(connection, conversation_id))
        if row is None:
            raise ChatError(HTTPStatus.NOT_FOUND, "conversation_not_found")
        with self.place(row.language):
            return (await self.store(conversation_id, data, row.language)).id

    async def store(self, conversation_id: str, data: bytes, language: Language | None) -> PhotoAdded:
        """Check, make anew and store a photo; who calls has a place. Raises ChatError."""
        if len(data) > self.limits.bytes_each:
            raise self.too_large(language)
        await self._database.read(lambda connection: self._room(connection, conversation_id, 0, language))
        picture = await self._made_anew(data, language)
        photo_id = uuid.uuid4().hex
        row = {
            "id": photo_id,
            "conversation_id": conversation_id,
            "at": self._clock.now(),
            "width": picture.width,
            "height": picture.height,
            "size": len(picture.content),
            "content": picture.content,
        }

        def write(connection: Connection) -> None:
            if repository.find(connection, conversation_id) is None:  # its time was over meanwhile
                raise ChatError(HTTPStatus.NOT_FOUND, "conversation_not_found", language=language)
            self._room(connection, conversation_id, len(picture.content), language)
            photos.add(connection, row)

        await self._database.write(write)
        return PhotoAdded(id=photo_id, width=picture.width, height=picture.height)

    async def content(self, conversation_id: str, token: str, photo_id: str) -> bytes:
        """Return a photo to who has the conversation. Raises ChatError."""

        def look(connection: Connection) -> bytes | None:
            access.opened(repository.find(connection, conversation_id), token)
            return photos.content(connection, conversation_id, photo_id)

        found = await self._database.read(look)
        if found is None:
            raise ChatError(HTTPStatus.NOT_FOUND, "unknown_photo")
        return found

    def too_large(self, language: Language | None) -> ChatError:
        """Return what is said to a file of too many bytes, or a picture of too many pixels."""
        megabytes, megapixels = (self.limits.bytes_each // _A_MEGABYTE, self.limits.pixels // _A_MEGABYTE)
        return ChatError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "photo_too_large",
            language=language,
            megabytes=max(1, megabytes),
            megapixels=max(1, megapixels),
        )

    def close(self) -> None:
        """End the threads."""
        self._decoders.shutdown(wait=False, cancel_futures=True)

    async def _made_anew(self, data: bytes, language: Language | None) -> Picture:
        limits = Limits(self.limits.pixels, self.limits.pixels, self.limits.longest_side)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._decoders, made_anew, data, limits)
        except PictureError as error:
            if error.code == "photo_too_large":
                raise self.too_large(language) from error
            raise ChatError(_STATUS[error.code], error.code, language=language) from error

    def _room(self, connection: Connection, conversation_id: str, size: int, language: Language | None) -> None:
        count, kept_bytes = photos.kept(connection, conversation_id)
        if count >= self.limits.kept or kept_bytes + size > self.limits.bytes_kept:
            raise ChatError(HTTPStatus.CONFLICT, "too_many_photos", language=language, limit=self.limits.kept)
