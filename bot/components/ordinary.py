"""Which words of a sentence are ordinary language: not a misspelt name, and no sign of a name by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.folding import folded
from bot.components.mentions import Mention
from bot.components.typos import TypoIndex
from bot.components.wordlists import WordLists

#: A word of training sentences that occurs this often is ordinary, however it is spelt.
_COUNT: Final = 2
#: Shorter words are too near to each other for a correction to say anything.
_MIN_CORRECTED: Final = 5
_MIN_NAME: Final = 3
_MIN_RARE: Final = 6


class OrdinaryWords:
    """The dictionaries' words with those of the project's own sentences and their misspellings."""

    def __init__(self, dictionaries: WordLists, own: Iterable[str] = ()) -> None:
        self._dictionaries = dictionaries
        self._own = frozenset(own)
        self._typos = TypoIndex(word for word in self._own if len(word) >= _MIN_CORRECTED)

    def has(self, word: str) -> bool:
        """Tell whether a folded word is ordinary, or a slight misspelling of a word of the training sentences."""
        return self.spells(word) or bool(self._typos.corrections(word))

    def spells(self, word: str) -> bool:
        """Tell whether a folded word is ordinary as it is spelt."""
        return len(word) < _MIN_NAME or word.isdigit() or word in self._own or self._dictionaries.known(word)

    def settled(self, word: str) -> bool:
        """Tell whether an ordinary word is one that residents use here, or too short to be a misspelt name."""
        return len(word) < _MIN_RARE or word in self._own or (not self._dictionaries.known(word) and self.has(word))

    def rare(self, text: str) -> frozenset[int]:
        """Return the ordinary words that only a dictionary has, such as names of people: "schumann", "herman"."""
        return frozenset(
            at for at, word in enumerate(folded(text).words) if self.has(word.text) and not self.settled(word.text)
        )

    def positions(self, text: str) -> frozenset[int]:
        """Return which words of a sentence are ordinary, by position."""
        return frozenset(at for at, word in enumerate(folded(text).words) if self.has(word.text))


def frequent_words(examples: Iterable[tuple[Message, Sequence[Mention]]]) -> set[str]:
    """Return the words that occur repeatedly in examples, outside the names in them."""
    counts: Counter[str] = Counter()
    for example, names in examples:
        sentence = folded(example.get(TEXT) or "")
        for word in sentence.words:
            at = sentence.span(word.start, word.end)[0]
            if not any(name["start"] <= at < name["end"] for name in names):
                counts[word.text] += 1
    return {word for word, count in counts.items() if count >= _COUNT and not word.isdigit()}
