"""Makes a picture out of what was sent, whatever it claims to be; nothing of the sent file but its pixels is kept."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Final, Literal

import pillow_heif
from PIL import Image, ImageOps

#: HEIF is what telephones of Apple make (HEIC).
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
MEDIA_TYPE: Final = "image/jpeg"

#: Formats in which several frames are a film; in others they are a preview, or the same picture for two eyes.
_FILMS: Final = frozenset({"PNG", "WEBP"})
_QUALITY: Final = 85
#: Decoding takes memory: so many at once, in the whole process.
_decoding: Final = threading.BoundedSemaphore(2)

pillow_heif.register_heif_opener(thumbnails=False)

Fault = Literal["not_a_photo", "photo_too_large", "photo_moving", "photo_broken"]


class PictureError(Exception):
    """What was sent is no picture that can be kept; ``code`` says why."""

    def __init__(self, code: Fault) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Limits:
    """What is decoded, in pixels, and what is kept: the longest side, in pixels.

    A JPEG is decoded at a fraction of its size and may have more pixels than other formats.
    """

    pixels: int
    jpeg_pixels: int
    longest_side: int


@dataclass(frozen=True)
class Picture:
    """A JPEG that was made here."""

    content: bytes
    width: int
    height: int


def made_anew(content: bytes, limits: Limits) -> Picture:
    """Return the picture upright, within the limits, without EXIF, GPS, comments or profiles; blocks while it decodes.

    Raises PictureError: ``not_a_photo`` where it is no JPEG, PNG, WebP or HEIC, ``photo_too_large`` where it has too
    many pixels, ``photo_moving`` where it is a film, ``photo_broken`` where it cannot be decoded to its end.
    """
    with _decoding:
        try:
            image = Image.open(io.BytesIO(content), formats=FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise PictureError("photo_too_large") from error
        except Exception as error:  # decoders of broken files raise what they like
            raise PictureError("not_a_photo") from error
        try:
            return _made_anew(image, limits)
        finally:
            image.close()


def _made_anew(image: Image.Image, limits: Limits) -> Picture:
    most = limits.jpeg_pixels if image.format == "JPEG" else limits.pixels
    if image.width * image.height > most:
        raise PictureError("photo_too_large")
    if image.format in _FILMS and getattr(image, "is_animated", False):
        raise PictureError("photo_moving")
    try:
        return _encoded(image, (limits.longest_side, limits.longest_side))
    except Exception as error:  # as above
        raise PictureError("photo_broken") from error


def _encoded(image: Image.Image, box: tuple[int, int]) -> Picture:
    image.draft("RGB", box)  # JPEG only: decodes at a fraction of the size
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail(box)
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
    return Picture(out.getvalue(), *bare.size)
