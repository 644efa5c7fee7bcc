from __future__ import annotations

import pytest

from services.feeds.waste.texts import PutOut, read_put_out

SIX, EIGHT, MIDNIGHT = 18 * 60, 20 * 60, 24 * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Dimanche, sortez vos sacs BLANC et BLEU entre 18:00 et 24:00",
            PutOut(("white", "blue"), SIX, MIDNIGHT),
            id="French",
        ),
        pytest.param(
            "Dinsdag, Zet je zakken GEEL buiten tussen 18:00 en 24:00", PutOut(("yellow",), SIX, MIDNIGHT), id="Dutch"
        ),
        pytest.param(
            "Lundi, sortez vos sacs BLANC, BLEU, ORANGE et VERT entre 18:00 et 20:00",
            PutOut(("white", "blue", "orange", "green"), SIX, EIGHT),
            id="several, in the evening",
        ),
        pytest.param(
            "zet je zakken wit, blauw, oranje en groen buiten tussen 17:30 en 20:00",
            PutOut(("white", "blue", "orange", "green"), 17 * 60 + 30, EIGHT),
            id="small letters",
        ),
        pytest.param(
            "Jeudi, sortez vos sacs DÉCHETS ALIMENTAIRES et JAUNES entre 18h00 et 24h00",
            PutOut(("orange", "yellow"), SIX, MIDNIGHT),
            id="food waste, plural",
        ),
        pytest.param(
            "Zet je zak VOEDINGSAFVAL en ORANJE buiten tussen 18.00 en 24.00",
            PutOut(("orange",), SIX, MIDNIGHT),
            id="one bag by two names",
        ),
    ],
)
def test_a_sentence_tells_bags_and_window(text: str, expected: PutOut) -> None:
    assert read_put_out(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Pas de collecte", "no bags and times", id="another sentence"),
        pytest.param("Lundi, sortez vos sacs BLANC", "no bags and times", id="no times"),
        pytest.param("Lundi, sortez vos sacs MAUVE entre 18:00 et 24:00", "unknown bag 'mauve'", id="unknown bag"),
        pytest.param("Lundi, sortez vos sacs BLANC et MAUVE entre 18:00 et 24:00", "mauve", id="one of two unknown"),
        pytest.param("Lundi, sortez vos sacs et entre 18:00 et 24:00", "unknown bag ''", id="no bag"),
        pytest.param("Lundi, sortez vos sacs BLANC entre 20:00 et 18:00", "no window", id="backwards"),
        pytest.param("Lundi, sortez vos sacs BLANC entre 18:00 et 25:00", "no window", id="after midnight"),
        pytest.param("Lundi, sortez vos sacs BLANC entre 18:75 et 24:00", "18:75 is not a time", id="no such time"),
    ],
)
def test_what_is_not_understood_is_never_guessed(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_put_out(text)
