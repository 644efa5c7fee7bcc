"""Pictures that tests send."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(colour: str = "red", size: tuple[int, int] = (60, 40), form: str = "JPEG", **options: Any) -> bytes:
    """Return a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def noise(side: int) -> bytes:
    """Return a picture that hardly compresses, and that no other one is like."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 80).save(out, "JPEG")
    return out.getvalue()
