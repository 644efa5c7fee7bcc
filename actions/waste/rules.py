"""Answers the rules about bags: which is for what, the price, where they are sold, when to put them out, the fine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, say_answer, together
from actions.city.waste import Rule, Rules
from actions.conversation.claims import CLAIM
from actions.cues import labels_in
from actions.speech import ask, say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subjects import WORDS
from actions.turn import Turn
from actions.waste.rounds import FRACTIONS
from kit.languages import Language
from kit.replies import Part, listing, text

SUBJECT: Final = "waste_bags_and_rules"
_CUES: Final = Path(__file__).with_name("rule_topics.yml")
#: The façade's topics that every answer tells of, in this order after those that were asked about.
_ALWAYS: Final = ("bags", "price", "sold", "put_out", "fines")
#: What goes with a topic that was asked about: the fine with the hours, the shops with the price.
_WITH: Final = {"put_out": "fines", "price": "sold", "sold": "price", "fines": "put_out", "weight": "put_out"}
#: What has a rule of its own that says it all.
_ALONE: Final = frozenset({"dumping"})
#: What else can be asked, each with the topics that it stands for.
_ELSE: Final = {
    "choice_bags_uses": ("bags",),
    "choice_bags_price": ("price", "sold"),
    "choice_bags_hours": ("put_out", "fines"),
}
#: Topics that are told whole also where they were not asked about, for being short.
_WHOLE: Final = frozenset({"price"})
#: Topics whose rules do not say by themselves what they are about.
_TITLED: Final = frozenset({"fines"})
#: Facets of procedures that a message about bags may have, as topics.
_FACETS: Final = {"cost": "price", "where": "sold", "duration": "put_out"}
#: Facets of procedures that say nothing about bags.
_NO_TOPICS: Final = frozenset({"documents", "who", "how", "languages", "online_form"})
#: The fact that says what was asked about: topics with commas between them.
FACET: Final = "facet"

#: A rule in each language to answer in.
Told = Mapping[Language, Rule]


class BagsAndRules(SubjectAnswer):
    """Says what was asked about and what goes with it; the rest of what to know about bags is offered."""

    action_name = "action_bags_and_rules"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_waste"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, of one bag where one was named."""
        claim = asked.pop(CLAIM, None)
        topics = labels_in(asked.pop(WORDS, ""), _CUES) or ([claim] if claim else _known(asked.get(FACET, "")))
        asked[FACET] = ",".join(topics)
        fraction = asked.get("fraction") if asked.get("fraction") in FRACTIONS else None
        city = self.services.city
        pages = {each: await city.rules(None, each, fraction=fraction) for each in turn.languages}
        told = _together(pages)
        order = _order(topics, fraction)
        said = [_paragraph(topic, told[topic], whole=topic in {*topics, *_WHOLE}) for topic in order if topic in told][
            : len(_ALWAYS)
        ]
        if not said:
            say(say_to, "rules_unknown", contact=text(self.contact))
            return []
        first = next(iter(told[next(topic for topic in order if topic in told)][0].values()))
        options = [*_others(order, fraction), ask("choice_waste", "waste_collection_day")]
        if len(options) == 1:
            options.append(ask("label_sorting", "waste_sorting"))
        say_answer(say_to, said, next(iter(pages.values())), options=options, url=first.read_on.url)
        return []


def _order(topics: Sequence[str], fraction: str | None) -> list[str]:
    """Return what to tell: what was asked about, what goes with it, and what the bag that was named is for.

    Where nothing particular was asked, it is everything.
    """
    if not topics:
        return list(_ALWAYS)
    if topics[0] in _ALONE:
        return [topics[0]]
    with_them = [_WITH[each] for each in topics if each in _WITH]
    return list(dict.fromkeys([*topics, *with_them, *(["bags"] if fraction else [])]))


def _others(told: Sequence[str], fraction: str | None) -> list[Part]:
    """Return a choice for each part of the rules that was not told."""
    kept = {"fraction": fraction} if fraction else {}
    return [
        ask(label, SUBJECT, facet=",".join(topics), **kept)
        for label, topics in _ELSE.items()
        if not set(topics) & set(told)
    ]


def _known(facet: str) -> list[str]:
    return [_FACETS.get(each, each) for each in facet.split(",") if each and each not in _NO_TOPICS]


def _together(pages: Mapping[Language, Rules]) -> dict[str, list[Told]]:
    """Return the rules by topic, in the façade's order."""
    first = next(iter(pages.values()))
    found: dict[str, list[Told]] = {}
    for at, rule in enumerate(first.items):
        found.setdefault(rule.topic, []).append({each: page.items[at] for each, page in pages.items()})
    return found


def _paragraph(topic: str, rules: list[Told], *, whole: bool) -> Part:
    """Return a topic's rules: all that were asked about, and the bags one by one; of another topic the first."""
    said = [_rule(topic, each) for each in rules]
    if topic == "bags" and len(said) > 1:
        return text("bags_and_uses", lines=listing(said))
    return together(said) if whole else said[0]


def _rule(topic: str, told: Told) -> Part:
    words = merged({each: rule.text for each, rule in told.items()})
    if topic not in _TITLED:
        return text("waste_item_fact", fact=words)
    return text("rule_titled", title=merged({each: rule.title for each, rule in told.items()}), rule=words)
