"""Groups questions that seem to ask the same: by what they were taken for, and by their words.

Wordings in three languages share no words, but a guess: what the assistant took for the same subject stands together,
and within it what is worded alike in one language. Without a guess, only the words count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz, process

from kit.languages import Language
from kit.text import fold
from services.studio.inbox.questions import Question

#: From which likeness on (0 to 100) two wordings are one: the same words in any order, with slips of the finger.
_ALIKE: Final = 76.0
#: So many wordings are compared with a new one, those that share its rarest words first.
_COMPARED: Final = 60
_RAREST: Final = 3
_DIGITS: Final = str.maketrans("123456789", "000000000")


@dataclass
class Wording:
    """Questions of one language that are worded alike; ``example`` is the commonest of them."""

    language: Language | None
    questions: list[Question] = field(default_factory=list)

    @property
    def example(self) -> str:
        """The commonest text, of as common ones the first."""
        return Counter(each.text for each in self.questions).most_common(1)[0][0]


@dataclass
class Group:
    """Wordings that seem to ask the same; ``guess`` is the capability that they were taken for, if any."""

    guess: str | None
    wordings: list[Wording]

    @property
    def count(self) -> int:
        """How often it was asked."""
        return sum(len(each.questions) for each in self.wordings)

    @property
    def languages(self) -> Mapping[Language | None, int]:
        """How often in each language."""
        counts: Counter[Language | None] = Counter()
        for each in self.wordings:
            counts[each.language] += len(each.questions)
        return counts


def grouped(questions: Iterable[Question]) -> list[Group]:
    """Return the groups, the most frequent first; in each, the most frequent wordings first."""
    by_guess: dict[tuple[str | None, Language | None], list[Question]] = defaultdict(list)
    for each in questions:
        by_guess[each.guess, each.language].append(each)
    alike: dict[str, list[Wording]] = defaultdict(list)
    alone: list[Group] = []
    for (guess, language), asked in by_guess.items():
        wordings = [Wording(language, found) for found in _worded_alike(asked)]
        if guess is None:
            alone += [Group(None, [each]) for each in wordings]
        else:
            alike[guess] += wordings
    groups = [*(Group(guess, wordings) for guess, wordings in alike.items()), *alone]
    for group in groups:
        group.wordings.sort(key=lambda each: -len(each.questions))
    return sorted(groups, key=lambda each: -each.count)


def _worded_alike(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Yield questions whose words are alike; each text is compared once, however often it was asked."""
    same: dict[str, list[Question]] = defaultdict(list)
    for each in questions:
        same[" ".join(sorted(fold(each.text).translate(_DIGITS).split()))].append(each)
    frequency = Counter(word for key in same for word in set(key.split()))
    leaders: dict[str, list[Question]] = {}
    by_word: dict[str, list[str]] = defaultdict(list)
    for key in sorted(same, key=lambda each: -len(same[each])):
        rare = sorted(set(key.split()), key=lambda word: (frequency[word], word))[:_RAREST]
        near = list(dict.fromkeys(leader for word in rare for leader in by_word[word]))[:_COMPARED]
        found = process.extractOne(key, near, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if found:
            leaders[found[0]] += same[key]
            continue
        leaders[key] = list(same[key])
        for word in rare:
            by_word[word].append(key)
    yield from leaders.values()
