"""Remarks on answers: to the team that owns them, settled by editors, seen by who made them."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import text

from tests.integration.desk.people import add_account
from tests.integration.desk.test_helper import WORDS, answer, ask


@pytest.fixture
async def eef(app, browse):
    await add_account(app, "eef", "editor")
    operator = browse(app)
    await operator.sign_in("eef")
    return operator


async def remarked(operator, rasa, words: str = WORDS, **fields: str) -> str:
    rasa.answers[words] = answer()
    texts = ["paragraphs_2", "departures_first"]
    return await ask(operator, words, path="../remarks", what="wrong", caller="nl", text=texts, **fields)


async def kept(app):
    return await app.state.database.read(lambda c: c.execute(text("SELECT * FROM desk_remarks")).all())


async def test_an_answer_brings_along_what_a_remark_needs(nadia, rasa):
    rasa.answers[WORDS] = answer()
    await ask(nadia)
    assert re.findall(r'name="text" value="(\w+)"', nadia.page) == ["paragraphs_2", "departures_first"]
    assert re.findall(r'name="what" value="(\w+)"', nadia.page) == ["wrong", "missing"]


async def test_a_remark_goes_to_the_team_that_owns_the_answer(nadia, rasa, app, eef):
    assert "C'est transmis à l'équipe Mobilité." in await remarked(nadia, rasa)
    row = (await kept(app))[0]
    assert (row.question, row.team, row.what, row.language, row.state) == (WORDS, "transport", "wrong", "nl", "open")
    await eef.open("/remarks")
    assert WORDS in eef.page
    assert "Nadia" in eef.page


async def test_who_remarked_sees_what_became_of_it_as_new_once(*, nadia, rasa, app, eef, clock):
    await remarked(nadia, rasa)
    path = f"/remarks/{(await kept(app))[0].id}"
    await eef.open("/remarks")
    await eef.send(path, state="rejected", reason=" ")
    assert eef.alert.startswith("Dites pourquoi vous rejetez la remarque")
    await eef.open("/remarks")
    await eef.send(path, state="rejected", reason="L'horaire a changé hier")
    await nadia.open("/remarks")
    new = '<strong class="mark">Nouveau</strong> rejetée'
    assert f"{new}<br>L'horaire a changé hier" in unescape(nadia.page)
    await nadia.open("/remarks")
    assert new not in nadia.page
    await eef.open("/remarks")
    clock.forward(seconds=1)
    await eef.send(path, state="done")
    await nadia.open("/remarks")
    assert '<strong class="mark">Nouveau</strong> corrigée' in nadia.page


async def test_an_operator_sees_no_remarks_of_others_and_settles_none(nadia, rasa, app, browse):
    await remarked(nadia, rasa)
    await add_account(app, "tom")
    other = browse(app)
    await other.sign_in("tom")
    await other.open("/remarks")
    assert WORDS not in other.page
    assert (await other.send(f"/remarks/{(await kept(app))[0].id}", state="done")).status_code == 403
    assert (await kept(app))[0].state == "open"


async def test_what_could_tell_who_called_is_masked(nadia, rasa, app):
    await remarked(nadia, rasa, "bel mij op 0470 12 34 56 of an@example.be")
    assert (await kept(app))[0].question == "bel mij op [phone] of [email]"


async def test_a_remark_without_words_and_one_that_is_not_there_are_refused(nadia, rasa, app, eef):
    await remarked(nadia, rasa, " ")
    assert (nadia.status, nadia.alert) == (422, "Il n'y a rien d'écrit.")
    await eef.open("/remarks")
    assert "Il n'y a pas de remarque." in unescape(eef.page)
    assert (await eef.send(f"/remarks/{'0' * 32}", state="done")).status_code == 404
    assert await kept(app) == []


async def test_a_remark_goes_ninety_days_after_its_last_change(nadia, rasa, app, clock):
    await remarked(nadia, rasa)
    clock.at += timedelta(days=89)
    await app.state.desk.purge()
    assert len(await kept(app)) == 1
    clock.at += timedelta(days=2)
    await app.state.desk.purge()
    assert await kept(app) == []


async def settled(eef, app, number: int, state: str, **fields: str) -> None:
    rows = sorted(await kept(app), key=lambda row: row.question)
    await eef.open("/remarks")
    await eef.send(f"/remarks/{rows[number].id}", state=state, **fields)


def shown(operator) -> list[str]:
    """Return the questions of the list, in order."""
    return [unescape(each) for each in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', operator.page)]


async def test_the_list_is_filtered_by_state_and_team(nadia, rasa, app, eef):
    for words in ("vraag een", "vraag twee"):
        await remarked(nadia, rasa, words)
    await settled(eef, app, 0, "done")
    await eef.open("/remarks?state=done")
    assert shown(eef) == ["vraag een"]
    await eef.open("/remarks?state=open&team=transport")
    assert shown(eef) == ["vraag twee"]
    await eef.open("/remarks?team=waste")
    assert shown(eef) == []
    assert "Il n'y a pas de remarque." in unescape(eef.page)
    await nadia.open("/remarks?state=done")
    assert shown(nadia) == ["vraag een"]


async def test_a_long_list_has_pages_and_what_is_to_be_settled_comes_first(nadia, rasa, app, eef):
    for number in range(27):
        await remarked(nadia, rasa, f"vraag {number:02}")
    await settled(eef, app, 26, "rejected", reason="Dat klopt wel")
    await eef.open("/remarks")
    assert len(shown(eef)) == 25
    assert "Page 1 sur 2" in eef.page
    assert "27 remarques" in eef.page
    following = re.search(r'href="/desk(/remarks[^"]+)" rel="next"', eef.page)
    assert following
    await eef.open(unescape(following[1]))
    assert len(shown(eef)) == 2
    assert shown(eef)[-1] == "vraag 26"
    assert (await eef.open("/remarks?page=9")).url.params["page"] == "2"


@pytest.mark.parametrize("query", ["state=x", "page=0", "page=x", "team=" + "a" * 41])
async def test_a_list_that_the_page_does_not_ask_for_is_refused_in_words(nadia, query):
    assert (await nadia.open(f"/remarks?{query}")).status_code == 422
    assert nadia.alert.startswith("Il manque quelque chose")
