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
_REJECTED = frozenset({OUT_OF_SCOPE, FALLBACK_INTENT})
#: Below this many words the language is the conversation's, which a single sentence does not show.
LANGUAGE_MIN_WORDS = 3

Pair = tuple[Sentence, Understood]


@dataclass(frozen=True)
class Share:
    """A share of cases that hold."""

    held: int
    of: int

    @property
    def percent(self) -> float:
        """The share in per cent; 100 of nothing."""
        return 100 * self.held / self.of if self.of else 100.0


def _share(cases: Iterable[bool]) -> Share:
    outcomes = list(cases)
    return Share(sum(outcomes), len(outcomes))


def intent(pairs: Sequence[Pair]) -> Share:
    """Right capability, in scope; a fallback counts as wrong."""
    return _share(found.intent == wanted.intent for wanted, found in pairs if wanted.intent != OUT_OF_SCOPE)


def intent_in_two(pairs: Sequence[Pair]) -> Share:
    """Right capability among the two that a clarification would offer."""
    return _share(
        wanted.intent in [name for name, _ in found.ranking if name != OUT_OF_SCOPE][:2]
        or wanted.intent == found.intent
        for wanted, found in pairs
        if wanted.intent != OUT_OF_SCOPE
    )


def out_of_scope(pairs: Sequence[Pair]) -> Share:
    """Out-of-scope sentences that are rejected."""
    return _share(found.intent in _REJECTED for wanted, found in pairs if wanted.intent == OUT_OF_SCOPE)


def harm(pairs: Sequence[Pair]) -> Share:
    """Sentences, of both kinds, that get a confident wrong answer."""
    return _share(found.intent not in _REJECTED and found.intent != wanted.intent for wanted, found in pairs)


def language(pairs: Sequence[Pair]) -> Share:
    """Right language from the text alone, for sentences of at least three words."""
    return _share(
        found.language == wanted.language for wanted, found in pairs if len(wanted.text.split()) >= LANGUAGE_MIN_WORDS
    )


def entities(pairs: Sequence[Pair], resolver: Resolver) -> Share:
    """Expected facts that were found and name the right thing."""
    return _share(
        any(e["entity"] == name and resolver.same(value, str(e["value"])) for e in found.entities)
        for wanted, found in pairs
        for name, value in wanted.entities.items()
    )


def balance(pairs: Sequence[Pair]) -> float:
    """Difference in points between the best and the worst language's intent measure."""
    shares = [intent([p for p in pairs if p[0].language == lang]).percent for lang in LANGUAGES]
    return max(shares) - min(shares)


def confusions(pairs: Sequence[Pair], most: int = 15) -> list[tuple[tuple[str, str], int]]:
    """The intents that were taken for another most often, as ((wanted, found), how often)."""
    return Counter((w.intent, f.intent) for w, f in pairs if w.intent != f.intent).most_common(most)
