"""The resident's rights in the chat: a copy that is saved, and an erasure that leaves a receipt and nothing else."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.canned import NOW
from tests.browser.conftest import ask

RECEIPT = {
    "id": "r1",
    "at": NOW,
    "author": "assistant",
    "language": "fr",
    "text": "Vos données sont effacées (24/11/2026 à 17:58).\n– Messages de cette conversation : 4",
    "cards": [{"type": "receipt", "at": NOW, "requests": [], "pending": []}],
}
COPY = {
    "id": "e1",
    "at": NOW,
    "author": "assistant",
    "language": "fr",
    "text": "Votre copie est prête.",
    "cards": [{"type": "export", "formats": ["text", "json"]}],
}


def _erase(page, chat):
    ask(page, "Je cherche la rue Blaes")
    chat.plan.append({"messages": [RECEIPT], "state": "closed"})
    page.get_by_role("textbox").fill("Oui, tout effacer")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_text("Vos données sont effacées")).to_be_visible()


def test_after_an_erasure_the_receipt_alone_is_shown_and_kept(page, chat):
    _erase(page, chat)
    expect(page.locator("article")).to_have_count(1)
    expect(page.get_by_role("button", name="Copier la réponse")).to_be_visible()
    expect(page.get_by_role("button", name="Cette réponse m'aide")).to_have_count(0)  # nobody is left to hear it
    assert "Blaes" not in page.evaluate("JSON.stringify(sessionStorage)")
    assert "token" not in page.evaluate("JSON.stringify(sessionStorage)")
    expect(page.locator("#state")).to_have_text("Cette conversation est terminée.")
    page.reload()
    expect(page.get_by_text("Vos données sont effacées")).to_be_visible()


def test_after_an_erasure_a_new_conversation_can_be_begun(page, chat):
    _erase(page, chat)
    page.locator("#again").click()
    expect(page.locator("article")).to_have_count(0)
    ask(page, "Bonjour")
    assert len(chat.opened) == 2


def test_after_an_erasure_the_next_message_opens_a_new_conversation(page, chat):
    _erase(page, chat)
    ask(page, "Bonjour")
    assert len(chat.opened) == 2
    assert chat.handled[-1]["text"] == "Bonjour"


def test_a_copy_is_saved_with_the_token_in_a_header_only(page, chat):
    chat.plan.append({"messages": [COPY]})
    card = ask(page, "Je veux une copie")
    for name, format in (("Texte à lire", "text"), ("Fichier JSON", "json")):
        with page.expect_download() as download:
            card.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"copie.{format}"
        assert download.value.path().read_text(encoding="utf-8") == "tout de n1"
    assert chat.exported == [("format=text", "Bearer token-1"), ("format=json", "Bearer token-1")]
    expect(page.locator("#state")).to_have_text("La copie est téléchargée.")


def test_a_copy_that_cannot_be_fetched_is_said_so(page, chat):
    chat.plan.append({"messages": [COPY]})
    card = ask(page, "Je veux une copie")
    chat.export_status = 503
    card.get_by_role("button", name="Fichier JSON").click()
    expect(page.locator("#state")).to_contain_text("n'a pas marché")
    expect(card.get_by_role("button", name="Fichier JSON")).to_be_enabled()


def test_everything_with_the_photos_is_saved_as_an_archive_from_one_s_data(page, chat):
    ask(page, "Bonjour")
    page.get_by_label("Options").click()
    page.get_by_role("button", name="Mes données").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tout, avec les photos (ZIP)").click()
    assert download.value.suggested_filename == "copie.zip"
    assert chat.exported == [("format=zip", "Bearer token-1")]
