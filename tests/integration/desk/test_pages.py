"""Pages: languages, what everybody may set, what is never shown, headers."""

from __future__ import annotations

import pytest
from markupsafe import escape
from sqlalchemy import text

from tests.integration.desk.people import PASSWORD, add_account

NEW = "de fietsers rijden over het kanaal"


@pytest.mark.parametrize(
    ("header", "language", "words"),
    [
        ("nl-BE,fr;q=0.5", "nl", "Aanmelden"),
        ("fr", "fr", "Se connecter"),
        ("en-GB", "en", "Sign in"),
        ("de", "fr", "Se connecter"),
    ],
)
async def test_the_sign_in_page_speaks_the_browser_s_language(app, browse, header, language, words):
    answer = await browse(app, **{"Accept-Language": header}).open("/sign-in")
    assert f'<html lang="{language}"' in answer.text
    assert f"<h1>{words}</h1>" in answer.text
    assert answer.headers["content-language"] == language


async def test_a_language_that_was_chosen_stays_before_and_after_signing_in(visitor, browse, app):
    await visitor.open("/sign-in")
    answer = await visitor.send("/language", language="nl", next="/desk/sign-in")
    assert (answer.url.path, "<h1>Aanmelden</h1>" in answer.text) == ("/desk/sign-in", True)
    await visitor.sign_in("nadia")
    await visitor.open("/account")
    await visitor.send("/language", language="en", next="/desk/account")
    assert "<h1>My account</h1>" in visitor.page
    other = browse(app)
    other.secret = visitor.secret
    await other.sign_in("nadia")
    assert "My account" in other.page


async def test_settings_are_kept(nadia):
    await nadia.open("/account")
    await nadia.send("/account/preferences", theme="dark", languages=["nl", "en"])
    assert 'data-theme="dark"' in nadia.page
    assert "C'est enregistré." in nadia.page.replace("&#39;", "'")
    assert nadia.page.count(" checked") == 3  # dark, nl, en; no sound


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": "not the right one", "new": NEW, "again": NEW}, "Le mot de passe actuel n'est pas correct."),
        ({"old": PASSWORD, "new": NEW, "again": f"{NEW}!"}, "Le nouveau mot de passe n'est pas le même les deux fois."),
        ({"old": PASSWORD, "new": "court", "again": "court"}, "Le nouveau mot de passe est trop court."),
        ({"old": PASSWORD, "new": "a" * 20, "again": "a" * 20}, "Le nouveau mot de passe est trop facile"),
        (
            {"old": PASSWORD, "new": "voici Nadia 1234", "again": "voici Nadia 1234"},
            "Le nouveau mot de passe est trop facile",
        ),
    ],
)
async def test_a_password_that_is_not_taken_is_told_why(nadia, fields, said):
    await nadia.open("/account")
    answer = await nadia.send("/account/password", **fields)
    assert answer.status_code == 422
    assert nadia.alert.startswith(said)
    assert (await nadia.type_password("nadia")).status_code == 200


async def test_another_password_opens_and_the_old_one_does_not(nadia, browse, app):
    await nadia.open("/account")
    await nadia.send("/account/password", old=PASSWORD, new=NEW, again=NEW)
    assert "Votre mot de passe est changé." in nadia.page
    other = browse(app)
    assert (await other.type_password("nadia")).status_code == 401
    assert (await other.type_password("nadia", NEW)).url.path == "/desk/code"


async def test_a_name_with_a_script_in_it_is_shown_as_text(app, browse):
    await add_account(app, "eve", name="Eve & Co")
    await app.state.database.write(
        lambda c: c.execute(text("UPDATE desk_accounts SET name = '<script>alert(1)</script>', teams = '[\"<b>x\"]'"))
    )
    operator = browse(app)
    await operator.sign_in("eve")
    for page in (operator.page, (await operator.open("/account")).text):
        assert "<script>alert" not in page
        assert "<b>x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in operator.page


@pytest.mark.parametrize("login", ['"><script>alert(1)</script>', "{{ 7 * 7 }}"])
async def test_a_name_that_was_typed_wrongly_comes_back_as_text(visitor, login):
    answer = await visitor.type_password(login)
    assert "<script>alert" not in answer.text
    assert f'value="{escape(login)}"' in answer.text


async def test_nobody_keeps_or_frames_a_page(nadia):
    answer = await nadia.open("/account")
    assert answer.headers["cache-control"] == "no-store"
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert (policy["frame-ancestors"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")


async def test_pages_hold_no_script_or_style_of_their_own(nadia):
    for path in ("/", "/account", "/nowhere"):
        page = (await nadia.open(path)).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page


async def test_a_page_that_does_not_exist_says_so_in_words(nadia):
    answer = await nadia.open("/nowhere")
    assert (answer.status_code, nadia.alert) == (404, "Cette page n'existe pas.")


async def test_a_form_that_nobody_could_fill_in_like_this_is_refused_in_words(nadia):
    await nadia.open("/account")
    answer = await nadia.send("/account/preferences", theme="pink")
    assert answer.status_code == 422
    assert nadia.alert.startswith("Il manque quelque chose dans le formulaire")


async def test_the_bare_path_leads_to_the_desk(visitor):
    answer = await visitor.client.get("/desk")
    assert answer.url.path == "/desk/sign-in"


async def test_styles_are_served_and_what_lies_beside_them_is_not(visitor):
    assert (await visitor.client.get("/desk/static/desk.css")).status_code == 200
    assert (await visitor.client.get("/desk/static/../settings.py")).status_code == 404
    assert (await visitor.client.get("/desk/static/%2e%2e/settings.py")).status_code == 404
