"""Numbers that are masked, and those that look like them and stay."""

import time

import pytest

from services.gateway.conversations.masking import MASK, hidden, masked, without_contacts


@pytest.mark.parametrize(
    "number",
    [
        "85.07.30-033 28",
        "85073003328",
        "850730 033 28",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5555555555554444",
        "BE71 0961 2345 6769",
        "be71096123456769",
        "NL91ABNA0417164300",
        "BE68 5390 0754 7034",
    ],
)
def test_personal_numbers_are_masked_wherever_they_stand(number):
    assert masked(f"mon numéro est {number}, merci") == (f"mon numéro est {MASK}, merci", True)
    assert masked(number) == (MASK, True)


@pytest.mark.parametrize(
    "text",
    [
        "85.07.30-033 29",
        "4111 1111 1111 1112",
        "BE71 0961 2345 6768",
        "04/PU/1234567",
        "BXL-2026-00123",
        "mon dossier 01/AFD/1875942",
        "0478 12 34 56",
        "+32 478 12 34 56",
        "02 605 11 11",
        "chaussée de Wavre 1302, 1160 Auderghem",
        "le 12/11/2026 à 18:30",
        "tram 81 82 97 51 3 4 7 92 93 55 8 9 10",
    ],
)
def test_other_numbers_stay(text):
    assert masked(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("BE71 0961 2345 6769 merci beaucoup", f"{MASK} merci beaucoup"),
        ("be71096123456769 dank u wel", f"{MASK} dank u wel"),
        ("4111 1111 1111 1111 123", f"{MASK} 123"),
        ("5555555555554444 0526", f"{MASK} 0526"),
    ],
)
def test_what_follows_a_number_does_not_hide_it(text, left):
    assert masked(text) == (left, True)


def test_several_numbers_in_one_message():
    assert masked("4111111111111111 et 85.07.30-033 28") == (f"{MASK} et {MASK}", True)


def test_a_long_run_of_digits_is_looked_at_quickly():
    assert masked("1" * 4000)[1] is False


@pytest.mark.parametrize(
    "contact",
    [
        "ann@example.org",
        "jean-luc.o'neil+ville@mail.example.be",
        "0470 12 34 56",
        "0470/12.34.56",
        "(0470) 12 34 56",
        "+32 470 12 34 56",
        "0032470123456",
        "02 775 75 75",
        "02/775.75.75",
        "+33 6 12 34 56 78",
    ],
)
def test_contacts_are_masked_wherever_they_stand(contact):
    assert without_contacts(f"appelez {contact}, merci") == (f"appelez {MASK}, merci", True)
    assert without_contacts(contact) == (MASK, True)


@pytest.mark.parametrize(
    "text",
    [
        "85.07.30-033 29",
        "04/PU/1234567",
        "BXL-2026-00123",
        "RDV-2026-7K3M9QXD",
        "mon dossier 01/AFD/1875942",
        "BE 0412.345.678",
        "chaussée de Wavre 1302, 1160 Auderghem",
        "le 12/11/2026 à 18:30",
        "le 02 12 2026 10 30",
        "tram 81 82 97 51 3 4 7 92 93 55 8 9 10",
        "@stib_mivb en panne",
        "rendez-vous à 14h30 @ Flagey",
    ],
)
def test_what_is_no_contact_stays(text):
    assert without_contacts(text) == (text, False)


def test_several_contacts_in_one_message():
    assert without_contacts("a.b@c.be ou 0470 12 34 56") == (f"{MASK} ou {MASK}", True)


@pytest.mark.parametrize("text", ["a" * 10_000, "a@" * 5_000, "1 " * 5_000, "0470 12 34 " * 900, "a." * 4_999 + "@"])
def test_long_messages_are_looked_at_quickly(text):
    started = time.process_time()
    without_contacts(text)
    assert time.process_time() - started < 1


def test_words_are_hidden_the_longest_first():
    assert hidden("ann@a.be, ann@a.be.org", ["ann@a.be", "ann@a.be.org"]) == f"{MASK}, {MASK}"
