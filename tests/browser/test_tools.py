"""What can be done with an answer and with the chat: copy, hear, rate, send a place or a photo, see one's data."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import expect

from tests.browser.conftest import ask, open_chat

#: A synthesizer that says nothing and remembers what it was to say; the real one has no voice here.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => [{lang: 'nl_BE', name: 'x'}],
  speak: (utterance) => { window.said.push([utterance.lang, utterance.text]); window.last = utterance; },
  cancel: () => {},
}});
"""


def _menu(page, name):
    page.get_by_label("Options").click()
    page.get_by_role("button", name=name).click()


def test_an_answer_can_be_copied_whole(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    answer = ask(page, "Tram à Flagey ?")
    answer.get_by_role("button", name="Copier la réponse").click()
    expect(page.locator("#state")).to_have_text("La réponse est copiée.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Prochain départ à l'arrêt Flagey")
    assert "– le tram 81 vers Gare du Midi" in copied  # also what the card shows


def test_an_answer_is_read_aloud_in_its_language_and_can_be_stopped(open_page, chat):
    page = open_page(path="icon.svg", chat=False)
    page.add_init_script(VOICE)
    page.goto(page.url.replace("icon.svg", "?lang=fr"))
    open_chat(page)
    message = {"id": "x", "author": "assistant", "language": "nl", "text": "Zie https://be.brussels/x\n– de gele zak"}
    chat.plan.append({"messages": [message]})
    answer = ask(page, "de zak")
    answer.get_by_role("button", name="Het antwoord beluisteren").click()
    assert page.evaluate("window.said") == [["nl-BE", "Zie be.brussels.\nde gele zak"]]
    answer.get_by_role("button", name="Stoppen met voorlezen").click()
    expect(answer.get_by_role("button", name="Het antwoord beluisteren")).to_be_visible()
    answer.get_by_role("button", name="Het antwoord beluisteren").click()
    page.evaluate("window.last.dispatchEvent(new Event('end'))")
    expect(answer.get_by_role("button", name="Het antwoord beluisteren")).to_be_visible()


def test_a_thumb_is_told_shown_and_remembered(page, chat):
    answer = ask(page, "Bonjour")
    answer.get_by_role("button", name="Cette réponse m'aide").click()
    expect(page.locator("#state")).to_have_text("Merci, c'est noté.")
    assert chat.feedback == [("m1", "up")]
    page.reload()
    up = page.locator("article.assistant").get_by_role("button", name="Cette réponse m'aide")
    expect(up).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Cette réponse ne m'aide pas").click()
    expect(up).to_have_attribute("aria-pressed", "false")


def test_a_thumb_that_is_not_heard_is_said_so_and_taken_back(page, chat):
    chat.feedback_status = 503
    down = ask(page, "Bonjour").get_by_role("button", name="Cette réponse ne m'aide pas")
    down.click()
    expect(page.locator("#state")).to_contain_text("n'a pas pu être noté")
    expect(down).to_have_attribute("aria-pressed", "false")


def test_an_operator_s_words_have_no_thumbs(page, chat):
    ask(page, "Bonjour")
    operator = {"id": "o", "author": "operator", "language": "fr", "text": "Bonjour"}
    chat.push({"messages": [operator], "language": "fr", "state": "operator"})
    words = page.locator("article.operator")
    expect(words.get_by_role("button", name="Copier la réponse")).to_be_visible()
    expect(words.get_by_role("button", name="Cette réponse m'aide")).to_have_count(0)


def test_a_place_goes_out_after_a_yes_only(open_page, chat):
    page = open_page(geolocation={"latitude": 50.827412345, "longitude": 4.37271}, permissions=["geolocation"])
    page.get_by_role("button", name="Envoyer ma position").click()
    dialog = page.get_by_role("dialog", name="Envoyer votre position ?")
    expect(dialog.get_by_role("button", name="Annuler")).to_be_focused()
    dialog.get_by_role("button", name="Annuler").click()
    expect(page.locator("article")).to_have_count(0)
    page.get_by_role("button", name="Envoyer ma position").click()
    dialog.get_by_role("button", name="Envoyer").click()
    expect(page.locator("article.assistant")).to_be_visible()
    expect(page.locator("article.resident .words")).to_have_text("Ma position")
    assert [sent["location"] for sent in chat.received] == [{"lat": 50.82741, "lon": 4.37271}]


def test_a_place_that_is_refused_leaves_the_words(open_page, chat):
    page = open_page(permissions=[])
    page.get_by_role("button", name="Envoyer ma position").click()
    page.get_by_role("dialog", name="Envoyer").get_by_role("button", name="Envoyer").click()
    expect(page.locator("#state")).to_contain_text("Écrivez plutôt la rue et le numéro.")
    assert chat.received == []


def _photo(size=(2400, 1200)):
    """A photo as telephones make them: turned, with the place and the camera in its metadata."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (50.0, 49.0, 0.0)})
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, "JPEG", exif=exif)
    return {"name": "IMG_1234.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_photo_leaves_upright_smaller_and_without_a_word_about_its_place(page, chat):
    page.locator("#file").set_input_files(_photo())
    expect(page.locator("article.assistant")).to_contain_text("photo p1")
    expect(page.get_by_role("img", name="Photo envoyée")).to_be_visible()
    ((media_type, content),) = chat.photos
    sent = Image.open(io.BytesIO(content))
    assert (media_type, sent.format, sent.size) == ("image/jpeg", "JPEG", (800, 1600))
    assert dict(sent.getexif()) == {}
    assert b"SecretCamera" not in content
    assert [message["photo"] for message in chat.received] == ["p1"]


def test_a_photo_is_uploaded_once_when_its_message_is_tried_again(page, chat):
    chat.plan.append(503)
    page.locator("#file").set_input_files(_photo((40, 30)))
    expect(page.locator("article.assistant")).to_be_visible()
    assert len(chat.photos) == 1
    assert len({sent["client_id"] for sent in chat.received}) == 1


def test_a_photo_that_is_refused_does_not_hold_up_the_next_message(page, chat):
    chat.photo_status = 415
    page.locator("#file").set_input_files(_photo((40, 30)))
    expect(page.locator(".failure")).to_contain_text("Cette photo n'a pas pu être envoyée.")
    ask(page, "Bonjour")
    assert [sent["text"] for sent in chat.received] == ["Bonjour"]


def test_a_file_that_is_no_picture_is_said_so_and_stays_here(page, chat):
    page.locator("#file").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    expect(page.locator("#state")).to_contain_text("n'est pas une image")
    assert (chat.photos, chat.opened) == ([], [])


def test_the_photos_of_a_report_are_shown_with_it(page):
    page.locator("#file").set_input_files(_photo((40, 30)))
    expect(page.locator("article.assistant")).to_be_visible()
    card = ask(page, "BXL-2026-00123").locator(".report")
    expect(card.get_by_role("img", name="Votre photo")).to_be_visible()


def test_my_data_are_shown_and_can_be_saved(page):
    _menu(page, "Mes données")
    dialog = page.get_by_role("dialog", name="Mes données")
    expect(dialog).to_contain_text("Rien n'est gardé")
    dialog.get_by_role("button", name="Fermer").click()
    ask(page, "Bonjour")
    page.locator("#file").set_input_files(_photo((40, 30)))
    expect(page.locator("article.assistant")).to_have_count(2)
    _menu(page, "Mes données")
    expect(dialog.locator("dl")).to_be_visible()
    facts = [" ".join(row.inner_text().split()) for row in dialog.locator("dl > div").all()]
    assert facts == [
        "Messages gardés 4",
        "Photos gardées 1",
        "Demandes à la ville BXL-2026-00123",
        "Rappels et alertes rappel de collecte : Rue Blaes 20",
        "Effacé au plus tard mardi 1er décembre",
    ]
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Texte à lire").click()
    assert download.value.suggested_filename == "copie.text"


def test_a_person_is_asked_for_in_words(page, chat):
    _menu(page, "Parler à une personne")
    expect(page.locator("article.assistant")).to_be_visible()
    assert chat.received[0]["text"] == "Je voudrais parler à une personne."


def test_the_text_grows_and_shrinks_within_bounds(page):
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    words = ask(page, "Bonjour").locator(".words p").first
    sizes = [words.evaluate(size)]
    for name in ["Texte plus grand"] * 4 + ["Texte plus petit"] * 4:
        _menu(page, name)
        sizes.append(words.evaluate(size))
    assert [round(each / sizes[0], 2) for each in sizes] == [1, 1.2, 1.45, 1.75, 1.75, 1.45, 1.2, 1, 1]


@pytest.mark.parametrize("root", ["62.5%", "24px"])
def test_the_site_s_own_size_of_text_does_not_change_the_chat(page, root):
    words = ask(page, "Bonjour").locator(".words p").first
    before = words.evaluate("e => getComputedStyle(e).fontSize")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", root)
    assert words.evaluate("e => getComputedStyle(e).fontSize") == before
