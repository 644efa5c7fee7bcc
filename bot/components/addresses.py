"""Finds addresses: a known street with its house number, and what is shaped like a street or a stop but unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.components.cues import Cues
from bot.components.folding import FoldedText, Word
from bot.components.mentions import Mention, mention

_MAX_SHAPE_WORDS: Final = 4
#: Matches nothing, where no postcode is known.
_NEVER: Final = r"(?!)"
_PHONE_BEFORE: Final = re.compile(r"(?:\d{2,4}[ ./]){2}$")


class AddressFinder:
    """Patterns of house numbers, postcodes and of names that no gazetteer has."""

    def __init__(self, cues: Cues, postcodes: Iterable[str] = ()) -> None:
        label, unit, month = cues.pattern("house_number"), cues.pattern("unit"), cues.pattern("month")
        postcode = "|".join(sorted(map(re.escape, postcodes))) or _NEVER
        # A letter that stands apart is a box where nothing goes on: "140 à Molenbeek", "12 c'est quand" have none.
        letter = rf"[a-f](?![a-z0-9'])| [a-f](?= ?(?:$|,|(?:{postcode})))"
        box = rf"(?:{letter}|/\d{{1,3}}| ?{cues.pattern('box')}(?![a-z]) ?\d*)?"
        after = rf"(?![a-z0-9]|[.:/]\d| ?(?:{unit}|{month})(?![a-z0-9]))"
        # "41-71" is one house with several numbers.
        number = rf"(?!(?:{postcode})(?!\d))(?:\d{{1,4}}-\d{{1,4}}|\d{{1,4}}{box}){after}"
        self._number_after = re.compile(rf"[ ,]*(?:(?<![a-z]){label}\.? ?)?{number}")
        self._number_beside = re.compile(rf"[ ,]*{cues.pattern('beside_number')} ?(?:{label}\.? ?)?({number})")
        self._number_before = re.compile(rf"(?<![a-z0-9.:/])\d{{1,4}}{box},? ?$")
        # "au 12 de la rue Américaine"; in "le 81 de la place Flagey" the number is a line's.
        of = rf"{cues.pattern('genitive')}[ ']*(?:{cues.pattern('article')}[ ']*)?"
        self._number_of = re.compile(rf"(?<![a-z0-9])(?:{cues.pattern('door')}|{label})\.? ?(\d{{1,4}}{box}) {of}$")
        self._postcode = re.compile(
            rf"(?<![\w.:/+-])(?:{postcode})(?![\w%€]|[.:/,]\d| ?(?:{unit}|{month})(?![a-z0-9]))"
        )
        self._line_before = re.compile(rf"(?<![a-z0-9]){cues.pattern('line_word')} ?$")
        self._street_types = cues.words("street_type")
        self._street_shapes = tuple(cues.words("street_shape"))
        self._plain_types = cues.words("plain_street_type")
        self._articles = cues.words("name_article")
        self._fillers = cues.words("filler")
        self._frequent = cues.words("frequent", "towards", "from", "at", "to", "line_word", "weekday")
        self._stop_words = cues.words("stop_word")
        self._place_cues = cues.words("at", "from", "towards", "stop_word")

    def with_number(self, sentence: FoldedText, street: Mention) -> Mention | None:
        """Return the address that a street makes with the number after or before it, or None."""
        start = sentence.position(street["start"])
        end = sentence.position(street["end"])
        after = self._number_after.match(sentence.text, end)
        if after is not None:
            return self._address(sentence, start, after.end())
        beside = self._number_beside.match(sentence.text, end)
        if beside is not None:
            return self._joined(sentence, (start, end), beside.span(1), beside.end())
        before = self._number_before.search(sentence.text[:start])
        if before is not None and not self._line_before.search(sentence.text[: before.start()]):
            return self._address(sentence, before.start(), end)
        of = self._number_of.search(sentence.text[:start])
        return self._joined(sentence, (start, end), of.span(1), end) if of else None

    def postcodes(self, sentence: FoldedText) -> Iterable[Mention]:
        """Yield the postcodes that stand by themselves: each names its commune."""
        for match in self._postcode.finditer(sentence.text):
            before = sentence.text[: match.start()]
            if self._line_before.search(before) or _PHONE_BEFORE.search(before):
                continue
            start, end = sentence.span(*match.span())
            yield mention(["commune"], start, end, sentence.original[start:end], "pattern")

    def street_shapes(self, sentence: FoldedText, unfamiliar: Sequence[int]) -> Iterable[Mention]:
        """Yield what looks like a street that the gazetteer does not have ("rue des Foobar", "Foobarstraat").

        ``unfamiliar`` are the positions of words that no language has.
        """
        words = sentence.words
        for position, word in enumerate(words):
            if word.text in self._street_types:
                end = self._end_of_name(sentence, position + 1)
                if end is not None and self._named(sentence, position, end, unfamiliar):
                    yield self._shape(sentence, word, words[end - 1], "street")
            for ending in self._street_shapes:
                if word.text.endswith(ending) and len(word.text) > len(ending) + 3:
                    yield self._shape(sentence, word, word, "street")

    def stop_shapes(self, sentence: FoldedText, unfamiliar: Sequence[int]) -> Iterable[Mention]:
        """Yield what stands where a stop would ("halte Foobar", "from Foobar"); weak, as any name may stand there.

        ``unfamiliar`` are the positions of words that no language has.
        """
        words = sentence.words
        for position, word in enumerate(words[:-1]):
            if word.text not in self._place_cues:
                continue
            first = position + 1
            while first < len(words) and words[first].text in self._fillers:
                first += 1
            if first >= len(words) or words[first].text in self._frequent or words[first].text in self._street_types:
                continue
            end = self._end_of_name(sentence, first)
            if end is not None and self._stop_named(sentence, word, (first, end), unfamiliar):
                yield self._shape(sentence, words[first], words[end - 1], "stop", strong=False)

    def _stop_named(self, sentence: FoldedText, cue: Word, name: tuple[int, int], unfamiliar: Sequence[int]) -> bool:
        # "halte Foobar" and "à Foobar" name a stop, "halte ligt dichtst bij" none.
        first, end = name
        if cue.text not in self._stop_words:
            end = first + 1
        elif len(sentence.words) <= _MAX_SHAPE_WORDS:
            return True
        return any(at in unfamiliar or sentence.proper(sentence.words[at].start) for at in range(first, end))

    def _named(self, sentence: FoldedText, position: int, end: int, unfamiliar: Sequence[int]) -> bool:
        # "place dispo", "passage du camion", "dans ma rue en juin" name no street.
        words = sentence.words
        name = [at for at in range(position + 1, end) if words[at].text not in self._fillers]
        return (
            any(at in unfamiliar or sentence.proper(words[at].start) for at in name)
            or self._number_after.match(sentence.text, words[end - 1].end) is not None
            or (words[position].text in self._plain_types and words[position + 1].text in self._articles)
        )

    def _end_of_name(self, sentence: FoldedText, first: int) -> int | None:
        words = sentence.words
        end = first
        content = False
        while end < len(words) and end - first < _MAX_SHAPE_WORDS:
            word = words[end]
            gap = sentence.text[words[end - 1].end : word.start] if end else ""
            # "C'est" begins a sentence; "d'Or" goes on with the name.
            clause = len(word.text) == 1 and word.text not in self._fillers
            if word.text[0].isdigit() or clause or re.search(r"[,;:.?!()]", gap):
                break
            if word.text not in self._fillers:
                if word.text in self._frequent:
                    break
                content = True
            end += 1
        while end > first and words[end - 1].text in self._fillers:
            end -= 1
        return end if content and end > first else None

    @staticmethod
    def _address(sentence: FoldedText, start: int, end: int) -> Mention:
        first, last = sentence.span(start, end)
        return mention(["address"], first, last, sentence.original[first:last], "pattern")

    @staticmethod
    def _joined(sentence: FoldedText, street: tuple[int, int], number: tuple[int, int], end: int) -> Mention:
        """Return the address of a street and a number with other words between: "rue Haute, en face du 80"."""
        first, last = sentence.span(min(street[0], number[0]), end)
        return mention(["address"], first, last, f"{sentence.quote(*street)} {sentence.quote(*number)}", "pattern")

    @staticmethod
    def _shape(sentence: FoldedText, first: Word, last: Word, kind: str, *, strong: bool = True) -> Mention:
        start, end = sentence.span(first.start, last.end)
        return mention([kind], start, end, sentence.original[start:end], "shape", strong=strong)
