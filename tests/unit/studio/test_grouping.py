"""Questions that seem to ask the same stand together."""

from datetime import UTC, datetime, timedelta

import pytest

from services.studio.inbox.grouping import grouped
from services.studio.inbox.questions import Question

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)


def question(text, guess=None, language="fr", number=0):
    return Question(
        id=str(number),
        text=text,
        language=language,
        at=NOW - timedelta(minutes=number),
        channel="web",
        intent="nlu_fallback",
        guess=guess,
        second=None,
        confidence=0.3,
        outcome="not_understood",
        reasons=frozenset({"not_understood"}),
    )


def test_one_subject_in_three_languages_is_one_group():
    asked = [
        question("où jeter un matelas", "waste_sorting", "fr"),
        question("waar moet mijn matras heen", "waste_sorting", "nl"),
        question("where can i dump a mattress", "waste_sorting", "en"),
        question("quand passe le tram", "transport_next_departures", "fr"),
    ]
    first, second = grouped(asked)
    assert (first.guess, first.count, first.languages) == ("waste_sorting", 3, {"fr": 1, "nl": 1, "en": 1})
    assert second.guess == "transport_next_departures"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Où jeter un matelas ?", "ou jeter un MATELAS"),
        ("où jeter un matelas", "un matelas où jeter"),
        ("tram 81 à Flagey", "tram 92 à flagey"),
        ("comment demander une carte de riverain", "comment demander une carte de rivrain"),
    ],
    ids=["accents and marks", "order of words", "numbers", "a slip of the finger"],
)
def test_one_wording_in_spite_of(one, other):
    (group,) = grouped([question(one, "a"), question(other, "a")])
    assert [len(each.questions) for each in group.wordings] == [2]


def test_without_a_guess_only_the_words_count():
    asked = [question("carte de séjour perdue"), question("carte de sejour perdue"), question("panneaux solaires")]
    groups = grouped(asked)
    assert [(each.guess, each.count) for each in groups] == [(None, 2), (None, 1)]


def test_other_words_are_another_wording():
    (group,) = grouped([question("où jeter un matelas", "a"), question("horaire du recypark", "a")])
    assert len(group.wordings) == 2


def test_the_commonest_stands_first_and_speaks_for_its_wording():
    texts = ["bus de nuit", "frigo", "frigos", "frigo", "le frigo"]
    (group,) = grouped(question(text, "a") for text in texts)
    assert group.wordings[0].example == "frigo"
    assert len(group.wordings[0].questions) >= 3


def test_nothing_asked_no_group():
    assert grouped([]) == []


def test_every_question_is_in_one_group():
    asked = [question(f"question {word}", None, number=n) for n, word in enumerate(["a", "?", "", "é", "…"] * 3)]
    found = [each.id for group in grouped(asked) for wording in group.wordings for each in wording.questions]
    assert sorted(found) == sorted(each.id for each in asked)
