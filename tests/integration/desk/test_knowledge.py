"""The knowledge search at the desk: everything that is written down, in both languages, with filters."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from tests.integration.desk.city import sample_city
from tests.integration.desk.people import Operator, add_account


@pytest.fixture
async def eva(make_app, browse, tmp_path: Path, clock) -> AsyncIterator[Operator]:
    """An operator at a desk whose city answers."""
    async with sample_city(tmp_path, clock) as url:
        app = make_app(city_url=url)
        await add_account(app, "eva")
        operator = browse(app)
        await operator.sign_in("eva")
        yield operator


async def seek(operator: Operator, sought: str = "", *, script: bool = True, **fields: str) -> str:
    """Send the form of the search; return the text of what comes back."""
    await operator.open("/helper")
    tab = re.search(r'name="tab" value="([\w-]+)"', operator.page)
    assert tab
    sent = {"csrf": operator.csrf, "tab": tab[1], "own": "fr", "caller": "", "sought": sought, **fields}
    headers = {"hx-request": "true"} if script else {}
    reply = await operator.client.post("/desk/helper/knowledge", data=sent, headers=headers)
    operator.page = reply.text
    assert reply.status_code == 200, operator.alert
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reply.text)).split())


def titles(operator: Operator) -> list[str]:
    """Return the titles of what was found."""
    return [unescape(each) for each in re.findall(r"<h3[^>]*>(.*?)</h3>", operator.page)]


@pytest.mark.parametrize("words", ["terrasse", "terasse", "horecaterras", "pavement tables"])
async def test_a_procedure_is_found_in_each_language_and_in_spite_of_slips(eva, words):
    shown = await seek(eva, words)
    assert titles(eva)[0] == "Autorisation de terrasse (horeca)"
    assert "Vergunning voor een terras (horeca)" in shown
    assert "Preuve d'une assurance" in shown or "assurance responsabilité civile" in shown


async def test_a_contact_has_its_number_and_its_source(eva):
    shown = await seek(eva, "odeur de gas")
    assert 'href="tel:080019400"' in eva.page
    assert "Odeur de gaz (Sibelga)" in titles(eva)
    assert "données d'exemple" in shown
    assert "données du 24/11/2026 08:15" in shown


async def test_a_message_and_an_approved_text_are_found_together(eva):
    shown = await seek(eva, "arrêt Flagey déplacé")
    assert "Arrêt Flagey du 81 déplacé" in titles(eva)
    shown = await seek(eva, "Antigifcentrum")
    assert "Texte approuvé" in titles(eva)
    assert "Antigifcentrum, 070 245 245" in shown


async def test_the_caller_s_language_stands_beside_the_operator_s(eva):
    await seek(eva, "terrasse", caller="en")
    assert set(re.findall(r'class="words" lang="(\w+)"', eva.page)) == {"fr", "en"}


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"kind": "contact"}, {"contact"}),
        ({"kind": "procedure"}, {"démarche"}),
        ({"kind": "answer", "topic": "waste"}, {"réponse", "Déchets"}),
        ({"topic": "transport"}, {"message", "réponse", "Mobilité"}),
    ],
)
async def test_filters_work_with_words_and_without(eva, fields, kinds):
    await seek(eva, **fields)
    tags = {unescape(each) for each in re.findall(r'<span class="tag">(.*?)</span>', eva.page)}
    assert tags <= {*kinds, "Ville", "Permis"}
    assert tags & kinds


async def test_words_are_looked_for_in_one_language(eva):
    await seek(eva, "encombrants", within="nl")
    assert "Rien trouvé dans les textes." in eva.page
    await seek(eva, "encombrants", within="fr")
    assert titles(eva)


async def test_all_is_shown_where_ten_are_too_few(eva):
    assert "Tout afficher" in await seek(eva, kind="contact")
    assert len(titles(eva)) == 10
    assert "Tout afficher" not in await seek(eva, kind="contact", all="true")
    assert len(titles(eva)) > 20


async def test_where_the_city_is_down_approved_texts_are_found_and_the_page_says_so(nadia):
    shown = await seek(nadia, "Antigifcentrum")
    assert nadia.alert.startswith("Les démarches, les contacts et les messages ne sont pas accessibles")
    assert "070 245 245" in shown


async def test_without_a_script_the_whole_page_comes_back(eva):
    await seek(eva, "terrasse", script=False)
    assert "<h1>Recherche</h1>" in eva.page
    assert 'value="terrasse"' in eva.page
    assert "Autorisation de terrasse (horeca)" in titles(eva)


async def test_no_words_find_nothing_and_gaps_of_texts_are_shown_as_gaps(eva):
    assert await seek(eva, "  ") == ""
    await seek(eva, kind="answer", all="true")
    assert "…" in eva.page
    assert "{" not in eva.page


async def test_what_is_typed_is_shown_as_text_only(eva):
    await seek(eva, '"><script>alert(1)</script>', script=False)
    assert "<script>alert" not in eva.page


@pytest.mark.parametrize("fields", [{"kind": "street"}, {"topic": "x"}, {"within": "de"}, {"sought": "a" * 501}])
async def test_a_form_that_the_page_does_not_send_is_refused_in_words(nadia, fields):
    await nadia.open("/helper")
    tab = re.search(r'name="tab" value="([\w-]+)"', nadia.page)
    assert tab
    answer = await nadia.send("/helper/knowledge", tab=tab[1], own="fr", **fields)
    assert answer.status_code == 422
    assert nadia.alert.startswith("Il manque quelque chose")
