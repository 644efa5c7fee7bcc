from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.city.permits.search import NameIndex

INDEX = NameIndex(
    {
        "planning": ["Permis d'urbanisme", "permis de bâtir", "Stedenbouwkundige vergunning", "bouwvergunning"],
        "environment": ["Permis d'environnement", "Milieuvergunning", "Environmental permit"],
        "terrace": ["Permis de terrasse", "terras", "tables et chaises sur le trottoir"],
        "event": ["Événement sur la voie publique", "fête de rue", "street party"],
        "resident_card": ["Carte de riverain", "bewonerskaart"],
    }
)


def ids(query: str) -> list[str]:
    return [found.id for found in INDEX.search(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("bouwvergunning", "planning", id="its alias"),
        pytest.param("PERMIS DE BATIR", "planning", id="without accents, in capitals"),
        pytest.param("bouwvergunnning", "planning", id="a letter too many"),
        pytest.param("carte riverain", "resident_card", id="without its small words"),
        pytest.param("je voudrais un permis d'environnement svp", "environment", id="in a sentence"),
        pytest.param("horecaterras", "terrace", id="at the end of a compound"),
        pytest.param("chaises trottoir", "terrace", id="some words of an alias"),
    ],
)
def test_a_name_is_found(query: str, expected: str) -> None:
    assert ids(query) == [expected]


def test_the_very_name_wins_alone_and_says_so() -> None:
    (found,) = INDEX.search("Permis de terrasse")
    assert (found.id, found.score, found.match) == ("terrace", 100.0, "exact")


def test_a_word_of_many_names_finds_all_of_them() -> None:
    assert set(ids("permis")) == {"planning", "environment", "terrace"}


@pytest.mark.parametrize("query", ["", "   ", "!?", "pizza", "kermis", "de la", "rue", "een aanvraag", "le"])
def test_what_names_nothing_finds_nothing(query: str) -> None:
    assert ids(query) == []


def test_the_likest_are_suggested_however_little_they_are() -> None:
    assert INDEX.alike("enviroment", 2)[0] == "environment"
    assert len(INDEX.alike("zzz", 3)) == 3


def test_an_empty_city_finds_nothing() -> None:
    assert NameIndex({}).search("permis") == []
    assert NameIndex({}).alike("permis", 3) == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_scores_hold(query: str) -> None:
    scores = [found.score for found in INDEX.search(query)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 100 for score in scores)
