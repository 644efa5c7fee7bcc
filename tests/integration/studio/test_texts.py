"""Reply texts: three languages side by side, checked and previewed, saved as one change, and taken back."""

from __future__ import annotations

import re
from html import unescape

import pytest

FR, NL = "data/responses/fr/waste.yml", "data/responses/nl/waste.yml"
STREET = "/texts/ask_street"
BOTH = {"fr.other": "Quelle est votre rue ?", "nl.other": "Wat is uw straat?"}


async def test_texts_are_listed_and_searched(eef):
    await eef.see("/texts")
    assert "4 textes" in eef.words
    await eef.see("/texts", q="straat")
    assert "1 texte" in eef.words
    assert "Dans quelle rue ?" in eef.words


async def test_a_text_past_its_last_day_raises_an_alarm(eef, clock, place):
    await eef.see("/texts")
    assert "textes ont dépassé" not in eef.words
    assert "1 texte a dépassé son dernier jour, ou presque." not in eef.words
    for language in ("fr", "nl", "en"):
        place.replace(f"data/responses/{language}/waste.yml", "2026-12-31", "2026-12-01")
    await eef.see("/texts")
    assert "1 texte a dépassé son dernier jour, ou presque." in eef.words
    for language in ("fr", "nl", "en"):
        place.replace(f"data/responses/{language}/waste.yml", "2026-12-01", "2026-11-01")
    await eef.see("/texts", due="true")
    assert "01/11/2026 dépassé" in eef.words
    assert "ask_street" not in eef.words
    await eef.see("/texts/hours")
    assert "Ce texte a dépassé son dernier jour." in eef.words


async def test_a_text_shows_its_languages_forms_and_previews(eef):
    await eef.see("/texts/tonight")
    fields = ("fr.one", "fr.other", "nl.other", "en.one", "en.other")
    assert re.findall(r'<textarea id="[\w-]+" name="([\w.]+)"', eef.page) == list(fields)
    assert "{bags}" in eef.words
    assert '<span class="gap">bags</span>' in eef.page
    assert "Sur Telegram (51 caractères sur 4096)" in eef.words
    assert "LIX" in eef.words


async def test_both_languages_are_saved_in_one_change(eef, place):
    await eef.see(STREET)
    await eef.fill(STREET, **BOTH, why="Plus poli")
    assert "Enregistré. Le public le lit dans quelques secondes." in eef.words
    assert 'ask_street: {owner: waste, text: "Quelle est votre rue ?"}  # courte\n' in place.committed(FR)
    assert 'text: "Wat is uw straat?"' in place.committed(NL)
    assert place.read(FR) == place.committed(FR)
    assert place.git("log", "-1", "--format=%s|%b").strip() == "fix(responses): change ask_street (fr, nl)|Plus poli"
    assert place.status() == ""


async def test_one_official_language_alone_has_to_be_confirmed(eef, place):
    await eef.see(STREET)
    assert (await eef.fill(STREET, **{"fr.other": "Votre rue ?"})).status_code == 422
    assert "Nederlands: Ce texte ne change pas alors que l'autre langue officielle change." in eef.words
    await eef.fill(STREET, **{"fr.other": "Votre rue ?"}, confirmed="true")
    assert "Votre rue ?" in place.committed(FR)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ce soir, {sacs}.", "L'assistant ne connaît pas {sacs} ici."),
        ("Ce soir.", "{bags} manque : le public ne lirait pas cette information."),
        ("Ce soir, {bags.", "Une accolade { ou } manque"),
        ("<script>alert(1)</script> {bags}", "enlevez ce qui ressemble à du HTML"),
        ("Sortez {bags} !", "Pas de point d'exclamation"),
        ("{bags} " + "x" * 5000, "Le texte compte 5007 caractères ; 1500 au maximum."),
        ("", "Le texte est vide."),
    ],
)
async def test_what_is_wrong_comes_back_in_the_form(eef, place, text, said):
    await eef.see("/texts/tonight")
    answer = await eef.fill("/texts/tonight", **{"fr.other": text}, confirmed="true")
    assert answer.status_code == 422
    assert said in eef.words
    assert f">{text}</textarea>" in unescape(eef.page)
    assert "<script>alert" not in eef.page
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_what_is_typed_is_checked_and_previewed(eef, place):
    await eef.see(STREET)
    await eef.fill(f"{STREET}/look", csrf=eef.csrf, **{"fr.other": "Salut !\n– un {x}"})
    assert "Pas de point d'exclamation" in eef.words
    assert '<p class="item">un <span class="gap">x</span></p>' in eef.page
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_source_and_last_day_change_in_all_languages(eef, place):
    await eef.see("/texts/hours")
    await eef.fill("/texts/hours", source="https://be.brussels/parc", valid_until="2027-06-30")
    for language in ("fr", "nl", "en"):
        content = place.committed(f"data/responses/{language}/waste.yml")
        assert "valid_until: 2027-06-30, source: https://be.brussels/parc}" in content
    await eef.see("/texts/hours")
    await eef.fill("/texts/hours", source="pas une adresse", valid_until="2027-06-30")
    assert "La source doit être une adresse web" in eef.words


async def test_languages_that_were_given_other_days_outside_get_the_same_again(eef, place):
    place.replace(NL, "valid_until: 2026-12-31", "valid_until: 2026-11-30")
    place.commit("fix: outside")
    await eef.see("/texts/hours")
    await eef.fill("/texts/hours", valid_until="2027-06-30")
    for language in ("fr", "nl", "en"):
        assert "valid_until: 2027-06-30}" in place.committed(f"data/responses/{language}/waste.yml")


async def test_the_second_of_two_editors_sees_both_texts_and_chooses(eef, tom, place):
    for browser in (eef, tom):
        await browser.see(STREET)
    await eef.fill(STREET, **BOTH)
    mine = {"fr.other": "La rue, s'il vous plaît ?", "nl.other": "Welke straat is het?"}
    assert (await tom.fill(STREET, **mine)).status_code == 409
    assert "Eef heeft intussen hetzelfde gewijzigd." in tom.words
    assert "Nu Quelle est votre rue ?" in tom.words
    await tom.fill(STREET, **mine)
    assert "La rue, s'il vous plaît ?" in place.committed(FR)
    assert "Welke straat is het?" in place.committed(NL)


async def test_two_editors_on_two_languages_both_keep_theirs(eef, tom, place):
    for browser in (eef, tom):
        await browser.see(STREET)
    await eef.fill(STREET, **{"fr.other": BOTH["fr.other"]}, confirmed="true")
    await tom.fill(STREET, **{"nl.other": BOTH["nl.other"]}, confirmed="true")
    assert BOTH["fr.other"] in place.committed(FR)
    assert BOTH["nl.other"] in place.committed(NL)


async def test_nothing_changed_is_said(eef, place):
    await eef.see(STREET)
    await eef.fill(STREET)
    assert "Il n'y avait rien à changer." in eef.words
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_a_change_is_seen_in_the_history_and_taken_back(eef, tom, place):
    before = place.read(FR), place.read(NL)
    await eef.see(STREET)
    await eef.fill(STREET, **BOTH, why="Plus poli")
    made = place.head()
    await tom.see("/history", topic="waste")
    assert "Eef fix(responses): change ask_street (fr, nl) Plus poli" in tom.words
    await tom.see(f"/history/{made}")
    assert "Dans quelle rue ? Quelle est votre rue ?" in tom.words
    await tom.fill(f"/history/{made}/take-back", why="Te lang")
    assert "De wijziging is teruggedraaid." in tom.words
    assert (place.read(FR), place.read(NL)) == before
    assert place.git("log", "-1", "--format=%an|%s").strip() == "Tom|revert: fix(responses): change ask_street (fr, nl)"


async def test_taking_back_what_changed_again_shows_both(eef, place):
    await eef.see(STREET)
    await eef.fill(STREET, **BOTH)
    made = place.head()
    await eef.see(STREET)
    await eef.fill(STREET, **{"fr.other": "Et la rue ?", "nl.other": "En de straat?"})
    await eef.see(f"/history/{made}")
    assert (await eef.fill(f"/history/{made}/take-back")).status_code == 409
    assert "Maintenant Et la rue ? Votre version Dans quelle rue ?" in eef.words


async def test_what_is_more_than_texts_is_not_taken_back(eef, place):
    await eef.see(f"/history/{place.head()}")
    assert "Ce changement ne s'annule pas ici" in eef.words
    assert "take-back" not in eef.page
