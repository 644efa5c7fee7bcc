"""Finds what has a shape of its own: references of dossiers and reports, e-mail, telephone, Euro norms, ages.

References are given in the façade's spelling: ``"4 pu 1234567"`` -> ``04/PU/1234567``, ``"bxl 2026 123"`` ->
``BXL-2026-00123``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from bot.components.cues import Cues
from bot.components.folding import FoldedText
from bot.components.mentions import Mention, mention

_EDGE: Final = r"(?<![a-z0-9])"
_STOP: Final = r"(?![a-z0-9])"
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
_LOOKALIKES: Final = str.maketrans({"o": "0", "i": "1", "l": "1", "s": "5"})
_OLDEST: Final = 120
#: What only may be one: taken where nothing else is.
_PERHAPS: Final = {"digits": "reference", "day": "date"}

Reading = Callable[[re.Match[str]], str | None]


class CodeFinder:
    """Patterns, each with what its match says."""

    def __init__(self, cues: Cues) -> None:
        kind, word = cues.pattern("dossier_type"), cues.pattern("dossier_word")
        month, unit = cues.pattern("month"), cues.pattern("age_unit")
        # Not "le 15 mai" or "op 12 uur", which are found as they are, nor "le 15 rue Haute" and "op 3 minuten".
        other = rf"[\w.:/%€-]*\d| ?(?:{month}|{cues.pattern('unit', 'hour_word', 'street_type')}){_STOP}|[\w%€]"
        day = r"(?:3[01]|[12]\d|0?[1-9])(?:er|ste|st|nd|rd|th|de|e)?"
        under, before = cues.pattern("under"), cues.pattern("age_before")
        label = rf"{_EDGE}{word}(?:[ :.#°]|n°|{cues.pattern('house_number')}{_STOP}|{cues.pattern('article')}{_STOP})*"
        self._patterns: list[tuple[str, re.Pattern[str], Reading]] = [
            ("reference", re.compile(rf"{_EDGE}bxl[\W_]*(2[0o]\d[\do])[\W_]*([\doils]{{1,9}}){_STOP}"), _report),
            ("reference", re.compile(rf"{_EDGE}(2[0o]\d\d)[-_/]([\do]{{5}}){_STOP}"), _report),
            ("reference", re.compile(rf"{_EDGE}([\do]{{1,2}})[ /._-]*({kind})[ /._-]*(\d{{3,12}}){_STOP}"), _dossier),
            (
                "reference",
                re.compile(rf"{_EDGE}(\d{{1,2}})/(?!{month}/)([a-z]{{2,6}}(?:[/_][a-z]{{1,6}})?)/(\d{{3,12}}){_STOP}"),
                _dossier,
            ),
            ("reference", re.compile(rf"{_EDGE}(\d{{3,12}})[ /-]?({kind}){_STOP}"), _own),
            ("reference", re.compile(rf"{_EDGE}({kind})[ /._-]*(\d{{3,12}}){_STOP}"), _without_commune),
            ("reference", re.compile(rf"{label}(\d[\d ./-]{{2,12}}\d){_STOP}"), _bare),
            ("day", re.compile(rf"{_EDGE}{cues.pattern('day_number')} ({day})(?!{other})"), lambda match: match[1]),
            ("digits", re.compile(r"(?<![\w/.+-])([1-9]\d{4,11})(?![\w/.-])"), lambda match: match[1]),
            ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), lambda match: match[0]),
            (
                "phone",
                re.compile(r"(?<![\w/.-])(?:\+|00)?\d(?:[ ./-]?\d|[ ]?\(0\)[ ]?\d){7,13}(?![\w/-]|[.]\d)"),
                _phone,
            ),
            (
                "euro_norm",
                re.compile(rf"{_EDGE}(?:euro|eu)[ -]?(?:norme? )?([0-7])(?:[ -]?[a-d]{{1,2}}(?:[ -]?temp)?)?{_STOP}"),
                lambda match: match[1],
            ),
            (
                "euro_norm",
                re.compile(rf"{_EDGE}(?:euro|norme?)[ -]?({'|'.join(sorted(_ROMAN, key=len, reverse=True))}){_STOP}"),
                lambda match: _ROMAN[match[1]],
            ),
            (
                "euro_norm",
                re.compile(rf"{_EDGE}(?:norme?|euronorm|class[e]?|klasse)[ -]?(?:euro )?([0-7]){_STOP}"),
                lambda match: match[1],
            ),
            ("age", re.compile(rf"{_EDGE}({under} )?(\d{{1,3}})(?:[ -]?{unit}{_STOP}|\+| ?plus{_STOP})"), _age),
            ("age", re.compile(rf"{_EDGE}(?:({under})|{before}) (\d{{1,3}})(?= *(?:$|[^\w €]|,(?!\d)))"), _age),
            ("age", re.compile(rf"(?<![\w-])(-)(\d{{1,2}}) ?{unit}{_STOP}"), _age),
        ]

    def find(self, sentence: FoldedText) -> Iterable[Mention]:
        """Yield candidates; of one kind the earlier pattern comes first, and others may overlap it."""
        for kind, pattern, read in self._patterns:
            for match in pattern.finditer(sentence.text):
                value = read(match)
                if value is not None:
                    start, end = sentence.span(*match.span(1 if read is _bare or kind == "day" else 0))
                    quoted = sentence.original[start:end] if kind in {"email", "phone", "day"} else value
                    strong = kind not in _PERHAPS
                    yield mention([_PERHAPS.get(kind, kind)], start, end, quoted.strip(), "code", strong=strong)


def _report(match: re.Match[str]) -> str | None:
    year, number = match[1].translate(_LOOKALIKES), int(match[2].translate(_LOOKALIKES))
    return f"BXL-{year}-{number:05d}" if number else None


def _dossier(match: re.Match[str]) -> str | None:
    commune = match[1].translate(_LOOKALIKES)
    return f"{int(commune):02d}/{match[2].upper().replace('/', '_')}/{match[3]}"


def _own(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2].upper()}"


def _without_commune(match: re.Match[str]) -> str:
    return f"{match[1].upper()}/{match[2]}"


def _bare(match: re.Match[str]) -> str | None:
    digits = re.sub(r"\D", "", match[1])
    return digits if len(digits) >= 3 else None


def _phone(match: re.Match[str]) -> str | None:
    return match[0] if match[0].startswith(("+", "0")) else None


def _age(match: re.Match[str]) -> str | None:
    age = int(match[2]) - (1 if match[1] else 0)
    return str(age) if 0 <= age <= _OLDEST else None
