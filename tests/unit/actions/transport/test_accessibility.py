"""Step-free access of a stop."""

import httpx

ACTION, INTENT = "action_accessibility", "transport_accessibility"


def labels(said, reply):
    """Return the lines in a reply."""
    return [each["params"]["line"] for each in said.part(reply)["lines"]["items"]]


async def test_a_stop_that_is_accessible_says_its_lines_and_what_is_said_of_its_lifts(rasa):
    done = await rasa.run(ACTION, INTENT, stop="Porte de Namur")
    (said,) = done.said
    assert "access_yes" in said.ids()
    assert labels(said, "access_lines_yes") == ["2"]
    assert labels(said, "access_lines_unknown") == ["6"]
    messages = [params["message"]["texts"]["fr"] for name, params in said.texts() if name == "access_lift_message"]
    assert messages == ["Ascenseur en panne."]
    assert "access_what_to_do" not in said.ids()
    assert done.slots["stop"] == "stop:porte-de-namur"


async def test_a_stop_that_is_not_says_where_else_and_who_helps(rasa):
    done = await rasa.run(ACTION, INTENT, stop="Vanderkindere")
    (said,) = done.said
    assert {"access_no", "access_lifts_unknown", "access_what_to_do"} <= set(said.ids())
    nearest = said.part("access_nearest")
    assert (nearest["stop"]["nl"], nearest["metres"]) == ("Merode", 1090)
    assert said.part("access_what_to_do")["contact"]["id"] == "contact_transport"


async def test_what_is_not_known_is_said_not_to_be_and_a_stop_in_the_street_has_no_lifts(rasa):
    done = await rasa.run(ACTION, INTENT, stop="Flagey")
    ids = done.said[0].ids()
    assert {"access_unknown", "access_lines_no", "access_what_to_do"} <= set(ids)
    assert not {"access_lifts_unknown", "access_lift_message", "access_lines_unknown"} & set(ids)


async def test_a_line_is_answered_for_itself(rasa):
    yes = await rasa.run(ACTION, INTENT, stop="Porte de Namur", line="2")
    assert yes.said[0].part("access_line_yes")["stop"]["fr"] == "Porte de Namur"
    assert "access_what_to_do" not in yes.said[0].ids()
    platform = await rasa.run(ACTION, INTENT, stop="Porte de Namur", line="6")
    assert {"access_line_platform", "access_what_to_do"} <= set(platform.said[0].ids())
    no = await rasa.run(ACTION, INTENT, stop="Flagey", line="71")
    assert "access_line_no" in no.said[0].ids()
    elsewhere = await rasa.run(ACTION, INTENT, stop="Flagey", line="2")
    assert {"access_line_not_here", "access_unknown"} <= set(elsewhere.said[0].ids())


async def test_the_stop_is_asked_for_and_another_one_or_a_line_goes_on(rasa):
    asked = await rasa.run(ACTION, INTENT, "il y a un ascenseur ?")
    assert asked.ids == ["ask_access_stop"]
    slots = {"last_question": INTENT, "shown": asked.slots["shown"]}
    done = await rasa.run(ACTION, "inform", "Flagey", slots=slots, stop="Flagey")
    assert done.slots["shown"]["stop"] == "stop:flagey"
    slots = {"last_question": INTENT, "shown": done.slots["shown"]}
    line = await rasa.run(ACTION, "inform", "et le 71 ?", slots=slots, line="71")
    assert "access_line_no" in line.said[0].ids()
    other = await rasa.run(ACTION, "correct_input", "non, Porte de Namur", slots=slots, stop="Porte de Namur")
    assert "access_yes" in other.said[0].ids()


async def test_a_stop_that_is_known_needs_no_question(rasa):
    done = await rasa.run(ACTION, INTENT, slots={"stop": "stop:flagey"})
    assert "access_unknown" in done.said[0].ids()


async def test_a_misspelt_stop_is_asked_about(rasa):
    assert (await rasa.run(ACTION, INTENT, stop="Porte Namur")).ids == ["did_you_mean_one"]
    assert (await rasa.run(ACTION, INTENT, stop="xyzzyx")).ids == ["stop_not_found"]


async def test_the_facade_that_is_down_gives_the_operators_number(rasa, facade):
    facade.down = httpx.ConnectError
    done = await rasa.run(ACTION, INTENT, stop="Flagey")
    assert done.said[0].params["contact"]["id"] == "contact_transport"
