"""How messages are drawn: HTML that data cannot break, cuts between sentences, cards in place of lists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.telegram.drawing.keyboards import NOTHING, keyboard, marked
from services.telegram.drawing.lines import MOST_UNITS, Span, bold, line, link, messages
from services.telegram.drawing.message import lines_of
from services.telegram.drawing.sentences import pieces, units
from services.telegram.port import Choice, Message, Source
from services.telegram.texts import Texts
from tests.botapi.server import shown

TEXTS = Texts(Path(__file__).resolve().parents[3] / "data" / "telegram")
NOW = datetime.fromisoformat("2026-11-24T08:15:00+01:00")
ROW = {"line": "81", "mode": "tram", "headsign": "Montgomery", "time": "2026-11-24T08:19:00+01:00", "minutes": 4}


def drawn(text: str, *cards: dict, language: str = "fr", **more) -> list[str]:
    """Return a message's lines as they are seen."""
    said = Message("m", text, language, cards=cards, **more)
    return shown("\n".join(messages(lines_of(said, TEXTS, NOW)))).split("\n")


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.integers(2, 40))
def test_pieces_put_together_are_the_text_and_none_is_too_long(text, most):
    cut = list(pieces(text, most))
    assert "".join(cut) == text
    assert all(0 < units(each) <= most for each in cut)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text("ab<>&\"'. 🚋", max_size=60), st.sampled_from(["", "b", "i"]))), st.integers(4, 60))
def test_every_part_is_well_formed_and_short_enough(spans, most):
    lines = [line(Span(text, style, 'https://x/?a=1&b="2"' if style else None)) for text, style in spans]
    for html in messages(lines, most):
        assert units(shown(html)) <= most


def test_a_text_is_cut_at_the_end_of_a_sentence_else_between_words():
    assert list(pieces("Un. Deux trois. Quatre", 18)) == ["Un. Deux trois. ", "Quatre"]
    assert list(pieces("un deux trois", 9)) == ["un deux ", "trois"]
    assert list(pieces("🚋🚋🚋", 4)) == ["🚋🚋", "🚋"]


def test_a_bold_text_that_is_cut_is_bold_in_each_part():
    assert messages([line(bold("Un. Deux."))], 5) == ["<b>Un.</b>", "<b>Deux.</b>"]


def test_lines_stay_together_where_they_fit():
    assert messages([line("a"), line("b"), line("c")], 3) == ["a\nb", "c"]
    assert messages([line("a" * MOST_UNITS)]) == ["a" * MOST_UNITS]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "tg://user?id=1", "", None])
def test_a_link_leads_to_the_web_or_is_none(address):
    assert messages([line(link("x", address))]) == ["x"]


def test_departures_stand_in_place_of_the_list_and_other_lists_stay():
    further = {**ROW, "time": "2026-11-24T09:25:00+01:00", "minutes": 70, "realtime": True}
    text = (
        "Perturbations :\n– Tram 81 : dévié vers Montgomery\nProchain départ : tram 81.\nEnsuite :\n"
        "– tram 81 vers Montgomery : à 9 h 25\nEn temps réel."
    )
    card = {"type": "departures", "rows": [ROW, further]}
    assert drawn(text, card) == [
        "Perturbations :",
        "– Tram 81 : dévié vers Montgomery",
        "Prochain départ : tram 81.",
        "En temps réel.",
        "",
        "Tram 81 → Montgomery : 4 min (8 h 19) horaire théorique",
        "Tram 81 → Montgomery : 9 h 25 temps réel",
    ]


@pytest.mark.parametrize(
    ("language", "day", "bags", "out"),
    [
        (
            "fr",
            "mercredi 25 novembre",
            "sac jaune, sac bleu",
            "à sortir entre 18 h et minuit, ramassage jeudi 26 novembre",
        ),
        (
            "nl",
            "woensdag 25 november",
            "gele zak, blauwe zak",
            "buitenzetten tussen 18 uur en middernacht, ophaling donderdag 26 november",
        ),
        (
            "en",
            "Wednesday 25 November",
            "yellow bag, blue bag",
            "put out between 18:00 and midnight, collected Thursday 26 November",
        ),
    ],
)
def test_a_week_of_collections(language, day, bags, out):
    row = {
        "collection_date": "2026-11-26",
        "put_out_from": "2026-11-25T18:00:00+01:00",
        "put_out_until": "2026-11-26T00:00:00+01:00",
        "moved_from": None,
    }
    rows = [{**row, "fraction": "yellow"}, {**row, "fraction": "blue"}]
    assert drawn("x", {"type": "collections", "rows": rows}, language=language)[-1] == f"– {day}, {bags} – {out}"


def test_a_collection_that_was_moved_says_from_when():
    row = {
        "fraction": "white",
        "collection_date": "2026-12-26",
        "put_out_from": "2026-12-25T18:00:00+01:00",
        "put_out_until": "2026-12-26T00:00:00+01:00",
        "moved_from": "2026-12-25",
    }
    assert drawn("x", {"type": "collections", "rows": [row]})[-1].endswith("(au lieu du vendredi 25 décembre)")


def test_a_trip_is_told_leg_by_leg():
    ride = {
        "line": "92",
        "mode": "tram",
        "headsign": "Fort-Jaco",
        "from": "Royale",
        "to": "Louise",
        "departs": "2026-11-24T08:20:00+01:00",
        "arrives": "2026-11-24T08:28:00+01:00",
        "stops": 5,
    }
    walk = {"to": "Rue Blaes 20", "minutes": 6, "walk_m": 450}
    row = {
        "departs": "2026-11-24T08:20:00+01:00",
        "arrives": "2026-11-24T08:34:00+01:00",
        "minutes": 14,
        "changes": 0,
        "walk_m": 450,
        "legs": [ride, walk],
    }
    seen = drawn("Oui.", {"type": "trips", "title": "Royale – Rue Blaes 20", "rows": [row, row]}, language="en")
    assert seen[2:] == [
        "Royale – Rue Blaes 20",
        "8:20 – 8:34, 14 min, no changes, on foot: 450 m",
        "– 8:20 Royale: Tram 92 towards Fort-Jaco",
        "– 8:28 Louise (stops: 5)",
        "– Walk to Rue Blaes 20: 6 min (450 m)",
        "Other trips:",
        "– 8:20 – 8:34, 14 min, no changes, on foot: 450 m (Tram 92)",
    ]


def test_places_say_how_far_when_open_and_where_on_the_map():
    row = {
        "name": "Recypark Sud",
        "address": "Quai 1, 1070",
        "distance_m": 1240,
        "closes": "2026-11-24T17:00:00+01:00",
        "opens": None,
        "phone": "02 1",
        "map": "https://map.example/?a=1&b=2",
    }
    said = Message("m", "x", "nl", cards=({"type": "places", "title": "Recyparken", "rows": [row]},))
    (html,) = messages(lines_of(said, TEXTS, NOW))
    assert (
        shown(html).split("\n")[-1] == "– Recypark Sud – op 1,2 km; Quai 1, 1070; open tot 17 uur; 02 1 – op de kaart"
    )
    assert '<a href="https://map.example/?a=1&amp;b=2">' in html


def test_what_else_there_is_to_know_of_a_place_is_not_lost_with_the_line_of_the_text():
    facts = [{"label": "Dernier jour pour réagir", "day": "2026-12-01"}, {"label": "Référence", "text": "09/PU/1"}]
    row = {"name": "Un hôtel", "address": "Rue du Bailli 18, Ixelles", "distance_m": None, "facts": facts}
    text = "Une enquête est ouverte :\n– Un hôtel, Rue du Bailli 18. Dernier jour pour réagir : mardi 1er décembre."
    assert drawn(text, {"type": "places", "title": "Enquêtes publiques", "rows": [row]}) == [
        "Une enquête est ouverte.",
        "",
        "Enquêtes publiques",
        "– Un hôtel – Rue du Bailli 18, Ixelles; Dernier jour pour réagir : mardi 1er décembre; Référence : 09/PU/1",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Rien ce soir.\nEnsuite :\n– le sac blanc : à sortir lundi, ramassage le mardi 1er décembre"),
        (
            "nl",
            "Niets vanavond.\nDaarna:\n– de witte en de gele zak: buiten op maandag, ophaling op dinsdag 1 december",
        ),
        ("en", "Nothing tonight.\nAfter that:\n– the white bag: put out on Monday, collected on Tuesday 1 December"),
    ],
)
def test_rounds_that_the_card_shows_are_not_said_twice(language, text):
    row = {
        "fraction": "white",
        "collection_date": "2026-12-01",
        "put_out_from": "2026-11-30T18:00:00+01:00",
        "put_out_until": "2026-12-01T00:00:00+01:00",
    }
    seen = drawn(text, {"type": "collections", "rows": [row]}, language=language)
    assert seen[1] == ""  # nothing is introduced
    assert len([each for each in seen if "1er décembre" in each or "1 dec" in each.lower()]) == 1


@pytest.mark.parametrize(
    "card",
    [
        {},
        {"type": "unknown", "rows": []},
        {"type": "departures"},
        {"type": "departures", "rows": [{}]},
        {"type": "trips", "rows": []},
    ],
)
def test_a_card_that_cannot_be_drawn_leaves_the_text_alone(card):
    assert drawn("Ensuite :\n– tram 81", card) == ["Ensuite :", "– tram 81"]


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [
        ("2026-11-24T08:05:00+01:00", "Bron: STIB, stand om 8.05 uur, dienstregeling, voorbeeldgegevens"),
        ("2026-11-23T07:00:00+00:00", "Bron: STIB, stand op 23/11 om 8.00 uur, dienstregeling, voorbeeldgegevens"),
    ],
)
def test_a_source_says_how_old_it_is(as_of, seen):
    source = Source("STIB", None, datetime.fromisoformat(as_of), realtime=False, sample=True)
    assert drawn("x", language="nl", source=source)[-1] == seen


def test_short_choices_stand_beside_each_other_and_long_ones_alone():
    labels = ["Oui", "Non", "Je ne sais pas", "Un très long choix, qui prend toute la largeur"]
    below = keyboard(
        Message("m", "x", "fr", choices=tuple(Choice(str(n), each) for n, each in enumerate(labels))), TEXTS
    )
    assert [[each.text for each in row] for row in below.inline_keyboard] == [labels[:3], labels[3:]]


def test_a_keyboard_of_which_nothing_was_taken_is_emptied():
    below = keyboard(Message("m", "x", "fr", choices=(Choice("a", "Oui"), Choice("b", "Non"))), TEXTS)
    assert marked(below, "c:gone", "fr", TEXTS).inline_keyboard == ()
    (row,) = marked(below, "c:b", "nl", TEXTS).inline_keyboard
    assert (row[0].text, row[0].callback_data) == ("✓ Non", NOTHING)
    assert marked(None, "c:b", "nl", TEXTS) is None
