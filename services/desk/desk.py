"""The desk's parts, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from kit.clock import Clock
from services.desk.accounts.administration import Administration
from services.desk.accounts.attempts import Attempts
from services.desk.accounts.oidc import OrganisationSignIn
from services.desk.accounts.passwords import Passwords
from services.desk.accounts.repository import Accounts
from services.desk.accounts.sessions import Sessions
from services.desk.accounts.signing_in import SigningIn
from services.desk.answers import canned, teams
from services.desk.approved import Approved
from services.desk.handover import HandOver
from services.desk.helping import Helper
from services.desk.keys import Keys
from services.desk.knowing import CityKnowledge
from services.desk.pins import Pins
from services.desk.port import Limit, Record, Storage
from services.desk.read_marks import ReadMarks
from services.desk.remarks import Remarks
from services.desk.reply_texts import ReplyTexts
from services.desk.searching import Knowledge
from services.desk.settings import DeskSettings
from services.desk.tables import Tables
from services.desk.texts import Texts
from services.desk.today import CityToday
from services.desk.web.cookies import ROOT, Cookies
from services.desk.web.pages import Pages
from services.desk.web.visitors import Visitors


@dataclass(frozen=True)
class Gateway:
    """What the gateway gives the desk."""

    storage: Storage
    tables: Tables
    clock: Clock
    #: The record of acts.
    record: Record
    #: Tries to sign in.
    tries: Limit
    #: What counts as the address of who asks.
    address_of: Callable[[Request], str]
    #: Codes that residents read out.
    codes: Limit
    #: The hand-over; None where conversations are not handed over.
    handover: Callable[[], HandOver | None]
    #: Answers callers' questions.
    helper: Helper
    #: Finds procedures, rules, contacts and messages.
    knowledge: CityKnowledge
    #: Tells what is on today.
    today: CityToday
    #: Folder of the assistant's reply texts.
    responses: Path


class Desk:
    """Everything that the desk's pages use."""

    def __init__(self, settings: DeskSettings, gateway: Gateway) -> None:
        self.settings = settings
        self.gateway = gateway
        self.storage, self.clock = gateway.storage, gateway.clock
        self.keys = Keys(settings.keys)
        self.texts = Texts(settings.texts)
        self.canned = canned(settings.texts / "canned")
        self.teams = teams(settings.texts / "teams.yml")
        self.approved = Approved(gateway.responses, settings.texts / "questions.yml")
        self.knowledge = Knowledge(ReplyTexts(self.approved), gateway.knowledge)
        self.read_marks = ReadMarks(gateway.tables)
        self.pins = Pins(gateway.tables)
        self.remarks = Remarks(gateway.tables)
        self.accounts = Accounts(gateway.tables)
        self.sessions = Sessions(gateway.tables, settings)
        self.administration = Administration(self.accounts, self.sessions, gateway.record)
        self.passwords = Passwords(settings.password_least)
        self.cookies = Cookies(secure=not settings.development)
        self.pages = Pages(self.texts, self.cookies, chat_on=lambda: gateway.handover() is not None)
        self.signing_in = SigningIn(
            storage=self.storage,
            accounts=self.accounts,
            sessions=self.sessions,
            attempts=Attempts(gateway.tables, settings),
            passwords=self.passwords,
            keys=self.keys,
            clock=self.clock,
            settings=settings,
        )
        self.organisation = (
            OrganisationSignIn(settings, storage=self.storage, accounts=self.accounts, clock=self.clock)
            if settings.oidc_issuer
            else None
        )
        self.visitors = Visitors(
            storage=self.storage,
            sessions=self.sessions,
            keys=self.keys,
            cookies=self.cookies,
            clock=self.clock,
            settings=settings,
        )

    async def limit_tries(self, request: Request) -> None:
        """Count a try to sign in. Raises TooManyError."""
        await self.gateway.tries.take(self.gateway.address_of(request))

    async def limit_codes(self, account_id: str) -> None:
        """Count a code that was typed. Raises TooManyError."""
        await self.gateway.codes.take(account_id)

    def address(self, request: Request, path: str) -> str:
        """Return a page's whole address."""
        base = self.settings.public_url.rstrip("/") or f"{request.url.scheme}://{request.url.netloc}"
        return f"{base}{ROOT}{path}"

    def issuer(self, request: Request) -> str:
        """Return the name under which a telephone shows the codes."""
        return f"BXL {request.url.hostname}"
