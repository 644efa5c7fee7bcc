"""Lines of text with a little formatting. Whatever is in the text stays text; what is opened is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final, Literal

from services.telegram.drawing.sentences import pieces, units

#: Telegram's limit of a message, in UTF-16 units after its formatting is read.
MOST_UNITS: Final = 4096

Style = Literal["", "b", "i", "code"]


@dataclass(frozen=True)
class Span:
    """Some text in one style, which may be a link."""

    text: str
    style: Style = ""
    link: str | None = None

    def html(self) -> str:
        """Return it as Telegram's HTML."""
        drawn = escape(self.text, quote=False)
        if self.link:
            drawn = f'<a href="{escape(self.link)}">{drawn}</a>'
        return f"<{self.style}>{drawn}</{self.style}>" if self.style else drawn


Line = tuple[Span, ...]


def line(*parts: Span | str) -> Line:
    """Return a line of spans; strings are plain."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def bold(text: str) -> Span:
    """Return bold text."""
    return Span(text, "b")


def link(text: str, address: str | None) -> Span:
    """Return a link; only text where the address is none of the web's."""
    return Span(text, link=address if address and address.startswith(("https://", "http://")) else None)


def messages(lines: Sequence[Line], most: int = MOST_UNITS) -> list[str]:
    """Return lines as HTML, in as many messages as are needed; each can stand alone, and none is empty."""
    drawn: list[str] = []
    current: list[Line] = []
    used = 0
    for each in _short(lines, most):
        length = _units(each)
        if current and used + 1 + length > most:
            drawn.append(_html(current))
            current, used = [], 0
        used += length + (1 if current else 0)
        current.append(each)
    return [html for html in [*drawn, _html(current)] if html.strip()]


def _short(lines: Sequence[Line], most: int) -> Iterator[Line]:
    """Give the lines, each that is too long in several: at the ends of sentences where there are any."""
    for each in lines:
        if _units(each) <= most:
            yield each
            continue
        part: list[Span] = []
        used = 0
        for span in each:
            for piece in pieces(span.text, most):
                if part and used + units(piece) > most:
                    yield _stripped(part)
                    part, used = [], 0
                part.append(replace(span, text=piece))
                used += units(piece)
        if part:
            yield _stripped(part)


def _stripped(part: list[Span]) -> Line:
    return (*part[:-1], replace(part[-1], text=part[-1].text.rstrip()))


def _units(each: Line) -> int:
    return sum(units(span.text) for span in each)


def _html(lines: Sequence[Line]) -> str:
    return "\n".join("".join(span.html() for span in each if span.text) for each in lines).strip("\n")
