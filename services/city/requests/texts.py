"""Texts that people write, made clean: one kind of line end, no control characters, no odd spaces around."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t" for each in text):
        raise ValueError("holds control characters")
    return text


def _line(text: str) -> str:
    return " ".join(_clean(text).split())


#: A text of several lines.
Prose = Annotated[str, AfterValidator(_clean)]
#: A text of one line; spaces are made single.
Line = Annotated[str, AfterValidator(_line)]
#: What somebody reports, in own words.
Description = Annotated[Prose, Field(max_length=4000)]
