"""Container parks: the nearest, open or not, what they take, how much of it and what to bring."""

import httpx
import pytest

ACTION, INTENT = "action_container_park", "waste_container_park"
PARKS = "/v1/waste/container-parks"


async def test_the_nearest_is_said_first_with_its_distance_whether_it_is_open_and_the_map(rasa, facade):
    done = await rasa.run(ACTION, INTENT, "le recypark près de Flagey", address="Flagey")
    (reply,) = done.said
    nearest = reply.part("park_nearest")
    assert nearest["park"]["fr"] == "Recypark Nord"
    assert nearest["away"] == {"t": "reply", "id": "away_km", "params": {"km": 1.2}}
    assert reply.part("park_open_until")["until"]["v"] == "2026-11-24T16:00:00+01:00"
    assert reply.part("on_the_map")["url"] == "https://www.openstreetmap.org/?mlat=50.87900&mlon=4.36800&zoom=17"
    assert reply.ids().index("park_nearest") < reply.ids().index("park_takes")
    assert facade.asked(PARKS) == [{"lang": "fr", "place": "stop:flagey", "limit": "20"}]
    assert reply.source["name"] == "Test feed"


async def test_what_it_takes_the_limits_what_to_bring_and_the_week(rasa):
    reply = (await rasa.run(ACTION, INTENT, "recypark", address="Flagey")).said[0]
    assert [each["fr"] for each in reply.part("park_takes")["materials"]["items"]] == ["pneus", "déchets chimiques"]
    assert reply.part("park_limit")["limit"]["fr"] == "trente litres par visite"
    assert [each["fr"] for each in reply.part("park_bring")["what"]["items"]] == ["votre carte d'identité"]
    assert "C'est gratuit." in str(reply.params)
    assert len(reply.part("commune_hours")["lines"]["items"]) == 2
    assert "Recypark Sud" in str(reply.part("parks_others"))


async def test_without_a_place_all_parks_are_said_and_the_nearest_is_offered(rasa):
    reply = (await rasa.run(ACTION, INTENT, "recypark ouvert maintenant ?")).said[0]
    assert len(reply.part("parks_all")["lines"]["items"]) == 2
    assert [reply.part("point_open_until")["until"]["v"], "point_closed_now" in reply.ids()] == [
        "2026-11-24T16:00:00+01:00",
        True,
    ]
    assert reply.payloads[0] == '/waste_container_park{"address": "?"}'


async def test_the_offer_asks_near_which_place(rasa):
    done = await rasa.run(ACTION, INTENT, address="?")
    assert done.ids == ["ask_near_where"]
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "Flagey", slots=slots, stop="Flagey")
    assert "park_nearest" in done.said[0].ids()


async def test_a_day_on_which_all_are_closed_is_said_once_and_first(rasa, facade):
    reply = (await rasa.run(ACTION, INTENT, "ouvert dimanche ?", date="dimanche")).said[0]
    assert facade.asked(PARKS)[0]["on"] == "2026-11-29"
    assert reply.ids()[1] == "parks_all_closed"
    assert "point_closed_on" not in reply.ids()


async def test_a_day_with_the_same_hours_everywhere_is_said_once_and_first(rasa):
    reply = (await rasa.run(ACTION, INTENT, "ouvert samedi ?", date="samedi")).said[0]
    (span,) = reply.part("parks_all_open")["spans"]["items"]
    assert span["params"]["opens"]["v"] == "2026-11-28T09:00:00+01:00"
    assert "point_open_on" not in reply.ids()


async def test_a_day_that_differs_is_said_park_by_park(rasa, facade):
    reply = (await rasa.run(ACTION, INTENT, "ouvert jeudi ?", date="jeudi")).said[0]
    assert {"point_open_on", "point_closed_on"} <= set(reply.ids())
    assert "parks_all_open" not in reply.ids()


async def test_the_days_of_a_weekend_are_said_one_by_one(rasa):
    reply = (await rasa.run(ACTION, INTENT, "ce week-end ?", date="ce week-end", address="Flagey")).said[0]
    assert reply.part("park_open_on")["day"]["params"]["day"]["v"] == "2026-11-28"
    assert reply.part("park_closed_on")["day"]["params"]["day"]["v"] == "2026-11-29"


@pytest.mark.parametrize(
    ("written", "reply_id"), [("25 décembre", "park_closed_holiday"), ("1 décembre", "park_closed_because")]
)
async def test_why_it_is_closed_is_said(rasa, written, reply_id):
    reply = (await rasa.run(ACTION, INTENT, "ouvert ?", date=written, address="Flagey")).said[0]
    assert reply_id in reply.ids()


async def test_another_day_goes_on_with_the_same_place(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey", "date": "dimanche"}}
    assert (await rasa.run("action_follow_up", "inform", "et samedi ?", slots=slots, date="samedi")).calls_for == ACTION
    await rasa.run(ACTION, "inform", "et samedi ?", slots=slots, date="samedi")
    assert facade.asked(PARKS) == [{"lang": "fr", "place": "stop:flagey", "on": "2026-11-28", "limit": "20"}]


async def test_another_place_takes_the_place_of_the_one_before(rasa, facade):
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey"}}
    done = await rasa.run(ACTION, "correct_input", "non, à Uccle", slots=slots, commune="Uccle")
    assert facade.asked(PARKS)[0]["place"] == "commune:uccle"
    assert done.slots["shown"] == {"address": "commune:uccle"}


async def test_a_place_that_was_said_before_stays_known(rasa, facade):
    await rasa.run(ACTION, INTENT, "un recypark ?", slots={"address": "street:2"})
    assert facade.asked(PARKS)[0]["place"] == "street:2"


async def test_an_ambiguous_place_is_a_choice_that_keeps_what_was_asked(rasa):
    done = await rasa.run(ACTION, INTENT, "des pneus, rue du Moulin", address="rue du Moulin")
    assert done.ids == ["which_one"]
    assert done.said[0].payloads == [
        '/waste_container_park{"address": "street:3", "material": "tyres"}',
        '/waste_container_park{"address": "street:4", "material": "tyres"}',
    ]


async def test_a_place_that_is_not_there_is_asked_for_again(rasa):
    done = await rasa.run(ACTION, INTENT, "près de xyzzyq", address="xyzzyq")
    assert done.ids == ["near_place_not_found"]


async def test_a_place_that_is_there_no_more_is_asked_for(rasa):
    assert (await rasa.run(ACTION, INTENT, address="street:999")).ids == ["ask_near_where"]


async def test_what_is_brought_decides_which_park_and_what_is_said_of_it(rasa):
    reply = (await rasa.run(ACTION, INTENT, "where can I take paint and rubble", address="Flagey")).said[0]
    assert reply.part("park_nearest")["park"]["fr"] == "Recypark Sud"  # the nearer one takes no rubble
    assert [each["fr"] for each in reply.part("park_takes")["materials"]["items"]] == ["gravats", "déchets chimiques"]
    assert reply.part("park_limit")["material"]["fr"] == "déchets chimiques"


async def test_a_limit_that_is_not_known_is_said_to_be_so(rasa):
    reply = (await rasa.run(ACTION, INTENT, "combien de pneus ?")).said[0]
    assert reply.ids().index("park_takes") < reply.ids().index("parks_all")
    assert reply.part("park_no_limit")["contact"]["id"] == "contact_waste"


async def test_what_no_park_takes_is_said_to_be_so(rasa):
    reply = (await rasa.run(ACTION, INTENT, "du frigolite")).said[0]
    assert "park_takes_not" in reply.ids()


async def test_a_few_words_ask_about_something_else(rasa):
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey", "material": "tyres"}}
    done = await rasa.run(ACTION, "inform", "et des gravats ?", slots=slots)
    assert done.slots["shown"] == {"address": "stop:flagey", "material": "rubble"}
    done = await rasa.run(ACTION, "inform", "et un verre à boire ?", slots=slots)
    assert done.said[0].part("waste_item_goes")["where"]["fr"] == "sac blanc"
    assert done.slots["shown"] == {"address": "stop:flagey", "waste_item": "drinking_glass"}


@pytest.mark.parametrize("written", ["adresse du recypark sud", "recypark Zuid?", "le parc de la rue Basse"])
async def test_a_park_is_known_by_its_name_or_its_street(rasa, written):
    reply = (await rasa.run(ACTION, INTENT, written)).said[0]
    assert reply.part("park_named")["park"]["fr"] == "Recypark Sud"
    assert [row["name"] for row in reply.cards[0]["rows"]] == ["Recypark Sud"]


async def test_the_card_has_a_row_a_park_with_the_way_to_the_map(rasa):
    (card,) = (await rasa.run(ACTION, INTENT, "recypark", address="Flagey", speaks="nl")).said[0].cards
    first = card["rows"][0]
    assert (card["type"], first["name"], first["distance_m"]) == ("places", "Recypark Noord", 1240)
    assert first["map"].startswith("https://www.openstreetmap.org/")
    assert (first["closes"], card["rows"][1]["opens"]) == ("2026-11-24T16:00:00+01:00", "2026-11-25T09:00:00+01:00")


async def test_both_official_languages_while_the_language_is_not_known(rasa, facade):
    reply = (await rasa.run(ACTION, INTENT, "recypark", speaks=None)).said[0]
    assert [each["lang"] for each in facade.asked(PARKS)] == ["fr", "nl"]
    first = reply.part("park_takes")["materials"]["items"][0]
    assert (first["fr"], first["nl"]) == ("pneus", "banden")


async def test_the_facade_that_is_down_gives_the_agencys_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "recypark")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"


async def test_a_thing_of_the_guide_takes_the_place_of_what_was_brought_before(rasa):
    slots = {"last_question": INTENT, "shown": {"address": "stop:flagey", "material": "tyres"}}
    done = await rasa.run(ACTION, "inform", "et un verre à boire ?", slots=slots, waste_item="drinking_glass")
    reply = done.said[0]
    assert reply.part("waste_item_goes")["item"]["fr"] == "Verre à boire"
    assert "park_takes" not in reply.ids()
    assert done.slots["shown"] == {"address": "stop:flagey", "waste_item": "drinking_glass"}


async def test_a_thing_that_parks_take_is_said_to_go_there(rasa):
    reply = (await rasa.run(ACTION, INTENT, waste_item="glass_jar")).said[0]
    assert reply.part("waste_item_goes")["where"]["fr"] == "Recypark"
    assert "park_no_limit" in reply.ids()


async def test_a_thing_that_goes_elsewhere_is_said_to_with_its_trap(rasa):
    reply = (await rasa.run(ACTION, INTENT, waste_item="drinking_glass")).said[0]
    assert "Emballez-le." in str(reply.params)
    assert "Pas dans la bulle." in str(reply.params)
    assert "park_no_limit" not in reply.ids()


@pytest.mark.parametrize("written", ["il faut un rendez-vous ?", "met de aanhangwagen?", "can I come with a van"])
async def test_what_is_not_known_is_said_to_be_so_with_the_agencys_number(rasa, written):
    reply = (await rasa.run(ACTION, INTENT, f"recypark, {written}")).said[0]
    assert reply.part("park_rule_unknown")["contact"]["id"] == "contact_waste"
    assert reply.ids()[1] == "park_rule_unknown"
    assert "park_rule_unknown" not in (await rasa.run(ACTION, INTENT, "recypark")).said[0].ids()


async def test_a_longer_span_is_answered_by_the_weeks_hours(rasa, facade):
    reply = (
        await rasa.run(ACTION, INTENT, "la semaine prochaine ?", date="la semaine prochaine", address="Flagey")
    ).said[0]
    assert "on" not in facade.asked(PARKS)[0]
    assert "commune_hours" in reply.ids()


async def test_another_place_lets_go_of_the_park_that_was_named(rasa):
    slots = {"last_question": INTENT, "shown": {"park": "south"}}
    done = await rasa.run(ACTION, "inform", "et près de Flagey ?", slots=slots, stop="Flagey")
    assert done.said[0].part("park_nearest")["park"]["fr"] == "Recypark Nord"


async def test_other_materials_take_the_place_of_a_thing(rasa):
    slots = {"last_question": INTENT, "shown": {"waste_item": "glass_jar"}}
    done = await rasa.run(ACTION, "inform", "et des pneus ?", slots=slots)
    assert done.slots["shown"] == {"material": "tyres"}


async def test_an_answer_has_five_paragraphs_at_most(rasa):
    reply = (await rasa.run(ACTION, INTENT, "il faut un rendez-vous ?", address="Flagey")).said[0]
    assert reply.id == "paragraphs_5"


async def test_a_place_that_was_called_another_is_not_known(rasa):
    assert "parks_all" in (await rasa.run(ACTION, INTENT, "recypark", slots={"address": "?"})).said[0].ids()


@pytest.mark.parametrize("place", [{}, {"address": "Flagey"}])
async def test_after_a_closed_day_the_next_opening_is_said(rasa, place):
    reply = (await rasa.run(ACTION, INTENT, "ouvert vendredi ?", date="vendredi", **place)).said[0]
    assert reply.part("park_opens_after")["day"]["params"]["day"]["v"] == "2026-11-28"
    open_day = (await rasa.run(ACTION, INTENT, "ouvert samedi ?", date="samedi", **place)).said[0]
    assert "park_opens_after" not in open_day.ids()


async def test_an_opening_that_is_far_is_not_looked_for_without_end(rasa, facade):
    reply = (await rasa.run(ACTION, INTENT, "ouvert à noël ?", date="25 décembre")).said[0]
    assert "park_opens_after" not in reply.ids()
    assert len(facade.asked(PARKS)) == 5


@pytest.mark.parametrize(
    ("words", "told"), [("containerpark in de buurt van Flagey", False), ("can I come with a van, Flagey", True)]
)
async def test_a_dutch_van_is_no_vehicle(rasa, words, told):
    reply = (await rasa.run(ACTION, INTENT, words, address="Flagey")).said[0]
    assert ("park_rule_unknown" in reply.ids()) is told
