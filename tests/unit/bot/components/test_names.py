"""Names of places: both languages, shortened, misspelt, and ordinary words that are names too."""

import pytest


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("prochain tram à Flagey", "Flagey", "stop"),
        ("wanneer komt de tram aan de rue de la loi", "rue de la loi", "street"),
        ("when is the rubbish collected in Wetstraat", "Wetstraat", "street"),
        ("poubelles ch de wavre", "ch de wavre", "street"),
        ("vuilnis waversestwg", "waversestwg", "street"),
        ("bus vers la gare du midi svp", "gare du midi", "stop"),
        ("next tram at Zuidstation", "Zuidstation", "stop"),
        ("le bus à debroeckere", "debroeckere", "stop"),
        ("bus in De Brouckere", "De Brouckere", "stop"),
        ("tram a montgommery", "montgommery", "stop"),
        ("commune d'anderlech", "anderlech", "commune"),
        ("poubelles Ixelles quel jour", "Ixelles", "commune"),
        ("next metro at midi station", "midi station", "stop"),
        ("vuilnis steenweg op wavre", "steenweg op wavre", "street"),
    ],
)
def test_a_name_is_found_however_it_is_written(understanding, text, name, kind):
    assert kind in understanding.named(text)[name]


def test_a_street_with_its_number_is_an_address(understanding):
    assert understanding.named("sacs jaunes Rue Blaes 20")["Rue Blaes 20"] == ("address",)
    assert understanding.named("bags at 16 Rue de la Loi")["16 Rue de la Loi"] == ("address",)
    assert understanding.named("vuilnis blaes 20 aub") == {"blaes 20": ("address",)}


@pytest.mark.parametrize("text", ["boom omgevallen in het park", "je jette quoi dans le sac", "cours de la bourse"])
def test_an_ordinary_word_is_a_name_only_where_something_marks_it(understanding, text):
    assert not {"park", "jette", "bourse"} & set(understanding.named(text))


@pytest.mark.parametrize(("text", "name"), [("arrêt bourse", "bourse"), ("richting park", "park"), ("à Parc", "Parc")])
def test_a_marked_word_is_a_name(understanding, text, name):
    assert "stop" in understanding.named(text)[name]


@pytest.mark.parametrize(
    "text", ["c'est sur la route", "quel est le cours du bitcoin", "une place pour ma voiture", "dans ma rue en juin"]
)
def test_plain_language_is_no_misspelt_name_and_no_street(understanding, text):
    kinds = {kind for found in understanding.named(text).values() for kind in found}
    assert not kinds & {"street", "stop", "locality", "address"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("poubelles rue des Zouaves", "rue des Zouaves"),
        ("vuilnis Kersenbomenstraat 4", "Kersenbomenstraat 4"),
        ("les sacs rue du marché aux herbes 3", "rue du marché aux herbes 3"),
    ],
)
def test_a_street_that_the_gazetteer_lacks_is_known_by_its_shape(understanding, text, name):
    assert name in understanding.named(text)


def test_a_place_that_the_gazetteer_lacks_is_doubtful(understanding):
    assert "Bockstael" in understanding.doubtful("le prochain tram à Bockstael")


@pytest.mark.parametrize("text", ["wann\u200beer komt tram 81 aan Fla\u00adgey", "\ufefftram\u200d 81 Flagey"])
def test_invisible_characters_part_no_word(understanding, text):
    assert any(kinds == ("line",) for kinds in understanding.named(text).values())
    assert any("stop" in kinds for kinds in understanding.named(text).values())
