"""What residents send to the city: asked for fact by fact, shown, sent once, with a reference that can be looked up."""

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


async def test_nothing_is_sent_without_a_yes(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (change,) = await talk.say("deny", "non")
    assert change.id == "ask_filing_change"
    assert labels(change)[:2] == ["filing_change_place", "filing_change_description"]
    (ask,) = await talk.choose(change, 1)
    assert ask.id == "ask_filing_description"
    (show,) = await talk.say("nlu_fallback", "Un seul frigo finalement, devant le garage")
    assert show.part("filing_description")["value"].startswith("Un seul frigo")
    assert await own(http) == []


async def test_a_correction_changes_the_fact_that_it_names(talk):
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("correct_input", "non, rue Blaes 22", address="rue Blaes 22")
    assert show.part("place_address")["number"] == "22"
    assert show.part("filing_description")["value"].startswith("Deux vieux frigos")


async def test_what_somebody_has_reported_nearby_is_followed_instead(talk, http):
    for _ in range(2):
        said = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
        if said[0].id == "filing_same_nearby":
            break
        (sent,) = await talk.choose(said[0], 0)
    first = await reference(http, sent)
    (same,) = said
    assert labels(same)[-1] == "choice_filing_new"
    (show,) = await talk.choose(same, 0)
    assert show.part("filing_same")["value"] == first["reference"]
    (followed,) = await talk.choose(show, 0)
    assert "filing_followed" in followed.ids()
    assert (await http.get(f"/v1/requests/{first['reference']}")).json()["followers"] == 1


async def test_the_same_place_with_another_problem_is_a_report_of_its_own(talk):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    await talk.choose(show, 0)
    await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.say("deny", "non")
    assert shown(show) == ["filing_place", "filing_description"]


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("deux vieux frigos devant la porte du garage, appelez-moi au (0470) 12 34 56", "0470 12 34 56"),
        ("deux vieux frigos devant la porte du garage, ann@example.org", "ann@example.org"),
        ("deux vieux frigos devant la porte du garage depuis le 01.11.2026 08.30", None),
        ("deux vieux frigos devant la porte du garage, plaque 123456789012", None),
    ],
)
async def test_a_contact_in_the_first_message_is_taken_and_no_other_number_is(talk, words, contact):
    (show,) = await talk.say(DUMPING, f"{words}, rue Blaes 20", address="rue Blaes 20")
    found = [params["value"] for name, params in show.texts() if name == "filing_contact"]
    assert found == ([contact] if contact else [])


async def test_a_contact_may_be_left_and_goes_with_a_report_that_is_followed(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (question,) = await talk.choose(show, labels(show).index("choice_add_contact"))
    assert question.id == "ask_contact_if_wanted"
    (show,) = await talk.say("deny", "non finalement")
    assert "filing_contact" not in show.ids()
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)
    (same,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (show,) = await talk.choose(same, 0)
    await talk.choose(show, labels(show).index("choice_add_contact"))
    (show,) = await talk.say("inform", "ann@example.org")
    (followed,) = await talk.choose(show, 0)
    assert "filing_followed" in followed.ids()


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


async def test_a_place_that_nothing_knows_is_said_to_be_unknown(talk):
    await talk.say(DUMPING, "y a un dépôt")
    (ask,) = await talk.say("nlu_fallback", "qsdfghjklm")
    assert ask.id == "filing_place_unknown"
    assert "qsdfghjklm" in str(ask.params)


async def test_a_facade_that_is_down_loses_nothing(talk, line, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    line.cut = "before"
    (failed,) = await talk.choose(show, 0)
    assert failed.id == "filing_not_sent"
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    assert show.part("filing_description")["value"].startswith("Deux vieux")
    (sent,) = await talk.choose(show, 0)
    await reference(http, sent)


async def test_a_lost_answer_and_a_second_try_make_one_request(talk, line, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    line.cut = "after"
    (failed,) = await talk.choose(show, 0)
    line.cut = ""
    (show,) = await talk.choose(failed, 0)
    (sent,) = await talk.choose(show, 0)
    answer = await reference(http, sent)
    assert await own(http) == [answer["reference"]]


async def test_the_receipt_is_said_again_without_sending(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (sent,) = await talk.choose(show, 0)
    again = await talk.rasa.run("action_send_filing", "ask_repeat", "répète", slots=talk.slots)
    assert again.said[0].params == sent.params
    answer = await reference(http, sent)
    assert await own(http) == [answer["reference"]]


async def test_stop_says_that_nothing_was_sent(talk):
    await talk.say(DUMPING, "y a un dépôt")
    done = await talk.rasa.run("action_stop", "stop", "laisse tomber", slots=talk.slots)
    assert done.ids == ["filing_stopped"]
    assert done.slots["draft"] is None


async def test_what_was_sent_is_remembered_with_the_key_that_erases_the_resident(talk, http):
    (show,) = await talk.say(DUMPING, f"{WORDS}, rue Blaes 20", address="rue Blaes 20")
    (sent,) = await talk.choose(show, 0)
    (task,) = sent.tasks
    assert (task["do"], task["subject"]) == ("remember_request", DUMPING)
    gone = await http.delete(f"/v1/requests/{task['reference']}/personal-data", headers={"Request-Key": task["key"]})
    assert gone.status_code == 204
    answer = (await http.get(f"/v1/requests/{task['reference']}")).json()
    assert not answer["description"]
    assert answer["service"]["code"] == "illegal_dumping"


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
