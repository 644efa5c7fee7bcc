from __future__ import annotations

import json

import pytest

from evaluation.heldout import Sentence
from evaluation.resolution import Resolver
from evaluation.understanding import Understood


@pytest.fixture
def pair():
    """A function that makes a sentence with what was understood of it."""

    def make(wanted, found, *, language="fr", text="a b c", topic="waste", confidence=0.9, ranking=None, expected=None):
        return (
            Sentence(text, language, topic, wanted, expected or {}),
            Understood(language, found, confidence, [], [(found, confidence)] if ranking is None else list(ranking)),
        )

    return make


@pytest.fixture
def resolver(tmp_path):
    gazetteer = tmp_path / "gazetteer.json"
    names = [
        {"id": "street:1", "fr": ["Rue Blaes"], "nl": ["Blaesstraat"]},
        {"id": "street:2", "fr": ["Rue Haute"], "nl": ["Hoogstraat"]},
        {"id": "stop:midi", "fr": ["Gare du Midi"], "nl": ["Zuidstation"]},
    ]
    gazetteer.write_text(json.dumps({"names": names}))
    return Resolver(gazetteer)


@pytest.fixture
def pairs(pair):
    """A few sentences of each language: most are understood, one is dangerous, some are out of scope."""
    made = []
    for language in ("fr", "nl", "en"):
        made += [
            pair("thank", "thank", language=language, text=f"{language} {number} x", topic="small_talk", confidence=0.8)
            for number in range(8)
        ]
        made.append(pair("waste_sorting", "thank", language=language, text=f"{language} sorting", confidence=0.4))
        made.append(
            pair("out_of_scope", "nlu_fallback", language=language, text=f"{language} out", topic="out_of_scope")
        )
    made.append(pair("city_emergency", "thank", language="nl", text="nl brand brand", topic="city", confidence=0.6))
    return made
