import pytest

from kit.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Rue de l’Étuve", "rue de l etuve"),
        ("RUE DE L'ETUVE", "rue de l etuve"),
        ("Sint-Gillis", "sint gillis"),
        ("Sacré-Cœur", "sacre coeur"),
        ("Große Straße", "grosse strasse"),
        ("  Kĳkuit  ", "kijkuit"),
        ("🚋", ""),
    ],
)
def test_spelling_that_does_not_matter_is_folded_away(text, folded):
    assert fold(text) == folded
