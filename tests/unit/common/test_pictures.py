"""A photo is what it holds: made anew, small, upright, without metadata - or refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from services.common.pictures import Limits, Picture, PictureError, made_anew

SECRET = b"Chaussee de Wavre 20"
LIMITS = Limits(pixels=30_000_000, jpeg_pixels=110_000_000, longest_side=2048)


def checked(content: bytes) -> Picture:
    return made_anew(content, LIMITS)


def picture(form: str, size: tuple[int, int] = (80, 40), mode: str = "RGB", **options: object) -> bytes:
    image = Image.new(mode, size)
    image.paste(Image.new(mode, (size[0] // 2, size[1]), 255 if mode == "L" else "red"))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def with_metadata(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # to be turned a quarter
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (IFDRational(50), IFDRational(50), IFDRational(0))})
    return picture(form, exif=exif)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_is_made_anew_as_jpeg(form: str) -> None:
    photo = checked(picture(form))
    image = Image.open(io.BytesIO(photo.content))
    assert (image.format, image.size, (photo.width, photo.height)) == ("JPEG", (80, 40), (80, 40))
    assert image.getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_metadata_is_gone(form: str) -> None:
    sent = with_metadata(form)
    assert SECRET in sent
    photo = checked(sent)
    assert SECRET not in photo.content
    assert not Image.open(io.BytesIO(photo.content)).getexif()
    assert b"Exif" not in photo.content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])  # a HEIC turns by itself, whatever its EXIF says
def test_the_picture_is_upright(form: str) -> None:
    assert Image.open(io.BytesIO(checked(with_metadata(form)).content)).size == (40, 80)


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("JPEG", "CMYK"), ("PNG", "L")]
)
def test_any_colours_are_taken(form: str, mode: str) -> None:
    image = Image.new(mode, (10, 10))
    out = io.BytesIO()
    image.save(out, form)
    assert Image.open(io.BytesIO(checked(out.getvalue()).content)).mode in ("RGB", "L")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_picture_is_made_smaller(form: str) -> None:
    photo = checked(picture(form, (5000, 1000)))
    assert photo.width == 2048
    assert photo.height in (409, 410)


def test_other_bytes_after_the_picture_are_gone() -> None:
    assert b"<script>" not in checked(picture("JPEG") + b"<script>alert(1)</script>").content


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html><img></html>", id="HTML"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
        pytest.param(picture("GIF"), id="GIF"),
        pytest.param(picture("TIFF"), id="TIFF"),
        pytest.param(picture("BMP"), id="BMP"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"x" * 50, id="the start of a JPEG"),
        pytest.param(b"PK\x03\x04" + b"\0" * 100, id="ZIP"),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(PictureError) as refused:
        checked(content)
    assert refused.value.code == "not_a_photo"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_truncated_picture_is_refused(form: str) -> None:
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(whole, form)
    with pytest.raises(PictureError) as refused:
        checked(whole.getvalue()[: len(whole.getvalue()) // 2])
    assert refused.value.code in ("photo_broken", "not_a_photo")


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that claims to be large and is small."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [6_000, 10_000, 20_000, 2_000_000_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(PictureError) as refused:
        checked(bomb(side, side))
    assert refused.value.code == "photo_too_large"


def frames(form: str) -> bytes:
    out = io.BytesIO()
    first, second = Image.new("RGB", (20, 20), "red"), Image.new("RGB", (20, 20), "blue")
    first.save(out, form, save_all=True, append_images=[second])
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_film_is_refused(form: str) -> None:
    with pytest.raises(PictureError) as refused:
        checked(frames(form))
    assert refused.value.code == "photo_moving"


def test_of_a_telephone_s_several_pictures_the_first_is_taken() -> None:
    photo = checked(frames("MPO"))
    assert Image.open(io.BytesIO(photo.content)).getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_more_pixels_than_allowed_are_refused(form: str) -> None:
    with pytest.raises(PictureError) as refused:
        made_anew(picture(form, (100, 100)), Limits(pixels=9_999, jpeg_pixels=9_999, longest_side=50))
    assert refused.value.code == "photo_too_large"
