"""The service is found by what people write, in three languages and with slips."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from services.city.requests.facts import ServiceFacts
from services.city.requests.finding import ServiceIndex

SERVICES = Path(__file__).parents[4] / "data" / "city" / "requests" / "services.yml"


@pytest.fixture(scope="module")
def facts() -> list[ServiceFacts]:
    content = yaml.safe_load(SERVICES.read_text(encoding="utf-8"))
    return [ServiceFacts.model_validate(each) for each in content["services"]]


@pytest.fixture(scope="module")
def index(facts: list[ServiceFacts]) -> ServiceIndex:
    return ServiceIndex(facts)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Un lampadaire ne marche plus avenue de la Couronne", "street_light"),
        ("les lampadaires sont éteints depuis lundi", "street_light"),
        ("lampadere en panne", "street_light"),
        ("de straatlantaarn voor mijn deur brandt niet", "street_light"),
        ("STREETLIGHT OUT!!", "street_light"),
        ("er zit een groot gat in het fietspad", "cycle_path"),
        ("y a un nid-de-poule énorme rue Haute", "road_damage"),
        ("huge pothole on the corner", "road_damage"),
        ("trou dans le trottoir devant l'école", "pavement"),
        ("losse tegels op de stoep", "pavement"),
        ("there's graffiti on the school wall", "graffiti"),
        ("feu rouge bloqué au carrefour", "traffic_light"),
        ("het zebrapad is bijna niet meer te zien", "road_marking"),
        ("l'avaloir est bouché, la rue est inondée", "drain_flood"),
        ("dode duif op straat", "dead_animal"),
        ("Il y a un dépôt clandestin au coin de ma rue", "illegal_dumping"),
        ("iemand heeft hier zetels op straat gedumpt", "illegal_dumping"),
        ("someone dumped fridges on the pavement", "illegal_dumping"),
        ("Ils n'ont pas ramassé mes sacs blancs ce matin", "missed_collection"),
        ("Onze gele zakken zijn niet meegenomen", "missed_collection"),
        ("my rubbish wasn't collected yesterday", "missed_collection"),
        ("grofvuil laten ophalen aub", "bulky_pickup"),
        ("how can I get rid of a mattress, can you pick it up", "bulky_pickup"),
        ("Mon voisin construit sans permis", "permit_infringement"),
        ("mijn buur bouwt een terras zonder vergunning", "permit_infringement"),
        ("J'ai une idée pour améliorer mon quartier", "idea"),
        ("les trottinettes bloquent tout", "shared_vehicle"),
        ("volle glasbol op het plein", "glass_bank"),
        ("fiets zonder wiel staat hier al maanden", "abandoned_bike"),
    ],
)
def test_a_sentence_names_its_service(index: ServiceIndex, text: str, code: str) -> None:
    assert index.search(text)[0].code == code


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_name_and_keyword_leads_to_its_service(
    index: ServiceIndex, facts: list[ServiceFacts], language: str
) -> None:
    lost = [
        (each.code, text)
        for each in facts
        for text in (each.names.to(language), *each.keywords.to(language))
        if each.code not in [found.code for found in index.search(text)]
    ]
    assert lost == []


@pytest.mark.parametrize("text", ["", "   ", "bonjour merci", "xyzzy plugh", "le de the", "\0", "?" * 500])
def test_nothing_is_found_in_nothing(index: ServiceIndex, text: str) -> None:
    assert index.search(text) == []


def test_scores_fall_and_stay_between_0_and_1(index: ServiceIndex) -> None:
    scores = [found.score for found in index.search("poubelle pleine, déchets et graffiti sur le trottoir")]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("text", ["rat mort dans ma rue", "dode rat", "dead rat"])
def test_who_names_more_of_it_is_not_asked_about_less_of_it(index: ServiceIndex, text: str) -> None:
    assert [each.code for each in index.search(text)] == ["dead_animal"]
