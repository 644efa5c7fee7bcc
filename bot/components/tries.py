"""A trie of word sequences: finds the longest known phrase that starts at a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

_END: Final = ""  # no word is empty


class PhraseTrie:
    """Phrases of folded words, each with a set of labels."""

    def __init__(self, phrases: Iterable[tuple[Sequence[str], str]] = ()) -> None:
        self._root: dict[str, Any] = {}
        for words, label in phrases:
            self.add(words, label)

    def add(self, words: Sequence[str], label: str) -> None:
        """Add a label to a phrase; an empty phrase is ignored."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        if words:
            node.setdefault(_END, set()).add(label)

    def longest(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]] | None:
        """Return the end (exclusive) and the labels of the longest phrase at ``start``, or None."""
        node = self._root
        found = None
        for position in range(start, len(words)):
            node = node.get(words[position])
            if node is None:
                break
            if _END in node:
                found = (position + 1, node[_END])
        return None if found is None else (found[0], frozenset(found[1]))

    def longest_respelt(
        self, count: int, start: int, spellings: Callable[[int, bool], Sequence[str]]
    ) -> tuple[int, frozenset[str], int] | None:
        """Return end, labels and number of words corrected, where words may have been misspelt.

        ``spellings(position, first)`` gives the word as written and then its corrections; ``first`` tells that the
        phrase would begin there. The longest phrase wins, then the one with fewest corrections.
        """
        best: tuple[int, int, frozenset[str]] | None = None
        paths: list[tuple[dict[str, Any], int]] = [(self._root, 0)]
        for position in range(start, count):
            following: list[tuple[dict[str, Any], int]] = []
            for rank, spelling in enumerate(spellings(position, position == start)):
                for node, corrected in paths:
                    child = node.get(spelling)
                    if child is None:
                        continue
                    total = corrected + (rank > 0)
                    following.append((child, total))
                    if _END in child and (best is None or (position + 1, -total) > (best[0], -best[1])):
                        best = (position + 1, total, frozenset(child[_END]))
            if not following:
                break
            paths = following
        return None if best is None else (best[0], best[2], best[1])
