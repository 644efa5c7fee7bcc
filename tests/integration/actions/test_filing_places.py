"""Where a request is about: the place in a resident's words, its house number, and both corrected."""

import pytest

DUMPING = "waste_illegal_dumping"
WORDS = "Deux vieux frigos et des sacs ouverts devant la porte du garage"


async def own(http):
    """Return the references of the project's own requests around the rue Blaes, those of other systems left out."""
    near = await http.get("/v1/requests/near", params={"lat": 50.8372, "lon": 4.3462, "radius_m": 2000, "limit": 100})
    return [each["reference"] for each in near.json()["items"] if each["reference"]]


async def test_a_correction_changes_the_fact_that_it_names(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("correct_input", "non, rue Blaes 22", address="rue Blaes 22")
    assert show.part("place_address")["number"] == "22"
    assert show.part("filing_description")["value"].startswith("Deux vieux frigos")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("au coin de la rue Blaes", "street:4012"),
        ("place Flagey", "street:9002"),
        ("c'est rue Blaes 20, devant le garage", "address:4012:20"),
        ("Sainte-Catherine", "stop:sainte-catherine"),
    ],
)
async def test_a_place_among_other_words_is_taken_and_shown(talk, said, place):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("nlu_fallback", said)
    assert ask.id == "ask_filing_description"
    assert talk.slots["draft"]["facts"]["place"]["value"]["id"] == place


async def test_a_commune_alone_asks_for_the_street_in_it(talk):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("inform", "à Saint-Gilles", commune="Saint-Gilles")
    assert ask.id == "ask_street_in_commune"
    (ask,) = await talk.say("inform", "rue de la Victoire 26", address="rue de la Victoire 26")
    assert ask.id == "ask_filing_description"


@pytest.mark.parametrize("said", ["devant chez moi", "in mijn straat", "right here"])
async def test_a_place_that_only_the_resident_knows_is_asked_for_by_name(talk, said):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("nlu_fallback", said)
    assert ask.id == "filing_place_only_you_know"


@pytest.mark.parametrize("said", ["je ne sais pas", "geen idee", "no idea"])
async def test_who_does_not_know_the_place_is_told_what_would_do(talk, said):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("deny", said)
    assert ask.id == "filing_place_needed"


async def test_a_bare_yes_is_no_place(talk):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("affirm", "oui")
    assert "ask_filing_place" in ask.ids()


async def test_an_hour_is_no_house_number_but_a_number_said_as_such_is(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("correct_input", "non à 22h", time="22h")
    assert show.part("place_address")["number"] == "20"
    (show,) = await talk.say("inform", "devant le 22", date="le 22")
    assert show.part("place_address")["number"] == "22"


async def test_a_place_that_nothing_knows_is_said_to_be_unknown(talk):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("nlu_fallback", "qsdfghjklm")
    assert ask.id == "filing_place_unknown"
    assert "qsdfghjklm" in str(ask.params)


@pytest.mark.parametrize("intent", ["correct_input", "deny", "nlu_fallback"])
async def test_a_house_number_alone_corrects_the_address_before_it_is_sent(talk, intent):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say(intent, "non, au 22", line="22")
    assert show.part("place_address")["number"] == "22"
    assert show.part("filing_description")["value"].startswith("Deux vieux frigos")


async def test_a_house_number_that_does_not_exist_is_asked_for_again(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (ask,) = await talk.say("correct_input", "non, au 9999")
    assert ask.id == "house_number_unknown"


async def test_a_no_with_another_address_corrects_it(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("deny", "non, rue Blaes 22", address="rue Blaes 22")
    assert show.part("place_address")["number"] == "22"


async def test_a_place_in_another_question_is_not_taken_before_sending(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    talk.ranking = [("transport_next_departures", 0.9)]
    assert await talk.say("transport_next_departures", "le prochain 81 à Flagey ?", stop="Flagey") == []
    (show,) = await talk.say("inform")
    assert show.part("place_address")["number"] == "20"


async def test_a_number_that_may_be_a_day_corrects_the_house(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("inform", "non, au 22", date="22")
    assert show.part("place_address")["number"] == "22"


async def test_a_place_alone_is_no_description(talk):
    await talk.say(DUMPING, "dépôt rue Blaes 20", address="rue Blaes 20")
    (ask,) = await talk.say("inform", "c'est au 22 rue Blaes", address="22 rue Blaes")
    assert ask.id == "ask_filing_description"
    (show,) = await talk.say("nlu_fallback", WORDS)
    assert show.part("place_address")["number"] == "22"


async def test_words_beside_the_address_that_is_known_describe(talk):
    await talk.say(DUMPING, "dépôt rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("inform", "frigo cassé rue Blaes 20", address="rue Blaes 20")
    assert show.part("filing_description")["value"].startswith("frigo cassé")
