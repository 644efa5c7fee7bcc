"""Addresses: where the number of a house may stand, and what is no number of a house."""

import pytest


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("sacs jaunes Rue Blaes 20", "Rue Blaes 20"),
        ("Rue Blaes 20/4, sacs jaunes", "Rue Blaes 20/4"),
        ("bac Rue Blaes 41-57 svp", "Rue Blaes 41-57"),
        ("Rue Blaes 20 bte 3, sacs jaunes", "Rue Blaes 20 bte 3"),
        ("je suis au 12 de la rue Blaes", "rue Blaes 12"),
        ("un trou rue Blaes en face du 80", "rue Blaes 80"),
        ("put in de Waversesteenweg ter hoogte van 110", "Waversesteenweg 110"),
        ("a hole in Rue Blaes, opposite number 5", "Rue Blaes 5"),
    ],
)
def test_the_number_of_a_house_may_stand_around_its_street(understanding, text, address):
    assert understanding.named(text)[address] == ("address",)


@pytest.mark.parametrize(
    ("text", "street", "other"),
    [
        ("brocante place Flagey 14 juin", "place Flagey", "14 juin"),
        ("rommelmarkt Waversesteenweg 14 juni", "Waversesteenweg", "14 juni"),
        ("le 81 de la place Flagey", "place Flagey", "81"),
    ],
)
def test_a_day_or_a_line_beside_a_street_is_no_number_of_a_house(understanding, text, street, other):
    assert {street, other} <= set(understanding.named(text))


@pytest.mark.parametrize(("text", "code"), [("carte riverain 1050", "1050"), ("openbaar onderzoek 1081", "1081")])
def test_a_postcode_names_its_commune(understanding, text, code):
    assert understanding.named(text)[code] == ("commune",)


def test_a_postcode_after_an_address_is_apart_from_it(understanding):
    found = understanding.named("sacs jaunes rue Blaes 20, 1000 Bruxelles")
    assert (found["rue Blaes 20"], found["1000"]) == (("address",), ("commune",))


@pytest.mark.parametrize("text", ["1050 euro", "0470 12 1050", "ligne 1050"])
def test_another_number_is_no_postcode(understanding, text):
    assert all("commune" not in kinds for kinds in understanding.named(text).values())
