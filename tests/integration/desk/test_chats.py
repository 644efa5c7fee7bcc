"""Conversations at the desk: who waits, taking, answering, notes, passing on, ending; and who may."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from services.desk.handover import Fact, Suggestion
from tests.handover.in_memory import InMemoryHandOver
from tests.integration.desk.people import HERE, add_account
from tests.integration.gateway.talking import Resident

SCRIPT = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"


@pytest.fixture
def hand(app, clock) -> InMemoryHandOver:
    app.state.handover = InMemoryHandOver(app, clock)
    return app.state.handover


@pytest.fixture
async def resident(app, hand):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
        found = await Resident.opening(client, "nl")
        await found.say("Mijn zak werd niet opgehaald")
        yield found


@pytest.fixture
async def waiting(resident, hand):
    """A resident's conversation that waits for a person."""
    await hand.ask(resident.opened["id"], topic="waste", code="K7PM")
    return resident.opened["id"]


@pytest.fixture
async def bert(app, browse, hand):
    await add_account(app, "bert")
    found = browse(app)
    await found.sign_in("bert")
    return found


async def taken(operator, chat_id):
    await operator.open("/inbox")
    return await operator.send(f"/chats/{chat_id}/take")


def form(operator, path: str) -> dict[str, str]:
    """Return the fields of a form of the page that is open, as they are filled in."""
    found = re.search(rf'<form[^>]* action="/desk{path}"[^>]*>(.*?)</form>', operator.page, re.DOTALL)
    assert found, path
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[1]))


async def test_who_waits_is_listed_with_language_topic_and_question(nadia, waiting, clock):
    clock.forward(minutes=3)
    page = (await nadia.open("/inbox")).text
    assert "En attente (1)" in page
    assert '<span class="tag">NL</span>' in page
    assert "Déchets" in page
    assert '<span class="question" lang="nl">Mijn zak werd niet opgehaald</span>' in page
    assert "attend depuis 3 minutes" in page


async def test_a_conversation_that_is_taken_opens_with_what_was_said_in_its_languages(nadia, waiting, hand):
    hand.facts = (Fact("address", "Rue Blaes 20"), Fact("something", "42"))
    answer = await taken(nadia, waiting)
    assert answer.url.path == f"/desk/chats/{waiting}"
    assert '<p class="words" lang="nl">Mijn zak werd niet opgehaald</p>' in answer.text
    assert "Conversation en néerlandais" in answer.text
    for known in ("Rue Blaes 20", "K7PM", "BXL-2026-00123", "Adresse"):
        assert known in answer.text
    assert "Mes conversations (1)" in answer.text


async def test_of_two_who_take_the_same_one_the_second_is_told(nadia, bert, waiting):
    await nadia.open("/inbox")
    await taken(bert, waiting)
    answer = await nadia.send(f"/chats/{waiting}/take")
    assert (answer.status_code, nadia.alert) == (
        409,
        "Un collègue a été plus rapide : cette conversation est déjà prise.",
    )


async def test_what_is_said_reaches_the_resident_once(nadia, waiting, resident):
    await taken(nadia, waiting)
    path = f"/chats/{waiting}/say"
    fields = form(nadia, path)
    for _ in range(2):
        await nadia.send(path, **{**fields, "text": "  Goeiedag, ik kijk het na.  "})
    said = [each for each in (await resident.kept())["messages"] if each["author"] == "operator"]
    assert [(each["text"], each["language"]) for each in said] == [("Goeiedag, ik kijk het na.", "nl")]
    assert "Remis" in (await nadia.open(f"/chats/{waiting}")).text


async def test_a_script_asks_for_new_lines_only(nadia, waiting, resident):
    await taken(nadia, waiting)
    await resident.say("Bent u daar?")
    page = (await nadia.open(f"/chats/{waiting}/lines?after=3")).text
    assert page.count("<article") == 1
    assert "Bent u daar?" in page
    assert "<html" not in page


async def test_a_script_in_a_message_is_shown_as_text_everywhere(nadia, waiting, resident, hand):
    await taken(nadia, waiting)
    await resident.say(SCRIPT)
    hand.facts = (Fact("address", SCRIPT), Fact(SCRIPT, "x"))
    hand.suggestions = [Suggestion(SCRIPT, "nl", SCRIPT)]
    await nadia.send(f"/chats/{waiting}/note", text=SCRIPT)
    for path in (f"/chats/{waiting}", "/inbox", f"/chats/{waiting}/lines", f"/chats/{waiting}/aside", "/lists"):
        page = (await nadia.open(path)).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert path.endswith("lines") or "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("text", ["", "   \n "])
async def test_nothing_written_is_not_sent(nadia, waiting, text):
    await taken(nadia, waiting)
    path = f"/chats/{waiting}/say"
    answer = await nadia.send(path, **{**form(nadia, path), "text": text})
    assert (answer.status_code, nadia.alert) == (422, "Il n'y a rien d'écrit.")


async def test_an_answer_that_is_too_long_is_refused(nadia, waiting):
    await taken(nadia, waiting)
    path = f"/chats/{waiting}/say"
    assert (await nadia.send(path, **{**form(nadia, path), "text": "a" * 4001})).status_code == 422


async def test_who_lost_a_conversation_is_told_that_nothing_was_sent(nadia, bert, waiting, hand, resident):
    await taken(nadia, waiting)
    path = f"/chats/{waiting}/say"
    fields = form(nadia, path)
    await hand.reassign(waiting, "s", "bert")
    answer = await nadia.client.post(
        f"/desk{path}", data={**fields, "text": "Goeiedag"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert "Vous n&#39;avez plus cette conversation. Rien n&#39;a été envoyé." in answer.text
    assert "<html" not in answer.text
    assert [m for m in (await resident.kept())["messages"] if m["author"] == "operator"] == []


async def test_who_does_not_have_it_sees_it_and_who_does_but_cannot_write(nadia, bert, waiting):
    await bert.open("/inbox")
    await taken(bert, waiting)
    page = unescape((await nadia.open(f"/chats/{waiting}")).text)
    assert "s'occupe de cette conversation." in page
    assert 'id="reply"' not in page


async def test_who_looked_is_shown(nadia, bert, waiting):
    await taken(nadia, waiting)
    await bert.open(f"/chats/{waiting}")
    page = unescape((await nadia.open(f"/chats/{waiting}")).text)
    assert "Qui a regardé cette conversation" in page
    assert "l'a prise" in page


async def test_canned_answers_come_in_the_resident_s_language_with_the_operator_s_below(nadia, waiting):
    page = (await taken(nadia, waiting)).text
    assert '<p id="canned-hello" lang="nl">Goeiedag, ik ben Nadia. Ik lees uw berichten' in page
    assert "Bonjour, je suis Nadia." in page


async def test_suggestions_can_be_sent_edited_or_ignored(nadia, waiting, hand):
    hand.suggestions = [Suggestion("Witte zakken: dinsdag.", "nl", "Net Brussel")]
    page = (await taken(nadia, waiting)).text
    assert '<p id="suggestion-1" lang="nl">Witte zakken: dinsdag.</p>' in page
    assert "Source : Net Brussel" in page
    for act in ('data-send="suggestion-1"', 'data-insert="suggestion-1"', "data-ignore"):
        assert act in page


async def test_a_note_stays_beside_the_conversation_and_away_from_the_resident(nadia, waiting, resident):
    await taken(nadia, waiting)
    await nadia.send(f"/chats/{waiting}/note", text="Rappeler Bruxelles-Propreté")
    assert "Rappeler Bruxelles-Propreté" in nadia.page
    assert "Rappeler" not in str(await resident.kept())


async def test_a_conversation_is_passed_to_a_colleague_who_is_there(app, nadia, bert, waiting, hand):
    await hand.present("b1", "Bert", (), ("nl",), "available")
    await taken(nadia, waiting)
    assert '<option value="operator:b1">Bert (NL) – Disponible</option>' in nadia.page
    answer = await nadia.send(f"/chats/{waiting}/transfer", to="operator:b1")
    assert answer.url.path == "/desk/inbox"
    assert hand.chats[waiting]["owner"] == "b1"


async def test_a_conversation_is_passed_to_a_team_and_waits_there(nadia, waiting, hand):
    await taken(nadia, waiting)
    await nadia.send(f"/chats/{waiting}/transfer", to="team:permits")
    assert (hand.chats[waiting]["owner"], hand.chats[waiting]["team"]) == (None, "permits")


@pytest.mark.parametrize("to", ["", "operator:nobody", "team:nothing", "x", "team:<b>"])
async def test_nobody_is_passed_to_nobody(nadia, waiting, to, hand):
    await taken(nadia, waiting)
    answer = await nadia.send(f"/chats/{waiting}/transfer", to=to)
    assert (answer.status_code, nadia.alert) == (422, "Choisissez un collègue présent, ou une équipe.")


async def test_giving_back_needs_and_keeps_what_was_settled(nadia, waiting, hand):
    await taken(nadia, waiting)
    assert (await nadia.send(f"/chats/{waiting}/give-back", settled=" ")).status_code == 422
    await nadia.open(f"/chats/{waiting}")
    await nadia.send(f"/chats/{waiting}/give-back", settled="Nieuwe ophaling op donderdag")
    assert hand.settled == [(waiting, "Nieuwe ophaling op donderdag")]
    assert "Mes conversations (0)" in nadia.page


async def test_a_conversation_that_is_gone_says_so(nadia, waiting):
    await taken(nadia, waiting)
    await nadia.send(f"/chats/{waiting}/close")
    answer = await nadia.open(f"/chats/{waiting}")
    assert answer.status_code == 404
    assert nadia.alert.startswith("Cette conversation n'existe plus.")


async def test_a_message_that_was_not_read_is_marked_until_it_is(nadia, waiting, resident):
    await taken(nadia, waiting)
    await resident.say("Bent u daar?")
    assert 'class="mark">Nouveau<' in (await nadia.open("/lists")).text
    assert 'class="mark"' not in (await nadia.open(f"/lists?chat={waiting}")).text  # it is on the screen
    await nadia.open(f"/chats/{waiting}")
    assert (await nadia.send(f"/chats/{waiting}/seen", seq=4)).status_code == 204
    assert 'class="mark"' not in (await nadia.open("/lists")).text
    await nadia.open(f"/chats/{waiting}")
    await nadia.send(f"/chats/{waiting}/seen", seq=2)  # a slower page does not take it back
    assert 'class="mark"' not in (await nadia.open("/lists")).text
    await resident.say("Hallo?")
    assert 'class="mark"' in (await nadia.open("/lists")).text


async def test_a_code_that_is_read_out_opens_the_conversation(nadia, waiting):
    await nadia.open("/inbox")
    answer = await nadia.send("/by-code", code=" k7pm ")
    assert answer.url.path == f"/desk/chats/{waiting}"


async def test_a_code_that_nobody_has_is_said_and_guessing_is_stopped(make_app, browse, clock):
    app = make_app({"codes_per_minute": 1, "codes_burst": 2})
    app.state.handover = InMemoryHandOver(app, clock)
    await add_account(app, "nadia")
    nadia = browse(app)
    await nadia.sign_in("nadia")
    statuses = []
    for code in ("AAAA", "BBBB", "CCCC"):
        await nadia.open("/inbox")
        statuses.append((await nadia.send("/by-code", code=code)).status_code)
    assert statuses == [404, 404, 429]


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("path", ["/inbox", "/lists", "/chats/x", "/chats/x/lines", "/events", "/supervision"])
async def test_other_roles_see_no_conversation(app, browse, hand, role, path):
    await add_account(app, "eve", role)
    eve = browse(app)
    await eve.sign_in("eve")
    assert (await eve.open(path)).status_code == 403


@pytest.mark.parametrize("path", ["take", "say", "note", "transfer", "give-back", "close", "typing", "seen"])
async def test_each_write_needs_its_token_and_a_role(*, app, browse, nadia, waiting, hand, path):
    answer = await nadia.client.post(f"/desk/chats/{waiting}/{path}", data={"text": "x", "settled": "x"})
    assert answer.status_code == 403
    await add_account(app, "eve", "editor")
    eve = browse(app)
    await eve.sign_in("eve")
    await eve.open("/account")
    assert (await eve.send(f"/chats/{waiting}/{path}", text="x", settled="x")).status_code == 403
    assert hand.chats[waiting]["owner"] is None


async def test_supervisors_see_everything_and_reassign(app, browse, nadia, waiting, hand):
    await hand.present("b1", "Bert", ("waste",), ("nl",), "away")
    await taken(nadia, waiting)
    await add_account(app, "samira", "supervisor")
    samira = browse(app)
    await samira.sign_in("samira")
    page = (await samira.open("/supervision")).text
    for words in ("Bert", "Absent", "Propreté", "Mijn zak werd niet opgehaald", "Personne n&#39;attend."):
        assert words in page
    await samira.send(f"/supervision/{waiting}/reassign", to="b1")
    assert hand.chats[waiting]["owner"] == "b1"
    assert (await samira.send(f"/supervision/{waiting}/reassign", to="nobody")).status_code == 422


async def test_an_operator_does_not_supervise(nadia, waiting, hand):
    assert (await nadia.open("/supervision")).status_code == 403
    await nadia.open("/inbox")
    assert (await nadia.send(f"/supervision/{waiting}/reassign", to="b1")).status_code == 403
    assert "/desk/supervision" not in (await nadia.open("/inbox")).text


async def test_where_nothing_is_handed_over_the_desk_says_so(make_app, browse):
    app = make_app(hand_over="off")
    await add_account(app, "nadia")
    nadia = browse(app)
    await nadia.sign_in("nadia")
    answer = await nadia.open("/inbox")
    assert (answer.status_code, "aucune conversation n" in answer.text) == (404, True)


async def test_the_sound_is_turned_off_and_on(nadia, hand):
    assert 'data-sound="on"' in (await nadia.open("/inbox")).text
    await nadia.send("/account/sound", sound="false", next="/desk/inbox")
    assert 'data-sound="off"' in nadia.page


async def test_being_away_is_told(app, nadia, hand):
    await nadia.open("/inbox")
    await nadia.send("/status", status="away")
    assert [each.status for each in hand.people_there.values()] == ["away"]
    assert "Je suis disponible" in nadia.page
