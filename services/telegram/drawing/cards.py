"""Cards as lines of text. A card that is not known, or not as it should be, draws nothing: the message stands alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any, Final

from babel.numbers import format_decimal

from kit.languages import Language
from services.telegram.drawing.lines import Line, Span, bold, line, link
from services.telegram.drawing.moments import day_of, day_words, instant, time_words
from services.telegram.texts import Texts

Card = dict[str, Any]

_MOST_ROUNDS: Final = 6
_MODES: Final = frozenset({"tram", "bus", "metro", "train"})
_BAGS: Final = frozenset({"white", "yellow", "blue", "orange", "green"})


def drawn(card: Card, language: Language, texts: Texts) -> list[Line]:
    """Return a card's lines."""
    draw = _DRAWN.get(str(card.get("type")))
    try:
        return draw(card, language, texts) if draw else []
    except (LookupError, TypeError, ValueError, AttributeError):
        return []


def shown_by(card: Card, language: Language, texts: Texts) -> list[tuple[str, ...]]:
    """Return, for each row that a card shows, the words by which a line of the message's text says the same."""
    if not drawn(card, language, texts):
        return []
    rows = card.get("rows", [])
    match card.get("type"):
        case "departures":
            return [(row["headsign"], _time(row["time"], language, texts)) for row in rows]
        case "collections":
            collected = (day_of(row["collection_date"]) for row in rows)
            return [(day_words(day, language),) for day in collected if day]
        case "places":
            return [(str(row["name"]),) for row in rows]
        case "trips":
            spans = [tuple(_time(row[key], language, texts) for key in ("departs", "arrives")) for row in rows]
            return [*spans, *(_leg_words(leg, language, texts) for leg in rows[0]["legs"])]
    return []


def _leg_words(leg: Card, language: Language, texts: Texts) -> tuple[str, ...]:
    if leg.get("departs"):
        return str(leg["to"]), _time(leg["departs"], language, texts)
    # Of a walk the text does not always name the end; where thousands are parted differs by language.
    return f"{leg['minutes']} min", str(leg["walk_m"])[-3:]


def _time(value: object, language: Language, texts: Texts) -> str:
    at = instant(value)
    return time_words(at, language, texts) if at else ""


def _departures(card: Card, language: Language, texts: Texts) -> list[Line]:
    mixed = len({bool(row.get("realtime")) for row in card["rows"]}) > 1  # else the source says it for all of them
    return [line(*_departure(row, language, texts, certainty=mixed)) for row in card["rows"]]


def _departure(row: Card, language: Language, texts: Texts, *, certainty: bool) -> list[Span | str]:
    time, minutes = _time(row["time"], language, texts), row.get("minutes")
    parts: list[Span | str] = [bold(_line_name(row, language, texts)), " → ", str(row["headsign"]), _colon(language)]
    if isinstance(minutes, int) and 0 <= minutes < 60:
        text_id = "departure_minutes" if minutes else "departure_now"
        parts += [bold(texts.say(text_id, language, minutes=minutes)), f" ({time})"]
    else:
        parts.append(bold(time))
    if certainty:
        parts += [" ", Span(texts.say("realtime" if row.get("realtime") else "timetable", language), "i")]
    return parts


def _colon(language: Language) -> str:
    return " : " if language == "fr" else ": "


def _line_name(row: Card, language: Language, texts: Texts) -> str:
    mode = str(row.get("mode") or "").lower()
    return texts.say(f"mode_{mode}" if mode in _MODES else "mode_other", language, line=row["line"])


def _collections(card: Card, language: Language, texts: Texts) -> list[Line]:
    def key(row: Card) -> tuple[str, str, str]:
        return str(row["put_out_from"]), str(row["put_out_until"]), str(row["collection_date"])

    lines: list[Line] = [line(bold(texts.say("collections", language)))]
    rounds = [list(together) for _, together in groupby(sorted(card["rows"], key=key), key=key)]
    return [*lines, *(_round(each, language, texts) for each in rounds[:_MOST_ROUNDS])]


def _round(rows: list[Card], language: Language, texts: Texts) -> Line:
    first = rows[0]
    opens, until, collected = (
        instant(first["put_out_from"]),
        instant(first["put_out_until"]),
        day_of(first["collection_date"]),
    )
    if opens is None or until is None or collected is None:
        raise ValueError("a round without its times")
    bags = ", ".join(texts.say(f"bag_{row['fraction']}", language) for row in rows if row["fraction"] in _BAGS)
    words = texts.say(
        "collection_out",
        language,
        opens=time_words(opens, language, texts),
        until=time_words(until, language, texts),
        day=day_words(collected, language),
    )
    moved: date | None = day_of(first.get("moved_from"))
    note = f" ({texts.say('collection_moved', language, day=day_words(moved, language))})" if moved else ""
    return line("– ", bold(day_words(opens.date(), language)), f", {bags}", f" – {words}{note}")


def _trips(card: Card, language: Language, texts: Texts) -> list[Line]:
    best, *further = card["rows"]
    lines = [line(bold(str(card["title"]))), line(bold(_trip(best, language, texts)))]
    lines += [line("– ", words) for leg in best["legs"] for words in _leg(leg, language, texts)]
    if further:
        lines.append(line(texts.say("trip_further", language), _colon(language).rstrip()))
    for row in further:
        ridden = ", ".join(_line_name(leg, language, texts) for leg in row["legs"] if leg.get("line"))
        lines.append(line("– ", _trip(row, language, texts), f" ({ridden})" if ridden else ""))
    return lines


def _trip(row: Card, language: Language, texts: Texts) -> str:
    departs, arrives = instant(row["departs"]), instant(row["arrives"])
    if departs is None or arrives is None:
        raise ValueError("a trip without its times")
    times = {"departs": time_words(departs, language, texts), "arrives": time_words(arrives, language, texts)}
    facts = [texts.say("trip_span", language, minutes=row["minutes"], **times)]
    if any(leg.get("line") for leg in row["legs"]):
        changes = row["changes"]
        facts.append(texts.say("trip_changes" if changes else "trip_direct", language, count=changes))
    if row.get("walk_m"):
        facts.append(texts.say("trip_walked", language, metres=row["walk_m"]))
    return ", ".join(facts)


def _leg(leg: Card, language: Language, texts: Texts) -> list[str]:
    if not leg.get("line"):
        return [texts.say("trip_walk", language, place=leg["to"], minutes=leg["minutes"], metres=leg["walk_m"])]
    departs, arrives = instant(leg["departs"]), instant(leg["arrives"])
    if departs is None or arrives is None:
        raise ValueError("a leg without its times")
    ride = {"start": leg["from"], "line": _line_name(leg, language, texts), "headsign": leg["headsign"]}
    return [
        texts.say("trip_ride", language, departs=time_words(departs, language, texts), **ride),
        texts.say(
            "trip_arrive", language, arrives=time_words(arrives, language, texts), end=leg["to"], stops=leg["stops"]
        ),
    ]


def _places(card: Card, language: Language, texts: Texts) -> list[Line]:
    return [line(bold(str(card["title"]))), *(_place(row, language, texts) for row in card["rows"])]


def _place(row: Card, language: Language, texts: Texts) -> Line:
    facts = [str(row["address"])] if row.get("address") else []
    if isinstance(row.get("distance_m"), int | float):
        facts.insert(0, _away(row["distance_m"], language, texts))
    facts += [_fact(each, language) for each in row.get("facts") or ()]
    opens, closes = instant(row.get("opens")), instant(row.get("closes"))
    if closes:
        facts.append(texts.say("open_until", language, time=time_words(closes, language, texts)))
    elif opens:
        when = {"day": day_words(opens.date(), language), "time": time_words(opens, language, texts)}
        facts.append(texts.say("opens_next", language, **when))
    if row.get("phone"):
        facts.append(str(row["phone"]))
    parts: list[Span | str] = ["– ", bold(str(row["name"])), " – " if facts else "", "; ".join(facts)]
    return line(
        *parts,
        " – " if row.get("map") else "",
        link(texts.say("on_map", language), row["map"]) if row.get("map") else "",
    )


def _fact(fact: Card, language: Language) -> str:
    """Return what else there is to know of a place: words, or a day."""
    day = day_of(fact.get("day"))
    return f"{fact['label']}{_colon(language)}{day_words(day, language) if day else fact['text']}"


def _away(metres: float, language: Language, texts: Texts) -> str:
    if metres < 1000:
        return texts.say("away_metres", language, count=max(10, round(metres, -1)))
    return texts.say("away_kilometres", language, count=format_decimal(round(metres / 1000, 1), locale=language))


def _procedure(card: Card, language: Language, texts: Texts) -> list[Line]:
    """Return the official page only: the text has the section that was asked for, and offers the others."""
    return [line(link(texts.say("official_page", language), card["url"]))] if card.get("url") else []


_DRAWN: Final[dict[str, Callable[[Card, Language, Texts], list[Line]]]] = {
    "departures": _departures,
    "collections": _collections,
    "trips": _trips,
    "places": _places,
    "procedure": _procedure,
}
