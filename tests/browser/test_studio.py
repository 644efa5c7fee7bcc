"""The studio in a browser: from the sign-in to a text that residents read, and a change that is taken back."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.nlg.catalogue import Catalogue
from kit.clock import SystemClock
from tests.browser.desk_server import DeskServer, desk_server, sign_in
from tests.browser.test_accessibility import RULES
from tests.integration.studio.asking import ask

ROOT = Path(__file__).parents[2]
PAGES = ("intents", "intents/waste_sorting", "texts", "texts/collections_tonight", "history")
#: A text is live within this many seconds.
LIVE_S = 5.0


@dataclass(frozen=True)
class Studio:
    """The gateway, and the repository that its studio changes."""

    server: DeskServer
    repository: Path

    def git(self, *arguments: str) -> str:
        """Run git and return what it says."""
        command = ["git", "-C", str(self.repository), *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """The project's data in a repository of their own; without the held-out sentences, which nobody copies."""
    repository = tmp_path / "repository"
    for name in ("nlu", "responses"):
        shutil.copytree(ROOT / "data" / name, repository / "data" / name)
    shutil.copy(ROOT / "domain.yml", repository)
    person = ["-c", "user.name=Outside", "-c", "user.email=outside@example.be"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], [*person, "commit", "-q", "-m", "feat: begin"]):
        subprocess.run(["git", "-C", str(repository), *command], check=True)  # noqa: S603, S607
    with desk_server(tmp_path, repository=repository) as server:
        server.add_account("eef", "editor")
        yield Studio(server, repository)


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a maker of browser windows. What goes wrong in scripts, or against the policy, fails the test."""
    contexts, errors = [], []

    def opened(**options: Any) -> Page:
        settings = {"locale": "fr-BE", "viewport": {"width": 1360, "height": 900}, **options}
        context = browser.new_context(reduced_motion="reduce", **settings)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def enter(page: Page, studio: Studio) -> None:
    sign_in(page, studio.server.url, "eef", "/studio/", "**/studio/intents")


def check(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()


def test_a_text_is_edited_committed_and_live_and_taken_back(studio, window):
    catalogue = Catalogue(studio.repository / "data" / "responses")  # as the Rasa server reads it
    page = window()
    enter(page, studio)
    page.get_by_role("link", name="Ce qu'il dit").click()
    page.get_by_label("Chercher").fill("utter_greet")
    page.get_by_role("button", name="Afficher").click()
    page.get_by_role("link", name="utter_greet", exact=True).click()
    french = page.locator("#fr-other")
    french.fill("Bonjour ! Je suis l'assistant.")
    expect(page.locator("#look")).to_contain_text("Pas de point d'exclamation")
    french.fill("Bienvenue. Je suis l'assistant de la Région.")
    page.locator("#nl-other").fill("Welkom. Ik ben de assistent van het Gewest.")
    expect(page.locator("#look")).to_contain_text("Tout est en ordre")
    expect(page.locator(".bubble.widget").first).to_contain_text("Bienvenue. Je suis l'assistant de la Région.")
    page.get_by_label("Pourquoi").fill("Plus court")
    began = time.monotonic()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status").first).to_contain_text("Enregistré")
    while "Bienvenue" not in catalogue.forms("utter_greet", "fr")["other"] and time.monotonic() - began < LIVE_S:
        page.wait_for_timeout(100)
        catalogue.refresh()
    took = time.monotonic() - began
    assert catalogue.forms("utter_greet", "nl")["other"] == "Welkom. Ik ben de assistent van het Gewest."
    assert took < LIVE_S
    assert studio.git("log", "-1", "--format=%an|%s|%b").split("\n")[0] == (
        "Eef|fix(responses): change utter_greet (fr, nl)|Plus court"
    )
    opened = page.request.post(f"{studio.server.url}/api/v1/conversations", data={"language": "fr"}).json()
    assert opened["messages"][0]["text"] == "Bienvenue. Je suis l'assistant de la Région."
    page.get_by_role("link", name="Historique").first.click()
    page.get_by_role("link", name="fix(responses): change utter_greet (fr, nl)").click()
    page.get_by_role("button", name="Annuler ce changement").click()
    expect(page.get_by_text("Le changement est annulé.")).to_be_visible()
    assert studio.git("diff", "HEAD~2", "--stat") == ""
    assert studio.git("status", "--porcelain") == ""


def test_a_sentence_is_typed_compared_and_added(studio, window):
    page = window()
    enter(page, studio)
    page.get_by_role("link", name="Jours de collecte").click()
    field = page.get_by_label("Une nouvelle phrase (Français)")
    field.press_sequentially("quelle jour passe le camion poubelle a anderlechT")
    expect(page.locator("#near-fr")).to_contain_text("quelle jour passe le camion poubelle a anderlecht")
    field.fill("dites, le camion des sacs oranges vient quand place Liedts")
    expect(page.locator("#near-fr")).to_be_empty()
    page.reload()
    expect(field).to_have_value("dites, le camion des sacs oranges vient quand place Liedts")
    expect(page.get_by_text("Vous n'aviez pas encore enregistré ceci.")).to_be_visible()
    page.get_by_role("button", name="Ajouter (Français)").click()
    expect(page.get_by_text("Ajoutée. Elle sera apprise au prochain entraînement.")).to_be_visible()
    expect(field).to_have_value("")
    expect(page.locator(".sentences mark", has_text="sacs oranges").last).to_be_visible()
    assert "place Liedts" in studio.git("show", "--format=", "HEAD")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(studio, window, scheme):
    page = window(color_scheme=scheme)
    enter(page, studio)
    commit = studio.git("rev-parse", "HEAD").strip()
    for path in (*PAGES, f"history/{commit}"):
        page.goto(f"{studio.server.url}/studio/{path}")
        check(page)
    page.goto(f"{studio.server.url}/studio/texts/utter_greet")
    page.locator("#fr-other").fill("Salut !")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.goto(f"{studio.server.url}/studio/intents/waste_sorting")
    page.locator(".sentences a").first.click()
    check(page)


def test_it_works_at_320_pixels(studio, window):
    page = window(viewport={"width": 320, "height": 700})
    enter(page, studio)
    for path in PAGES:
        page.goto(f"{studio.server.url}/studio/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_real_questions_are_sorted_with_the_keyboard_alone(studio, window):
    for text in ("le camion des encombrants passe quand", "het grof huisvuil wanneer"):
        language = "fr" if "camion" in text else "nl"
        studio.server.do(ask(studio.server.app, SystemClock(), text, language, guess="waste_bulky_pickup"))
    studio.server.do(ask(studio.server.app, SystemClock(), "panneaux solaires et primes"))
    page = window()
    enter(page, studio)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in ("inbox", "insight", "public"):
            page.goto(f"{studio.server.url}/studio/{path}")
            check(page)
            page.set_viewport_size({"width": 320, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.set_viewport_size({"width": 1360, "height": 900})
    page.goto(f"{studio.server.url}/studio/inbox")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    boxes.first.focus()
    page.keyboard.press("j")
    expect(boxes.last).to_be_focused()
    page.keyboard.press("a")
    expect(boxes.last).not_to_be_checked()
    page.keyboard.press("a")
    page.keyboard.press("n")
    expect(page.get_by_text("1 formulation notée pour une nouvelle réponse.")).to_be_visible()
    boxes.first.focus()
    page.keyboard.press("e")
    expect(page.get_by_text("2 formulations ajoutées comme exemples.")).to_be_visible()
    expect(page.get_by_text("Il n'y a rien à trier ici.")).to_be_visible()
    assert "+      - het grof huisvuil wanneer" in studio.git("show", "--format=", "HEAD")
    page.get_by_role("button", name="Annuler ce tri").click()
    expect(page.get_by_role("checkbox")).to_have_count(2)
