"""The waste agency's calendar service: four questions in a row, its traps, and where a street changes calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.feeds.arp_gan import ArpGan, Calendar, FoundStreet, UnknownAddressError
from services.feeds.arp_gan.model import calendar_of, days_of_collection
from services.feeds.errors import FeedError, FeedUnavailableError, UnexpectedContentError
from services.feeds.http import Fetcher
from services.feeds.waste.model import Answer
from services.feeds.waste.stretches import Stretch, stretches
from tests.feeds_server import Asked, FeedsServer, Reply

STREET = FoundStreet(Street="Rue Blaes", Zip="1000", City="Bruxelles")
WEEK = {
    "lundi": "",
    "mardi": "Dinsdag, Zet je zakken GEEL buiten tussen 18:00 en 24:00",
    "mercredi": "",
    "jeudi": "Mercredi, sortez vos sacs BLANC, BLEU et VERT entre 18:00 et 20:00",
    "vendredi": "",
    "samedi": "",
    "dimanche": "",
    "message": "",
}
CALENDAR = {"rue": "Rue Blaes", "desc_ramassage": WEEK, "SacsVerts": ["2026-11-26"], "img_ramassage": "x.png"}


class Service:
    """A made-up service: streets, numbers and the calendar of each number."""

    def __init__(self, server: FeedsServer) -> None:
        self.streets: Any = [{"Street": "Rue Blaes", "Zip": "1000", "City": "Bruxelles"}]
        self.numbers: Any = ["1", "2", "2A", "sn"]
        self.addresses: Any = [{"Statut": "OK", "Value": 4711}]
        self.calendar: Any = CALENDAR
        self.asked: list[Asked] = server.asked
        server.answer("/StreetEngine/GetAdress.aspx", self._address)
        server.answer("/GetCalendarv5/GetCalendarWeb.aspx", lambda _asked: Reply.json(self.calendar))

    def _address(self, asked: Asked) -> Reply:
        answers = {"SEARCH": self.streets, "ADRESS_NUMBER_RANGE": self.numbers, "VALIDATION": self.addresses}
        return Reply.json(answers[asked.query["operation"]])


@pytest.fixture
def service(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("BXL_FEEDS_ARP_GAN_URL", server.url("/"))
    return Service(server)


@pytest.fixture
def agency(service: Service, fetcher: Fetcher) -> ArpGan:
    return ArpGan(fetcher)


def test_a_street_is_found_in_its_postcode(agency: ArpGan, service: Service) -> None:
    service.streets = [
        {"Street": "Rue Blaes", "Zip": "1070", "City": "Anderlecht"},
        {"Street": "Rue Blaes prolongée", "Zip": 1000, "City": "Bruxelles"},
        {"Street": "RUE BLAES", "Zip": 1000, "City": "Bruxelles"},
    ]
    assert agency.street("Rue Blaes", "1000").street == "RUE BLAES"
    assert service.asked[0].query == {"Lang": "fr", "rue": "Rue Blaes", "operation": "SEARCH"}


def test_the_only_street_of_a_postcode_may_be_written_otherwise(agency: ArpGan) -> None:
    assert agency.street("Rue De Blaes", "1000").street == "Rue Blaes"


@pytest.mark.parametrize("postcode", ["1070", "1080"])
def test_a_street_that_is_not_there_is_unknown(agency: ArpGan, postcode: str) -> None:
    with pytest.raises(UnknownAddressError, match=postcode):
        agency.street("Rue Blaes", postcode)


def test_house_numbers_are_those_with_a_number(agency: ArpGan, service: Service) -> None:
    assert agency.numbers(STREET) == ["1", "2", "2A"]
    service.numbers = []
    with pytest.raises(UnknownAddressError):
        agency.numbers(STREET)


def test_a_calendar_is_asked_for_with_the_numbers_id(agency: ArpGan, service: Service) -> None:
    calendar = agency.calendar(STREET, "2A")
    assert service.asked[0].query["numero"] == "2A"
    assert service.asked[1].form == {
        "rue": "Rue Blaes",
        "numero": "2A",
        "zip": "1000",
        "commune": "Bruxelles",
        "id": "4711",
        "Lang": "fr",
        "operation": "VALIDATION",
    }
    read = Answer.model_validate(calendar.answer)
    assert {weekday: out.bags for weekday, out in read.desc_ramassage.items()} == {
        1: ("yellow",),
        3: ("white", "blue", "green"),
    }
    assert (read.desc_ramassage[1].until_min, read.desc_ramassage[3].until_min) == (1440, 1200)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param([{"Statut": "OK", "Value": "F_12"}], id="made up by the service"),
        pytest.param([{"Statut": "KO", "Value": "12"}], id="not found"),
        pytest.param([{"Statut": "OK", "Value": None}], id="without an id"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_number_that_does_not_exist_is_unknown(agency: ArpGan, service: Service, address: Any) -> None:
    service.addresses = address
    with pytest.raises(UnknownAddressError, match="no number 999"):
        agency.calendar(STREET, "999")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"calendar": {"Exception": "Object reference not set"}}, "Object reference", id="a fault"),
        pytest.param({"calendar": {"rue": "x"}}, "no calendar", id="no calendar"),
        pytest.param({"calendar": []}, "no calendar", id="a list"),
        pytest.param({"calendar": {**CALENDAR, "SacsVerts": ["soon"]}}, "Invalid isoformat", id="not a date"),
        pytest.param({"calendar": {**CALENDAR, "SacsVerts": ["2026-11-29"]}}, "without a round", id="a Sunday"),
        pytest.param({"calendar": {**CALENDAR, "desc_ramassage": {}}}, "no round on any weekday", id="no rounds"),
        pytest.param(
            {"calendar": {**CALENDAR, "desc_ramassage": {**WEEK, "lundi": "Dimanche, sortez vos sacs ROSE"}}},
            "lundi: no bags and times",
            id="a sentence that is not understood",
        ),
        pytest.param({"addresses": ["4711"]}, "no address", id="an address of another shape"),
        pytest.param({"addresses": {"Exception": "Timeout"}}, "Timeout", id="a fault on the way"),
    ],
)
def test_what_is_not_understood_is_an_error_never_nothing(
    agency: ArpGan, service: Service, change: dict[str, Any], reason: str
) -> None:
    for name, value in change.items():
        setattr(service, name, value)
    with pytest.raises(UnexpectedContentError, match=reason):
        agency.calendar(STREET, "1")


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply.html(), UnexpectedContentError, id="a web page"),
        pytest.param(Reply(b""), UnexpectedContentError, id="nothing"),
        pytest.param(Reply(b"", status=500), FeedUnavailableError, id="a fault of the server"),
    ],
)
def test_a_broken_service_is_an_error(
    service: Service, agency: ArpGan, server: FeedsServer, reply: Reply, error: type[FeedError]
) -> None:
    server.answer("/GetCalendarv5/GetCalendarWeb.aspx", lambda _asked: reply)
    with pytest.raises(error):
        agency.calendar(STREET, "1")


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        pytest.param(["2026-11-26", "2026-12-10"], ["2026-11-26", "2026-12-10"], id="days of collection"),
        pytest.param(["2026-11-25", "2026-12-09"], ["2026-11-26", "2026-12-10"], id="evenings before"),
        pytest.param([], [], id="none"),
    ],
)
def test_green_dates_become_days_of_collection(dates: list[str], days: list[str]) -> None:
    found = days_of_collection([date.fromisoformat(each) for each in dates], {1, 3}, "here")
    assert [day.isoformat() for day in found] == days


def test_a_zones_calendars_are_equal_whatever_the_street() -> None:
    other = {**CALENDAR, "rue": "Rue Haute", "img_ramassage": "y.png"}
    assert calendar_of(CALENDAR, "here") == calendar_of(other, "there")


def named(name: str) -> Calendar:
    return Calendar(f'{{"zone": "{name}"}}')


def asking(zone: Callable[[int], str], asked: list[str] | None = None) -> Callable[[str], Calendar]:
    def ask(number: str) -> Calendar:
        if asked is not None:
            asked.append(number)
        return named(zone(int("".join(filter(str.isdigit, number)))))

    return ask


def test_a_street_of_one_zone_takes_six_questions_at_most() -> None:
    asked: list[str] = []
    numbers = [str(number) for number in range(1, 900)]
    assert stretches(numbers, asking(lambda _number: "a", asked)) == [Stretch(None, None, "both", named("a"))]
    assert len(asked) <= 6


def test_a_street_that_changes_zone_is_halved_until_the_number_is_found() -> None:
    asked: list[str] = []
    numbers = [str(number) for number in range(1, 400)]
    found = stretches(numbers, asking(lambda number: "a" if number <= 120 else "b", asked))
    assert found == [
        Stretch(None, 120, "odd", named("a")),
        Stretch(121, None, "odd", named("b")),
        Stretch(None, 121, "even", named("a")),
        Stretch(122, None, "even", named("b")),
    ]
    assert len(asked) < 25


def test_sides_may_differ() -> None:
    found = stretches(["1", "2", "3", "4", "12-14"], asking(lambda number: "a" if number % 2 else "b"))
    assert found == [Stretch(None, None, "odd", named("a")), Stretch(None, None, "even", named("b"))]


def test_a_street_with_one_side_holds_for_both() -> None:
    found = stretches(["1", "3", "5", "7"], asking(lambda number: "a" if number < 4 else "b"))
    assert found == [Stretch(None, 4, "both", named("a")), Stretch(5, None, "both", named("b"))]


def test_a_street_whose_other_side_is_another_postcodes_keeps_to_its_own() -> None:
    found = stretches(["1", "3"], asking(lambda _number: "a"), shared=True)
    assert found == [Stretch(None, None, "odd", named("a"))]
    both = stretches(["1", "2"], asking(lambda _number: "a"), shared=True)
    assert both == [Stretch(None, None, "both", named("a"))]


def test_suffixes_are_asked_as_they_are_written() -> None:
    asked: list[str] = []
    stretches(["12A", "12B"], asking(lambda _number: "a", asked))
    assert asked == ["12A"]


def test_no_numbers_are_an_error() -> None:
    with pytest.raises(ValueError, match="no house numbers"):
        stretches(["sn"], asking(lambda _number: "a"))


@settings(deadline=None, max_examples=200)
@given(
    st.sets(st.integers(1, 300), min_size=1, max_size=60),
    st.lists(st.integers(1, 300), max_size=3),
)
def test_every_number_falls_in_exactly_one_stretch(numbers: set[int], ends: list[int]) -> None:
    found = stretches(
        [str(number) for number in numbers], asking(lambda number: f"zone {sum(e < number for e in ends)}")
    )
    for number in range(1, 320):
        holding = [
            part
            for part in found
            if (part.first is None or part.first <= number)
            and (part.last is None or number <= part.last)
            and (part.side == "both" or (part.side == "odd") == (number % 2 == 1))
        ]
        assert len(holding) == 1, number


@settings(deadline=None, max_examples=200)
@given(st.sets(st.integers(1, 300), min_size=2, max_size=60), st.integers(1, 300))
def test_one_change_of_zone_is_found_to_the_number(numbers: set[int], end: int) -> None:
    found = stretches([str(number) for number in numbers], asking(lambda number: "a" if number <= end else "b"))
    for number in numbers:
        (part,) = [
            part
            for part in found
            if (part.first is None or part.first <= number)
            and (part.last is None or number <= part.last)
            and (part.side == "both" or (part.side == "odd") == (number % 2 == 1))
        ]
        assert part.calendar == named("a" if number <= end else "b")
