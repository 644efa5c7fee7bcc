"""Which places are offered where no name is exactly the one that was written."""

import pytest

from actions.city.models import Name, Place
from actions.places.resolution import resolve


class Found:
    """A city whose search finds what it is given."""

    def __init__(self, *places):
        self._places = places

    async def search(self, query, kinds, *, limit):
        return list(self._places)


def street(number, match, score):
    name = Name(fr=f"Rue {number}", nl=f"{number}straat")
    return Place(id=f"street:{number}", kind="street", name=name, match=match, score=score)


PART, ALSO_PART = street(1, "prefix", 0.76), street(2, "prefix", 0.7)
LIKE, LIKER = street(3, "fuzzy", 0.71), street(4, "fuzzy", 0.9)


@pytest.mark.parametrize(
    ("found", "offered"),
    [
        ([PART, LIKE], [PART]),
        ([PART, LIKE, ALSO_PART], [PART, ALSO_PART]),
        ([LIKER, PART, LIKE], [LIKER, PART, LIKE]),
        ([LIKER, LIKE], [LIKER, LIKE]),
        ([], []),
    ],
    ids=["a part of one name", "of two", "a likelier name", "none", "nothing"],
)
async def test_who_writes_a_part_of_a_name_is_not_offered_what_only_looks_like_it(found, offered):
    resolution = await resolve(Found(*found), "Dansaertstraat", ("street",))
    assert list(resolution.candidates) == offered


DANSAERT = Place(
    id="street:5",
    kind="street",
    name=Name(fr="Rue Antoine Dansaert", nl="Antoine Dansaertstraat"),
    match="prefix",
    score=0.76,
)


@pytest.mark.parametrize("written", ["rue Dansaert", "Rue dansaert 20", "Dansaertstraat", "dansaertstraat 20"])
async def test_a_street_is_known_without_the_first_name_of_whom_it_is_called_after(written):
    assert (await resolve(Found(DANSAERT, LIKE), written, ("street",))).place_id == "street:5"


@pytest.mark.parametrize("written", ["Dansaert", "rue Antoine", "avenue Dansaert", "Antoine"])
async def test_other_parts_of_its_name_are_asked_about(written):
    assert (await resolve(Found(DANSAERT), written, ("street",))).candidates == (DANSAERT,)
