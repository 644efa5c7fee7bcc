"""Texts as weighted terms (TF-IDF): counted by scikit-learn for learning, read one at a time for answering.

scikit-learn's own transformation of one sentence takes four times as long as splitting and weighing it here, as it is
made for thousands. The weights are the same: sublinear counts, smooth inverse document frequencies, unit length.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

#: A term of one training sentence only says nothing about others: half of all terms.
_LEAST_SENTENCES: Final = 2


class Kind(NamedTuple):
    """How texts are split: into ``word``s or characters within words (``char_wb``), alone up to so many together."""

    analyzer: str
    shortest: int
    longest: int
    weight: float = 1.0
    pattern: str = r"\w+"
    lowercase: bool = False

    def splitter(self) -> CountVectorizer:
        """Return scikit-learn's splitter of this kind."""
        return CountVectorizer(
            analyzer=self.analyzer,
            ngram_range=(self.shortest, self.longest),
            token_pattern=self.pattern,
            lowercase=self.lowercase,
        )


class Reading(NamedTuple):
    """A text's terms: where their weights stand in the model, their values, and which share the model does not know."""

    columns: np.ndarray
    values: np.ndarray
    unseen: float


class Scale(NamedTuple):
    """Which terms of a kind are kept, and their inverse document frequencies."""

    kept: np.ndarray
    frequency: np.ndarray


class Counted:
    """The terms of training texts, counted once for every part of them that a model is learnt on."""

    def __init__(self, texts: Sequence[str], kinds: Sequence[Kind]) -> None:
        self._kinds = list(kinds)
        self._splitters = [kind.splitter() for kind in kinds]
        self._counts: list[csr_matrix] = [splitter.fit_transform(texts) for splitter in self._splitters]

    def scales(self, rows: np.ndarray) -> list[Scale]:
        """Return what some of the texts teach about each kind of terms."""
        return [_scale(counts[rows]) for counts in self._counts]

    def features(self, scales: Sequence[Scale], rows: np.ndarray) -> csr_matrix:
        """Return the weighted terms of texts."""
        parts = [
            _weighted(counts[rows][:, scale.kept], scale.frequency) * kind.weight
            for kind, counts, scale in zip(self._kinds, self._counts, scales, strict=True)
        ]
        return hstack(parts).tocsr()

    def unseen(self, scales: Sequence[Scale], rows: np.ndarray) -> np.ndarray:
        """Return which share of each text's different terms is not kept."""
        every = sum(counts[rows].getnnz(axis=1) for counts in self._counts)
        kept = sum(c[rows][:, s.kept].getnnz(axis=1) for c, s in zip(self._counts, scales, strict=True))
        return 1.0 - kept / np.maximum(every, 1)

    def terms(self, scales: Sequence[Scale]) -> Terms:
        """Return what reads further texts in the same way."""
        names = [splitter.get_feature_names_out() for splitter in self._splitters]
        return Terms(
            [
                (kind, [str(term) for term in found[scale.kept]], scale.frequency.astype(np.float32))
                for kind, found, scale in zip(self._kinds, names, scales, strict=True)
            ]
        )


class Terms:
    """Reads one text."""

    def __init__(self, parts: Sequence[tuple[Kind, list[str], np.ndarray]]) -> None:
        self._parts = list(parts)
        self._readers = list(_readers(parts))

    def read(self, text: str) -> Reading:
        """Return a text's weighted terms."""
        columns, values, every, known = [], [], 0, 0
        for split, places, frequency, offset, weight in self._readers:
            counts = Counter(split(text))
            found = [(at, count) for term, count in counts.items() if (at := places.get(term)) is not None]
            every, known = every + len(counts), known + len(found)
            if found:
                at, count = np.array(found).T
                scaled = (1.0 + np.log(count)) * frequency[at]
                columns.append(at + offset)
                values.append(scaled * (weight / np.sqrt(scaled @ scaled)))
        unseen = 1.0 - known / max(every, 1)
        if not columns:
            return Reading(np.zeros(0, dtype=int), np.zeros(0), unseen)
        return Reading(np.concatenate(columns), np.concatenate(values), unseen)

    def save(self, folder: Path, name: str) -> None:
        """Write the terms into a folder, as JSON with their frequencies beside them."""
        content = [{"kind": kind._asdict(), "terms": terms} for kind, terms, _ in self._parts]
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        np.savez(folder / f"{name}.terms.npz", *(frequency for _, _, frequency in self._parts))

    @classmethod
    def load(cls, folder: Path, name: str) -> Terms:
        """Read terms that ``save`` wrote."""
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        with np.load(folder / f"{name}.terms.npz", allow_pickle=False) as arrays:
            frequencies = [arrays[f"arr_{at}"] for at in range(len(content))]
        parts = zip(content, frequencies, strict=True)
        return cls([(Kind(**each["kind"]), each["terms"], frequency) for each, frequency in parts])


Reader = tuple[Callable[[str], Sequence[str]], dict[str, int], np.ndarray, int, float]


def _readers(parts: Sequence[tuple[Kind, list[str], np.ndarray]]) -> Iterator[Reader]:
    offset = 0
    for kind, terms, frequency in parts:
        places = {term: at for at, term in enumerate(terms)}
        yield kind.splitter().build_analyzer(), places, frequency, offset, kind.weight
        offset += len(terms)


def _scale(counts: csr_matrix) -> Scale:
    sentences = np.asarray(counts.getnnz(axis=0))
    # A handful of sentences, as in a test, may have no word in common.
    least = _LEAST_SENTENCES if (sentences >= _LEAST_SENTENCES).any() else 1
    kept = np.flatnonzero(sentences >= least)
    return Scale(kept, np.log((1 + counts.shape[0]) / (1 + sentences[kept])) + 1)


def _weighted(counts: csr_matrix, frequency: np.ndarray) -> Any:
    scaled = csr_matrix((1.0 + np.log(counts.data), counts.indices, counts.indptr), counts.shape)
    return normalize(scaled @ diags(frequency), copy=False)
