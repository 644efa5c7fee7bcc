"""Ranking: what counts, what is forgiven, and what is not found."""

from __future__ import annotations

import pytest

from services.common.ranking import Ranking

RANKING = Ranking(
    {
        "terrace": [(1.0, "Autorisation de terrasse (horeca)"), (0.7, "La commune donne l'autorisation.")],
        "tree": [(1.0, "Abattage d'un arbre, autorisation"), (0.7, "Un arbre de haute tige demande un permis.")],
        "market": [
            (1.0, "Emplacement de marché, autorisation"),
            (0.7, "La commune les loue, avec terrasse."),
        ],
        "nl": [(1.0, "Vergunning voor een horecaterras"), (0.7, "Bel 02 515 61 11.")],
        "line": [(1.0, "Tram 81"), (0.7, "Halte Flagey")],
        "other": [(1.0, "Tram 82"), (0.7, "Halte Flagey")],
    }
)


def ids(query: str) -> list[str]:
    return [each.id for each in RANKING.search(query)]


def test_a_title_counts_more_than_a_text() -> None:
    assert ids("terrasse")[:2] == ["terrace", "market"]


@pytest.mark.parametrize("query", ["TERRASSE", "térrasse", "terasse", "terrase", "terrsase", "terr", "une terrasse ?"])
def test_accents_slips_and_beginnings_are_forgiven(query: str) -> None:
    assert ids(query)[0] == "terrace"


def test_one_word_may_be_the_end_of_another() -> None:
    assert "nl" in ids("terras")
    assert Ranking({"terras": [(1.0, "Terras")]}).search("horecaterras")[0].id == "terras"


def test_a_rare_word_outweighs_one_that_is_everywhere() -> None:
    assert ids("autorisation arbre")[0] == "tree"
    assert "terrace" not in ids("autorisation arbre")


def test_numbers_are_not_alike() -> None:
    scores = {each.id: each.score for each in RANKING.search("tram 81")}
    assert scores["line"] > 1.5 * scores.get("other", 0)
    assert ids("83") == []


def test_scores_are_out_of_a_hundred() -> None:
    found = RANKING.search("tram 81")
    assert found[0].score == 100
    assert all(0 < each.score <= 100 for each in found)


@pytest.mark.parametrize("query", ["", "   ", "?!", "xyzzy", "😀", "a" * 500])
def test_what_fits_nothing_finds_nothing(query: str) -> None:
    assert ids(query) == []


def test_a_long_question_is_read_as_far_as_it_goes() -> None:
    assert ids("terrasse " + "terrasse " * 200)[0] == "terrace"
    assert ids(" ".join(["terrasse", *(f"unknown{n}" for n in range(200))])) == []


def test_only_what_is_wanted_is_weighed() -> None:
    found = RANKING.search("terrasse", within={"market", "tree"})
    assert [each.id for each in found] == ["market"]


def test_no_documents_are_no_trouble() -> None:
    assert Ranking({}).search("terrasse") == []
