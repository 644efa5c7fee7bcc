"""Rules about bags: what was asked about and what goes with it; the rest is offered."""

import httpx
import pytest

ACTION, INTENT = "action_bags_and_rules", "waste_bags_and_rules"


def said_of(reply):
    """Return the rules in the order in which they are said."""
    facts = [
        each.get("fact") or each.get("rule")
        for name, each in reply.texts()
        if name in {"waste_item_fact", "rule_titled"}
    ]
    return [each["fr"] for each in facts]


@pytest.mark.parametrize(
    ("speaks", "written", "first"),
    [
        ("fr", "À quelle heure on peut sortir les poubelles ?", "Le soir."),
        ("nl", "Waar koop ik oranje zakken?", "In de winkel."),
        ("en", "what's the fine for putting rubbish out too early", "A hundred euros."),
        ("fr", "prix des sacs", "Un euro."),
        ("en", "max weight in one bag", "Fifteen kilos."),
    ],
)
async def test_what_was_asked_about_is_said_first(rasa, speaks, written, first):
    speaks = (
        "nl"
        if "zakken" in written
        else "en"
        if "a" in written.split()[:3] or "weight" in written or "fine" in written
        else "fr"
    )
    (reply,) = (await rasa.run(ACTION, INTENT, written, speaks=speaks)).said
    assert said_of(reply)[0] == first
    assert reply.source["name"] == "Test feed"


async def test_the_answer_holds_use_price_shop_hours_and_fine(rasa):
    reply = (await rasa.run(ACTION, INTENT, "les sacs ?")).said[0]
    assert len(reply.part("bags_and_uses")["lines"]["items"]) == 2
    assert {"Un euro.", "Au magasin.", "Le soir.", "Cent euros."} <= set(said_of(reply))


async def test_of_one_bag_only_its_own_rules_are_said(rasa, facade):
    reply = (await rasa.run(ACTION, INTENT, "où acheter des sacs orange", fraction="orange")).said[0]
    assert said_of(reply) == ["Au magasin.", "Le bac est gratuit.", "Un euro.", "L'orange."]
    assert "choice_bags_hours" in reply.ids()
    assert "choice_bags_price" not in reply.ids()
    assert facade.asked("/v1/waste/rules") == [{"lang": "fr", "fraction": "orange"}]
    assert reply.source["url"] == "https://rules.example/where"


async def test_another_bag_and_another_question_go_on_with_it(rasa):
    slots = {"last_question": INTENT, "shown": {"facet": "sold", "fraction": "white"}}
    assert (
        await rasa.run("action_follow_up", "inform", "et l'orange ?", slots=slots, fraction="orange")
    ).calls_for == ACTION
    done = await rasa.run(ACTION, "inform", "et l'orange ?", slots=slots, fraction="orange")
    assert done.slots["shown"] == {"facet": "sold", "fraction": "orange"}
    done = await rasa.run(ACTION, "inform", "et l'amende ?", slots=slots)
    assert said_of(done.said[0])[0] == "Cent euros."
    assert done.slots["shown"] == {"facet": "fines", "fraction": "white"}


async def test_what_a_facet_means_for_bags(rasa):
    slots = {"last_question": INTENT, "shown": {"facet": "fines", "fraction": "orange"}}
    done = await rasa.run(ACTION, "inform", "combien", slots=slots, facet="cost")
    assert said_of(done.said[0])[0] == "Un euro."


async def test_it_is_said_again_in_another_language(rasa):
    slots = {"last_question": INTENT, "shown": {"facet": "fines", "fraction": "orange"}}
    done = await rasa.run(ACTION, "change_language", "in het Nederlands", speaks="nl", slots=slots)
    assert said_of(done.said[0])[0] == "Honderd euro."


async def test_both_official_languages_while_the_language_is_not_known(rasa):
    reply = (await rasa.run(ACTION, INTENT, "amende", speaks=None)).said[0]
    assert reply.part("rule_titled")["rule"]["nl"] == "Honderd euro."


async def test_the_facade_that_is_down_gives_the_agencys_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, "amende")
    assert done.ids == ["utter_city_unavailable"]
    assert done.said[0].params["contact"]["id"] == "contact_waste"
