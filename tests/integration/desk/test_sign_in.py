"""Signing in with a password and a code, and what is refused."""

from __future__ import annotations

import asyncio
import re

import pytest
from sqlalchemy import text

from tests.integration.desk.people import HERE, PASSWORD, Operator, add_account

SESSION = "bxl-desk"


async def rows(app, table):
    query = text(f"SELECT * FROM {table}")  # noqa: S608
    return list(await app.state.database.read(lambda connection: connection.execute(query).all()))


async def test_the_first_sign_in_sets_up_the_telephone_and_opens_the_desk(visitor):
    answer = await visitor.type_password("nadia")
    assert (answer.url.path, answer.status_code) == ("/desk/code", 200)
    assert "Préparez votre téléphone" in answer.text
    assert "<svg" in answer.text
    answer = await visitor.sign_in("nadia")
    assert answer.url.path == "/desk/inbox"
    assert "Mes conversations (0)" in answer.text


async def test_the_key_shown_stays_the_same_until_a_code_of_it_was_typed_and_is_never_shown_again(visitor, browse, app):
    first = re.search(r'class="secret">([^<]+)<', (await visitor.type_password("nadia")).text)[1]
    assert re.search(r'class="secret">([^<]+)<', (await visitor.open("/code")).text)[1] == first
    await visitor.sign_in("nadia")
    other = browse(app)
    answer = await other.type_password("nadia")
    assert "Code de votre téléphone" in answer.text
    assert "secret" not in answer.text


async def test_names_are_the_same_however_they_are_written(visitor):
    assert (await visitor.type_password("  NADIA ")).url.path == "/desk/code"


@pytest.mark.parametrize("login", ["nadia", "nobody", ""])
async def test_a_wrong_password_and_an_unknown_name_are_told_the_same(visitor, login):
    answer = await visitor.type_password(login, "something else altogether")
    assert answer.status_code == 401
    assert visitor.alert == "Le nom d'utilisateur ou le mot de passe n'est pas correct."
    assert SESSION not in visitor.client.cookies


async def test_a_disabled_account_is_told_the_same_as_a_wrong_password(app, visitor):
    await app.state.database.write(lambda c: c.execute(text("UPDATE desk_accounts SET enabled = 0")))
    assert (await visitor.type_password("nadia")).status_code == 401


async def test_half_a_sign_in_opens_nothing(visitor):
    await visitor.type_password("nadia")
    answer = await visitor.open("/account")
    assert answer.url.path == "/desk/sign-in"


async def test_a_code_that_was_used_is_refused_also_in_another_browser(visitor, browse, app):
    await visitor.sign_in("nadia")
    other = browse(app)
    await other.type_password("nadia")
    answer = await other.send("/code", code=visitor.code())
    assert answer.status_code == 401
    assert other.alert.startswith("Ce code a déjà servi.")
    assert (await other.open("/account")).url.path == "/desk/sign-in"


async def test_the_same_code_at_the_same_instant_opens_one_session(make_app, browse):
    app = make_app({"free_failures": 100})
    await add_account(app, "nadia")
    visitor = browse(app)
    await visitor.sign_in("nadia")
    visitor.clock.forward(seconds=30)
    others = [browse(app) for _ in range(6)]
    for each in others:
        await each.type_password("nadia")
    answers = await asyncio.gather(*(each.send("/code", code=visitor.code()) for each in others))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401, 401]


@pytest.mark.parametrize("seconds", [-90, 90])
async def test_a_code_of_another_time_is_refused(visitor, seconds):
    await visitor.sign_in("nadia")
    visitor.clock.forward(seconds=300)
    await visitor.type_password("nadia")
    visitor.clock.forward(seconds=seconds)
    code = visitor.code()
    visitor.clock.forward(seconds=-seconds)
    assert (await visitor.send("/code", code=code)).status_code == 401
    assert visitor.alert.startswith("Ce code n'est pas correct.")


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "١٢٣٤٥٦", "000000 OR 1"])
async def test_what_is_no_code_is_refused(visitor, code):
    await visitor.type_password("nadia")
    assert (await visitor.send("/code", code=code)).status_code == 401


async def test_each_wrong_password_makes_the_next_try_wait_longer(visitor):
    for _ in range(3):
        assert (await visitor.type_password("nadia", "wrong wrong wrong")).status_code == 401
    assert (await visitor.type_password("nadia", "wrong wrong wrong")).status_code == 429
    assert visitor.alert == "Trop d'essais. Réessayez dans 5 secondes."
    waits = []
    for wait in (5, 10, 20, 40):
        visitor.clock.forward(seconds=wait)
        assert (await visitor.type_password("nadia", "wrong wrong wrong")).status_code == 401
        await visitor.type_password("nadia", "wrong wrong wrong")
        waits.append(visitor.alert)
    assert waits[0].endswith("10 secondes.")
    assert waits[3].endswith("80 secondes.")


async def test_while_a_name_waits_the_right_password_waits_too_and_then_opens(visitor):
    for _ in range(3):
        await visitor.type_password("nadia", "wrong wrong wrong")
    assert (await visitor.type_password("nadia")).status_code == 429
    visitor.clock.forward(seconds=5)
    assert (await visitor.type_password("nadia")).url.path == "/desk/code"


async def test_a_name_that_nobody_has_waits_the_same(visitor):
    answers = [(await visitor.type_password("nobody", "wrong wrong wrong")).status_code for _ in range(4)]
    assert answers == [401, 401, 401, 429]


async def test_many_tries_at_once_are_counted_each(app, visitor, browse):
    others = [browse(app) for _ in range(8)]
    answers = await asyncio.gather(*(each.type_password("nadia", "wrong wrong wrong") for each in others))
    assert sorted(answer.status_code for answer in answers) == [401] * 3 + [429] * 5


async def test_wrong_codes_wait_too(visitor):
    await visitor.type_password("nadia")
    answers = [(await visitor.send("/code", code="000000")).status_code for _ in range(4)]
    assert answers == [401, 401, 401, 429]


async def test_no_name_that_was_typed_is_kept(app, visitor):
    await visitor.type_password("Zwanze@example.brussels", "wrong wrong wrong")
    kept = await rows(app, "desk_attempts")
    assert len(kept) == 1
    assert "wanze" not in str(kept)


async def test_one_address_may_try_so_often_only(make_app, browse):
    app = make_app({"tries_per_minute": 1, "tries_burst": 3})
    answers = []
    for number in range(5):
        answers.append((await browse(app).type_password(f"name{number}")).status_code)
    assert answers == [401, 401, 401, 429, 429]


async def test_the_cookie_is_for_desk_and_studio_alone_and_no_script_reads_it(visitor):
    await visitor.open("/sign-in")
    answer = await visitor.client.post(
        "/desk/sign-in",
        data={"csrf": visitor.csrf, "login": "nadia", "password": PASSWORD},
        follow_redirects=False,
    )
    cookies = [each for each in answer.headers.get_list("set-cookie") if each.startswith(f"{SESSION}=")]
    parts = [{part.strip().lower() for part in cookie.split(";")[1:]} for cookie in cookies]
    assert parts == [{"httponly", f"path={path}", "samesite=lax"} for path in ("/desk", "/studio")]


async def test_outside_this_machine_cookies_travel_encrypted_only(make_app, browse, caplog):
    app = make_app(
        {"public_url": "https://desk.example.brussels", "keys": "bm90IHRoZSBsYXB0b3AncyBrZXksIGEgY2l0eSdzISE="}
    )
    await add_account(app, "nadia")
    operator = browse(app, address="203.0.113.7", base="https://desk.example.brussels")
    await operator.sign_in("nadia")
    assert {"__Secure-bxl-desk", "__Secure-bxl-desk-form"} <= set(operator.client.cookies)
    await operator.open("/sign-in")
    answer = await operator.client.get("/desk/account")
    assert answer.status_code == 200
    for cookie in operator.client.cookies.jar:
        assert cookie.secure


@pytest.mark.parametrize(
    ("address", "base"),
    [("203.0.113.7", HERE), ("127.0.0.1", "http://evil.example:8000"), ("127.0.0.1", "http://192.0.2.1:8000")],
)
@pytest.mark.parametrize("public_url", ["", "http://127.0.0.1:8000"])
async def test_without_a_public_address_only_this_machine_is_answered(*, make_app, browse, address, base, public_url):
    app = make_app({"public_url": public_url})
    operator: Operator = browse(app, address=address, base=base)
    assert (await operator.open("/sign-in")).status_code == 403
    assert "BXL_DESK_PUBLIC_URL" in operator.alert


async def test_no_password_code_or_token_reaches_a_log(visitor, caplog):
    caplog.set_level("DEBUG")
    await visitor.sign_in("nadia")
    token = visitor.client.cookies.get(SESSION, path="/desk")
    for secret in (PASSWORD, visitor.secret, visitor.code(), token):
        assert secret not in "\n".join(record.getMessage() for record in caplog.records if record.name != "httpx")


async def test_nothing_secret_stands_in_the_database_as_it_is(app, nadia, tmp_path):
    token = nadia.client.cookies.get(SESSION, path="/desk")
    content = b"".join(path.read_bytes() for path in tmp_path.glob("conversations.db*"))
    for secret in (PASSWORD, nadia.secret, token):
        assert secret.encode() not in content
    assert "$argon2id$" in (await rows(app, "desk_accounts"))[0].password


async def test_on_a_laptop_the_code_can_be_left_out(make_app, browse):
    app = make_app({"second_factor": "off"})
    await add_account(app, "nadia")
    operator = browse(app)
    assert (await operator.type_password("nadia")).url.path == "/desk/inbox"
    assert (await operator.open("/account")).url.path == "/desk/account"
