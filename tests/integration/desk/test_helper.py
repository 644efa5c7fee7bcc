"""The helper: both languages at once, facts put right in place, what goes on, and nothing of a caller kept."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.integration.desk.people import add_account

WORDS = "wanneer rijdt tram 81 aan Flagey"


def both(nl: str, fr: str, **more: Any) -> list[dict[str, Any]]:
    """Return one message in two languages, as the channel writes it."""
    source = {"name": "STIB-MIVB", "url": "https://www.stib-mivb.be/", "as_of": "2026-11-23T08:00:00+01:00"}
    choices = {"nl": [{"label": "Ander uur", "payload": '/inform{"time": "?"}'}]}
    choices["fr"] = [{"label": "Une autre heure", "payload": '/inform{"time": "?"}'}]
    ids = ["paragraphs_2", "departures_first"]
    first = {"text": nl, "language": "nl", "choices": choices["nl"], "ids": ids, "goes_on": False}
    second = {"text": fr, "language": "fr", "choices": choices["fr"], "goes_on": True, "source": source}
    return [first, {**second, **more}]


def answer(**more: Any) -> dict[str, Any]:
    """Return an answer of the channel to a caller's question."""
    start = WORDS.index("81")
    understood = {
        "language": "nl",
        "intent": "transport_next_departures",
        "likely": ["transport_next_departures"],
        "facts": [{"name": "line", "start": start, "end": start + 2, "text": "81"}],
        "form": None,
    }
    messages = both("Tram 81 vertrekt om 8.20 uur.", "Le tram 81 part à 8 h 20.")
    return {"messages": messages, "language": None, "understood": {**understood, **more}}


async def ask(operator, words: str = WORDS, path: str = "ask", **fields: Any) -> str:
    """Send a form of the helper as the page's script does; return the text of what comes back."""
    await operator.open("/helper")
    tab = re.search(r'name="tab" value="([\w-]+)"', operator.page)
    sent = {"csrf": operator.csrf, "tab": tab[1] if tab else "", "own": "fr", "caller": "", "words": words, **fields}
    reply = await operator.client.post(f"/desk/helper/{path}", data=sent, headers={"hx-request": "true"})
    operator.page = reply.text
    operator.status = reply.status_code
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reply.text)).split())


async def test_words_are_answered_in_the_caller_s_language_and_the_operator_s(nadia, rasa):
    rasa.answers[WORDS] = answer()
    said = await ask(nadia)
    assert "Compris : Prochains départs" in said
    assert said.index("Tram 81 vertrekt om 8.20 uur.") < said.index("Le tram 81 part à 8 h 20.")
    assert "Source : STIB-MIVB · données du 23/11/2026 08:00" in said
    assert "Texte de l'équipe Mobilité" in said
    assert '<p class="words" lang="nl">' in nadia.page
    sent = rasa.received[-1]
    assert sent["metadata"]["help"] == {"first": None, "also": "fr", "fresh": True}
    assert sent["metadata"]["channel"] == "desk"


async def test_what_callers_ask_next_is_offered_in_the_operator_s_language_and_goes_on(nadia, rasa):
    rasa.answers[WORDS] = answer()
    await ask(nadia)
    assert re.search(r'<button class="choice" name="payload" value="/inform[^>]+lang="fr">Une autre heure<', nadia.page)
    await ask(nadia, path="choose", payload='/inform{"time": "?"}', caller="nl")
    first, second = rasa.received[-2:]
    assert second["payload"] == '/inform{"time": "?"}'
    assert second["metadata"]["help"] == {"first": "nl", "also": "fr", "fresh": False}
    assert first["sender"].startswith("desk-")


async def test_a_fact_that_is_put_right_asks_again_with_other_words(nadia, rasa):
    at = WORDS.index("81")
    await ask(nadia, span=f"{at}-{at + 2}", fact="92")
    assert rasa.said == ["wanneer rijdt tram 92 aan Flagey"]
    assert 'data-words="wanneer rijdt tram 92 aan Flagey"' in nadia.page


async def test_where_it_is_not_clear_what_was_meant_may_be_chosen_with_the_same_facts(nadia, rasa):
    rasa.answers[WORDS] = answer(intent="nlu_fallback", likely=["transport_next_departures", "transport_line_info"])
    said = await ask(nadia)
    assert "Pas sûr de comprendre" in said
    assert "Prochains départs Le parcours d'une ligne" in said
    assert unescape(nadia.page).count('value="/transport_line_info{"line": "81"}"') == 1


async def test_a_question_of_the_assistant_can_be_answered_for_the_caller(nadia, rasa):
    rasa.answers[WORDS] = answer(form="departures_form")
    assert "Ce que l'appelant répond" in await ask(nadia)
    await ask(nadia, path="say", said="  Flagey ", caller="nl")
    assert rasa.said[-1] == "Flagey"
    await ask(nadia, path="say", said="  ")
    assert (nadia.status, nadia.alert) == (422, "Il n'y a rien d'écrit.")


async def test_what_only_a_chat_can_do_is_said_and_not_done(nadia, rasa):
    task = {"do": "subscribe", "kind": "line", "subject": "81"}
    rasa.answers[WORDS] = {**answer(), "messages": both("Goed.", "Bien.", tasks=[task])}
    assert "Rien n'a été enregistré pour cela." in await ask(nadia)


def with_cards(*cards: dict[str, Any]) -> dict[str, Any]:
    """Return the answer with cards, as the channel puts them on the last of the two languages."""
    return {**answer(), "messages": both("Ziehier.", "Voici.", cards=list(cards))}


async def test_departures_are_drawn_as_a_table_headed_in_the_operator_s_language(nadia, rasa):
    row = {"line": "81", "headsign": "Montgomery", "time": "2026-11-24T08:20:00+01:00", "minutes": 5, "realtime": True}
    rasa.answers[WORDS] = with_cards({"type": "departures", "again": None, "rows": [row, {**row, "minutes": 1}]})
    said = await ask(nadia)
    assert "Ligne Direction Heure Dans 81 Montgomery 08:20 · en temps réel 5 minutes" in said
    assert "1 minute" in said
    assert '<td lang="nl">Montgomery</td>' in nadia.page


async def test_collections_are_drawn_with_the_days_as_people_say_them(nadia, rasa):
    row = {
        "fraction": "yellow",
        "collection_date": "2026-12-26",
        "put_out_from": "2026-12-25T18:00:00+01:00",
        "put_out_until": "2026-12-26T00:00:00+01:00",
        "moved_from": "2026-12-25",
    }
    rasa.answers[WORDS] = with_cards({"type": "collections", "rows": [row]})
    assert (
        "sac jaune vendredi 25 décembre, 18:00–00:00 samedi 26 décembre (au lieu de vendredi 25 décembre)"
        in await ask(nadia)
    )


async def test_a_trip_is_drawn_leg_by_leg(nadia, rasa):
    ride = {"line": "38", "from": "Flagey", "to": "Troon", "headsign": "Centraal", "stops": 6}
    times = {"departs": "2026-11-24T08:15:00+01:00", "arrives": "2026-11-24T08:24:00+01:00"}
    trip = {**times, "minutes": 9, "changes": 0, "legs": [{**ride, **times}, {"to": "Wetstraat 1", "minutes": 3}]}
    rasa.answers[WORDS] = with_cards({"type": "trips", "title": "Flagey – Wetstraat", "rows": [trip]})
    said = await ask(nadia)
    assert "08:15 → 08:24 · 9 minutes · sans changement" in said
    assert "08:15 38 Flagey → Troon (08:24)" in said
    assert "À pied, 3 minutes → Wetstraat 1" in said


async def test_a_report_is_drawn_with_its_reference_and_what_was_done(nadia, rasa):
    report = {"type": "report", "reference": "BXL-2026-00123", "name": "Sluikstort", "stage": "<b>in behandeling</b>"}
    steps = [{"at": "2026-11-23T09:00:00+01:00", "note": "Ploeg gestuurd"}]
    report |= {"responsible": "Net Brussel", "place": "Blaesstraat 20", "is_closed": False, "steps": steps}
    rasa.answers[WORDS] = with_cards({**report, "expected_at": "2026-11-30T12:00:00+01:00", "closed_at": None})
    await ask(nadia)
    for shown in ("<strong>BXL-2026-00123</strong>", "&lt;b&gt;in behandeling", "Ploeg gestuurd", "Blaesstraat 20"):
        assert shown in nadia.page
    assert "lundi 30 novembre" in nadia.page
    assert "lundi 23 novembre" in nadia.page


async def test_a_card_that_cannot_be_drawn_is_left_to_the_words(nadia, rasa):
    cards = [{"type": "report", "reference": "BXL"}, {"type": "departures", "rows": [{"line": 8}]}, {"type": "trips"}]
    rasa.answers[WORDS] = with_cards(*cards)
    assert "Voici." in await ask(nadia)
    assert 'class="card"' not in nadia.page


async def test_what_only_a_chat_can_have_is_not_offered(nadia, rasa):
    messages = both("Goed.", "Bien.")
    for message, label in zip(messages, ("Volgen", "Suivre"), strict=True):
        message["choices"].append({"label": label, "payload": '/waste_reminder{"reminder": "follow/line/81"}'})
    rasa.answers[WORDS] = {**answer(), "messages": messages}
    said = await ask(nadia)
    assert "Une autre heure" in said
    assert "Suivre" not in said


async def test_nothing_of_a_caller_is_kept_in_the_database(nadia, rasa, app):
    await ask(nadia)
    for table in ("conversations", "messages"):
        rows = await app.state.database.read(lambda c, name=table: c.exec_driver_sql(f"SELECT * FROM {name}").all())  # noqa: S608
        assert rows == []


async def test_the_next_caller_starts_from_nothing(nadia, rasa):
    rasa.answers[WORDS] = answer()
    await ask(nadia)
    await nadia.open("/helper")
    tab = re.search(r'name="tab" value="([\w-]+)"', nadia.page)
    assert tab
    await nadia.send("/helper/next", tab=tab[1])
    assert rasa.said[-1] == "/session_start"
    assert "Tram 81" not in nadia.page


async def test_numbers_that_nobody_should_type_do_not_reach_the_assistant(nadia, rasa):
    await ask(nadia, "mijn nummer is 85.07.30-033.28")
    assert rasa.said == ["mijn nummer is […]"]


async def test_each_tab_and_each_operator_has_a_question_of_their_own(nadia, rasa, app, browse):
    await add_account(app, "tom")
    other = browse(app)
    await other.sign_in("tom")
    await ask(nadia)
    await ask(nadia)
    await ask(other)
    assert len({each["sender"] for each in rasa.received}) == 3


async def test_without_a_script_the_whole_page_comes_back(nadia, rasa):
    rasa.answers[WORDS] = answer()
    await nadia.open("/helper")
    tab = re.search(r'name="tab" value="([\w-]+)"', nadia.page)
    assert tab
    await nadia.send("/helper/ask", tab=tab[1], own="fr", caller="nl", words=WORDS)
    assert "<h1>Recherche</h1>" in nadia.page
    assert "Tram 81 vertrekt" in nadia.page


async def test_while_the_assistant_is_down_the_helper_says_so(nadia, rasa):
    rasa.status = 500
    await ask(nadia)
    assert nadia.status == 503
    assert nadia.alert.startswith("L'assistant ne répond pas pour l'instant.")


async def test_a_mark_alone_asks_nothing(nadia, rasa):
    assert await ask(nadia, "?") == "Tapez un mot de plus."
    assert rasa.received == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("ask", {"words": "a" * 501}),
        ("ask", {"own": "de"}),
        ("ask", {"tab": "short"}),
        ("ask", {"span": "0-x", "fact": "b"}),
        ("choose", {"payload": "no command"}),
    ],
)
async def test_a_form_that_the_page_does_not_send_is_refused_in_words(nadia, rasa, path, fields):
    await ask(nadia, path=path, **fields)
    assert nadia.status == 422
    assert nadia.alert.startswith("Il manque quelque chose")
    assert rasa.received == []


async def test_words_are_shown_as_text(nadia):
    words = "<script>alert(1)</script> tram"
    await ask(nadia, words)
    assert "<script>" not in nadia.page


async def test_my_language_is_the_one_that_the_account_has_chosen(nadia):
    await nadia.open("/helper")
    await nadia.send("/language", language="nl", next="/desk/helper")
    nadia.client.cookies.delete("bxl-desk-language")
    await nadia.open("/helper")
    assert '<option value="nl" lang="nl" selected>' in nadia.page


async def test_administrators_have_no_helper_and_editors_do(app, browse):
    for login, role, status in (("ada", "administrator", 403), ("eef", "editor", 200)):
        await add_account(app, login, role)
        operator = browse(app)
        await operator.sign_in(login)
        assert (await operator.open("/helper")).status_code == status
        assert ('href="/desk/helper"' in operator.page) == (status == 200)


async def test_the_key_of_the_helper_can_be_turned_off(nadia):
    await nadia.open("/account")
    assert "static/slash.js" in nadia.page
    await nadia.send("/account/preferences", theme="auto", languages=["fr"])
    assert "static/slash.js" not in nadia.page


async def test_where_conversations_are_not_handed_over_the_helper_is_the_first_page(make_app, browse):
    app = make_app(hand_over="off")
    await add_account(app, "nadia")
    operator = browse(app)
    assert (await operator.sign_in("nadia")).url.path == "/desk/helper"
