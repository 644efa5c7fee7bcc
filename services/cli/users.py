"""``bxl user``: who may sign in at the desk. Passwords come from the terminal or standard input, never as a word."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar

import typer
from pydantic import SecretStr
from rich.table import Table
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from kit.clock import SystemClock
from kit.languages import LANGUAGES
from services.cli.console import CommandError, console, output
from services.desk.accounts.account import Account
from services.desk.accounts.administration import Administration, RefusedError
from services.desk.accounts.passwords import Passwords, WeakError
from services.desk.accounts.repository import Accounts
from services.desk.accounts.sessions import Sessions
from services.desk.settings import ROLES, DeskSettings
from services.gateway.channels.desk_acts import record
from services.gateway.channels.desk_tables import TABLES
from services.gateway.core.database import sync_engine
from services.gateway.core.migrate import upgrade
from services.gateway.settings import GatewaySettings

T = TypeVar("T")

#: As the record of acts has who did it.
WHO: Final = "bxl user"

app = typer.Typer(
    help="Who may sign in at the desk.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)

LoginArgument = Annotated[str, typer.Argument(help="Name to sign in with; `bxl user list` shows them.")]


@app.command("add")
def add(
    login: Annotated[str, typer.Argument(help="Name to sign in with.")],
    name: Annotated[
        str | None, typer.Option(help="Name that colleagues see; otherwise the one to sign in with.")
    ] = None,
    role: Annotated[list[str] | None, typer.Option(help=f"{', '.join(ROLES)}; may be repeated.")] = None,
    team: Annotated[
        list[str] | None, typer.Option(help="Team whose conversations they are asked for; may be repeated.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="fr, nl or en, in which they answer; may be repeated.")
    ] = None,
) -> None:
    """Add an account. The password is asked for, or read from standard input."""
    roles = [_one_of(each, ROLES, "role") for each in role or ["operator"]]
    languages = [_one_of(each, LANGUAGES, "language") for each in language or LANGUAGES]
    settings = DeskSettings()
    password = _new_password(settings, login)

    def work(connection: Connection, administration: Administration) -> None:
        administration.add(
            connection,
            SystemClock().now(),
            WHO,
            login=login,
            name=name or login,
            password=password,
            roles=roles,
            teams=team or [],
            languages=languages,
        )

    _run(settings, work)
    console.print(f"  [green]✓[/green] {login} may sign in; the telephone for codes is set up at the first time.")


@app.command("list")
def show() -> None:
    """Show every account."""
    found = _run(DeskSettings(), lambda connection, _: Accounts(TABLES).every(connection))
    table = Table("name to sign in", "name", "roles", "teams", "languages", "telephone", "state", "last signed in")
    for each in found:
        table.add_row(
            each.login or each.id,
            each.name,
            ", ".join(sorted(each.roles)),
            ", ".join(each.teams),
            " ".join(each.languages),
            ("set up" if each.enrolled else "not yet") if each.local else "-",
            "enabled" if each.enabled else "disabled",
            f"{each.signed_in_at:%Y-%m-%d %H:%M}" if each.signed_in_at else "never",
        )
    output.print(table)


@app.command("disable")
def disable(login: LoginArgument) -> None:
    """Let somebody sign in no more, and end every session of theirs."""
    _change(
        login, lambda each, connection, found: each.enable(connection, SystemClock().now(), WHO, found, enabled=False)
    )
    console.print(f"  [green]✓[/green] {login} cannot sign in any more; open sessions have ended.")


@app.command("enable")
def enable(login: LoginArgument) -> None:
    """Let somebody sign in again who was disabled."""
    _change(
        login, lambda each, connection, found: each.enable(connection, SystemClock().now(), WHO, found, enabled=True)
    )
    console.print(f"  [green]✓[/green] {login} may sign in again.")


@app.command("reset")
def reset(
    login: LoginArgument,
    keep_password: Annotated[bool, typer.Option("--keep-password", help="A new telephone only.")] = False,
) -> None:
    """Give somebody another password and let them set up a telephone anew; every session of theirs ends."""
    settings = DeskSettings()
    password = None if keep_password else _new_password(settings, login)
    _change(login, lambda each, connection, found: each.reset(connection, SystemClock().now(), WHO, found, password))
    console.print(f"  [green]✓[/green] {login} sets up a telephone at the next sign-in.")


def _change(login: str, act: Callable[[Administration, Connection, Account], None]) -> None:
    _run(
        DeskSettings(),
        lambda connection, administration: act(administration, connection, administration.find(connection, login)),
    )


def _run(settings: DeskSettings, work: Callable[[Connection, Administration], T]) -> T:
    """Run work in a transaction of the gateway's database, which may be running."""
    url = GatewaySettings(channel_secret=SecretStr("not needed here")).database_url
    administration = Administration(Accounts(TABLES), Sessions(TABLES, settings), record)
    engine = sync_engine(url)
    try:
        upgrade(engine)
        with engine.begin() as connection:
            return work(connection, administration)
    except RefusedError as error:
        raise CommandError(f"{error}.", "./bxl user list shows every account.") from error
    except SQLAlchemyError as error:
        raise CommandError(
            f"the conversations' database cannot be used: {type(error).__name__}.",
            "BXL_GATEWAY_DATABASE_URL says which it is.",
        ) from error
    finally:
        engine.dispose()


def _new_password(settings: DeskSettings, login: str) -> str:
    """Return the hash of a password that is typed twice, or that comes from standard input."""
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise CommandError("the password is not the same both times.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        return asyncio.run(Passwords(settings.password_least).hashed(password, login=login))
    except WeakError as error:
        why = {
            "too_short": f"it needs {settings.password_least} characters at least",
            "too_long": "it is too long",
            "too_easy": "it needs more different characters, and not the name",
        }
        raise CommandError(f"this password is not taken: {why[error.code]}.") from error


def _one_of(given: str, known: Sequence[T], what: str) -> T:
    found = next((each for each in known if each == given), None)
    if found is None:
        raise CommandError(f"{given!r} is no {what}.", f"It is one of {', '.join(map(str, known))}.")
    return found
