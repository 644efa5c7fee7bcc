"""Finds names of places in a sentence, and tells whether each is certain to be one.

A name that is an ordinary word too ("bourse", "park") is weak unless something marks it as a name: a capital, or a word
before it such as "arrêt", "à", "richting". A commune's name is a name, save the few that the word lists call ambiguous
("jette", "forest", "vorst").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.components.cues import Cues
from bot.components.folding import FoldedText, folded
from bot.components.mentions import Mention, longest_first, mention
from bot.components.names import BARE, NUMBERED, NameIndex, NameLanguage
from kit.text import fold

_COMMUNE: Final = "commune"
_MIN_CORRECTED: Final = 5
#: House numbers have at most four digits.
_MAX_NUMBER: Final = 4
#: With no more words than these, all of them ordinary, a correction makes a name of plain language ("la route").
_MIN_ORDINARY_WORDS: Final = 3


class NameFinder:
    """The city's names with the cues that mark them."""

    def __init__(self, names: Mapping[str, Iterable[str]], cues: Cues, abbreviations: Mapping[str, str]) -> None:
        self._fillers = cues.words("filler")
        #: Words that only stand before a name, and words after which a name may stand as well as anything else.
        self._sure_markers = cues.words("towards", "stop_word")
        self._markers = self._sure_markers | cues.words("at", "from")
        self._ambiguous = cues.words("ambiguous_commune")
        self._names = NameIndex(
            names,
            NameLanguage(
                abbreviations={fold(s): fold(w) for s, w in abbreviations.items() if not s.startswith("-")},
                endings={fold(s): fold(w) for s, w in abbreviations.items() if s.startswith("-")},
                street_types=cues.words("street_type"),
                street_endings=tuple(sorted(cues.words("street_ending"), key=len, reverse=True)),
                fillers=self._fillers,
                road_to=tuple(tuple(fold(phrase).split()) for phrase in cues.phrases.get("road_to", ())),
                station=cues.words("station_before"),
                station_after=tuple(sorted(cues.words("station_after"))),
            ),
        )

    def spells(self, word: str) -> bool:
        """Tell whether a folded word is a word of a name as it is spelt."""
        return self._names.spells(word)

    def find(self, text: str, ordinary: frozenset[int], rare: frozenset[int] = frozenset()) -> list[Mention]:
        """Return the names in a sentence, none overlapping another.

        ``ordinary`` are positions of ordinary words, ``rare`` of those among them that few sentences have: a name may
        begin with a misspelling that is such a word ("Schumann"), but then it is weak unless it goes on.
        """
        sentence, settled = folded(text), ordinary - rare
        words = [word.text for word in sentence.words]
        candidates: list[Mention] = []
        for start in range(len(words)):
            exact = self._names.exact(words, start)
            if exact is not None:
                candidates += self._candidate(sentence, ordinary, (start, exact[0]), exact[1])
            if exact is None or start not in ordinary:
                near = self._names.misspelt(words, start, settled)
                longer = near is not None and near[2] and (exact is None or near[0] > exact[0])
                if near is not None and longer and not self._plain(settled, start, near[0]):
                    candidates += self._candidate(sentence, ordinary, (start, near[0]), near[1], corrected=True)
        return longest_first(candidates)

    def _candidate(
        self,
        sentence: FoldedText,
        ordinary: frozenset[int],
        place: tuple[int, int],
        kinds: frozenset[str],
        *,
        corrected: bool = False,
    ) -> Iterable[Mention]:
        start, end = place
        words = [word.text for word in sentence.words]
        if kinds == {NUMBERED}:
            if corrected or not (end < len(words) and words[end][0].isdigit() and len(words[end]) <= _MAX_NUMBER):
                return
            kinds = frozenset({"street"})
        bare = kinds == {BARE}
        if corrected and (bare or self._too_short(words[start:end])):
            return
        strong = not bare and (
            end - start > 1
            or start not in ordinary
            or (_COMMUNE in kinds and words[start] not in self._ambiguous)
            or self._marked(sentence, words, start)
        )
        first, last = sentence.span(sentence.words[start].start, sentence.words[end - 1].end)
        source = "typo" if corrected else "gazetteer"
        named = frozenset({"street"}) if bare else kinds - {NUMBERED, BARE}
        yield mention(named, first, last, sentence.original[first:last], source, strong=strong)

    @staticmethod
    def _too_short(words: Sequence[str]) -> bool:
        return len(words) == 1 and len(words[0]) < _MIN_CORRECTED

    @staticmethod
    def _plain(ordinary: frozenset[int], start: int, end: int) -> bool:
        return end - start < _MIN_ORDINARY_WORDS and ordinary.issuperset(range(start, end))

    def _marked(self, sentence: FoldedText, words: Sequence[str], start: int) -> bool:
        if start > 0 and sentence.proper(sentence.words[start].start):
            return True
        before = start - 1
        while before > 0 and words[before] in self._fillers and words[before] not in self._markers:
            before -= 1
        if before < 0:
            return False
        # "at park" is a stop; "in the park" may be any.
        return words[before] in (self._markers if before == start - 1 else self._sure_markers)
