"""A followed report or permit file: each stage is told once, late rather than never, and the last one ends it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.gateway.notifications.conftest import follow, told
from tests.integration.gateway.talking import Resident

REPORT, DOSSIER = "BXL-2026-00123", "04/PU/1234567"


def words(text: str) -> dict[str, str]:
    return {"fr": text, "nl": f"{text} (nl)", "en": f"{text} (en)"}


def report(*steps: tuple[str, str | None], status: str = "open") -> dict[str, Any]:
    """Return a report with its steps after the first: the stage of each, and a note."""
    made = [{"at": "2026-11-20T10:00:00+01:00", "stage": "received", "note": None}]
    made += [{"at": "2026-11-24T09:00:00+01:00", "stage": stage, "note": note and words(note)} for stage, note in steps]
    stage = made[-1]["stage"]
    return {
        "reference": REPORT,
        "status": status,
        "stage": stage,
        "stage_name": words(f"Étape {stage}"),
        "stage_text": words("On s'en occupe."),
        "steps": made,
    }


def dossier(stage: str, coming: str | None = "La commission") -> dict[str, Any]:
    return {
        "reference": DOSSIER,
        "stage": {"id": stage, "name": words(f"Étape {stage}"), "meaning": words("Voilà.")},
        "next": {"text": words(coming)} if coming else None,
        "decided_on": None,
    }


@pytest.fixture
async def follower(resident, rasa, city, app):
    city.requests[REPORT] = report()
    city.dossiers[DOSSIER] = dossier("examined")
    await follow(resident, rasa, "request", REPORT, {"do": "subscribe", "kind": "dossier", "subject": DOSSIER})
    for kind in ("request", "dossier"):
        assert await app.state.following.look(kind) == 0
    return resident


async def look(app, clock, kind: str = "request", **time: float) -> int:
    clock.forward(**(time or {"hours": 1}))
    count: int = await app.state.following.look(kind)
    return count


async def test_a_step_is_told_once_with_what_was_done(app, follower, city, clock):
    city.requests[REPORT] = report(("in_progress", "Équipe sur place."))
    assert [await look(app, clock), await look(app, clock)] == [1, 0]
    assert await told(follower) == [
        f"Du nouveau pour le signalement {REPORT} : Étape in_progress. On s'en occupe.\nÉquipe sur place."
    ]


async def test_several_steps_at_once_are_one_message(app, follower, city, clock):
    city.requests[REPORT] = report(("planned", "Mardi."), ("in_progress", "Commencé."))
    assert await look(app, clock) == 1
    assert (await told(follower))[0].endswith("Mardi.\nCommencé.")


async def test_a_step_that_came_between_the_answer_and_the_first_look_is_told(app, resident, rasa, city, clock):
    city.requests[REPORT] = report()
    await follow(resident, rasa, "request", REPORT)
    city.requests[REPORT] = report(("planned", None))
    assert await app.state.following.look("request") == 1


async def test_after_the_last_stage_nothing_is_followed_any_more(app, follower, city, clock):
    city.requests[REPORT] = report(("done", "Réparé."), status="closed")
    assert await look(app, clock) == 1
    assert (await told(follower))[0].endswith("il n'y a plus rien à suivre.")
    assert [each["kind"] for each in (await follower.kept())["subscriptions"]] == ["dossier"]
    assert (await follower.kept())["messages"][-1]["choices"] == []


async def test_a_change_while_the_city_was_down_is_told_late(app, follower, city, clock):
    city.status = 503
    assert await look(app, clock) == 0
    city.requests[REPORT], city.status = report(("planned", None)), 200
    assert await look(app, clock, days=2) == 1


async def test_a_report_that_is_gone_is_said_so_and_followed_no_more(app, follower, city, clock):
    del city.requests[REPORT]
    assert [await look(app, clock), await look(app, clock)] == [1, 0]
    assert (await told(follower))[0].startswith(f"Je ne trouve plus {REPORT}")


async def test_a_reference_that_never_was_is_dropped_without_a_word(app, resident, rasa, clock):
    await follow(resident, rasa, "request", "BXL-2026-99999")
    assert await look(app, clock) == 0
    assert (await resident.kept())["subscriptions"] == []


async def test_a_dossier_that_moves_on_is_told_with_what_comes_next(app, follower, city, clock):
    city.dossiers[DOSSIER] = dossier("inquiry")
    assert [await look(app, clock, "dossier"), await look(app, clock, "dossier")] == [1, 0]
    assert await told(follower) == [
        f"Du nouveau pour le dossier {DOSSIER} : Étape inquiry. Voilà.\nProchaine étape : La commission"
    ]


async def test_a_decision_ends_it(app, follower, city, clock):
    city.dossiers[DOSSIER] = dossier("accepted", None)
    assert await look(app, clock, "dossier") == 1
    assert [each["kind"] for each in (await follower.kept())["subscriptions"]] == ["request"]


@pytest.mark.parametrize(("language", "says"), [("nl", "Nieuws over melding"), ("en", "News about report")])
async def test_it_is_said_in_the_language_that_is_spoken_now(app, follower, city, clock, *, language, says):
    await follower.client.patch(follower.path, json={"language": language}, headers=follower.headers)
    city.requests[REPORT] = report(("planned", "Note."))
    await look(app, clock)
    (said,) = await told(follower)
    assert said.startswith(says)
    assert said.endswith(f"Note. ({language})")


async def test_before_the_language_is_known_it_is_said_in_both_official_ones(app, client, rasa, city, clock):
    nobody = await Resident.opening(client, None)
    rasa.answers["x"] = {
        "messages": [
            {
                "text": "C'est noté.",
                "language": None,
                "tasks": [{"do": "subscribe", "kind": "request", "subject": REPORT}],
            }
        ],
        "language": None,
    }
    await nobody.say("x")
    city.requests[REPORT] = report()
    await look(app, clock, minutes=5)
    city.requests[REPORT] = report(("planned", None))
    assert await look(app, clock) == 1
    assert [each[:4] for each in await told(nobody)] == ["Du n", "Nieu"]
