"""Appointments at a planning desk: a free slot is chosen, booked once, kept in a calendar, and can be cancelled."""

import pytest

from tests.integration.actions.talking import labels, shown

BOOK = "permit_appointment"


@pytest.fixture
def slots(http):
    async def free(**params):
        answer = await http.get("/v1/permits/appointments/slots", params={"commune": "anderlecht", "days": 9, **params})
        return {each["starts_at"]: each["free"] for each in answer.json()["items"]}

    return free


async def to_the_slot(talk, commune="Anderlecht", **entities):
    return await talk.say(BOOK, f"rendez-vous à l'urbanisme d'{commune} pour un projet", commune=commune, **entities)


async def to_the_end(talk):
    """Answer everything up to what would be booked."""
    (which,) = await to_the_slot(talk)
    (ask,) = await talk.choose(which, 0)
    assert ask.id == "ask_appointment_name"
    (ask,) = await talk.say("nlu_fallback", "Je m'appelle Ann Peeters")
    assert ask.id == "ask_contact"
    (show,) = await talk.say("inform", "ann@example.org")
    return show


async def booked(talk):
    (receipt,) = await talk.choose(await to_the_end(talk), 0)
    return receipt, receipt.part("appointment_booked")["number"]


async def by_contact(http, reference):
    headers = {"Appointment-Contact": "ann%40example.org"}
    return await http.get(f"/v1/permits/appointments/{reference}", headers=headers)


async def test_what_is_missing_is_asked_one_by_one_and_the_slot_is_booked(talk, http, slots):
    (ask,) = await talk.say(BOOK, "je voudrais un rendez-vous")
    assert ask.id == "ask_appointment_commune"
    (ask,) = await talk.say("inform", "Anderlecht", commune="Anderlecht")
    assert ask.id == "ask_appointment_subject"
    (which,) = await talk.choose(ask, 1)
    assert which.id == "which_appointment_slot"
    assert labels(which) == [*["appointment_moment"] * 4, "choice_appointment_later"]
    before = await slots()
    (ask,) = await talk.choose(which, 0)
    (ask,) = await talk.say("nlu_fallback", "Ann Peeters")
    (show,) = await talk.say("inform", "0470 12 34 56")
    assert [each for each in shown(show) if each not in {"appointment_desk_at", "appointment_moment"}] == [
        "appointment_shown",
        "appointment_desk",
        "appointment_subject",
        "appointment_when",
        "appointment_name",
        "filing_contact",
        "appointment_book_ask",
    ]
    (receipt,) = await talk.choose(show, 0)
    assert receipt.source["sample"]
    assert receipt.part("appointment_file")["url"].startswith("http://127.0.0.1:8000/calendar/appointments/RDV-2026-")
    assert "bring" in receipt.part("appointment_where_bring")
    assert talk.slots["draft"] is None
    first = min(before)
    assert (before[first], (await slots())[first]) == (3, 2)


async def test_a_first_message_that_says_it_all_leaves_only_who_comes(talk, slots):
    start = list(await slots(**{"from": "2026-11-27"}))[2]
    (ask,) = await to_the_slot(talk, date="vendredi", time=start[11:16])
    assert ask.id == "ask_appointment_name"
    assert talk.slots["draft"]["facts"]["slot"]["value"] == start
    assert talk.slots["draft"]["facts"]["subject"]["value"]["id"] == "question"


async def test_a_day_that_is_named_offers_that_day(talk):
    (which,) = await to_the_slot(talk, date="vendredi")
    days = {label["params"]["day"]["v"] for label in which.labels[:-1]}
    assert days == {"2026-11-27"}
    (which,) = await talk.say("inform", "plutôt jeudi", date="jeudi")
    assert {label["params"]["day"]["v"] for label in which.labels[:-1]} == {"2026-11-26"}


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("liever donderdag om 9.10 uur", "2026-11-26T09:10"),
        ("vendredi à 10h30 alors", "2026-11-27T10:30"),
        ("friday at 9:50", "2026-11-27T09:50"),
    ],
)
async def test_words_without_entities_name_a_day_and_a_time_too(talk, said, starts):
    await to_the_slot(talk)
    (ask,) = await talk.say("nlu_fallback", said)
    assert ask.id == "ask_appointment_name"
    assert talk.slots["draft"]["facts"]["slot"]["value"].startswith(starts)


async def test_a_time_that_no_slot_has_offers_those_around_it(talk):
    await to_the_slot(talk, date="vendredi")
    (which,) = await talk.say("inform", "à 10h", time="10h")
    assert which.id == "appointment_not_free"
    times = [label["params"]["time"]["v"][11:16] for label in which.labels[:-1]]
    assert times == sorted(times)
    assert {"09:50", "10:10"} <= set(times)


async def test_a_part_of_the_day_is_kept_to(talk):
    (which,) = await to_the_slot(talk, "Ixelles", time="l'après-midi")
    hours = [int(label["params"]["time"]["v"][11:13]) for label in which.labels[:-1]]
    assert min(hours) >= 12


async def test_a_day_without_slots_offers_the_nearest(talk):
    (which,) = await to_the_slot(talk, date="samedi")
    assert which.id == "appointment_not_free"
    assert len(which.labels) > 1


async def test_later_slots_are_later(talk):
    (first,) = await to_the_slot(talk)
    (later,) = await talk.choose(first, len(first.labels) - 1)
    latest = max(label["params"]["time"]["v"] for label in first.labels[:-1])
    assert min(label["params"]["time"]["v"] for label in later.labels[:-1]) > latest


async def test_a_slot_that_was_taken_meanwhile_is_chosen_anew(talk, http):
    show = await to_the_end(talk)
    start = talk.slots["draft"]["facts"]["slot"]["value"]
    new = {"commune": "anderlecht", "subject": "question", "starts_at": start, "name": "B", "email": "b@example.org"}
    while (await http.post("/v1/permits/appointments", json=new)).status_code == 201:
        pass
    (taken,) = await talk.choose(show, 0)
    assert taken.id == "appointment_slot_taken"
    assert start not in str(taken.payloads)
    (show,) = await talk.choose(taken, 0)
    (receipt,) = await talk.choose(show, 0)
    assert "appointment_booked" in receipt.ids()


async def test_another_commune_has_slots_of_its_own(talk):
    show = await to_the_end(talk)
    assert show.part("appointment_name")["value"] == "Ann Peeters"
    (which,) = await talk.say("correct_input", "non, à Jette", commune="Jette")
    assert which.id == "which_appointment_slot"
    assert talk.slots["draft"]["facts"]["name"]["value"] == "Ann Peeters"


async def test_the_slot_can_be_changed_before_booking(talk):
    show = await to_the_end(talk)
    (change,) = await talk.say("deny", "non")
    assert change.id == "ask_filing_change"
    (which,) = await talk.choose(change, labels(change).index("appointment_change_when"))
    assert which.id == "which_appointment_slot"
    (again,) = await talk.choose(which, 1)
    assert again.part("appointment_when") != show.part("appointment_when")


async def test_a_question_in_between_leaves_the_draft_open(talk):
    (which,) = await to_the_slot(talk)
    assert await talk.say("transport_next_departures", "le prochain 81 à Flagey ?", stop="Flagey") == []
    (ask,) = await talk.choose(which, 0)
    assert ask.id == "ask_appointment_name"


async def test_a_commune_that_is_none_is_asked_again(talk):
    await talk.say(BOOK, "je voudrais un rendez-vous")
    (ask,) = await talk.say("nlu_fallback", "qsdfghjklm")
    assert ask.id == "commune_not_found"


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_a_facade_that_is_down_loses_nothing_and_books_once(talk, line, http, slots, cut):
    show = await to_the_end(talk)
    start = talk.slots["draft"]["facts"]["slot"]["value"]
    line.cut = cut
    (failed,) = await talk.choose(show, 0)
    assert failed.id == "appointment_not_booked"
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    (receipt,) = await talk.choose(show, 0)
    reference = receipt.part("appointment_booked")["number"]
    assert (await by_contact(http, reference)).json()["state"] == "booked"
    assert (await slots())[start] == 2


async def test_the_receipt_is_said_again_without_booking(talk):
    receipt, reference = await booked(talk)
    again = await talk.rasa.run("action_send_filing", "ask_repeat", "répète", slots=talk.slots)
    assert again.said[0].params == receipt.params
    assert reference in str(again.said[0].params)


async def test_the_choice_under_the_receipt_cancels_without_asking_who(talk, http):
    receipt, reference = await booked(talk)
    (show,) = await talk.choose(receipt, labels(receipt).index("choice_appointment_cancel"))
    assert show.part("appointment_stands")["value"]["id"] == "appointment_at_desk"
    assert labels(show)[:2] == ["choice_appointment_cancel_yes", "choice_appointment_keep"]
    (done,) = await talk.choose(show, 0)
    assert done.id == "appointment_cancelled"
    assert (await by_contact(http, reference)).json()["code"] == "appointment_cancelled"


async def test_a_reference_and_the_contact_cancel_it_much_later(talk, http):
    _, reference = await booked(talk)
    talk.slots, talk.form = {}, None
    (ask,) = await talk.say(BOOK, f"annuler mon rendez-vous {reference.lower().replace('-', ' ')}")
    assert ask.id == "ask_appointment_contact"
    (unknown,) = await talk.say("inform", "bob@example.org")
    assert unknown.id == "appointment_not_found"
    (show,) = await talk.say("inform", "pardon, ANN@example.org")
    assert "appointment_stands" in show.ids()
    assert "filing_contact" not in show.ids()
    (done,) = await talk.say("affirm", "oui")
    assert done.id == "appointment_cancelled"
    talk.slots, talk.form = {}, None
    (left,) = await talk.say(BOOK, f"annuler mon rendez-vous {reference} ann@example.org")
    assert left.id == "appointment_cancelled_already"


async def test_who_asks_about_an_appointment_without_a_reference_is_asked_for_it(talk):
    (ask,) = await talk.say(BOOK, "mon rendez-vous pour le permis c'était quel heure, peut-on le déplacer ?")
    assert ask.id == "ask_appointment_reference"
    (again,) = await talk.say("inform", "RDV-2026-AAAAAAAA")
    assert again.id == "ask_appointment_contact"


async def test_a_no_keeps_the_appointment(talk, http):
    receipt, reference = await booked(talk)
    await talk.choose(receipt, labels(receipt).index("choice_appointment_cancel"))
    (kept,) = await talk.say("deny", "non")
    assert kept.id == "appointment_kept"
    assert (await by_contact(http, reference)).json()["state"] == "booked"


@pytest.mark.parametrize("cut", ["before", "after"])
async def test_cancelling_is_tried_again_after_a_failure(talk, line, http, cut):
    _, reference = await booked(talk)
    talk.slots, talk.form = {}, None
    (show,) = await talk.say(BOOK, f"annuler mon rendez-vous {reference} ann@example.org")
    line.cut = cut
    (failed,) = await talk.choose(show, 0)
    assert failed.id == "appointment_not_cancelled"
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    (done,) = await talk.choose(show, 0)
    assert done.id == "appointment_cancelled"
    assert (await by_contact(http, reference)).json()["code"] == "appointment_cancelled"


@pytest.mark.parametrize("reference", ["RDV-2026-AAAAAAAA", "RDV-2026-aaaaaaaa/é\n"], ids=["unknown", "nonsense"])
async def test_a_reference_that_does_not_exist_is_said_to_be_unknown(talk, reference):
    (ask,) = await talk.say(BOOK, "", pick=reference)
    if ask.id == "ask_appointment_contact":
        (ask,) = await talk.say("inform", "ann@example.org")
    assert ask.id == "appointment_not_found"
    assert talk.form is not None


async def test_what_was_booked_is_remembered_with_the_key_that_forgets_who_did(talk, http):
    receipt, reference = await booked(talk)
    (task,) = receipt.tasks
    assert (task["do"], task["reference"], task["subject"]) == ("remember_request", reference, BOOK)
    headers = {"Appointment-Key": task["key"]}
    assert (await http.delete(f"/v1/permits/appointments/{reference}", headers=headers)).status_code == 204
    assert (await by_contact(http, reference)).status_code in {403, 409}


async def test_what_it_is_about_in_a_whole_sentence_is_no_other_question(talk):
    await talk.say(BOOK, "rendez-vous à l'urbanisme", commune="Anderlecht")
    (which,) = await talk.say("permit_status", "c'est pour l'extension de ma maison, une véranda")
    assert which.id == "which_appointment_slot"


async def test_another_day_after_words_that_were_not_understood_is_understood(talk):
    await to_the_slot(talk)
    (again,) = await talk.say("inform", "hm hm")
    assert "filing_not_understood" in again.ids()
    (which,) = await talk.say("inform", "non, plutôt mercredi", date="mercredi")
    assert "filing_not_understood" not in which.ids()
