"""House numbers that stand nearly alone, and the houses that they name."""

import pytest

from actions.places.houses import house_id, house_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", "12"),
        ("au 45", "45"),
        ("number 12 a", "12A"),
        ("c'est le 7b", "7B"),
        ("rue Blaes", None),
        ("12 et 14", None),
        ("12345", None),
    ],
)
def test_a_house_number_is_found_where_little_else_is_said(written, number):
    assert house_number(written) == number


@pytest.mark.parametrize("street", ["street:4012", "4012"])
def test_a_house_has_its_streets_id(street):
    assert house_id(street, "12A") == "address:4012:12A"
