"""The policy chooses what Rasa's own chooses, on this assistant's rules, wherever a conversation goes."""

import json
import random
from pathlib import Path

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.training import load_data
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.importers.multilingual import MultilingualImporter
from bot.policies.rules import IntentRulePolicy

ROOT = Path(__file__).parents[4]
CONVERSATIONS = 60
STEPS = 12


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    return LocalModelStorage.create(tmp_path_factory.mktemp("storage"))


@pytest.fixture(scope="module")
def domain():
    importer = MultilingualImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")])
    return importer.get_domain()


@pytest.fixture(scope="module")
def rasas(domain, storage):
    """Rasa's own policy, trained on the assistant's rules; its look for contradictions is the training's."""
    policy = made(RulePolicy, storage, restrict_rules=False, check_for_contradictions=False)
    policy.train(load_data(str(ROOT / "data/rules"), domain, augmentation_factor=0), domain)
    return policy


@pytest.fixture
def ours(rasas, storage):
    policy = made(IntentRulePolicy, storage)
    policy.lookup = rasas.lookup
    return policy


def made(kind, storage, **config):
    settings = {**kind.get_default_config(), "core_fallback_action_name": "action_clarify", **config}
    return kind(settings, storage, Resource("rules"), ExecutionContext(None))


def chosen(policy, tracker, domain):
    prediction = policy.predict_action_probabilities(tracker, domain, rule_only_data=None)
    best = prediction.max_confidence_index
    return domain.action_names_or_texts[best], prediction.max_confidence, prediction.is_end_to_end_prediction


def conversations(rasas, domain):
    """Yield the tracker after each step of conversations at random, as the rules lead them."""
    chance = random.Random(6)  # noqa: S311 - the same conversations each time
    slots = [slot for slot in domain.slots if slot.name in {"place", "language", "requested_slot"}]
    for number in range(CONVERSATIONS):
        tracker = DialogueStateTracker(str(number), domain.slots)
        for _ in range(STEPS):
            tracker.update(ActionExecuted("action_listen"))
            tracker.update(UserUttered("words", {"name": chance.choice(domain.intents)}))
            for _ in range(4):
                yield tracker
                name = chosen(rasas, tracker, domain)[0]
                if name == "action_listen":
                    break
                for event in after(name, tracker, chance, slots):
                    tracker.update(event)


def after(name, tracker, chance, slots):
    """Yield what an action may do: forms open, go on, reject and end; slots are set."""
    if not name.endswith("_form"):
        yield ActionExecuted(name)
        if slots and chance.random() < 0.3:
            yield SlotSet(chance.choice(slots).name, chance.choice([None, "fr", "Schaerbeek"]))
    elif tracker.active_loop_name and chance.random() < 0.4:
        yield ActionExecutionRejected(name)
    else:
        yield ActionExecuted(name)
        yield ActiveLoop(chance.choice([name, name, None]))
        if chance.random() < 0.2:
            yield LoopInterrupted(True)


def test_it_chooses_what_rasas_policy_chooses(rasas, ours, domain):
    seen = set()
    for tracker in conversations(rasas, domain):
        expected = chosen(rasas, tracker, domain)
        assert chosen(ours, tracker, domain) == expected
        seen.add(expected[0])
    assert len(seen) > len(domain.intents) / 2


def test_a_rule_is_found_among_those_that_may_hold(rasas, ours, domain):
    tracker = DialogueStateTracker("a", domain.slots)
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered("au feu", {"name": "city_emergency"}))
    assert chosen(ours, tracker, domain)[0] == "utter_emergency"


def test_the_rules_of_another_lookup_are_read_anew(ours, domain):
    tracker = DialogueStateTracker("a", domain.slots)
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered("au feu", {"name": "city_emergency"}))
    chosen(ours, tracker, domain)
    ours.lookup = {**ours.lookup, "rules": {}}
    assert chosen(ours, tracker, domain)[0] != "utter_emergency"


def test_what_was_before_the_last_state_counts(ours, rasas):
    asked = [{"prev_action": {"action_name": "action_listen"}, "user": {"intent": name}} for name in ("greet", "thank")]
    answered = {"prev_action": {"action_name": "utter_a"}}
    lookup = {json.dumps([before, answered], sort_keys=True): before["user"]["intent"] for before in asked}
    states = [*asked, {**answered, "user": {"intent": "thank"}}]
    found = {lookup[key] for key in ours._get_possible_keys(lookup, states)}
    assert found == {lookup[key] for key in rasas._get_possible_keys(lookup, states)} == {"thank"}
