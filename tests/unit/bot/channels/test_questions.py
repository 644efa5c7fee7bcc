"""Messages with two questions are parted where both are questions for certain, and nowhere else."""

import pytest

from bot.channels.questions import partings, questions

INTENTS = {
    "poubelles": "waste_collection_day",
    "abonnement": "transport_fares",
    "tram": "transport_next_departures",
    "graffiti": "city_report_problem",
    "matelas": "waste_illegal_dumping",
    "feu": "city_emergency",
    "merci": "thank",
}


def parsing(confidence=0.97):
    async def parse(text):
        name = next((intent for word, intent in INTENTS.items() if word in text), "nlu_fallback")
        return {"intent": {"name": name, "confidence": confidence}}

    return parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "C'est quand les poubelles rue Blaes ? Et combien coûte un abonnement ?",
            ["C'est quand les poubelles rue Blaes ?", "Et combien coûte un abonnement ?"],
        ),
        (
            "c'est quand les poubelles et combien coûte un abonnement",
            ["c'est quand les poubelles", "combien coûte un abonnement"],
        ),
        (
            "les poubelles c'est quand\nle prochain tram à Flagey",
            ["les poubelles c'est quand", "le prochain tram à Flagey"],
        ),
    ],
    ids=["two sentences", "and", "two lines"],
)
async def test_two_questions_are_two(text, parts):
    assert await questions(text, parsing()) == parts


async def test_a_request_comes_after_the_question():
    text = "il y a un graffiti sur le mur. C'est quand le prochain tram ?"
    assert await questions(text, parsing()) == ["C'est quand le prochain tram ?", "il y a un graffiti sur le mur."]


@pytest.mark.parametrize(
    "text",
    [
        "c'est quand les poubelles rue Blaes et rue Haute",
        "c'est quand les poubelles ? Non vraiment merci beaucoup",
        "le tram 81 et le feu dans la rue",
        "un matelas sur le trottoir et un graffiti sur le mur",
        "c'est quand les poubelles jaunes ? et les poubelles bleues alors ?",
        "poubelles et abonnement",
    ],
    ids=["one question", "thanks", "emergency", "two requests", "the same question", "words"],
)
async def test_one_question_stays_whole(text):
    assert await questions(text, parsing()) == [text]


async def test_parts_that_are_not_certain_stay_together():
    text = "c'est quand les poubelles et combien coûte un abonnement"
    assert await questions(text, parsing(0.9)) == [text]


async def test_after_a_question_mark_less_is_enough():
    parts = ["c'est quand les poubelles ?", "combien coûte un abonnement"]
    assert await questions(" ".join(parts), parsing(0.9)) == parts
    assert await questions(" ".join(parts), parsing(0.8)) == [" ".join(parts)]


def test_a_pasted_page_is_not_taken_apart():
    assert list(partings("Quelle ligne ? " * 40)) == []


def test_a_span_of_days_is_not_taken_apart():
    assert list(partings("verwittig me tot en met 4 december bij storing op lijn 71")) == []
