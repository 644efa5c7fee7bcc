"""Every choice of the sample tables is understood by its own text, by its number, and by how else people say it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from actions.city.permits import Question
from actions.permits.choosing import answers_surely, certain, chosen
from actions.permits.measures import area_m2
from kit.languages import LANGUAGES
from services.city.permits.advice.facts import ProjectFacts
from services.importers.advice_files import Common, whole

FOLDER = Path(__file__).parents[4] / "data/city/permits/advice"


def tables() -> Iterator[ProjectFacts]:
    common = Common.model_validate(yaml.safe_load((FOLDER / "common.yml").read_text(encoding="utf-8")))
    for path in sorted(FOLDER.glob("*.yml")):
        if path.stem not in {"common", "origin"}:
            yield whole(yaml.safe_load(path.read_text(encoding="utf-8")), common)


TABLES = list(tables())


def questions(facts, language):
    """Return the questions as the façade answers them in a language."""
    for question in facts.questions:
        choices = [
            {
                "id": each.id,
                "text": each.to(language),
                "also": [said for other in LANGUAGES for said in each.also.to(other)] if each.also else [],
                "above": each.above,
                "up_to": each.up_to,
            }
            for each in question.choices
        ]
        yield Question.model_validate({"id": question.id, "text": question.text.to(language), "choices": choices})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", TABLES, ids=lambda facts: facts.id)
def test_a_choice_is_understood_by_its_text_and_by_its_number(facts, language):
    for question in questions(facts, language):
        for number, choice in enumerate(question.choices, 1):
            assert [each.id for each in chosen(question, choice.text, "inform").choices] == [choice.id]
            if choice.above is None and choice.up_to is None:
                assert [each.id for each in chosen(question, str(number), "inform").choices] == [choice.id]


@pytest.mark.parametrize("facts", TABLES, ids=lambda facts: facts.id)
def test_how_else_it_is_said_means_that_choice_and_no_other(facts):
    for question in questions(facts, "fr"):
        for choice in question.choices:
            for said in choice.also:
                assert [each.id for each in chosen(question, said, "inform").choices] == [choice.id], said
                assert answers_surely(question, said), said


@pytest.mark.parametrize(
    ("project", "text", "answers"),
    [
        ("garden_shed", "abri de 6 m² au fond du jardin, pour mes vélos", "size:up_to_9 use:storage place:back"),
        ("garden_shed", "tuinhuis van 3 op 4, achter het huis", "size:larger place:back"),
        ("facade_painting", "mijn voorgevel een andere kleur geven", "side:street now:other_colour"),
        ("interior", "on abat un mur porteur", "structure:touched"),
        ("interior", "ce n'est pas un mur porteur", "structure:untouched"),
        ("solar_panels", "solar panels, not visible", "visible:hidden"),
        ("solar_panels", "ils ne seront jamais visibles", ""),
        ("tree", "my tree is dangerous, can I fell it", ""),
        ("extension", "une véranda", ""),
    ],
)
def test_a_first_message_is_taken_only_for_what_it_says_for_certain(project, text, answers):
    facts = next(each for each in TABLES if each.id == project)
    found = certain(questions(facts, "fr"), text)
    assert " ".join(f"{question}:{choice}" for question, choice in found.items()) == answers


@pytest.mark.parametrize(
    ("written", "choice"),
    [
        ("9 m²", "up_to_9"),
        ("ça fera plus de 9 m², je pense", "larger"),
        ("iets meer dan 9 vierkante meter", "larger"),
        ("just under 9 square metres", "up_to_9"),
        ("10", "larger"),
    ],
)
def test_more_than_the_bound_is_beyond_it(written, choice):
    facts = next(each for each in TABLES if each.id == "garden_shed")
    size = next(each for each in questions(facts, "fr") if each.id == "size")
    assert [each.id for each in chosen(size, written, "inform").choices] == [choice]


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("8 m²", 8.0),
        ("8,5 m2", 8.5),
        ("12 vierkante meter", 12.0),
        ("9 square metres", 9.0),
        ("2 sur 3", 6.0),
        ("2,5 m x 3 m", 7.5),
        ("2 op 2", 4.0),
        ("neuf", None),
        ("rue Blaes 20", None),
    ],
)
def test_areas_are_read_as_people_write_them(written, area):
    assert area_m2(written) == area


def test_a_number_alone_is_an_area_only_where_one_was_asked_for():
    assert (area_m2("8"), area_m2("8", alone=True)) == (None, 8.0)


@pytest.mark.parametrize("written", ["20 vierkante meter", "about 20 square metres", "20 m2"])
def test_an_area_is_no_distance_to_a_listed_property(written):
    facts = next(each for each in TABLES if each.id == "extension")
    heritage = next(each for each in questions(facts, "nl") if each.id == "heritage")
    assert chosen(heritage, written, "inform").choices == ()


@pytest.mark.parametrize("written", ["toit plat", "plat dak", "a flat roof"])
def test_a_flat_roof_does_not_say_how_panels_are_mounted(written):
    facts = next(each for each in TABLES if each.id == "solar_panels")
    assert "mounting" not in certain(questions(facts, "en"), written)
