import pytest

from kit.redaction import redact


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("je suis marie.peeters@example.be merci", "je suis [email] merci"),
        ("rekening BE68 5390 0754 7034 aub", "rekening [iban] aub"),
        ("mijn nummer is 85.07.30-033.28", "mijn nummer is [national number]"),
        ("call 0475 12 34 56 please", "call [phone] please"),
        ("+32 2 279 22 11", "[phone]"),
        ("carte 4111 1111 1111 1111", "carte [card]"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert redact(text) == masked


@pytest.mark.parametrize("text", ["rue Blaes 20, 1000 Bruxelles", "le 81 à 18 h 05", "dossier 04/PU/1234567"])
def test_what_is_not_personal_stays(text):
    assert redact(text) == text
