"""Stores a text model without pickle: its terms as JSON, the rest of the pipeline by skops.

skops writes a file of its own for each term of a vectorizer, and there are a hundred thousand: that took longer than
learning them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline

#: The type of TF-IDF's weights, which skops does not trust by itself; it holds numbers only.
TRUSTED: Final = ("scipy.sparse._csr.csr_matrix",)


def save(pipeline: Pipeline, folder: Path, name: str) -> None:
    """Write a fitted pipeline of ``features``, a union of TF-IDF vectorizers, and what follows into a folder."""
    terms = {key: each.vocabulary_ for key, each in _vectorizers(pipeline)}
    ordered = {key: sorted(vocabulary, key=vocabulary.__getitem__) for key, vocabulary in terms.items()}
    (folder / f"{name}.json").write_text(json.dumps(ordered, ensure_ascii=False), encoding="utf-8")
    try:
        for _, vectorizer in _vectorizers(pipeline):
            vectorizer.vocabulary_ = {}
        skops.io.dump(pipeline, folder / f"{name}.skops")
    finally:
        for key, vectorizer in _vectorizers(pipeline):
            vectorizer.vocabulary_ = terms[key]


def load(folder: Path, name: str) -> Pipeline:
    """Read a pipeline that ``save`` wrote; skops refuses types other than scikit-learn's own and TRUSTED."""
    pipeline: Pipeline = skops.io.load(folder / f"{name}.skops", trusted=list(TRUSTED))
    ordered = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    for key, vectorizer in _vectorizers(pipeline):
        vectorizer.vocabulary_ = {term: at for at, term in enumerate(ordered[key])}
    return pipeline


def _vectorizers(pipeline: Pipeline) -> list[tuple[str, TfidfVectorizer]]:
    found: list[tuple[str, TfidfVectorizer]] = pipeline.named_steps["features"].transformer_list
    return found
