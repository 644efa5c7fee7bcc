"""Rasa's rules, without the work that changes nothing for this assistant.

Rasa tries each rule on every state of the conversation, though a rule says nothing of states before its own first, and
does all of it a second time with the resident's words in place of what was understood, for rules that hold whole
sentences. There are none here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_Found = tuple[str | None, str | None, bool]
#: What a rule's last state says of the action before it and of the resident's intent, None where it says nothing.
_Cue = tuple[str | None, str | None]


class _Rules:
    """The rules of a lookup by what their last state says, and the states of the longest of them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.longest = 1
        self._by_cue: dict[_Cue, dict[str, str]] = defaultdict(dict)
        for key in keys:
            states: list[State] = json.loads(key)
            self.longest = max(self.longest, len(states))
            self._by_cue[_cue(states[-1])][key] = key

    def possible(self, state: State) -> dict[str, str]:
        """Return the rules that may hold in a state: the others ask for another action or another intent."""
        action, intent = _cue(state)
        cues = {(action, intent), (action, None), (None, intent), (None, None)}
        return {key: key for cue in cues for key in self._by_cue.get(cue, {})}


def _cue(state: State) -> _Cue:
    return state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IntentRulePolicy(RulePolicy):  # type: ignore[misc]
    """Chooses what ``RulePolicy`` chooses, for rules on intents."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._indexed: dict[int, tuple[dict[str, str], _Rules]] = {}

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> _Found:
        if use_text_for_last_user_input:
            return None, None, False
        found: _Found = super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)
        return found

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if not states:
            return set(lookup)
        rules = self._rules(lookup)
        found: set[str] = super()._get_possible_keys(rules.possible(states[-1]), states[-rules.longest :])
        return found

    def _rules(self, lookup: dict[str, str]) -> _Rules:
        kept = self._indexed.get(id(lookup))
        if kept is None or kept[0] is not lookup:
            kept = self._indexed[id(lookup)] = (lookup, _Rules(lookup))
        return kept[1]

    @staticmethod
    def format_tracker_states(states: list[dict[str, Any]]) -> str:
        """Return nothing: only a log of every step would show it."""
        del states
        return ""
