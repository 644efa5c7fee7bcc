"""Signing in at the organisation (OpenID Connect), with a provider over HTTP."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import text

from tests.integration.desk.organisation import CLIENT, SECRET, Organisation
from tests.integration.gateway.serving import serving


@pytest.fixture
async def organisation() -> AsyncIterator[Organisation]:
    found = Organisation()
    async with serving(found.app) as url:
        found.url = url
        yield found


@pytest.fixture
async def app(make_app, organisation):
    return make_app(
        {
            "oidc_issuer": organisation.url,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            "oidc_roles": {"call-centre": "operator", "team-leads": "supervisor"},
            "oidc_teams_claim": "realm.teams",
        }
    )


@pytest.fixture
async def fatima(app, browse):
    return browse(app)


async def sign_in(operator, path: str = "/organisation", **changes: Any) -> httpx.Response:
    """Go to the organisation and come back, as a browser does; ``changes``: of the address that leads back."""
    operator.client.follow_redirects = False
    there = await operator.client.get(f"/desk{path}")
    if there.status_code != 302:
        operator.page = there.text
        return there
    async with httpx.AsyncClient() as outside:
        back = httpx.URL((await outside.get(there.headers["location"])).headers["location"])
    operator.client.follow_redirects = True
    answer = await operator.client.get(back.copy_merge_params(changes))
    operator.page = answer.text
    return answer


async def accounts(app):
    return await app.state.database.read(
        lambda c: [dict(row) for row in c.execute(text("SELECT * FROM desk_accounts")).mappings()]
    )


async def test_who_the_organisation_vouches_for_is_signed_in_with_the_roles_of_the_claim(app, fatima, organisation):
    assert "Se connecter avec mon compte professionnel" in (await fatima.open("/sign-in")).text
    organisation.person["realm"] = {"teams": ["waste", "permits"]}
    answer = await sign_in(fatima)
    assert (answer.url.path, answer.status_code) == ("/desk/inbox", 200)
    assert "Fatima El Idrissi" in (await fatima.open("/account")).text
    (account,) = await accounts(app)
    assert (account["roles"], account["teams"]) == ('["operator"]', '["permits", "waste"]')
    assert (account["login"], account["password"], account["secret"]) == (None, None, None)


async def test_roles_and_names_follow_the_organisation_at_each_sign_in(app, fatima, organisation):
    await sign_in(fatima)
    organisation.person.update(roles=["team-leads", "others"], name="  Fatima\n El Idrissi-Claes ")
    await sign_in(fatima)
    (account,) = await accounts(app)
    assert (account["roles"], account["name"]) == ('["supervisor"]', "Fatima El Idrissi-Claes")


async def test_one_goes_on_where_one_wanted_to_go(fatima):
    assert (await sign_in(fatima, "/organisation?next=/desk/account")).url.path == "/desk/account"
    assert (await sign_in(fatima, "/organisation?next=https://evil.example/")).url.path == "/desk/inbox"


@pytest.mark.parametrize("roles", [[], ["others"], "others", None, [{"call-centre": 1}]])
async def test_without_a_role_nobody_is_let_in_and_nothing_is_kept(app, fatima, organisation, roles):
    organisation.person["roles"] = roles
    answer = await sign_in(fatima)
    assert (answer.status_code, await accounts(app)) == (403, [])
    assert fatima.alert.startswith("Votre compte professionnel n'a pas de rôle au desk.")
    assert (await fatima.open("/account")).url.path == "/desk/sign-in"


@pytest.mark.parametrize(
    "spoil",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"exp": int(time.time()) - 3600},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
    ids=["issuer", "audience", "nonce", "expired", "nobody", "too-long"],
)
async def test_a_token_that_is_not_right_lets_nobody_in(app, fatima, organisation, spoil):
    organisation.spoil = spoil
    assert (await sign_in(fatima)).status_code == 401
    assert fatima.alert.startswith("Votre organisation n'a pas confirmé qui vous êtes.")
    assert await accounts(app) == []


async def test_a_token_of_another_key_lets_nobody_in(app, fatima, organisation):
    organisation.signs_with = RSAKey.generate_key(2048)
    assert (await sign_in(fatima)).status_code == 401
    assert await accounts(app) == []


async def test_a_way_back_that_was_not_begun_here_lets_nobody_in(app, fatima):
    assert (await sign_in(fatima, state="another")).status_code == 401
    assert (await fatima.open("/organisation/back?code=x&state=y")).status_code == 401
    assert (await fatima.open("/organisation/back")).status_code == 401
    assert await accounts(app) == []


async def test_who_says_no_over_there_is_told_so(fatima, organisation):
    organisation.refuses = True
    assert (await sign_in(fatima)).status_code == 401


async def test_a_sign_in_that_is_down_is_said(fatima, organisation):
    organisation.down = True
    answer = await sign_in(fatima)
    assert (answer.status_code, fatima.alert) == (
        502,
        "La connexion de votre organisation ne répond pas. Réessayez dans une minute.",
    )


async def test_who_is_disabled_here_stays_out(app, fatima):
    await sign_in(fatima)
    await app.state.database.write(lambda c: c.execute(text("UPDATE desk_accounts SET enabled = 0")))
    assert (await fatima.open("/account")).url.path == "/desk/sign-in"
    assert (await sign_in(fatima)).status_code == 403


async def test_a_password_is_not_offered_to_change(fatima):
    await sign_in(fatima)
    assert "Changer de mot de passe" not in (await fatima.open("/account")).text
    assert (await fatima.send("/account/password", old="", new="a", again="a")).status_code == 404


async def test_without_an_organisation_there_is_no_way_there(make_app, browse):
    operator = browse(make_app())
    assert not re.search("organisation", (await operator.open("/sign-in")).text)
    assert (await operator.open("/organisation")).status_code == 404
