"""The inbox on its page: groups of real questions, what becomes of them, and how that is taken back."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.integration.desk.people import add_account
from tests.integration.studio.asking import ask

FR, NL = "data/nlu/fr/waste.yml", "data/nlu/nl/waste.yml"


@pytest.fixture
async def asked(app, clock):
    await ask(app, clock, "le camion passe quand chez moi", guess="waste_collection_day")
    await ask(app, clock, "le camion passe quand chez moi", guess="waste_collection_day")
    await ask(app, clock, "welke dag komen ze langs", "nl", guess="waste_collection_day")
    await ask(app, clock, "panneaux solaires", second="waste_sorting")


def groups(browser):
    """Return the titles of the groups, and the values of their boxes."""
    sections = browser.page.split('<section class="side group"')[1:]
    titles = [
        " ".join(re.sub(r"<[^>]+>", " ", unescape(re.findall(r"<h2.*?</h2>", each)[0])).split()) for each in sections
    ]
    boxes = [[unescape(v) for v in re.findall(r'name="wording" value="([^"]*)"', each)] for each in sections]
    return dict(zip(titles, boxes, strict=True))


async def sort(browser, wordings, act, query="", **fields):
    """Send a group's form."""
    answer = await browser.client.post(
        f"/studio/inbox/sort{query}",
        data={"csrf": browser.csrf, "wording": wordings, "act": act, **fields},
    )
    browser.page = answer.text
    return answer


async def test_questions_stand_in_groups_over_the_languages(eef, asked):
    await eef.see("/inbox")
    first, second = groups(eef).items()
    assert first[0].endswith("3 fois")
    assert sorted(first[1]) == ["fr:le camion passe quand chez moi", "nl:welke dag komen ze langs"]
    assert second == ("Aucune question reconnue 1 fois", ["fr:panneaux solaires"])
    assert "pas comprise (4)" in eef.words
    # What the questions without a guess came nearest to is suggested.
    assert '<option value="waste_sorting" selected>' in eef.page.split('<section class="side group"')[2]


async def test_an_example_is_learnt_in_each_language_in_one_commit(eef, asked, place):
    await eef.see("/inbox")
    wordings = next(iter(groups(eef).values()))
    await sort(eef, wordings, "example", intent="waste_collection_day", why="vu ce matin")
    assert "2 formulations ajoutées comme exemples." in eef.words
    assert "- le camion passe quand chez moi\n" in place.committed(FR)
    assert "- welke dag komen ze langs\n" in place.committed(NL)
    assert place.git("log", "-1", "--format=%an|%s|%b").strip() == (
        "Eef|feat(nlu): add 2 sentences to waste_collection_day (fr, nl)|vu ce matin"
    )
    assert list(groups(eef)) == ["Aucune question reconnue 1 fois"]


async def test_only_what_is_ticked_is_sorted(eef, asked, place):
    await eef.see("/inbox")
    await sort(eef, ["nl:welke dag komen ze langs"], "example", intent="waste_collection_day")
    assert "fr:le camion passe quand chez moi" in next(iter(groups(eef).values()))
    assert "le camion passe quand chez moi" not in place.committed(FR)


async def test_a_test_sentence_is_not_learnt_and_one_that_is_learnt_is_no_test(eef, asked, place):
    place.write("tests/nlu/fr/waste.yml", "- text: une autre phrase de test\n  intent: waste_sorting\n")
    place.commit("test: begin")
    await eef.see("/inbox")
    await sort(eef, ["fr:panneaux solaires"], "test", intent="waste_sorting")
    assert "1 formulation gardée pour les tests." in eef.words
    assert place.committed("tests/nlu/fr/waste.yml").endswith('- text: "panneaux solaires"\n  intent: waste_sorting\n')
    assert "panneaux solaires" not in place.committed(FR)
    await sort(eef, ["fr:Quand passe le camion des sacs blancs ?"], "test", intent="waste_collection_day")
    assert "est déjà un exemple de waste_collection_day" in eef.words
    assert "camion" not in place.committed("tests/nlu/fr/waste.yml")


async def test_a_sentence_that_is_a_test_is_not_learnt(eef, asked, place):
    before = place.head()
    await eef.see("/inbox")
    answer = await sort(eef, ["fr:Une phrase mise de cote pour mesurer"], "example", intent="waste_sorting")
    assert answer.status_code == 422
    assert "Cette phrase sert à tester l'assistant" in eef.words
    assert place.head() == before


async def test_what_is_asked_again_does_not_come_back_but_what_is_undone_does(eef, asked, app, clock):
    await eef.see("/inbox")
    await sort(eef, ["fr:panneaux solaires"], "new_capability")
    assert "1 formulation notée pour une nouvelle réponse." in eef.words
    await ask(app, clock, "Panneaux SOLAIRES ?")
    await eef.see("/inbox")
    assert len(groups(eef)) == 1
    await eef.client.post("/studio/inbox/undo", data={"csrf": eef.csrf})
    await eef.see("/inbox")
    assert groups(eef)["Aucune question reconnue 2 fois"]


async def test_another_s_decision_is_not_undone(eef, tom, asked):
    await eef.see("/inbox")
    await sort(eef, ["fr:panneaux solaires"], "ignored")
    await tom.see("/inbox")
    await tom.client.post("/studio/inbox/undo", data={"csrf": tom.csrf})
    await eef.see("/inbox")
    assert len(groups(eef)) == 1


@pytest.mark.parametrize("act", ["example", "test"])
async def test_without_a_question_or_a_wording_it_is_asked_for(eef, asked, place, act):
    before = place.head()
    await eef.see("/inbox")
    for wordings, intent in ((["fr:panneaux solaires"], ""), ([], "waste_sorting")):
        key = re.findall(r'name="group" value="(\w+)"', eef.page)[-1]
        answer = await sort(eef, wordings, act, intent=intent, group=key)
        assert answer.status_code == 422
        assert "Cochez au moins une formulation" in eef.words
    assert place.head() == before


async def test_filters(eef, asked):
    await eef.see("/inbox", language="nl")
    assert list(groups(eef).values()) == [["nl:welke dag komen ze langs"]]
    await eef.see("/inbox", reason="thumbs_down")
    assert "Il n'y a rien à trier ici." in eef.words
    await eef.see("/inbox", reason="nonsense")
    assert len(groups(eef)) == 2


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a" * 5_000, 'x" onfocus="alert(1)', "[mots](pas_un_fait) inconnus"]
)
async def test_hostile_questions_are_shown_as_they_are_and_not_learnt_unseen(eef, app, clock, place, text):
    await ask(app, clock, text)
    await eef.see("/inbox")
    assert "<script>alert" not in eef.page
    assert 'onfocus="' not in eef.page
    before = place.head()
    (boxes,) = groups(eef).values()
    answer = await sort(eef, boxes, "example", intent="waste_sorting")
    if answer.status_code != 422:  # shown, and harmless as an example
        assert place.git("show", "--numstat", "--format=", "HEAD").split() == ["1", "0", FR]
    else:
        assert place.head() == before


async def test_an_operator_has_no_inbox(app, browse):
    await add_account(app, "otto", "operator")
    otto = browse(app)
    await otto.sign_in("otto")
    answer = await otto.see("/inbox")
    assert answer.status_code == 403
