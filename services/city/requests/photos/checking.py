"""Makes a photo out of what was sent, whatever it claims to be; nothing of the sent file but its picture is kept."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from services.city.core.errors import CityError

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE: Final = "image/jpeg"

#: Largest picture that is decoded whole, in pixels; a JPEG is decoded at a fraction of its size and may have more.
MOST_PIXELS: Final = 30_000_000
MOST_JPEG_PIXELS: Final = 110_000_000
#: Longest side of what is stored, in pixels, and its JPEG quality.
LONGEST_SIDE: Final = 2048
_QUALITY: Final = 85
#: Decoding takes memory: so many at once.
_decoding: Final = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Photo:
    """A JPEG that was made here."""

    content: bytes
    width: int
    height: int


def checked(content: bytes) -> Photo:
    """Return the picture, upright, at most LONGEST_SIDE long, without EXIF, GPS, comments or profiles.

    Raises CityError ``not_a_photo`` (415) where it is no JPEG, PNG or WebP, ``photo_too_large`` (413) where it has too
    many pixels, ``photo_broken`` (422) where it cannot be decoded to its end.
    """
    with _decoding:
        try:
            image = Image.open(io.BytesIO(content), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large() from error
        except Exception as error:  # decoders of broken files raise what they like
            raise CityError(415, "not_a_photo", "This is no JPEG, PNG or WebP picture.") from error
        most = MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS
        if image.width * image.height > most:
            raise _too_large()
        try:
            return _made_anew(image)
        except Exception as error:  # as above
            raise CityError(422, "photo_broken", "This picture is broken: it cannot be read to its end.") from error
        finally:
            image.close()


def _made_anew(image: Image.Image) -> Photo:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG only: decodes at a fraction of the size
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if upright.mode not in ("RGB", "L"):
        coloured = upright.convert("RGBA")
        plain = Image.new("RGB", coloured.size, "white")
        plain.paste(coloured, mask=coloured.getchannel("A"))
        upright = plain
    # A new image has the pixels and nothing that came along with them.
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(out.getvalue(), *bare.size)


def _too_large() -> CityError:
    return CityError(413, "photo_too_large", "This picture has too many pixels; make it smaller.")
