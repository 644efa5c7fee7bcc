"""A resident in the widget and an operator at the desk, in two browsers, on the gateway's own hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_chat
from tests.browser.desk_server import DeskServer, desk_server, sign_in
from tests.browser.test_desk import check, live, window, write  # noqa: F401 - window is a fixture
from tests.integration.desk.asking import asking
from tests.integration.gateway.rasa import FakeRasa, message


@pytest.fixture
def rasa() -> FakeRasa:
    found = FakeRasa()
    found.answers["un agent"] = asking(address="Rue Blaes 20")
    found.answers["il y a le feu"] = {"messages": [message("Appelez le 112.")], "language": "fr"}
    found.urgent.add("il y a le feu")
    return found


@pytest.fixture
def desk(tmp_path: Path, rasa: FakeRasa) -> Iterator[DeskServer]:
    with desk_server(tmp_path, rasa) as server:
        yield server


@pytest.fixture
def nadia(desk, window):  # noqa: F811
    desk.add_account("nadia")
    page = window()
    sign_in(page, desk.url, "nadia")
    live(page)
    return page


@pytest.fixture
def resident(desk, window):  # noqa: F811
    page = window("fr")
    page.goto(f"{desk.url}/?lang=fr")
    open_chat(page)
    return page


def test_from_asking_for_a_person_to_the_assistant_again(desk, nadia, resident):
    write(resident, "un agent")
    expect(resident.locator("article.assistant").last).to_contain_text("Vous êtes en tête de la file.")
    expect(resident.locator("#state")).to_have_text(
        "Une personne va vous répondre ici. Vous pouvez laisser cette page ouverte."
    )
    expect(nadia.get_by_text("En attente (1)")).to_be_visible()
    nadia.get_by_role("button", name="Prendre").click()
    live(nadia)
    expect(resident.locator("article.system")).to_contain_text("Nadia, du centre d'appels")
    expect(resident.locator("#state")).to_have_text("Vous parlez maintenant avec une personne de l'équipe.")
    expect(nadia.locator("#aside")).to_contain_text("Rue Blaes 20")
    reply = nadia.locator("#text")
    reply.press_sequentially("Bonjour")
    expect(resident.locator("#typing")).to_have_text("Une personne de l'équipe vous écrit…")
    reply.press("Control+Enter")
    expect(resident.locator("article.operator")).to_contain_text("Bonjour")
    expect(nadia.get_by_role("log")).to_contain_text("Remis")
    answers = resident.locator("article.assistant").count()
    write(resident, "merci")
    expect(nadia.get_by_role("log")).to_contain_text("merci")
    expect(nadia.get_by_role("region", name="Proposé par l'assistant")).to_contain_text("« merci »")
    write(resident, "il y a le feu")
    expect(resident.locator("article.assistant").last).to_contain_text("Appelez le 112.")
    expect(resident.locator("article.assistant")).to_have_count(answers + 1)
    nadia.get_by_label("Ce qui est réglé").fill("Nouveau passage jeudi.")
    nadia.get_by_role("button", name="Rendre à l'assistant").click()
    expect(nadia.get_by_text("Mes conversations (0)")).to_be_visible()
    expect(resident.locator("article.system").last).to_contain_text("Ce qui est réglé : Nouveau passage jeudi.")
    expect(resident.locator("#state")).to_have_text("")
    write(resident, "quel sac ?")
    expect(resident.locator("article.assistant").last).to_contain_text("« quel sac ? »")


def test_the_code_that_is_read_out_opens_the_conversation(desk, nadia, resident):
    write(resident, "un agent")
    said = resident.locator("article.assistant").last
    expect(said).to_contain_text("donnez le code")
    code = said.inner_text().split("donnez le code ")[1][:4]
    nadia.get_by_label("Code").fill(code.lower())
    nadia.get_by_role("button", name="Ouvrir").click()
    expect(nadia.get_by_role("log")).to_contain_text("un agent")


def test_who_stops_waiting_leaves_the_inbox(desk, nadia, resident):
    write(resident, "un agent")
    expect(nadia.get_by_text("En attente (1)")).to_be_visible()
    resident.get_by_role("button", name="Ne plus attendre").click()
    expect(resident.locator("article.assistant").last).to_contain_text("vous n'attendez plus")
    expect(nadia.get_by_text("En attente (0)")).to_be_visible()


def test_an_answer_waits_for_the_operator_s_click(desk, nadia, resident):
    write(resident, "un agent")
    nadia.get_by_role("button", name="Prendre").click()
    live(nadia)
    nadia.get_by_role("button", name="Faire préparer les réponses").press("Enter")
    expect(nadia.get_by_text("Aucune réponse n'est prête.")).to_be_visible()
    live(nadia)
    write(resident, "quel sac ?")
    proposed = nadia.get_by_label("Réponse préparée par l'assistant")
    expect(proposed).to_have_value("« quel sac ? »")
    expect(nadia.locator("#own")).to_contain_text("À valider")
    expect(resident.locator("article.operator")).to_have_count(0)
    check(nadia)
    nadia.keyboard.press("Alt+p")
    expect(proposed).to_be_focused()
    proposed.fill("Le sac bleu, jeudi.")
    nadia.get_by_label("Code de l'habitant").focus()  # what is beside is renewed, and keeps what is being written
    nadia.evaluate("document.body.dispatchEvent(new Event('desk:aside'))")
    nadia.wait_for_load_state("networkidle")
    expect(proposed).to_have_value("Le sac bleu, jeudi.")
    nadia.get_by_role("button", name="Envoyer cette réponse").click()
    expect(resident.locator("article.operator")).to_contain_text("Le sac bleu, jeudi.")
    expect(nadia.locator(".proposed")).to_have_count(0)
    live(nadia)
    write(resident, "merci")
    expect(proposed).to_have_value("« merci »")
    nadia.get_by_role("button", name="Ignorer").click()
    expect(nadia.get_by_text("Aucune réponse n'est prête.")).to_be_visible()
    nadia.get_by_text("Qui a regardé cette conversation").click()
    expect(nadia.locator("#looked")).to_contain_text("a modifié et envoyé une réponse de l'assistant")
    expect(resident.locator("article.operator")).to_have_count(1)
