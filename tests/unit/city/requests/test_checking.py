"""The façade refuses what is no photo with a status and a stable code."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from services.city.core.errors import CityError
from services.city.requests.photos.checking import LONGEST_SIDE, checked


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "JPEG")
    return out.getvalue()


def film() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(out, "PNG", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    return out.getvalue()


def test_a_photo_is_as_long_as_the_facade_keeps_them() -> None:
    assert checked(picture(4000, 100)).width == LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        pytest.param(b"<html>", 415, "not_a_photo", id="no photo"),
        pytest.param(film(), 415, "photo_moving", id="film"),
        pytest.param(picture(300, 300)[:700], 422, "photo_broken", id="cut off"),
    ],
)
def test_what_cannot_be_kept_is_refused(content: bytes, status: int, code: str) -> None:
    with pytest.raises(CityError) as refused:
        checked(content)
    assert (refused.value.status, refused.value.code) == (status, code)
