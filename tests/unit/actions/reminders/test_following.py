"""Following a line, a report, a permit file, an appointment: offered under answers, asked for in words, given up."""

from __future__ import annotations

import pytest

LINES, REPORTS, DOSSIERS, REMINDERS = (
    ("action_disruptions", "transport_disruptions"),
    ("action_report_status", "city_report_status"),
    ("action_permit_status", "permit_status"),
    ("action_waste_reminder", "waste_reminder"),
)
DEPARTURES = ("action_next_departures", "transport_next_departures")
OPEN_REPORT, CLOSED_REPORT, DOSSIER = "BXL-2026-00125", "BXL-2026-00123", "04/PU/1967213"


def followed(kind: str, subject: str, **more):
    """Return a subscription as the gateway tells of it."""
    common = {"id": "s1", "name": {}, "fraction": None, "at": None, "quiet": ["22:00", "07:00"], "last_day": None}
    return {**common, "kind": kind, "subject": subject, **more}


def to_follow(kind: str, subject: str) -> str:
    return f'/waste_reminder{{"reminder": "follow/{kind}/{subject}"}}'


def subscribing(kind: str, subject: str, **more: str):
    return [{"do": "subscribe", "kind": kind, "subject": subject, **more}]


async def test_under_the_disruptions_of_a_line_it_is_offered_to_follow_it(rasa):
    (said,) = (await rasa.run(*LINES, line="81")).said
    assert (said.payloads, said.tasks) == ([to_follow("line", "81")], [])


async def test_a_line_that_is_followed_is_not_offered(rasa):
    (said,) = (await rasa.run(*LINES, line="81", kept={"subscriptions": [followed("line", "81")]})).said
    assert said.payloads == []


async def test_without_a_line_there_is_nothing_to_offer(rasa):
    assert (await rasa.run(*LINES)).said[0].payloads == []


@pytest.mark.parametrize(
    "words",
    [
        "préviens-moi si la 81 a un problème",
        "tenez-moi au courant pour la 81",
        "verwittig me als de 81 niet rijdt",
        "laat me weten als er iets is met de 81",
        "let me know when the 81 is disrupted",
        "keep me posted about the 81",
    ],
)
async def test_in_words_it_is_followed_and_what_holds_now_is_said(rasa, words):
    (said,) = (await rasa.run(*LINES, words, line="81")).said
    assert said.tasks == subscribing("line", "81")
    assert {"disruption", "follow_set_line", "follow_how"} <= set(said.ids())


@pytest.mark.parametrize(
    ("channel", "quiet", "how"),
    [
        ("web", ["22:00", "07:00"], "follow_how"),
        ("web", None, "follow_how_any_time"),
        ("telegram", ["22:00", "07:00"], "follow_how_chat"),
        ("telegram", None, "follow_how_chat_any_time"),
    ],
)
async def test_only_on_a_page_is_there_a_tab_to_keep_open(rasa, channel, quiet, how):
    kept = {"subscriptions": [followed("line", "71", quiet=quiet)]}
    (said,) = (await rasa.run(*REMINDERS, reminder="follow/line/81", kept=kept, channel=channel)).said
    assert [each for each in said.ids() if each.startswith("follow_how")] == [how]


@pytest.mark.parametrize(
    ("language", "words", "date"),
    [
        ("fr", "préviens-moi jusqu'à vendredi si la 81 a un problème", "vendredi"),
        ("nl", "volg lijn 81 tot vrijdag, verwittig me", "vrijdag"),
        ("nl", "verwittig me tot en met 27 november als de 81 niet rijdt", "27 november"),
        ("en", "let me know until Friday when the 81 is disrupted", "Friday"),
    ],
)
async def test_a_line_is_followed_to_the_end_of_the_day_that_is_named(rasa, language, words, date):
    (said,) = (await rasa.run(*LINES, words, line="81", date=date, language=language)).said
    assert said.tasks == subscribing("line", "81", last_day="2026-11-27")
    assert "follow_set_until" in said.ids()
    assert "disruption" in said.ids()  # as things stand now, not on that day


async def test_the_last_day_is_not_forgotten_while_the_line_is_asked_for(rasa):
    done = await rasa.run(*LINES, "préviens-moi des perturbations jusqu'à vendredi", date="vendredi")
    assert done.ids == ["ask_line"]
    (said,) = (await rasa.run(LINES[0], "inform", "la 81", slots=done.slots, line="81")).said
    assert said.tasks == subscribing("line", "81", last_day="2026-11-27")


@pytest.mark.parametrize(
    ("words", "date"),
    [("préviens-moi si la 81 a un problème vendredi", "vendredi"), ("préviens-moi jusqu'à hier pour la 81", "hier")],
)
async def test_a_day_that_is_no_end_or_is_past_ends_nothing(rasa, words, date):
    (said,) = (await rasa.run(*LINES, words, line="81", date=date, language="fr")).said
    assert said.tasks == subscribing("line", "81")


async def test_a_last_day_may_be_given_and_taken_back(rasa):
    words, ends = "préviens-moi pour la 81", "2026-11-27"
    kept = {"subscriptions": [followed("line", "81", last_day=ends)]}
    (said,) = (await rasa.run(*LINES, f"{words} jusqu'à vendredi", line="81", date="vendredi", kept=kept)).said
    assert (said.tasks, "follow_already" in said.ids()) == ([], True)
    (said,) = (await rasa.run(*LINES, words, line="81", kept=kept)).said
    assert said.tasks == subscribing("line", "81")


async def test_the_list_names_the_last_day(rasa):
    kept = {"subscriptions": [followed("line", "71", last_day="2026-11-27")]}
    (said,) = (await rasa.run(*REMINDERS, "mes alertes", kept=kept)).said
    assert {"followed_line", "followed_until"} <= set(said.ids())


@pytest.mark.parametrize("words", ["la 81 a un problème ?", "welke lijnen volgen de omleiding", "the following lines?"])
async def test_a_question_follows_nothing(rasa, words):
    (said,) = (await rasa.run(*LINES, words, line="81")).said
    assert said.tasks == []


async def test_the_line_to_follow_is_asked_for_where_none_is_named(rasa):
    done = await rasa.run(*LINES, "préviens-moi des perturbations")
    assert done.ids == ["ask_line"]
    (said,) = (await rasa.run(LINES[0], "inform", "la 81", slots=done.slots, line="81")).said
    assert said.tasks == subscribing("line", "81")


async def test_a_line_that_does_not_exist_is_not_followed(rasa):
    done = await rasa.run(*LINES, "préviens-moi si la 999 a un problème", line="999")
    assert [said.tasks for said in done.said] == [[]]


async def test_a_followed_line_is_given_up_in_words(rasa):
    kept = {"subscriptions": [followed("line", "71"), followed("line", "81", id="s2")]}
    (said,) = (await rasa.run(*LINES, "ne plus suivre la 81", line="81", kept=kept)).said
    assert (said.id, said.tasks) == ("follow_stopped", [{"do": "unsubscribe", "ids": ["s2"]}])


async def test_the_arret_of_a_tram_stops_nothing(rasa):
    kept = {"subscriptions": [followed("line", "81")]}
    (said,) = (await rasa.run(*LINES, "perturbations de la 81 à l'arrêt Flagey", line="81", kept=kept)).said
    assert said.tasks == []


async def test_under_departures_of_a_line_it_is_offered_too(rasa):
    (said,) = (await rasa.run(*DEPARTURES, slots={"stop": "stop:flagey"}, line="81")).said
    assert to_follow("line", "81") in said.payloads
    (said,) = (await rasa.run(*DEPARTURES, slots={"stop": "stop:flagey"})).said
    assert not [each for each in said.payloads if "follow" in each]


async def test_an_open_report_can_be_followed_and_a_closed_one_not(rasa):
    (said,) = (await rasa.run(*REPORTS, reference=OPEN_REPORT)).said
    assert said.payloads[0] == to_follow("request", OPEN_REPORT)
    (said,) = (await rasa.run(*REPORTS, reference=CLOSED_REPORT)).said
    assert to_follow("request", CLOSED_REPORT) not in said.payloads


async def test_a_report_is_followed_in_words_the_one_made_here_where_none_is_named(rasa):
    words = "stuur mij een bericht als er nieuws is over mijn melding"
    kept = {"requests": ["RDV-2026-7K3M9QXD", OPEN_REPORT]}
    (said,) = (await rasa.run(*REPORTS, words, kept=kept)).said
    assert said.tasks == subscribing("request", OPEN_REPORT)
    done = await rasa.run(*REPORTS, words)
    assert done.ids == ["ask_report_reference"]
    (said,) = (await rasa.run(REPORTS[0], "inform", "x", slots=done.slots, reference=OPEN_REPORT)).said
    assert said.tasks == subscribing("request", OPEN_REPORT)


async def test_a_closed_report_is_not_followed_whatever_is_said(rasa):
    (said,) = (await rasa.run(*REPORTS, "préviens-moi pour BXL-2026-00123", reference=CLOSED_REPORT)).said
    assert said.tasks == []


async def test_a_permit_file_is_followed_in_words_and_offered(rasa):
    (said,) = (await rasa.run(*DOSSIERS, "tiens-moi au courant du dossier", reference=DOSSIER)).said
    assert said.tasks == subscribing("dossier", DOSSIER)
    (said,) = (await rasa.run(*DOSSIERS, reference=DOSSIER)).said
    assert said.payloads[0] == to_follow("dossier", DOSSIER)


async def test_a_report_number_said_of_a_dossier_is_followed_as_a_report(rasa):
    done = await rasa.run(*DOSSIERS, "prévenez-moi pour BXL-2026-00125", reference=OPEN_REPORT)
    assert done.calls_for == "action_report_status"
    (said,) = (await rasa.run(REPORTS[0], DOSSIERS[1], slots=done.slots)).said
    assert said.tasks == subscribing("request", OPEN_REPORT)


@pytest.mark.parametrize(
    ("value", "kind", "subject"),
    [
        ("follow/line/71", "line", "71"),
        ("follow/dossier/04/PU/1967213", "dossier", DOSSIER),
        ("follow/appointment/RDV-2026-7K3M9QXD", "appointment", "RDV-2026-7K3M9QXD"),
    ],
)
async def test_the_choice_follows_and_says_how_it_comes_and_ends(rasa, value, kind, subject):
    (said,) = (await rasa.run(*REMINDERS, reminder=value)).said
    assert said.tasks == subscribing(kind, subject)
    assert "follow_how" in said.ids()
    assert said.payloads == ['/waste_reminder{"reminder": "list"}']


async def test_what_is_followed_already_is_said_to_be(rasa):
    kept = {"subscriptions": [followed("line", "71")]}
    (said,) = (await rasa.run(*REMINDERS, reminder="follow/line/71", kept=kept)).said
    assert (said.tasks, "follow_already" in said.ids()) == ([], True)


@pytest.mark.parametrize(
    ("words", "entities", "calls"),
    [
        ("préviens-moi si le tram 71 a un problème", {"line": "71"}, "action_disruptions"),
        ("herinner me als er nieuws is over mijn melding", {}, "action_report_status"),
        ("alert me about BXL-2026-00125", {"reference": OPEN_REPORT}, "action_report_status"),
        ("stuur me bericht over dossier 04/PU/1967213", {"reference": DOSSIER}, "action_permit_status"),
    ],
)
async def test_what_is_read_as_a_reminder_of_bags_goes_to_who_knows_it(rasa, words, entities, calls):
    done = await rasa.run(*REMINDERS, words, **entities)
    assert (done.calls_for, done.slots["shown"]["follow"]) == (calls, "yes")


async def test_the_appointment_made_here_is_reminded_of_in_words(rasa):
    kept = {"requests": [OPEN_REPORT, "RDV-2026-7K3M9QXD"]}
    (said,) = (await rasa.run(*REMINDERS, "rappelle-moi mon rendez-vous la veille", kept=kept)).said
    assert said.tasks == subscribing("appointment", "RDV-2026-7K3M9QXD")
    assert (await rasa.run(*REMINDERS, "rappelle-moi mon rendez-vous")).ids == ["follow_no_appointment"]


async def test_all_kinds_are_in_the_list_each_with_a_way_to_stop(rasa):
    kinds = [("line", "71"), ("request", OPEN_REPORT), ("dossier", DOSSIER), ("appointment", "RDV-2026-7K3M9QXD")]
    kept = {"subscriptions": [followed(kind, subject, id=kind) for kind, subject in kinds]}
    (said,) = (await rasa.run(*REMINDERS, "what do you remind me of?", kept=kept)).said
    assert {f"followed_{kind}" for kind, _ in kinds} <= set(said.ids())
    assert said.payloads[:4] == [f'/waste_reminder{{"reminder": "{kind}"}}' for kind, _ in kinds]


async def test_of_several_kinds_it_is_asked_which_to_stop_unless_one_is_named(rasa):
    kept = {"subscriptions": [followed("line", "71"), followed("request", OPEN_REPORT, id="s2")]}
    assert "reminder_which" in (await rasa.run(*REMINDERS, "stop les alertes", kept=kept)).said[0].ids()
    (said,) = (await rasa.run(*REMINDERS, "stop les alertes pour le tram", kept=kept)).said
    assert said.tasks == [{"do": "unsubscribe", "ids": ["s1"]}]


async def test_after_a_stop_there_is_a_way_back(rasa):
    kept = {"subscriptions": [followed("line", "71")]}
    (said,) = (await rasa.run(*REMINDERS, reminder="s1", kept=kept)).said
    assert said.tasks == [{"do": "unsubscribe", "ids": ["s1"]}]
    assert said.payloads == [to_follow("line", "71")]


async def test_quiet_hours_are_chosen(rasa):
    kept = {"subscriptions": [followed("line", "71")]}
    (said,) = (await rasa.run(*REMINDERS, "pas la nuit svp", kept=kept)).said
    assert "ask_quiet_hours" in said.ids()
    assert said.payloads[1] == '/waste_reminder{"reminder": "quiet/20:00/08:00"}'
    (said,) = (await rasa.run(*REMINDERS, reminder="quiet/20:00/08:00", kept=kept)).said
    assert (said.id, said.tasks) == ("quiet_set", [{"do": "be_quiet", "start": "20:00", "end": "08:00"}])
    (said,) = (await rasa.run(*REMINDERS, reminder="quiet/00:00/00:00", kept=kept)).said
    assert (said.id, said.tasks) == ("quiet_never_set", [{"do": "be_quiet", "start": None, "end": None}])


async def test_in_the_middle_of_a_form_nothing_is_offered(rasa):
    (said,) = (await rasa.run(*LINES, line="81", form="filing_form", asked="filing")).said
    assert said.payloads == []
