"""What residents send to the city: asked for fact by fact, and what else is said meanwhile."""

import pytest

from tests.integration.actions.talking import labels, reference, shown

DUMPING, MISSED, BULKY, PROBLEM = (
    "waste_illegal_dumping",
    "waste_missed_collection",
    "waste_bulky_pickup",
    "city_report_problem",
)
WORDS = "Deux vieux frigos et des sacs ouverts devant la porte du garage"


async def own(http):
    """Return the references of the project's own requests around the rue Blaes, those of other systems left out."""
    near = await http.get("/v1/requests/near", params={"lat": 50.8372, "lon": 4.3462, "radius_m": 2000, "limit": 100})
    return [each["reference"] for each in near.json()["items"] if each["reference"]]


async def test_a_dumping_is_described_located_shown_and_sent(talk, http):
    (ask,) = await talk.say(DUMPING, "y a un dépôt")
    assert ask.id == "ask_filing_place"
    (ask,) = await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    assert ask.id == "ask_filing_description"
    (show,) = await talk.say("nlu_fallback", WORDS)
    assert shown(show) == ["filing_place", "filing_description"]
    assert show.part("filing_description")["value"] == WORDS
    offered = ["choice_filing_send", "choice_filing_change", "choice_add_photo", "choice_add_contact", "choice_stop"]
    assert labels(show) == offered
    (sent,) = await talk.choose(show, 0)
    answer = await reference(http, sent)
    assert answer["service"]["code"] == "illegal_dumping"
    assert answer["description"] == WORDS
    assert sent.source["sample"]
    assert talk.slots["draft"] is None


async def test_a_first_message_that_says_it_all_goes_straight_to_what_would_be_sent(talk):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    assert shown(show) == ["filing_place", "filing_description"]


async def test_a_missed_collection_is_one_that_was_due(talk, http):
    (ask,) = await talk.say(MISSED, "ils ont oublié mes sacs")
    assert ask.id == "ask_filing_house"
    (number,) = await talk.say("inform", "rue Blaes", address="rue Blaes")
    assert number.id == "filing_house_number"
    (which,) = await talk.say("inform", "au 20", line="20")
    assert which.id == "which_filing_collection"
    (show,) = await talk.choose(which, 0)
    assert shown(show) == ["filing_place", "filing_collection", "filing_collection_of"]
    (sent,) = await talk.say("affirm", "oui")
    assert (await reference(http, sent))["service"]["code"] == "missed_collection"


async def test_the_bag_and_the_day_of_the_first_message_choose_the_collection(talk):
    (which,) = await talk.say(MISSED, "mes sacs n'ont pas été pris, rue Blaes 20", address="rue Blaes 20")
    bags = {label["params"]["bag"]["id"] for label in which.labels if "params" in label}
    assert "fraction_white" in bags
    (label, *_) = [each for each in which.labels if each["params"]["bag"]["id"] == "fraction_yellow"]
    said = await talk.say("inform", "le jaune", fraction="yellow")
    assert said[0].part("filing_collection_of")["bag"]["id"] == "fraction_yellow"
    assert said[0].part("filing_collection_of")["day"] == label["params"]["day"]


async def test_a_pick_up_needs_things_an_address_a_day_and_a_contact(talk, http):
    (ask,) = await talk.say(BULKY, "grofvuil laten ophalen")
    assert ask.id == "ask_filing_items"
    (ask,) = await talk.say("nlu_fallback", "een oude zetel en een kapotte kast")
    assert ask.id == "ask_filing_house"
    (ask,) = await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    assert ask.id == "ask_filing_day"
    (ask,) = await talk.say("inform", "vendredi", date="vendredi")
    assert ask.id == "ask_contact"
    (again,) = await talk.say("inform", "pas d'adresse")
    assert [again.id, *again.ids()].count("filing_not_understood") == 1
    (show,) = await talk.say("inform", "mieke@example.org")
    assert shown(show) == ["filing_items", "filing_place", "filing_rules", "filing_day", "filing_contact"]
    (sent,) = await talk.choose(show, 0)
    assert (await reference(http, sent))["service"]["code"] == "bulky_pickup"


async def test_a_day_that_is_past_is_asked_again(talk):
    await talk.say(BULKY, "encombrants")
    await talk.say("nlu_fallback", "un canapé")
    await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    (ask,) = await talk.say("inform", "aujourd'hui", date="aujourd'hui")
    assert ask.id == "filing_day_to_come"


async def test_a_problem_is_named_in_words_or_chosen(talk, http):
    (ask,) = await talk.say(PROBLEM, "je veux signaler un souci")
    assert ask.id == "ask_filing_kind"
    (ask,) = await talk.say("nlu_fallback", "le lampadaire")
    assert ask.id == "ask_filing_place"
    (ask,) = await talk.say("inform", "place Flagey", address="place Flagey")
    assert talk.slots["draft"]["facts"]["place"]["value"]["id"] == "street:9002"
    assert ask.id == "ask_filing_description"
    (show,) = await talk.say("out_of_scope", "il est éteint depuis lundi")
    (sent,) = await talk.choose(show, 0)
    assert (await reference(http, sent))["service"]["code"] == "street_light"


async def test_another_question_is_left_to_the_rules_and_the_draft_waits(talk):
    await talk.say(DUMPING, "y a un dépôt")
    assert await talk.say("transport_next_departures", "le prochain 81 à Flagey c'est quand ?", stop="Flagey") == []
    (ask,) = await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    assert ask.id == "ask_filing_description"


@pytest.mark.parametrize("intent", ["stop", "city_emergency", "ask_human", "change_language"])
async def test_what_goes_before_is_never_taken_for_a_description(talk, intent):
    await talk.say(DUMPING, "dépôt rue Blaes 20", address="rue Blaes 20")
    assert await talk.say(intent, "au feu, appelez les pompiers tout de suite") == []


async def test_more_words_before_sending_go_on_with_the_description(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("nlu_fallback", "et une poussette cassée")
    assert show.part("filing_description")["value"].endswith("et une poussette cassée")
    assert WORDS in show.part("filing_description")["value"]


async def test_a_sentence_of_the_same_report_goes_on_with_it_and_changes_no_kind(talk):
    await talk.say("city_report_problem", f"lampadaire éteint rue Blaes 20, {WORDS}", address="rue Blaes 20")
    kind = talk.slots["draft"]["facts"]["kind"]
    (show,) = await talk.say("city_report_problem", "et une poubelle renversée juste à côté")
    assert show.part("filing_description")["value"].endswith("juste à côté")
    assert talk.slots["draft"]["facts"]["kind"] == kind


async def test_what_a_report_costs_is_answered_before_its_question(talk):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("transport_parking_rules", "c'est gratuit ?")
    assert {"filing_costs_nothing", "ask_filing_place"} <= set(ask.ids())


@pytest.mark.parametrize("text", ["combien de temps ça prend ?", "hoelang duurt dat?", "how long does it take?"])
async def test_how_long_it_takes_is_answered_before_its_question(talk, text):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("nlu_fallback", text)
    assert {"filing_time_unknown", "ask_filing_place"} <= set(ask.ids())
    assert "filing_costs_nothing" not in ask.ids()


async def test_things_that_the_first_message_names_are_not_asked_again(talk):
    words = "on peut venir chercher mon vieux canapé et deux matelas ?"
    (ask,) = await talk.say(BULKY, words, waste_item="canapé")
    assert ask.id == "ask_filing_house"
    assert talk.slots["draft"]["facts"]["items"]["value"] == "mon vieux canapé et deux matelas"


async def test_a_rule_that_is_shown_is_nothing_to_change(talk):
    await talk.say(BULKY, "encombrants, un canapé", waste_item="canapé")
    await talk.say("inform", "rue Blaes 20", address="rue Blaes 20")
    await talk.say("inform", "vendredi", date="vendredi")
    (show,) = await talk.say("inform", "ann@example.org")
    assert "filing_rules" in shown(show)
    (change,) = await talk.choose(show, 1)
    assert labels(change) == [
        "filing_change_items",
        "filing_change_place",
        "filing_change_day",
        "filing_change_contact",
    ]


async def test_another_thing_to_report_starts_anew(talk):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say(PROBLEM, "ah et un trou dans le trottoir")
    assert talk.slots["draft"]["subject"] == PROBLEM
    assert ask.id == "ask_filing_place"


@pytest.mark.parametrize(("intent", "words"), [("affirm", "oui"), ("deny", "nee"), ("inform", "vous croyez ?")])
async def test_a_bare_yes_and_a_short_question_describe_nothing(talk, intent, words):
    await talk.say(DUMPING, "y a un dépôt", address="rue Blaes 20")
    (ask,) = await talk.say(intent, words)
    assert "filing_not_understood" in ask.ids()
    assert "ask_filing_description" in ask.ids()


async def test_a_bag_in_a_word_is_an_answer_whatever_it_was_taken_for(talk):
    await talk.say(MISSED, "mes sacs n'ont pas été pris, rue Blaes 20", address="rue Blaes 20")
    talk.ranking = [("waste_sorting", 0.9)]
    (show,) = await talk.say("waste_sorting", "le jaune", fraction="yellow")
    assert show.part("filing_collection_of")["bag"]["id"] == "fraction_yellow"


@pytest.mark.parametrize(
    ("item", "asked"),
    [("grofvuil", "ask_filing_items"), ("encombrants", "ask_filing_items"), ("zetel", "ask_filing_house")],
)
async def test_bulky_waste_names_no_thing_to_be_taken_away(talk, item, asked):
    (ask,) = await talk.say(BULKY, f"{item} laten ophalen aub", waste_item=item)
    assert ask.id == asked
