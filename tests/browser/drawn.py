"""Pictures that stand for a map's tiles and for a resident's photo."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def drawn_tile() -> bytes:
    """Return a picture of a few streets, which stands on every tile of the map."""
    picture = Image.new("RGB", (256, 256), "#e9e6df")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((140, 150, 230, 230), fill="#cfe3c4")
    for line in (((0, 60), (256, 90)), ((80, 0), (60, 256)), ((0, 200), (256, 120)), ((180, 0), (200, 256))):
        pen.line(line, fill="#ffffff", width=9)
    return _png(picture)


def drawn_hole() -> bytes:
    """Return a picture that could be of a hole in a street."""
    picture = Image.new("RGB", (640, 480), "#8d8f92")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 380, 640, 480), fill="#b9b4a8")
    pen.ellipse((210, 170, 450, 310), fill="#3a3b3d")
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
