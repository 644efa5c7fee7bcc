"""Line numbers in words, as people say them: "le septante et un", "tram zeven", "the eighty-one"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from num2words import num2words

from bot.components.cues import Cues
from bot.components.folding import FoldedText
from bot.components.mentions import Mention, mention
from bot.components.tries import PhraseTrie
from kit.text import fold

#: Belgian French says septante and nonante; some residents learnt soixante-dix and quatre-vingt-dix.
_LANGUAGES: Final = ("fr_BE", "fr", "nl", "en")
#: Smaller numbers may be a time, a day or a count; only with a word such as "tram" are they certainly a line's.
_LEAST_CERTAIN: Final = 13
_ONE: Final = "1"


def in_words(lines: Iterable[str]) -> dict[str, str]:
    """Return the words of each number, folded, with the line that they name."""
    return {
        fold(num2words(int(line), lang=language)): line for line in lines if line.isdigit() for language in _LANGUAGES
    }


class SpokenLines:
    """Finds lines whose numbers are written as words."""

    def __init__(self, cues: Cues, spoken: Mapping[str, str]) -> None:
        self._line_words = cues.words("line_word")
        self._articles = cues.words("line_article")
        self._units = cues.words("unit", "hour_word", "minute_unit", "day_unit", "month")
        self._numbers = PhraseTrie((words.split(), line) for words, line in spoken.items())

    def find(self, sentence: FoldedText) -> Iterator[Mention]:
        """Yield candidates; a small number after an article is weak."""
        words = [word.text for word in sentence.words]
        for position in range(1, len(words)):
            named, article = words[position - 1] in self._line_words, words[position - 1] in self._articles
            found = self._numbers.longest(words, position) if named or article else None
            if found is None:
                continue
            end, lines = found
            line = min(lines)
            if line == _ONE and not named:  # "the next one", "de een": a pronoun
                continue
            after = words[end] if end < len(words) else ""
            if after in self._units or (after in self._line_words and not named):  # "y a un bus" names no line 1
                continue
            start, last = sentence.span(sentence.words[position].start, sentence.words[end - 1].end)
            yield mention(["line"], start, last, line, "pattern", strong=named or int(line) >= _LEAST_CERTAIN)
