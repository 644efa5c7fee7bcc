"""Who gets into the studio: with the desk's accounts, sessions and forms, editors and administrators alone."""

from __future__ import annotations

import pytest

from tests.integration.desk.people import add_account

PAGES = ("/", "/intents", "/intents/waste_sorting", "/texts", "/texts/ask_street", "/history", "/near?language=fr")


@pytest.mark.parametrize("path", PAGES)
async def test_who_is_not_signed_in_is_sent_to_the_sign_in_and_back(app, browse, path):
    browser = browse(app)
    answer = await browser.see(path)
    assert answer.url.path == "/desk/sign-in"
    assert answer.url.params["next"].startswith("/studio/")


@pytest.mark.parametrize("path", PAGES)
async def test_an_operator_does_not_get_in(app, browse, path):
    await add_account(app, "nadia", "operator", "supervisor")
    browser = browse(app)
    await browser.sign_in("nadia")
    assert (await browser.see(path)).status_code == 403
    assert "/studio/" not in (await browser.open("/helper")).text


@pytest.mark.parametrize("path", PAGES)
async def test_editors_and_administrators_do(eef, tom, path):
    for browser in (eef, tom):
        assert (await browser.see(path)).status_code == 200
        assert browser.page.count("<title>") == ("near" not in path)
    assert 'href="/studio/"' in (await eef.open("/helper")).text


async def test_signing_in_leads_back_and_signing_out_ends_both(app, browse):
    await add_account(app, "eef", "editor")
    browser = browse(app)
    await browser.sign_in("eef")
    assert (await browser.see("/texts")).status_code == 200
    await browser.send("/sign-out")
    assert (await browser.see("/texts")).url.path == "/desk/sign-in"


async def test_a_form_from_elsewhere_changes_nothing(eef, place):
    await eef.see("/texts/ask_street")
    form = {"fr.other": "Votre rue ?", "was.fr.other": "Dans quelle rue ?", "confirmed": "true"}
    answer = await eef.client.post("/studio/texts/ask_street", data=form)
    assert answer.status_code == 403
    assert place.status() == ""
    assert place.git("rev-list", "--count", "HEAD").strip() == "1"


async def test_nobody_shows_it_in_a_frame_and_no_cache_keeps_it(eef):
    answer = await eef.see("/texts")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_its_language_is_that_of_the_account(eef, tom):
    await eef.see("/intents")
    assert "Ce qu'il comprend" in eef.words
    await tom.see("/intents")
    assert "Wat hij begrijpt" in tom.words
    await tom.client.post("/desk/language", data={"csrf": tom.csrf, "language": "en", "next": "/studio/intents"})
    await tom.see("/intents")
    assert "What it understands" in tom.words


async def test_what_is_not_there_is_said(eef):
    for path in ("/intents/nothing", "/texts/nothing", f"/history/{'0' * 40}", "/nothing"):
        assert (await eef.see(path)).status_code == 404
        assert eef.alert == "Cette page n'existe pas."
