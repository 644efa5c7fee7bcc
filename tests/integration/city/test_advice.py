"""Advice on permits, from the sample tables to the answers."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI

from services.importers.advice import AdviceImporter
from services.importers.permits import PermitsImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

ADVICE = "/v1/permits/advice"


@pytest.fixture
def city(app: FastAPI, client: Client, clock: SettableClock) -> Client:
    AdviceImporter().run(app.state.engine, SAMPLE / "permits" / "advice", clock)
    return client


def ask(city: Client, project: str, lang: str = "en", **answers: str) -> dict[str, Any]:
    given = [f"{question}:{choice}" for question, choice in answers.items()]
    response = city.get(f"{ADVICE}/{project}", params={"answer": given, "lang": lang})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def found(city: Client, query: str) -> list[str]:
    response = city.get(ADVICE, params={"q": query})
    assert response.status_code == 200, response.text
    return [item["id"] for item in response.json()["items"]]


@pytest.mark.parametrize(
    ("query", "project"),
    [
        pytest.param("Faut-il un permis pour installer une véranda ?", "extension", id="fr sentence"),
        pytest.param("Heb ik een vergunning nodig om mijn gevel te schilderen?", "facade_painting", id="nl sentence"),
        pytest.param("do I need permission to put solar panels on my roof", "solar_panels", id="en sentence"),
        pytest.param("pannaux solaires", "solar_panels", id="fr misspelt"),
        pytest.param("zonnepannelen", "solar_panels", id="nl misspelt"),
        pytest.param("VERANDA", "extension", id="capitals, no accent"),
        pytest.param("tuinhuis zetten", "garden_shed", id="nl shed"),
        pytest.param("couper un arbre dans mon jardin", "tree", id="fr tree"),
        pytest.param("boom omhakken", "tree", id="nl tree"),
        pytest.param("can I cut down the tree in my garden?", "tree", id="en tree"),
        pytest.param("piscine", "swimming_pool", id="pool"),
        pytest.param("mag ik mijn huis opsplitsen in appartementen", "dividing_house", id="nl flats"),
        pytest.param("chaises sur le trottoir devant mon café", "horeca_terrace", id="café"),
        pytest.param("warmtepomp", "heat_pump", id="nl heat pump"),
        pytest.param("airco", "heat_pump", id="airco"),
        pytest.param("schotelantenne aan de gevel", "antenna", id="dish"),
        pytest.param("laadpaal", "charging_point", id="charging"),
        pytest.param("I want to park in my front garden", "front_garden", id="front garden"),
        pytest.param("échafaudage", "street_works", id="scaffolding"),
        pytest.param("dakkapel", "roof", id="dormer"),
        pytest.param("châssis en pvc", "windows", id="frames"),
        pytest.param("enseigne lumineuse", "sign_awning", id="sign"),
        pytest.param("nouvelle salle de bain", "interior", id="bathroom"),
        pytest.param("garage afbreken", "demolition", id="demolition"),
        pytest.param("haie entre voisins", "fence_wall", id="hedge"),
        pytest.param("isolation extérieure", "facade_insulation", id="insulation"),
        pytest.param("dakterras", "terrace_garden", id="roof terrace"),
        pytest.param("airbnb", "change_of_use", id="holiday let"),
    ],
)
def test_what_people_write_finds_the_project_first(city: Client, query: str, project: str) -> None:
    assert found(city, query)[:1] == [project]


@pytest.mark.parametrize("query", ["pizza", "tram 92", "😀", "x" * 200, "' OR 1=1 --", "a\x00b"])
def test_what_names_no_works_finds_nothing(city: Client, query: str) -> None:
    assert found(city, query) == []


def test_all_projects_are_listed_by_name(city: Client) -> None:
    page = city.get(ADVICE, params={"lang": "nl", "limit": 100}).json()
    names = [item["name"] for item in page["items"]]
    assert (page["total"], page["source"]["sample"]) == (22, True)
    assert names == sorted(names)


def test_a_question_comes_first_then_the_verdict_with_its_reasons(city: Client) -> None:
    first = ask(city, "solar_panels")
    assert first["verdict"] is None
    assert first["next_question"]["id"] == "heritage"
    assert first["questions_left"] == 3
    assert set(first["still_possible"]) == {"authority_decides", "exempt", "permit"}
    last = ask(city, "solar_panels", heritage="not_protected", visible="seen", mounting="flush")
    assert last["next_question"] is None
    assert last["questions_left"] == 0
    verdict = last["verdict"]
    assert (verdict["verdict"], verdict["architect"]) == ("exempt", False)
    assert verdict["rules"][0]["dated"] == "2008-11-13"
    assert verdict["rules"][0]["amended"] == "2022-03-17"
    # Whatever is seen, panels like these are exempt only because of how they are mounted.
    assert [each["question"] for each in verdict["based_on"]] == ["visible", "mounting", "heritage"]


def test_a_verdict_comes_as_soon_as_nothing_can_change_it(city: Client) -> None:
    answer = ask(city, "extension", heritage="protected", work="new", structure="touched")
    assert [each["question"] for each in answer["answers"]] == ["work", "structure", "heritage"]
    assert [each["question"] for each in answer["verdict"]["based_on"]] == ["heritage"]
    assert "heritage" in answer["verdict"]["next_step"]["text"]


def test_protection_turns_an_exemption_into_a_permit(city: Client) -> None:
    plain = ask(city, "windows", heritage="not_protected", look="same")["verdict"]
    listed = ask(city, "windows", heritage="protected", look="same")["verdict"]
    unknown = ask(city, "windows", heritage="unknown", look="same")["verdict"]
    assert [each["verdict"] for each in (plain, listed, unknown)] == ["exempt", "permit", "authority_decides"]


@pytest.mark.parametrize(
    ("project", "answers", "verdict", "procedure"),
    [
        ("extension", {"work": "new", "structure": "touched", "heritage": "not_protected"}, "permit", "planning"),
        ("tree", {"work": "fell", "size": "tall", "listed": "not_listed"}, "permit", "tree_felling"),
        ("tree", {"work": "fell", "size": "small", "listed": "not_listed"}, "exempt", None),
        ("garden_shed", {"size": "larger", "heritage": "unknown"}, "permit", "planning"),
        ("dividing_house", {"homes": "more", "structure": "unknown"}, "permit", "housing_division"),
        ("horeca_terrace", {"kind": "loose", "ground": "public"}, "permit", "terrace"),
        ("street_works", {"place": "parking"}, "permit", "roadworks"),
        ("charging_point", {"place": "front"}, "authority_decides", "planning"),
        ("heat_pump", {"for": "building", "heritage": "near"}, "authority_decides", "environment"),
    ],
    ids=["extension", "tall tree", "small tree", "large shed", "flats", "café", "skip", "charging cable", "large pump"],
)
def test_known_cases_end_where_they_should(
    city: Client, project: str, answers: dict[str, str], verdict: str, procedure: str | None
) -> None:
    answer = ask(city, project, **answers)["verdict"]
    assert (answer["verdict"], answer["next_step"]["procedure"]) == (verdict, procedure)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_texts_are_in_the_language_asked_for(city: Client, language: str) -> None:
    answer = ask(city, "roof", language, heritage="protected")
    assert answer["verdict"]["headline"].split()[0] == {"fr": "Oui,", "nl": "Ja,", "en": "Yes,"}[language]
    assert answer["answers"][0]["choice_text"] == {"fr": "Oui", "nl": "Ja", "en": "Yes"}[language]


def test_post_answers_as_get_does(city: Client) -> None:
    answers = {"visible": "hidden", "heritage": "not_protected"}
    posted = city.post(f"{ADVICE}/solar_panels", params={"lang": "en"}, json={"answers": answers})
    assert posted.status_code == 200
    assert posted.json() == ask(city, "solar_panels", **answers)
    assert city.post(f"{ADVICE}/solar_panels", json={}).json()["next_question"]["id"] == "heritage"


def test_every_way_through_every_table_ends_in_a_verdict(city: Client) -> None:
    for item in city.get(ADVICE, params={"limit": 100}).json()["items"]:
        ways: list[dict[str, str]] = [{}]
        while ways:
            answers = ways.pop()
            answer = ask(city, item["id"], **answers)
            if answer["next_question"] is None:
                assert answer["verdict"]["rules"]
                assert answer["verdict"]["based_on"]
                continue
            assert len(answers) + answer["questions_left"] <= 4
            question = answer["next_question"]
            ways += [{**answers, question["id"]: choice["id"]} for choice in question["choices"]]


def test_next_steps_lead_to_procedures_that_exist(app: FastAPI, city: Client, clock: SettableClock) -> None:
    PermitsImporter().run(app.state.engine, SAMPLE / "permits", clock)
    known = {item["id"] for item in city.get("/v1/permits/procedures").json()["items"]}
    led_to = set()
    for item in city.get(ADVICE, params={"limit": 100}).json()["items"]:
        ways: list[dict[str, str]] = [{}]
        while ways:
            answers = ways.pop()
            answer = ask(city, item["id"], **answers)
            if answer["next_question"] is None:
                led_to.add(answer["verdict"]["next_step"]["procedure"])
                continue
            question = answer["next_question"]
            ways += [{**answers, question["id"]: choice["id"]} for choice in question["choices"]]
    assert led_to - {None} <= known


@pytest.mark.parametrize(
    ("path", "status", "code", "meant"),
    [
        pytest.param(f"{ADVICE}/solar_pannels", 404, "project_not_found", "solar_panels", id="misspelt project"),
        pytest.param(f"{ADVICE}/boom", 404, "project_not_found", "tree", id="another name"),
        pytest.param(f"{ADVICE}/roof?answer=colour:red", 422, "unknown_question", "work", id="unknown question"),
        pytest.param(f"{ADVICE}/roof?answer=work:paint", 422, "unknown_choice", "repair", id="unknown choice"),
        pytest.param(f"{ADVICE}/roof?answer=work", 422, "unknown_choice", "repair", id="no choice"),
        pytest.param(f"{ADVICE}/roof?answer=%00:%00", 422, "unknown_question", "work", id="control characters"),
    ],
)
def test_what_is_not_there_suggests_what_is(city: Client, path: str, status: int, code: str, meant: str) -> None:
    response = city.get(path)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert meant in [each["id"] for each in response.json()["suggestions"]]


def test_two_answers_to_one_question_are_refused(city: Client) -> None:
    response = city.get(f"{ADVICE}/roof?answer=work:repair&answer=work:dormer")
    assert (response.status_code, response.json()["code"]) == (422, "answered_twice")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({"answers": {"x": 1}}, id="not text"),
        pytest.param({"answers": []}, id="not a mapping"),
        pytest.param({"answers": {f"q{n}": "a" for n in range(21)}}, id="too many"),
        pytest.param({"replies": {}}, id="another key"),
    ],
)
def test_a_body_at_fault_is_refused(city: Client, body: dict[str, Any]) -> None:
    assert city.post(f"{ADVICE}/roof", json=body).status_code == 422


def test_an_empty_city_advises_on_nothing(client: Client) -> None:
    assert client.get(ADVICE).json()["items"] == []
    assert client.get(f"{ADVICE}/roof").status_code == 404


def test_a_choice_tells_how_else_people_say_it_and_its_bounds(city: Client) -> None:
    answer = ask(city, "garden_shed")
    size, *_ = [question for question in answer["questions"] if question["id"] == "size"]
    assert [(each["id"], each["up_to"], each["above"]) for each in size["choices"]] == [
        ("up_to_9", 9, None),
        ("larger", None, 9),
    ]
    place = next(question for question in answer["questions"] if question["id"] == "place")
    assert {"au fond du jardin", "achtertuin", "behind the house"} <= set(place["choices"][0]["also"])
    assert answer["next_question"] in answer["questions"]
