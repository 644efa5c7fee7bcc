"""Days, times, amounts, lists and names, as Brussels writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.nlg import wording

TODAY = date(2026, 11, 23)
BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("value", "style", "language", "written"),
    [
        (date(2026, 11, 24), "relative", "fr", "demain mardi 24 novembre"),
        (date(2026, 11, 24), "relative", "nl", "morgen, dinsdag 24 november"),
        (date(2026, 11, 24), "relative", "en", "tomorrow, Tuesday 24 November"),
        (date(2026, 11, 23), "relative", "fr", "aujourd'hui lundi 23 novembre"),
        (date(2026, 11, 23), "relative", "nl", "vandaag, maandag 23 november"),
        (date(2026, 12, 1), "relative", "fr", "mardi 1er décembre"),
        (date(2026, 12, 11), "relative", "fr", "vendredi 11 décembre"),
        (date(2026, 12, 1), "relative", "nl", "dinsdag 1 december"),
        (date(2027, 11, 23), "relative", "en", "Tuesday 23 November 2027"),
        (date(2026, 12, 1), "full", "fr", "mardi 1er décembre 2026"),
        (date(2026, 12, 1), "short", "nl", "1/12"),
        (date(2023, 5, 1), "date", "fr", "1er mai 2023"),
        (date(2025, 9, 11), "date", "nl", "11 september 2025"),
    ],
)
def test_day(value, style, language, written):
    assert wording.day(value, style, TODAY, language) == written


@pytest.mark.parametrize(
    ("clock", "fr", "nl", "en"),
    [
        ((18, 5), "18\u00a0h\u00a005", "18.05\u00a0uur", "18:05"),
        ((18, 0), "18\u00a0h", "18\u00a0uur", "18:00"),
        ((0, 0), "minuit", "middernacht", "midnight"),
        ((0, 7), "0\u00a0h\u00a007", "0.07\u00a0uur", "0:07"),
    ],
)
def test_time_of_day(clock, fr, nl, en):
    value = datetime(2026, 11, 23, *clock, tzinfo=BRUSSELS)
    assert [wording.time_of_day(value, language) for language in ("fr", "nl", "en")] == [fr, nl, en]


def test_a_time_in_another_zone_is_told_in_brussels():
    assert wording.time_of_day(datetime.fromisoformat("2026-07-01T10:30:00+00:00"), "en") == "12:30"


def test_money_has_cents_only_where_there_are_any():
    assert wording.money(25, "EUR", "fr") == "25\u00a0€"
    assert wording.money(25.5, "EUR", "fr") == "25,50\u00a0€"
    assert wording.money(1250, "EUR", "nl") == "€\u00a01.250"
    assert wording.money(25, "EUR", "en") == "€25"


def test_lists():
    assert wording.joined(["a", "b", "c"], "and", "fr") == "a, b et c"
    assert wording.joined(["a", "b"], "or", "nl") == "a of b"
    assert wording.joined(["a", "b"], "comma", "en") == "a, b"
    assert wording.joined(["a", "b"], "lines", "en") == "– a\n– b"


def test_names_are_the_languages_own_and_both_in_english():
    assert wording.name("Rue Haute", "Hoogstraat", None, "nl") == "Hoogstraat"
    assert wording.name("Rue Haute", "Hoogstraat", None, "fr") == "Rue Haute"
    assert wording.name("Rue Haute", "Hoogstraat", None, "en") == "Rue Haute / Hoogstraat"
    assert wording.name("Mérode", "Mérode", None, "en") == "Mérode"
    assert wording.name("Bruxelles", "Brussel", "Brussels", "en") == "Brussels"
