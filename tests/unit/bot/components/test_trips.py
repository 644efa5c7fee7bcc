"""Where a trip begins and where it ends."""

import pytest

TRIP = "transport_plan_trip"


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        ("comment aller de Flagey à la gare du Midi", "Flagey", "gare du Midi"),
        ("hoe geraak ik van Flagey naar het Zuidstation", "Flagey", "Zuidstation"),
        ("how do I get from Flagey to the Atomium", "Flagey", "Atomium"),
        ("how do I get to the Atomium from Flagey", "Flagey", "Atomium"),
        ("ik moet om 9 uur in de Wetstraat zijn, hoe geraak ik daar vanuit Anderlecht", "Anderlecht", "Wetstraat"),
        ("je suis à Flagey, comment aller à l'Atomium", "Flagey", "Atomium"),
        ("hoe raak ik van Flagey op het Jubelpark", "Flagey", "Jubelpark"),
        ("depuis Flagey jusqu'à Montgomery", "Flagey", "Montgomery"),
        ("flagey montgomery", "flagey", "montgomery"),
        ("trajet Flagey -> rue Blaes 20", "Flagey", "rue Blaes 20"),
        ("Flagey - gare du Midi avant 18h demain soir", "Flagey", "gare du Midi"),
        ("métro ou tram pour aller de Flagey à Montgomery", "Flagey", "Montgomery"),
        ("met bus en tram van Flagey naar Montgomery", "Flagey", "Montgomery"),
        ("pour me rendre de la rue Blaes 20 à Montgomery", "rue Blaes 20", "Montgomery"),
        ("je veux aller Montgomery en partant de Flagey", "Flagey", "Montgomery"),
        ("van Flagey naar huis in Anderlecht, rue Blaes 20", "Flagey", "rue Blaes 20"),
    ],
)
def test_the_words_before_a_place_say_which_end_it_is(understanding, text, origin, destination):
    found = understanding.asked(TRIP, text)
    assert (found["origin"], found["destination"]) == (origin, destination)


@pytest.mark.parametrize(
    ("text", "destination"),
    [
        ("comment aller à l'Atomium", "Atomium"),
        ("met de tram naar het gemeentehuis van Elsene", "Elsene"),
        ("pour aller à la maison communale d'Ixelles", "Ixelles"),
        ("itinéraire vers rue Blaes 20 à Ixelles", "rue Blaes 20"),
        ("how do I get to Cinquantenaire Park", "Cinquantenaire Park"),
        ("Atomium", "Atomium"),
    ],
)
def test_a_single_place_is_where_a_trip_goes(understanding, text, destination):
    found = understanding.asked(TRIP, text)
    assert found["destination"] == destination
    assert "origin" not in found


@pytest.mark.parametrize("text", ["comment rentrer de l'Atomium", "hoe kom ik weg vanaf Flagey", "a ride from Flagey"])
def test_a_single_place_may_say_that_it_is_the_origin(understanding, text):
    found = understanding.asked(TRIP, text)
    assert "origin" in found
    assert "destination" not in found


def test_a_bare_fact_is_an_end_only_where_it_says_which(understanding):
    assert understanding.asked("inform", "depuis Flagey")["origin"] == "Flagey"
    assert understanding.asked("inform", "naar de Wetstraat 16")["destination"] == "Wetstraat 16"
    assert not {"origin", "destination"} & set(understanding.asked("inform", "Flagey"))


def test_a_landmark_is_a_place(understanding):
    near = understanding.asked("transport_nearest_stop", "welke tramhalte ligt het dichtst bij het Jubelpark")
    assert near == {"mode": "tram", "address": "Jubelpark"}
    assert understanding.asked("inform", "cinquantenaire") == {"address": "cinquantenaire"}
    assert understanding.named("Parc du Cinquantenaire") == {"Parc du Cinquantenaire": ("landmark",)}


def test_an_unknown_stop_is_what_is_left_beside_a_direction(understanding):
    found = understanding.asked("transport_next_departures", "wanneer komt de bus aan halte Foobar richting Flagey")
    assert (found["stop"], found["direction"]) == ("Foobar", "Flagey")
