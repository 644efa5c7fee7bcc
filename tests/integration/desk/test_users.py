"""``bxl user``, as it is typed: another process on the gateway's database."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.integration.desk.people import PASSWORD


@pytest.fixture
def bxl(tmp_path):
    def run(*words: str, given: str = f"{PASSWORD}\n") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "BXL_GATEWAY_DATABASE_URL": f"sqlite:///{tmp_path / 'conversations.db'}"}
        command = [sys.executable, "-m", "services.cli", "user", *words]
        return subprocess.run(command, env=environment, input=given, capture_output=True, text=True, check=False)  # noqa: S603

    return run


async def test_an_account_that_was_added_signs_in_while_the_gateway_runs(app, browse, bxl):
    added = bxl("add", "Nadia", "--name", "Nadia P.", "--role", "operator", "--role", "supervisor", "--team", "waste")
    assert (added.returncode, added.stdout) == (0, "")
    operator = browse(app)
    await operator.sign_in("nadia")
    account = (await operator.open("/account")).text
    assert "Nadia P." in account
    assert "waste" in account
    listed = bxl("list").stdout
    assert "operator, supervisor" in listed
    assert "set up" in listed
    assert PASSWORD not in added.stderr + listed


async def test_a_reset_gives_another_password_and_telephone(app, browse, bxl):
    bxl("add", "nadia")
    operator = browse(app)
    await operator.sign_in("nadia")
    assert bxl("reset", "nadia", given="une autre phrase entière\n").returncode == 0
    assert (await operator.open("/account")).url.path == "/desk/sign-in"
    assert (await operator.type_password("nadia")).status_code == 401
    await operator.sign_in("nadia", "une autre phrase entière")
    assert bxl("reset", "nadia", "--keep-password", given="").returncode == 0
    assert "Préparez votre téléphone" in (await operator.type_password("nadia", "une autre phrase entière")).text


async def test_who_is_disabled_is_out_and_comes_back_when_enabled(app, browse, bxl):
    bxl("add", "nadia")
    operator = browse(app)
    await operator.sign_in("nadia")
    assert bxl("disable", "nadia").returncode == 0
    assert (await operator.type_password("nadia")).status_code == 401
    assert bxl("enable", "nadia").returncode == 0
    await operator.sign_in("nadia")


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (["add", "nadia"], "short\n", "12 characters at least"),
        (["add", "nadia"], "aaaaaaaaaaaaaaaa\n", "more different characters"),
        (["add", "nadia"], "nadia-nadia-nadia!\n", "and not the name"),
        (["add", "nadia"], "", "12 characters at least"),
        (["add", "a b"], f"{PASSWORD}\n", "cannot be a name to sign in with"),
        (["add", "nadia", "--name", "<b>"], f"{PASSWORD}\n", "cannot be a name"),
        (["add", "nadia", "--role", "king"], f"{PASSWORD}\n", "is no role"),
        (["add", "nadia", "--language", "de"], f"{PASSWORD}\n", "is no language"),
        (["disable", "bert"], "", "there is no account bert"),
    ],
)
def test_what_is_not_possible_is_said_and_changes_nothing(bxl, words, given, said):
    answer = bxl(*words, given=given)
    assert answer.returncode == 1
    assert said in " ".join(answer.stderr.split())
    assert "nadia" not in bxl("list").stdout


def test_the_same_name_twice_is_refused(bxl):
    bxl("add", "nadia")
    answer = bxl("add", "NADIA")
    assert (answer.returncode, "there is an account nadia already" in answer.stderr) == (1, True)
