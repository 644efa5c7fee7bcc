"""What a ticket or pass costs."""

import httpx
import pytest

ACTION, INTENT = "action_fares", "transport_fares"


async def test_a_ticket_has_its_price_conditions_shop_and_the_date_since_when(rasa):
    done = await rasa.run(ACTION, INTENT, "prix d'un ticket", ticket="single")
    (said,) = done.said
    assert (said.part("fare_price")["fare"]["fr"], said.part("fare_price")["price"]["v"]) == ("single fr", 2.3)
    assert said.part("fare_fact")["fact"]["fr"] == "conditions fr"
    assert said.part("fare_where")["where"]["fr"] == "where fr"
    assert said.part("fare_since")["since"] == {"t": "date", "v": "2025-02-01", "style": "date"}
    assert said.part("fare_may_have_changed")["url"] == "https://fares.example/"
    assert said.source["url"] == "https://fares.example/"


async def test_others_that_fit_are_named_and_may_be_chosen(rasa):
    done = await rasa.run(ACTION, INTENT, ticket="single")
    assert done.said[0].part("fare_line")["price"]["v"] == 2.7
    assert done.said[0].payloads == ['/transport_fares{"fare": "brupass"}']
    chosen = await rasa.run(ACTION, INTENT, fare="brupass", slots={"shown": {"ticket": "single"}})
    assert chosen.said[0].part("fare_price")["fare"]["fr"] == "brupass fr"
    assert chosen.slots["shown"] == {"fare": "brupass"}


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"age": "14"}, "youth fr"),
        ({"age": "70", "ticket": "month"}, "senior fr"),
        ({"age": "8"}, "child fr"),
        ({"condition": "bim"}, "bim fr"),
        ({"condition": "student", "ticket": "year"}, "youth fr"),
    ],
    ids=["14", "70", "8", "bim", "student"],
)
async def test_what_is_made_for_the_person_comes_first(rasa, facts, first):
    done = await rasa.run(ACTION, INTENT, **facts)
    found = [
        params["fare"]["fr"] for name, params in done.said[0].texts() if name.startswith("fare_") and "fare" in params
    ]
    assert found[0] == first


async def test_a_student_is_offered_nothing_for_the_old(rasa):
    done = await rasa.run(ACTION, INTENT, "abonnement", condition="student", ticket="year")
    assert '/transport_fares{"fare": "senior"}' not in done.said[0].payloads


async def test_what_is_free_has_no_price_and_what_has_none_no_date(rasa):
    free = await rasa.run(ACTION, INTENT, age="8")
    assert {"fare_free", "fare_where_free"} <= set(free.said[0].ids())
    unknown = await rasa.run(ACTION, INTENT, condition="bim")
    assert "fare_since" not in unknown.said[0].ids()


async def test_a_question_that_fits_no_ticket_gives_the_common_prices_and_asks(rasa):
    done = await rasa.run(ACTION, INTENT, "c'est cher ?")
    (said,) = done.said
    assert [params["fare"]["fr"] for name, params in said.texts() if name == "fare_line"] == [
        "single fr",
        "brupass fr",
        "month fr",
    ]
    assert "ask_ticket" in said.ids()
    assert '/transport_fares{"fare": "senior"}' in said.payloads


async def test_values_that_mean_nothing_are_left_out(rasa):
    done = await rasa.run(ACTION, INTENT, ticket="weekly", age="old")
    assert "ask_ticket" in done.said[0].ids()


async def test_another_person_goes_on_with_the_question(rasa):
    slots = {"last_question": INTENT, "shown": {"age": "14"}}
    follow = await rasa.run("action_follow_up", "inform", "et pour un senior ?", slots=slots)
    assert follow.calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et pour un senior ?", slots=slots)
    assert done.said[0].part("fare_price")["fare"]["fr"] == "senior fr"
    older = await rasa.run(ACTION, "correct_input", "non, 66 ans", slots=slots, age="66")
    assert older.said[0].part("fare_price")["fare"]["fr"] == "senior fr"


async def test_another_age_goes_without_the_words_about_the_one_before(rasa):
    slots = {"last_question": INTENT, "shown": {"age": "14", "words": "un senior de 14 ans"}}
    done = await rasa.run(ACTION, "nlu_fallback", "et pour un de 8 ans ?", slots=slots, age="8")
    assert done.said[0].part("fare_free")["fare"]["fr"] == "child fr"
    assert done.said[0].payloads == []


async def test_another_ticket_is_not_for_the_person_before_nor_the_one_that_was_chosen(rasa):
    slots = {"last_question": INTENT, "shown": {"age": "14", "fare": "youth", "words": "abonnement pour 14 ans"}}
    done = await rasa.run(ACTION, "correct_input", "sorry, I meant a day ticket", slots=slots, ticket="single")
    assert done.said[0].part("fare_price")["fare"]["fr"] == "single fr"
    assert done.slots["shown"] == {
        "ticket": "single",
        "words": "sorry, I meant a day ticket",
        "said": "single",
    }


async def test_said_again_in_another_language_it_is_the_same_ticket(rasa):
    first = await rasa.run(ACTION, "inform", "non, 70 ans", slots={"shown": {"age": "14"}}, age="70")
    shown = first.slots["shown"]
    again = await rasa.run(ACTION, "change_language", "in het Nederlands", slots={"shown": shown}, speaks="nl")
    assert again.said[0].part("fare_price")["fare"]["nl"] == "senior nl"
    assert again.said[0].payloads == first.said[0].payloads


async def test_while_the_language_is_not_known_both_official_ones_are_said(rasa):
    done = await rasa.run(ACTION, INTENT, ticket="single", speaks=None)
    assert done.said[0].part("fare_price")["fare"]["nl"] == "single nl"


async def test_the_facade_that_is_down_offers_the_same_question_again(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, ticket="month", age="70")
    assert done.said[0].params["contact"]["id"] == "contact_transport"
    assert done.said[0].payloads == ['/transport_fares{"age": "70", "ticket": "month"}']
