"""Which of a question's choices a resident's words mean; where that is not certain, none or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from actions.city.permits import Choice, Question
from actions.cues import has_only, labels_in
from actions.permits.measures import area_m2
from kit.text import fold

_CUES: Final = Path(__file__).with_suffix(".yml")
_NEGATIONS: Final = frozenset({"negated", "no"})
#: The id of the choice of who does not know.
UNKNOWN: Final = "unknown"
#: "The second one" is a choice's place; a longer text that has such a word need not be.
_FEW_WORDS: Final = 4
#: A text of no more words may be an answer and no more.
_SHORT: Final = 8
#: A part of a choice's text that is shorter tells nothing.
_LEAST_PART: Final = 4
#: More words than these are more than a yes or a no.
_BARE: Final = 2
#: A yes or a no stands among the first words ("ah non", "bien sûr").
_BEGINNING: Final = 3
_ORDINALS: Final = ("first", "second", "third")
#: The word that a yes-or-no choice begins with, folded.
_BEGINS: Final[Mapping[str, frozenset[str]]] = {
    "yes": frozenset({"oui", "ja", "yes"}),
    "no": frozenset({"non", "nee", "no"}),
}


@dataclass(frozen=True)
class Read:
    """The choices that may be meant; ``weak`` where but the yes or no of a longer text says so."""

    choices: tuple[Choice, ...] = ()
    weak: bool = False


def chosen(question: Question, written: str, intent: str) -> Read:
    """Return what words answer to a question; ``intent`` may say that they are a yes (affirm) or a no (deny)."""
    text, said = fold(written), labels_in(written, _CUES)
    negated = not _NEGATIONS.isdisjoint(said)
    phrases = _by_phrases(question.choices, text, negated=negated)
    parts = _parts(question, text)
    for found in ([each for each in parts if fold(each.text) == text], phrases, parts):
        if len(found) == 1:
            return Read(tuple(found))
    for one in (_by_place(question, text), _by_measure(question, written, alone=True)):
        if one is not None:
            return Read((one,))
    if "unsure" in said:
        return Read(tuple(each for each in question.choices if each.id == UNKNOWN))
    yes_no = _yes_or_no(question.choices, text, said, intent)
    if yes_no.choices or negated or area_m2(written) is not None:  # "20 square metres" is not "within 20 metres"
        return yes_no
    return Read(tuple(phrases or _alike(question, text)))


def certain(questions: Iterable[Question], written: str) -> dict[str, str]:
    """Return the answers that a text gives for certain, to whichever questions: other ways to say them, measures."""
    text, negated = fold(written), "negated" in labels_in(written, _CUES)
    found: dict[str, str] = {}
    for question in questions:
        measured = _by_measure(question, written, alone=False)
        choices = [measured] if measured else _by_phrases(question.choices, text, negated=negated)
        if len(choices) == 1:
            found[question.id] = choices[0].id
    return found


def answers_surely(question: Question, written: str) -> bool:
    """Tell whether a short text that asks nothing means one of the choices, or says that none is known, for certain."""
    text, said = fold(written), labels_in(written, _CUES)
    if "?" in written or not 0 < len(text.split()) <= _SHORT:
        return False
    alone = text.isdigit()
    return (
        "unsure" in said
        or len(_parts(question, text)) == 1
        or _by_place(question, text) is not None
        or _by_measure(question, written, alone=alone) is not None
        or len(_by_phrases(question.choices, text, negated=not _NEGATIONS.isdisjoint(said))) == 1
    )


def is_unsure(written: str) -> bool:
    """Tell whether a resident says not to know."""
    return "unsure" in labels_in(written, _CUES)


def says_where(written: str) -> bool:
    """Tell whether a text only says where works are ("à l'arrière"), and so names none."""
    return has_only(written, _CUES, "where")


def is_yes_or_no(text: str) -> bool:
    """Tell whether a choice's text is a yes or a no and no more."""
    return any(fold(text) in words for words in _BEGINS.values())


def _has(text: str, phrase: str) -> bool:
    return f" {phrase} " in f" {text} "


def _parts(question: Question, text: str) -> list[Choice]:
    """Return the choices of whose text this is a part, or the whole."""
    return [each for each in question.choices if len(text) >= _LEAST_PART and _has(fold(each.text), text)]


def _by_place(question: Question, text: str) -> Choice | None:
    """Return the choice whose number or place in the list was written."""
    if text.isdigit() and not any(_is_measured(each) for each in question.choices):
        return question.choices[int(text) - 1] if 1 <= int(text) <= len(question.choices) else None
    if not 0 < len(text.split()) <= _FEW_WORDS:
        return None
    places = {label: at for at, label in enumerate(_ORDINALS)} | {"last": len(question.choices) - 1}
    named = [label for label in labels_in(text, _CUES) if label in places]
    at = places[named[0]] if len(named) == 1 else len(question.choices)
    return question.choices[at] if at < len(question.choices) else None


def _is_measured(choice: Choice) -> bool:
    return choice.above is not None or choice.up_to is not None


def _by_measure(question: Question, written: str, *, alone: bool) -> Choice | None:
    """Return the choice in whose bounds the measure of a text lies; "more than 9" is a little more than 9."""
    if not any(_is_measured(each) for each in question.choices):
        return None
    area = area_m2(written, alone=alone)
    if area is None:
        return None
    said = labels_in(written, _CUES)
    area += 0.01 * (("more" in said) - ("less" in said))
    fitting = [each for each in question.choices if _is_measured(each) and _holds(each, area)]
    return fitting[0] if len(fitting) == 1 else None


def _holds(choice: Choice, area: float) -> bool:
    return (choice.above is None or area > choice.above) and (choice.up_to is None or area <= choice.up_to)


def _yes_or_no(choices: Sequence[Choice], text: str, said: Sequence[str], intent: str) -> Read:
    """Return the choices that begin with the yes or the no of a text; "no, but …" may be more than the plain no."""
    begun = next((word for word in ("yes", "no") if _begins(text, word)), None)
    word = begun or {"affirm": "yes", "deny": "no"}.get(intent)
    if word is None:
        return Read()
    fitting = [each for each in choices if (fold(each.text).split() or [""])[0] in _BEGINS[word]]
    plain = [each for each in fitting if fold(each.text) in _BEGINS[word]]
    return Read(tuple(plain if plain and "but" not in said else fitting), weak=len(text.split()) > _BARE)


def _begins(text: str, word: str) -> bool:
    return word in labels_in(" ".join(text.split()[:_BEGINNING]), _CUES)


def _by_phrases(choices: Sequence[Choice], text: str, *, negated: bool) -> list[Choice]:
    """Return the choices that a text says in another way; a phrase inside a longer one that fits does not count.

    A text that negates something says what it does not mean as well: there only phrases that negate count.
    """
    singular = _singular(text)
    hits = [(_singular(fold(phrase)), each) for each in choices for phrase in each.also]
    found = [(phrase, each) for phrase, each in hits if _has(singular, phrase)]
    longest = [(p, each) for p, each in found if not any(p != other and _has(other, p) for other, _ in found)]
    if negated:
        longest = [(p, each) for p, each in longest if not _NEGATIONS.isdisjoint(labels_in(p, _CUES))]
    return list({each.id: each for _, each in longest}.values())


def _singular(text: str) -> str:
    """Return a text without the s of plurals, to compare it with another."""
    return " ".join(word.removesuffix("s") if len(word) >= _LEAST_PART else word for word in text.split())


def _alike(question: Question, text: str) -> list[Choice]:
    """Return the choices with which a text shares most of the words that the others do not have."""
    words = {each.id: set(_singular(fold(each.text)).split()) for each in question.choices}
    wanted = {word for word in _singular(text).split() if len(word) >= _LEAST_PART}
    scores = {
        key: sum(1 for word in wanted & own if sum(word in each for each in words.values()) == 1)
        for key, own in words.items()
    }
    best = max(scores.values(), default=0)
    return [each for each in question.choices if best and scores[each.id] == best]
