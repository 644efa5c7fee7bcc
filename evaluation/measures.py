"""The measures of understanding, as docs/evaluation.md defines them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.heldout import Sentence
from evaluation.resolution import Resolver
from evaluation.understanding import Understood
from kit.languages import LANGUAGES
from kit.wire import FALLBACK_INTENT

OUT_OF_SCOPE = "out_of_scope"
REJECTED = frozenset({OUT_OF_SCOPE, FALLBACK_INTENT})
#: Below this many words the language is the conversation's, which a single sentence does not show.
LANGUAGE_MIN_WORDS = 3

#: The measures in the order of the reports, with what they are called there.
NAMES = {
    "intent": "right intent, in scope",
    "intent_in_two": "right intent in two tries",
    "out_of_scope": "out of scope, rejected",
    "harm": "another intent than theirs, and no fallback",
    "language": "language from the text alone",
    "entities": "facts found and resolved",
}
#: Of this one, less is better.
HARM = "harm"

Pair = tuple[Sentence, Understood]


@dataclass(frozen=True)
class Case:
    """One thing that a measure asks of a sentence, and whether it holds; ``fact`` is the entity that was asked for."""

    sentence: Sentence
    held: bool
    fact: str = ""


@dataclass(frozen=True)
class Share:
    """A share of cases that hold."""

    held: int
    of: int

    @classmethod
    def among(cls, cases: Iterable[Case]) -> Share:
        """Count the cases that hold."""
        outcomes = [case.held for case in cases]
        return cls(sum(outcomes), len(outcomes))

    @property
    def percent(self) -> float:
        """The share in per cent; 100 of nothing."""
        return 100 * self.held / self.of if self.of else 100.0


def intent(pairs: Sequence[Pair]) -> list[Case]:
    """Right capability, in scope; a fallback counts as wrong."""
    return [Case(wanted, found.intent == wanted.intent) for wanted, found in _in_scope(pairs)]


def intent_in_two(pairs: Sequence[Pair]) -> list[Case]:
    """Right capability among the two that a clarification would offer."""
    return [
        Case(
            wanted,
            wanted.intent in [name for name, _ in found.ranking if name != OUT_OF_SCOPE][:2]
            or wanted.intent == found.intent,
        )
        for wanted, found in _in_scope(pairs)
    ]


def out_of_scope(pairs: Sequence[Pair]) -> list[Case]:
    """Out-of-scope sentences that are rejected."""
    return [Case(wanted, found.intent in REJECTED) for wanted, found in pairs if wanted.intent == OUT_OF_SCOPE]


def harm(pairs: Sequence[Pair]) -> list[Case]:
    """Sentences, of both kinds, that get a confident wrong answer."""
    return [Case(wanted, found.intent not in REJECTED and found.intent != wanted.intent) for wanted, found in pairs]


def language(pairs: Sequence[Pair]) -> list[Case]:
    """Right language from the text alone, for sentences of at least three words."""
    return [
        Case(wanted, found.language == wanted.language)
        for wanted, found in pairs
        if len(wanted.text.split()) >= LANGUAGE_MIN_WORDS
    ]


def entities(pairs: Sequence[Pair], resolver: Resolver) -> list[Case]:
    """Expected facts that were found and name the right thing."""
    return [
        Case(
            wanted,
            any(e["entity"] == name and resolver.same(value, str(e["value"]), name) for e in found.entities),
            name,
        )
        for wanted, found in pairs
        for name, value in wanted.entities.items()
    ]


def every(pairs: Sequence[Pair], resolver: Resolver) -> dict[str, list[Case]]:
    """Return the cases of each measure, by its name."""
    return {
        "intent": intent(pairs),
        "intent_in_two": intent_in_two(pairs),
        "out_of_scope": out_of_scope(pairs),
        "harm": harm(pairs),
        "language": language(pairs),
        "entities": entities(pairs, resolver),
    }


def balance(pairs: Sequence[Pair]) -> float:
    """Difference in points between the best and the worst language's intent measure."""
    shares = [Share.among(intent([p for p in pairs if p[0].language == lang])).percent for lang in LANGUAGES]
    return max(shares) - min(shares)


def confusions(pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    """Count, as (wanted, found), the intents taken for another; out of scope may fall back."""
    return Counter(
        (wanted.intent, found.intent)
        for wanted, found in pairs
        if wanted.intent != found.intent and not {wanted.intent, found.intent} <= REJECTED
    )


def _in_scope(pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[0].intent != OUT_OF_SCOPE]
