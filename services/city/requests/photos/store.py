"""The folder of stored photos: a file each, named by the photo's id."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_ID: Final = re.compile(r"[0-9a-f]{32}")


class PhotoStore:
    """Writes, reads and deletes photos; a file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, content: bytes) -> str:
        """Store a photo and return its id, which nobody can guess."""
        photo_id = uuid.uuid4().hex
        path = self._path(photo_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(content)
        os.replace(unfinished, path)  # noqa: PTH105 - over the same file system, at once
        return photo_id

    def read(self, photo_id: str) -> bytes | None:
        """Return a photo, or None where there is none of that id."""
        try:
            return self._path(photo_id).read_bytes()
        except FileNotFoundError:
            return None

    def remove(self, photo_ids: Iterable[str]) -> None:
        """Delete photos; one that is not there is no error."""
        for photo_id in photo_ids:
            self._path(photo_id).unlink(missing_ok=True)

    def ids(self) -> set[str]:
        """Return the ids of all stored photos."""
        return {path.stem for path in self._folder.glob("??/*.jpg")} if self._folder.is_dir() else set()

    def _path(self, photo_id: str) -> Path:
        if not _ID.fullmatch(photo_id):
            raise ValueError("not the id of a photo")
        return self._folder / photo_id[:2] / f"{photo_id}.jpg"
