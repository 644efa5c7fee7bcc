"""Sentences: seen in three columns, added, reworded, removed; what is wrong comes back with every word."""

from __future__ import annotations

from html import unescape

import pytest

from tests.integration.desk.people import add_account
from tests.unit.studio.test_repository import fake_git

FR = "data/nlu/fr/waste.yml"
FIRST = "quand passe le camion des sacs blancs"
ADD = "/intents/waste_collection_day/add"
CHANGE = "/intents/waste_collection_day/change"


async def add(browser, text: str, language: str = "fr", **fields: str):
    await browser.see("/intents/waste_collection_day")
    return await browser.fill(ADD, language=language, text=text, **fields)


async def change(browser, new: str, old: str = FIRST, **fields: str):
    await browser.see("/intents/waste_collection_day/sentence", language="fr", topic="waste", text=old)
    return await browser.fill(CHANGE, text=new, **fields)


async def test_questions_are_listed_with_their_counts_and_gaps(eef):
    await eef.see("/intents")
    row = eef.words[eef.words.index("waste_sorting") :].split("greet")[0]
    assert row.split() == ["waste_sorting", "waste", "2", "0", "trop", "peu", "1"]
    await eef.see("/intents", topic="waste")
    assert "greet" not in eef.words


async def test_a_question_shows_its_sentences_with_their_facts(eef):
    await eef.see("/intents/waste_sorting")
    assert "boîte à pizza (waste_item)" in eef.words
    assert "which bag for a pizza box" in eef.words
    await eef.see("/intents/waste_collection_day")
    assert '<mark title="fraction">' not in eef.page  # the vocabulary of the tests has "sac blanc" alone
    assert 'c\'est quel jour, "les bleus" ?' in eef.words


async def test_a_question_is_searched(eef):
    await eef.see("/intents/waste_collection_day", q="JAUNE")
    assert "sortir le sac jaune ce soir ?" in eef.words
    assert FIRST not in eef.words


async def test_a_sentence_is_added_as_a_commit(eef, place):
    answer = await add(eef, "- à quelle heure\n passe le camion vert", why="Vu ce matin")
    assert answer.status_code == 200
    assert "Ajoutée. Elle sera apprise au prochain entraînement." in eef.words
    assert "      - à quelle heure passe le camion vert\n" in place.committed(FR)
    assert place.git("log", "-1", "--format=%an|%s|%b").strip() == (
        "Eef|feat(nlu): add a sentence to waste_collection_day (fr)|Vu ce matin"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 5000, "La phrase compte 5000 caractères ; 500 au maximum."),
        ("Une phrase mise de côté, pour mesurer", "Cette phrase sert à tester l'assistant"),
        ("la [poubelle](objet) rue Haute", "La marque à « [poubelle](objet) rue Haute » n'est pas correcte."),
        (FIRST.upper(), f"Cette phrase existe déjà : « {FIRST} »."),
        ("le frigolite, je le jette où", "est une phrase de waste_sorting."),
        (" ", "La phrase est vide."),
    ],
)
async def test_what_is_wrong_comes_back_in_the_form(eef, place, text, said):
    answer = await add(eef, text)
    assert answer.status_code == 422
    assert said in eef.words
    assert f">{text.strip()}</textarea>" in unescape(eef.page) or not text.strip()
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_what_has_to_be_looked_at_is_confirmed(eef, place):
    near = "le frigolite, je la jette où"
    assert (await add(eef, near)).status_code == 422
    assert "est presque la même. Veulent-elles dire autre chose ?" in eef.words
    assert 'name="confirmed"' in eef.page
    await eef.fill(ADD, language="fr", text=near, confirmed="true")
    assert near in place.committed(FR)


async def test_what_is_nearly_the_same_is_shown_while_one_types(eef):
    await eef.see("/near", language="fr", text="le frigolite je le jette ou")
    assert eef.words == "Presque la même : le frigolite, je le jette où waste_sorting la même"
    await eef.see("/near", language="fr", text="une phrase mise de côté pour mesurer")
    assert eef.words == ""


async def test_a_sentence_is_reworded_and_removed(eef, place):
    await change(eef, "le camion des blancs, quand", act="save")
    assert "Modifiée." in eef.words
    assert "      - le camion des blancs, quand\n" in place.committed(FR)
    await change(eef, "", old="le camion des blancs, quand", act="remove")
    assert "le camion des blancs" not in place.committed(FR)
    assert place.status() == ""


async def test_the_second_of_two_editors_sees_both_versions_and_chooses(eef, tom, place):
    for browser in (eef, tom):
        await browser.see("/intents/waste_collection_day/sentence", language="fr", topic="waste", text=FIRST)
    await eef.fill(CHANGE, text="la version d'Eef", act="save")
    answer = await tom.fill(CHANGE, text="la version de Tom", act="save")
    assert answer.status_code == 409
    assert "Eef heeft intussen hetzelfde gewijzigd. Er is niets verloren: kies." in tom.words
    assert "Nu la version d'Eef Uw versie la version de Tom" in tom.words
    await tom.fill(CHANGE, text="la version de Tom", act="save")
    assert "la version de Tom" in place.committed(FR)
    assert "la version d'Eef" not in place.committed(FR)


async def test_a_broken_file_from_outside_is_said_and_the_rest_goes_on(eef, place):
    place.write(FR, "nlu:\n  - intent: [oups\n")
    place.commit("feat: oups")
    await eef.see("/intents")
    assert f"illisible : {FR}, ligne 3" in eef.words
    assert (await add(eef, "komt de wagen morgen ook langs", language="nl")).status_code == 200
    assert "morgen ook langs" in place.committed("data/nlu/nl/waste.yml")
    head = place.head()
    await eef.fill(ADD, language="fr", text="à quelle heure passe le camion vert")
    assert "illisible" in eef.words
    assert ">à quelle heure passe le camion vert</textarea>" in eef.page
    assert place.head() == head


async def test_a_full_disk_and_a_failing_git_lose_no_word(make_app, browse, place):
    program = fake_git(place, '*hash-object*) echo "fatal: No space left on device" >&2; exit 128;;')
    app = make_app(git=program)
    await add_account(app, "eef", "editor")
    eef = browse(app)
    await eef.sign_in("eef")
    answer = await add(eef, "à quelle heure passe le camion vert")
    assert answer.status_code == 507
    assert "Il n'y a plus de place sur le disque. Prévenez votre administrateur." in eef.words
    assert "Vos mots sont toujours dans le formulaire." in eef.words
    assert ">à quelle heure passe le camion vert</textarea>" in eef.page
    assert place.status() == ""
