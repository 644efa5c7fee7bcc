"""Makes a photo of a request out of what was sent, and says as the façade does why it cannot."""

from __future__ import annotations

from typing import Final

from services.city.core.errors import CityError
from services.common.pictures import MEDIA_TYPE, Fault, Limits, PictureError, made_anew
from services.common.pictures import Picture as Photo

__all__ = ["LONGEST_SIDE", "MEDIA_TYPE", "Photo", "checked"]

#: Longest side of what is stored, in pixels.
LONGEST_SIDE: Final = 2048
_LIMITS: Final = Limits(pixels=30_000_000, jpeg_pixels=110_000_000, longest_side=LONGEST_SIDE)
_REFUSED: Final[dict[Fault, tuple[int, str]]] = {
    "not_a_photo": (415, "This is no JPEG, PNG, WebP or HEIC picture."),
    "photo_moving": (415, "This is a moving picture; send one frame of it."),
    "photo_too_large": (413, "This picture has too many pixels; make it smaller."),
    "photo_broken": (422, "This picture is broken: it cannot be read to its end."),
}


def checked(content: bytes) -> Photo:
    """Return the picture, upright, at most LONGEST_SIDE long, and no metadata.

    Raises CityError with the code of :class:`PictureError`.
    """
    try:
        return made_anew(content, _LIMITS)
    except PictureError as error:
        status, detail = _REFUSED[error.code]
        raise CityError(status, error.code, detail) from error
