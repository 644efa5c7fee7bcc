"""Lines, moments, values of the vocabulary."""

import pytest


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ligne 81", "81"),
        ("tram 3", "3"),
        ("metro 2", "2"),
        ("métro 6 svp", "6"),
        ("bus 71", "71"),
        ("81", "81"),
        ("lijn 81", "81"),
        ("de 71", "71"),
        ("the 81", "81"),
        ("noctis n4", "N04"),
        ("bus 999", "999"),
        ("tram septante et un", "71"),
        ("bus quatre-vingt-un", "81"),
        ("de eenentachtig", "81"),
        ("tram drie", "3"),
        ("the seventy-one", "71"),
    ],
)
def test_a_line_is_normalised(understanding, text, line):
    assert understanding.entities(text)["line"] == line


@pytest.mark.parametrize(
    "text",
    [
        *("dans 6 minutes", "à 6h30", "over 3 dagen", "3 euro", "rue Blaes 71", "le 3 mai", "02 279 71 81"),
        *("y a un bus pour flagey", "il y a un tram ce soir", "is there a one tram"),
    ],
)
def test_other_numbers_are_no_lines(understanding, text):
    assert all("line" not in kinds for kinds in understanding.named(text).values())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("demain matin", "demain matin"),
        ("le 25 décembre", "25 décembre"),
        ("op woensdag", "woensdag"),
        ("next Monday", "next Monday"),
        ("24/12", "24/12"),
        ("jeudi passé", "jeudi passé"),
        ("vorige donderdag", "vorige donderdag"),
        ("last Thursday", "last Thursday"),
        ("mardi en huit", "mardi en huit"),
        ("dinsdag over een week", "dinsdag over een week"),
        ("dans deux semaines", "dans deux semaines"),
        ("drie dagen geleden", "drie dagen geleden"),
        ("fin janvier", "fin janvier"),
        ("eind januari", "eind januari"),
        ("the end of January", "the end of January"),
        ("le troisième samedi de juin", "troisième samedi de juin"),
        ("the last Sunday of May", "last Sunday of May"),
        ("le vendredi 4", "vendredi 4"),
        ("saturday 12/12", "saturday 12/12"),
        ("avant-hier", "avant-hier"),
        ("een feestdag", "een feestdag"),
        ("Boxing Day", "Boxing Day"),
    ],
)
def test_a_date_is_quoted_as_written(understanding, text, value):
    assert understanding.named(text)[value] == ("date",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("vers 22h15", "22h15"),
        ("om half negen", "half negen"),
        ("at 6 p.m.", "6 p.m."),
        ("18:30", "18:30"),
        ("tomorrow at 8", "at 8"),
        ("om 8", "om 8"),
        ("at nine", "at nine"),
        ("rond halfzes", "halfzes"),
        ("in the morning", "in the morning"),
    ],
)
def test_a_time_is_quoted_as_written(understanding, text, value):
    assert understanding.named(text)[value] == ("time",)


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("quand passe le sac jaune", "fraction", "yellow"),
        ("wanneer wordt het PMD opgehaald", "fraction", "blue"),
        ("when is garden waste collected", "fraction", "green"),
        ("comment demander un permis d'urbanisme", "permit_type", "planning"),
        ("hoe lang duurt een bouwvergunning", "permit_type", "planning"),
        ("hoe lang duurt een bouwvergunning", "facet", "duration"),
        ("which documents for a terrace permit", "facet", "documents"),
        ("combien coûte un permis pour une terrasse", "facet", "cost"),
        ("can we speak English", "language", "en"),
        ("spreek Nederlands aub", "language", "nl"),
    ],
)
def test_a_value_of_the_vocabulary_is_normalised(understanding, text, entity, value):
    assert understanding.entities(text)[entity] == value


@pytest.mark.parametrize("text", ["dans l'autre sens", "in de andere richting", "the other way", "en sens inverse"])
def test_the_other_way_is_a_direction(understanding, text):
    assert understanding.entities(text) == {"direction": "reverse"}


@pytest.mark.parametrize("text", ["le 65", "de 65", "the 65", "65"])
def test_a_number_that_no_known_line_has_may_be_a_line(understanding, text):
    assert "65" in understanding.doubtful(text)


@pytest.mark.parametrize("text", ["le 65 rue Haute", "le 12 décembre", "65 minuten", "numéro 65", "alert(65)"])
def test_a_number_of_something_else_is_no_unknown_line(understanding, text):
    assert "65" not in understanding.doubtful(text)
