"""Sessions end, change at each sign-in, and are bound to the forms that go with them."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from services.desk.accounts.administration import Administration
from services.gateway.channels.desk_acts import record
from tests.integration.desk.people import PASSWORD, add_account

SESSION = "bxl-desk"


async def is_in(operator) -> bool:
    return (await operator.open("/account")).url.path == "/desk/account"


async def test_a_session_in_use_lasts_a_shift_and_no_longer(nadia):
    for _ in range(23):
        nadia.clock.forward(minutes=30)
        assert await is_in(nadia)
    nadia.clock.forward(minutes=31)
    assert not await is_in(nadia)


async def test_a_session_that_is_not_used_ends(nadia):
    nadia.clock.forward(minutes=59)
    assert await is_in(nadia)
    nadia.clock.forward(minutes=61)
    assert not await is_in(nadia)


async def test_time_for_the_code_is_short(visitor):
    await visitor.type_password("nadia")
    visitor.clock.forward(minutes=11)
    assert (await visitor.open("/code")).url.path == "/desk/sign-in"


async def test_each_step_of_signing_in_gives_another_token_and_ends_the_one_before(visitor, browse, app):
    await visitor.type_password("nadia")
    half = visitor.client.cookies.get(SESSION, path="/desk")
    await visitor.sign_in("nadia")
    first = visitor.client.cookies.get(SESSION, path="/desk")
    await visitor.sign_in("nadia")
    assert len({half, first, visitor.client.cookies.get(SESSION, path="/desk")}) == 3
    for token in (half, first):
        thief = browse(app)
        thief.client.cookies.set(SESSION, token, path="/desk")
        assert not await is_in(thief)
        assert (await thief.open("/code")).url.path == "/desk/sign-in"


async def test_signing_out_ends_the_session_on_the_server(nadia, browse, app):
    token = nadia.client.cookies.get(SESSION, path="/desk")
    await nadia.open("/account")
    answer = await nadia.send("/sign-out")
    assert answer.url.path == "/desk/sign-in"
    assert SESSION not in nadia.client.cookies
    thief = browse(app)
    thief.client.cookies.set(SESSION, token, path="/desk")
    assert not await is_in(thief)


async def test_other_sessions_can_be_ended_and_this_one_goes_on(nadia, browse, app):
    other = browse(app)
    other.secret = nadia.secret
    await other.sign_in("nadia")
    await nadia.open("/account")
    await nadia.send("/account/end-others")
    assert "sont fermées" in nadia.page
    assert (await is_in(nadia), await is_in(other)) == (True, False)


@pytest.mark.parametrize("act", ["disable", "reset"])
async def test_an_administrator_s_act_ends_every_session_at_once(app, nadia, act):
    desk = app.state.desk.desk
    administration = Administration(desk.accounts, desk.sessions, record)

    def work(connection):
        account = administration.find(connection, "nadia")
        if act == "disable":
            administration.enable(connection, nadia.clock.now(), "test", account, enabled=False)
        else:
            administration.reset(connection, nadia.clock.now(), "test", account, None)

    await app.state.database.write(work)
    assert not await is_in(nadia)
    noted = await app.state.database.read(
        lambda c: c.execute(text("SELECT who, what FROM audit ORDER BY at DESC, what DESC")).all()
    )
    assert ("test", f"{act}_account") in [tuple(row) for row in noted]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sign-out", {}),
        ("/language", {"language": "nl"}),
        ("/account/preferences", {"theme": "dark"}),
        ("/account/password", {"old": PASSWORD, "new": "a" * 20, "again": "a" * 20}),
        ("/account/end-others", {}),
    ],
)
@pytest.mark.parametrize("token", ["", "0" * 64, "é", None])
async def test_a_form_without_its_token_changes_nothing(nadia, path, fields, token):
    sent = fields if token is None else {**fields, "csrf": token}
    answer = await nadia.client.post(f"/desk{path}", data=sent)
    nadia.page = answer.text
    assert answer.status_code == 403
    assert nadia.alert.startswith("Cette page est restée ouverte trop longtemps.")
    assert await is_in(nadia)
    assert 'lang="fr" data-theme="auto"' in nadia.page


async def test_a_token_of_another_session_is_refused(nadia, browse, app):
    await add_account(app, "bert")
    bert = browse(app)
    await bert.sign_in("bert")
    await nadia.open("/account")
    bert.page = nadia.page
    assert (await bert.send("/account/end-others")).status_code == 403


async def test_signing_in_needs_the_form_s_token_too(visitor, browse, app):
    fields = {"login": "nadia", "password": PASSWORD}
    assert (await visitor.client.post("/desk/sign-in", data=fields)).status_code == 403
    await visitor.open("/sign-in")
    stolen = browse(app)
    stolen.page = visitor.page
    assert (await stolen.send("/sign-in", **fields)).status_code == 403


async def test_a_form_that_another_site_sends_is_refused(nadia):
    await nadia.open("/account")
    nadia.client.headers["Sec-Fetch-Site"] = "cross-site"
    assert (await nadia.send("/account/end-others")).status_code == 403


async def test_an_ended_session_leads_back_to_the_page_after_signing_in(nadia):
    nadia.clock.forward(hours=13)
    answer = await nadia.open("/account")
    assert answer.url.path == "/desk/sign-in"
    await nadia.send("/sign-in?" + answer.url.query.decode(), login="nadia", password=PASSWORD)
    answer = await nadia.send("/code?next=/desk/account", code=nadia.code())
    assert answer.url.path == "/desk/account"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/desk/", "//evil.example", "/desk/\\evil.example", "/privacy", "/desk"]
)
async def test_after_signing_in_nobody_is_sent_elsewhere(visitor, wanted):
    await visitor.open("/sign-in")
    await visitor.client.post(
        "/desk/sign-in", params={"next": wanted}, data={"csrf": visitor.csrf, "login": "nadia", "password": PASSWORD}
    )
    page = await visitor.open("/code")
    assert page.status_code == 200
    await visitor.sign_in("nadia")
    answer = await visitor.client.get("/desk/sign-in", params={"next": wanted})
    assert (answer.url.host, answer.url.path) == ("127.0.0.1", "/desk/inbox")


async def test_for_a_script_an_ended_session_says_where_to_sign_in(visitor):
    answer = await visitor.client.get("/desk/account", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"].startswith("/desk/sign-in")


async def test_what_is_past_its_time_is_deleted(app, nadia):
    await nadia.type_password("nobody", "wrong wrong wrong")
    await add_account(app, "bert")
    await app.state.database.write(
        lambda c: c.execute(text("UPDATE desk_accounts SET enabled = 0 WHERE login = 'bert'"))
    )
    assert await app.state.desk.purge() == 0
    nadia.clock.forward(hours=25)
    assert await app.state.desk.purge() == 2
    nadia.clock.forward(days=91)
    assert await app.state.desk.purge() == 1
    left = await app.state.database.read(lambda c: c.execute(text("SELECT login FROM desk_accounts")).scalars().all())
    assert left == ["nadia"]
