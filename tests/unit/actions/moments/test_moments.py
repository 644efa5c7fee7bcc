"""Days and times as residents write them, on Tuesday 24 November 2026 at 15:00."""

from datetime import date, datetime

import pytest

from actions.moments.days import parse_days
from actions.moments.times import parse_moment
from kit.clock import BRUSSELS

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("aujourd'hui", "24", "24"),
        ("demain", "25", "25"),
        ("overmorgen", "26", "26"),
        ("vrijdag", "27", "27"),
        ("mardi", "24", "24"),
        ("next tuesday", "2026-12-01", "2026-12-01"),
        ("vendredi prochain", "2026-12-04", "2026-12-04"),
        ("ce week-end", "28", "29"),
        ("volgende week", "30", "2026-12-06"),
        ("le 1er décembre", "2026-12-01", "2026-12-01"),
        ("3 januari", "2027-01-03", "2027-01-03"),
        ("on the 20th", "2026-12-20", "2026-12-20"),
        ("5/12", "2026-12-05", "2026-12-05"),
        ("dans 3 jours", "27", "27"),
        ("in 3 days", "27", "27"),
        ("en juin", "2027-06-01", "2027-06-30"),
        ("December", "2026-12-01", "2026-12-31"),
        ("laatste zaterdag van mei", "2027-05-29", "2027-05-29"),
        ("the first Saturday of June", "2027-06-05", "2027-06-05"),
        ("next week wednesday", "2026-12-02", "2026-12-02"),
        ("dans deux semaines", "2026-12-08", "2026-12-08"),
        ("over twee weken", "2026-12-08", "2026-12-08"),
        ("in a month", "2026-12-24", "2026-12-24"),
        ("il y a trois jours", "21", "21"),
        ("3 dagen geleden", "21", "21"),
        ("two weeks ago", "10", "10"),
        ("avant-hier", "22", "22"),
        ("gisterenavond", "23", "23"),
        ("jeudi passé", "19", "19"),
        ("vorige donderdag", "19", "19"),
        ("last Tuesday", "17", "17"),
        ("la semaine passée", "16", "22"),
        ("verleden week", "16", "22"),
        ("last weekend", "21", "22"),
        ("'s weekends", "28", "29"),
        ("volgend weekend", "2026-12-05", "2026-12-06"),
        ("jeudi de la semaine prochaine", "2026-12-03", "2026-12-03"),
        ("next week Thursday", "2026-12-03", "2026-12-03"),
        ("mardi en huit", "2026-12-01", "2026-12-01"),
        ("jeudi en 8", "2026-12-03", "2026-12-03"),
        ("a week from Thursday", "2026-12-03", "2026-12-03"),
        ("vrijdag over een week", "2026-12-04", "2026-12-04"),
        ("fin janvier", "2027-01-21", "2027-01-31"),
        ("begin maart", "2027-03-01", "2027-03-10"),
        ("mid-December", "2026-12-11", "2026-12-20"),
        ("à la fin du mois", "21", "30"),
        ("en novembre", "24", "30"),
        ("in juni", "2027-06-01", "2027-06-30"),
        ("le mois prochain", "2026-12-01", "2026-12-31"),
        ("le troisième samedi de juin", "2027-06-19", "2027-06-19"),
        ("de laatste zondag van november", "29", "29"),
        ("the first Monday in November", "2027-11-01", "2027-11-01"),
        ("December 15", "2026-12-15", "2026-12-15"),
        ("2026-12-05", "2026-12-05", "2026-12-05"),
        ("de 15de", "2026-12-15", "2026-12-15"),
        ("Noël", "2026-12-25", "2026-12-25"),
        ("tweede kerstdag", "2026-12-26", "2026-12-26"),
        ("New Year's Eve", "2026-12-31", "2026-12-31"),
        ("lundi de Pâques", "2027-03-29", "2027-03-29"),
        ("un jour férié", "2026-12-25", "2026-12-25"),
    ],
)
def test_days(written, first, last):
    found = parse_days(written, NOW.date(), None)
    assert found is not None
    assert (found.first, found.last) == (_day(first), _day(last))


@pytest.mark.parametrize("written", ["", "la saint-glinglin", "blauw", "32/13", "un samedi de mai"])
def test_what_names_no_day(written):
    assert parse_days(written, NOW.date(), "fr") is None


def test_a_word_that_is_a_day_in_another_language_is_none():
    assert parse_days("hier", NOW.date(), "fr") is not None
    assert parse_days("hier", NOW.date(), "nl") is None


@pytest.mark.parametrize(
    ("time", "day", "expected"),
    [
        ("18h05", None, "24 18:05"),
        ("18.05 uur", None, "24 18:05"),
        ("8h30", None, "24 20:30"),
        ("half negen", None, "24 20:30"),
        ("8 am", None, "25 08:00"),
        ("à huit heures du soir", None, "24 20:00"),
        ("in 20 minutes", None, "24 15:20"),
        ("over een half uur", None, "24 15:30"),
        ("tonight", None, "24 18:00"),
        ("9h", "demain", "25 09:00"),
        ("kwart voor negen", "morgen", "25 08:45"),
        (None, "demain", "25 07:00"),
        (None, "morgenavond", "25 18:00"),
    ],
)
def test_times(time, day, expected):
    found = parse_moment(time, day, NOW, None)
    assert found is not None
    assert found.strftime("%d %H:%M") == expected


@pytest.mark.parametrize("time", [None, "maintenant", "nu", "now", "bientôt"])
def test_what_names_no_other_time_than_now(time):
    assert parse_moment(time, None, NOW, "fr") is None


def _day(written: str) -> date:
    return date(2026, 11, int(written)) if len(written) == 2 else date.fromisoformat(written)
