"""Finds numbers of tram, bus and metro lines: "le 81", "bus 38", "N4", "metro 2 en 6"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.components.cues import Cues
from bot.components.folding import FoldedText
from bot.components.mentions import Mention, mention

#: The source of a mention of a line that no network here has.
UNKNOWN: Final = "unknown line"
_NUMBER: Final = r"[ntmb]?\d{1,3}[a-z]?"
_EDGE: Final = r"(?<![a-z0-9])"
#: Not inside a clock time, a date, a price, a postcode or a phone number.
_STOP: Final = r"(?![a-z0-9]|[.:/,]\d|-\d)"


class LineFinder:
    """Patterns of line numbers; without a word such as "tram" before it, only the network's own numbers count."""

    def __init__(self, cues: Cues, lines: Iterable[str]) -> None:
        self._known = {line.upper() for line in lines}
        unit = cues.pattern("unit")
        after = rf"{_STOP}(?! ?{unit}(?![a-z0-9]))"
        # Nor an argument of a program ("alert(1)").
        before = r"(?<![\d.,:/+-])(?<!\d )(?<!\w\()"
        word, article = cues.pattern("line_word"), cues.pattern("line_article")
        label = cues.pattern("house_number")
        self._named = re.compile(rf"{_EDGE}{word} ?(?:{label} ?)?({_NUMBER}){after}")
        self._with_article = re.compile(rf"{_EDGE}{article}[ ']?({_NUMBER}){after}")
        self._bare = re.compile(rf"{_EDGE}{before}({_NUMBER}){after}")
        self._quantity = re.compile(rf"{_EDGE}{cues.pattern('quantity', 'house_number')} ?$")
        other = rf"(?! ?{cues.pattern('month', 'street_type', 'hour_word', 'day_unit')}(?![a-z0-9]))"
        self._foreign = re.compile(rf"{_EDGE}(?:{article}[ ']?|{before})([1-9]\d{{0,2}}){after}{other}")
        self._joined = re.compile(rf" ?(?:{cues.pattern('line_joiner')}|,|/|&|\+) ?(?:{article} )?({_NUMBER}){after}")

    def find(self, sentence: FoldedText) -> Iterable[Mention]:
        """Yield candidates, which may overlap; a bare number is weak."""
        for match in self._named.finditer(sentence.text):
            yield self._mention(sentence, match, 1, self.normal(match[1]) or match[1].upper())
            yield from self._following(sentence, match.end())
        for pattern, strong in ((self._with_article, True), (self._bare, False)):
            for match in pattern.finditer(sentence.text):
                value = self.normal(match[1])
                if value and not self._quantity.search(sentence.text[: match.start(1)]):
                    yield self._mention(sentence, match, 1, value, strong=strong)

    def unknown(self, sentence: FoldedText) -> Iterable[Mention]:
        """Yield numbers that may be lines of another network, or of one that is not known whole; all weak."""
        for match in self._foreign.finditer(sentence.text):
            if not self.normal(match[1]) and not self._quantity.search(sentence.text[: match.start(1)]):
                start, end = sentence.span(*match.span(1))
                yield mention(["line"], start, end, match[1], UNKNOWN, strong=False)

    def normal(self, number: str) -> str | None:
        """Return the network's own writing of a line number ("n4" -> "N04", "t81" -> "81"), None if it has none."""
        plain = number.upper()
        variants = [plain]
        if plain[0] == "N" and plain[1:].isdigit():
            variants += [f"N{int(plain[1:]):02d}", f"N{int(plain[1:])}"]
        if plain[0] in "TMB" and plain[1:]:
            variants.append(plain[1:])
        if plain.isdigit():
            variants.append(str(int(plain)))
        return next((variant for variant in variants if variant in self._known), None)

    def _following(self, sentence: FoldedText, position: int) -> Iterable[Mention]:
        while (match := self._joined.match(sentence.text, position)) is not None:
            value = self.normal(match[1])
            if value is None:
                return
            yield self._mention(sentence, match, 1, value)
            position = match.end()

    @staticmethod
    def _mention(sentence: FoldedText, match: re.Match[str], group: int, value: str, *, strong: bool = True) -> Mention:
        start, end = sentence.span(*match.span(group))
        return mention(["line"], start, end, value, "pattern", strong=strong)
