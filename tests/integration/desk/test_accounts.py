"""The administrators' page: accounts are disabled, enabled and given a new telephone, and each act is noted."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.integration.desk.people import add_account


@pytest.fixture
async def anne(app, browse):
    await add_account(app, "anne", "administrator")
    found = browse(app)
    await found.sign_in("anne")
    return found


async def noted(app):
    query = text("SELECT who, what FROM audit ORDER BY at")
    return [tuple(row) for row in await app.state.database.read(lambda c: c.execute(query).all())]


async def test_an_administrator_begins_with_every_account(anne, nadia):
    page = (await anne.open("/")).text
    assert "<h1>Comptes</h1>" in page
    for words in ("Nadia", "opérateur", "administrateur", "24/11/2026 08:15", "votre propre compte"):
        assert words in page
    assert "argon2" not in page


async def test_each_act_holds_at_once_and_is_noted_with_a_name(app, anne, browse):
    account_id = await add_account(app, "bert")
    bert = browse(app)
    await bert.sign_in("bert")
    await anne.open("/accounts")
    await anne.send(f"/accounts/{account_id}", act="disable")
    assert "désactivé" in anne.page
    assert (await bert.open("/account")).url.path == "/desk/sign-in"
    assert (await bert.type_password("bert")).status_code == 401
    await anne.send(f"/accounts/{account_id}", act="enable")
    await anne.send(f"/accounts/{account_id}", act="reset")
    assert "Préparez votre téléphone" in (await bert.type_password("bert")).text
    assert {("Anne", f"{act}_account") for act in ("disable", "enable", "reset")} <= set(await noted(app))


async def test_nobody_locks_themselves_out(app, anne):
    await anne.open("/accounts")
    query = text("SELECT id FROM desk_accounts WHERE login = 'anne'")
    own = await app.state.database.read(lambda c: c.execute(query).scalar_one())
    assert (await anne.send(f"/accounts/{own}", act="disable")).status_code == 409
    assert (await anne.open("/accounts")).status_code == 200


@pytest.mark.parametrize(
    ("account_id", "act", "status"), [("0" * 32, "disable", 404), ("x", "disable", 422), ("0" * 32, "delete", 422)]
)
async def test_what_is_not_there_is_refused(*, anne, account_id, act, status):
    await anne.open("/accounts")
    assert (await anne.send(f"/accounts/{account_id}", act=act)).status_code == status


@pytest.mark.parametrize("role", ["operator", "supervisor", "editor"])
async def test_nobody_else_sees_or_changes_accounts(app, anne, browse, role):
    account_id = await add_account(app, "eve", role)
    eve = browse(app)
    await eve.sign_in("eve")
    assert (await eve.open("/accounts")).status_code == 403
    await eve.open("/account")
    assert (await eve.send(f"/accounts/{account_id}", act="disable")).status_code == 403
    assert "/desk/accounts" not in (await eve.open("/account")).text
