"""The domain, the rules and the action server name the same actions."""

from pathlib import Path

import yaml

from actions.capabilities import CALLED_FOR, CAPABILITIES
from actions.filing.form import SLOT
from actions.registry import ACTIONS
from actions.subjects import FILE, SUBJECTS

ROOT = Path(__file__).parents[3]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = [
    rule
    for path in sorted((ROOT / "data/rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
STEPS = [step for rule in RULES for step in rule["steps"]]


def test_every_action_of_the_domain_exists_and_no_other():
    assert sorted(action.action_name for action in ACTIONS) == sorted(DOMAIN["actions"])


def test_rules_run_what_exists():
    known = {*DOMAIN["actions"], *DOMAIN["forms"], "action_deactivate_loop"}
    run = {step["action"] for step in STEPS if "action" in step}
    assert {name for name in run if not name.startswith("utter_")} <= known
    assert known - run == {name for name in DOMAIN["actions"] if name.startswith(("validate_", "action_ask_"))} - {
        "action_ask_human"
    }


def test_every_intent_has_a_rule():
    assert {step["intent"] for step in STEPS if "intent" in step} == set(DOMAIN["intents"])


def test_every_form_has_its_validator_and_its_question():
    for form, content in DOMAIN["forms"].items():
        assert f"validate_{form}" in DOMAIN["actions"]
        for slot in content["required_slots"]:
            assert f"action_ask_{slot}" in DOMAIN["actions"]


def test_capabilities_are_the_forms_of_the_domain():
    found = {each.form: [each.slot] for each in CAPABILITIES.values()} | {FILE: [SLOT]}
    assert found == {form: content["required_slots"] for form, content in DOMAIN["forms"].items()}
    assert set(CAPABILITIES) <= set(DOMAIN["intents"])
    assert {each.answer for each in CAPABILITIES.values()} <= set(DOMAIN["actions"])
    assert all(each.facts <= set(DOMAIN["slots"]) for each in CAPABILITIES.values())


def test_every_fact_of_a_subject_is_an_entity_or_rasa_drops_it_from_a_choice():
    entities = {name for each in DOMAIN["entities"] for name in each}
    assert {fact for subject in SUBJECTS.values() for fact in subject.facts} <= entities


def test_the_assistant_listens_after_what_may_be_called_for():
    alone = {rule["steps"][0]["action"] for rule in RULES if len(rule["steps"]) == 1}
    assert alone >= CALLED_FOR
