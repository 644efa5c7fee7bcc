"""Fost Plus's Recycle!: a token, then four questions in a row, and the traps of its calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.feeds.errors import FeedError, FeedRefusedError, FeedUnavailableError, UnexpectedContentError
from services.feeds.fost_plus import FoundStreet, Recycle
from services.feeds.fost_plus.calendar import bag_of, calendar_of
from services.feeds.http import Fetcher
from services.feeds.waste.errors import UnknownAddressError
from tests.feeds_server import Asked, FeedsServer, Reply

SECRET = "a-made-up-secret"
FIRST, LAST = date(2026, 11, 23), date(2027, 5, 22)
PAPER = {"nl": "Papier & karton", "fr": "Papier-carton", "en": "Paper & cardboard", "de": "Papier & Karton"}
RESIDUAL = {"nl": "Restafval", "fr": "Déchets résiduels", "en": "Residual waste"}
STREET = FoundStreet(zipcode_id="1000-b", street_id="s7")


def collected(day: str, name: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "collection", "timestamp": f"{day}T00:00:00.000Z", "fraction": {"name": name}, **more}


class Service:
    """A made-up service: what it answers to each question, and the tokens that it takes."""

    def __init__(self, server: FeedsServer) -> None:
        self.zipcodes: Any = [
            {"id": "1000-a", "code": "1000"},
            {"id": 1000, "code": "1000"},
            {"id": "x", "code": "1070"},
        ]
        self.streets: dict[str, Any] = {
            "1000-a": [{"id": "s1", "name": "Rue Blaes prolongée"}],
            "1000": [{"id": "s7", "name": "Blaesstraat", "names": {"fr": "RUE BLAES", "nl": None}}],
        }
        self.items: Any = [collected("2026-11-24", RESIDUAL), collected("2026-11-26", PAPER)]
        self.total: int | None = None
        self.token = "token-1"
        self.asked: list[Asked] = server.asked
        server.answer("/v1/access-token", self._access)
        server.answer("/v1/zipcodes", lambda asked: self._if_let_in(asked, self.zipcodes))
        server.answer(
            "/v1/streets", lambda asked: self._if_let_in(asked, self.streets.get(asked.query["zipcodes"], []))
        )
        server.answer("/v1/collections", self._collections)

    def _access(self, asked: Asked) -> Reply:
        if asked.headers.get("x-secret") != SECRET:
            return Reply(b"{}", status=401)
        return Reply.json({"accessToken": self.token, "expiresAt": "2026-11-23T09:15:00.000Z"})

    def _if_let_in(self, asked: Asked, items: Any) -> Reply:
        if asked.headers.get("authorization") != self.token:
            return Reply(b"{}", status=401)
        return Reply.json({"items": items})

    def _collections(self, asked: Asked) -> Reply:
        size, page = int(asked.query["size"]), int(asked.query.get("page", 1))
        items = self.items[(page - 1) * size : page * size] if isinstance(self.items, list) else self.items
        total = len(self.items) if self.total is None else self.total
        if asked.headers.get("authorization") != self.token:
            return Reply(b"{}", status=401)
        return Reply.json({"items": items, "total": total, "page": page, "size": size})

    def paths(self) -> list[str]:
        return [asked.path.rsplit("/", 1)[1] for asked in self.asked]


@pytest.fixture
def service(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setenv("BXL_FEEDS_FOST_PLUS_URL", server.url("/v1"))
    monkeypatch.setenv("BXL_FEEDS_FOST_PLUS_SECRET", SECRET)
    return Service(server)


@pytest.fixture
def recycle(service: Service, fetcher: Fetcher) -> Recycle:
    return Recycle(fetcher)


def test_a_street_is_found_by_either_name_in_any_id_of_its_postcode(recycle: Recycle) -> None:
    found = recycle.street(["Rue Blaes", "Blaesstraat"], "1000")
    assert found == FoundStreet(zipcode_id="1000", street_id="s7")


@pytest.mark.parametrize(("name", "postcode"), [("Rue Haute", "1000"), ("Rue Blaes", "1070"), ("Rue Blaes", "9999")])
def test_a_street_that_is_not_there_is_unknown(recycle: Recycle, name: str, postcode: str) -> None:
    with pytest.raises(UnknownAddressError, match=postcode):
        recycle.street([name], postcode)


def test_one_token_and_one_question_for_a_postcode_serve_a_whole_update(recycle: Recycle, service: Service) -> None:
    recycle.street(["Rue Blaes"], "1000")
    recycle.street(["Blaesstraat"], "1000")
    assert service.paths() == ["access-token", "zipcodes", "streets", "streets", "streets", "streets"]
    assert [asked.headers.get("x-secret") for asked in service.asked] == [SECRET, None, None, None, None, None]


def test_a_calendar_is_asked_for_with_its_days(recycle: Recycle, service: Service) -> None:
    calendar = recycle.calendar(STREET, "12", FIRST, LAST)
    assert calendar.bags == {"white": ["2026-11-24"], "yellow": ["2026-11-26"]}
    assert service.asked[-1].query == {
        "zipcodeId": "1000-b",
        "streetId": "s7",
        "houseNumber": "12",
        "fromDate": "2026-11-23",
        "untilDate": "2027-05-22",
        "size": "200",
    }


def test_all_pages_are_read(recycle: Recycle, service: Service) -> None:
    days = [date.fromordinal(FIRST.toordinal() + at).isoformat() for at in range(450)]
    service.items = [collected(day, PAPER) for day in days]
    assert recycle.calendar(STREET, "12", FIRST, LAST).bags == {"yellow": days}
    assert service.paths().count("collections") == 3


def test_pages_that_are_missing_are_an_error(recycle: Recycle, service: Service) -> None:
    service.total = 900
    with pytest.raises(UnexpectedContentError, match="2 of 900"):
        recycle.calendar(STREET, "12", FIRST, LAST)


def test_a_number_without_collections_is_unknown(recycle: Recycle, service: Service) -> None:
    service.items = []
    with pytest.raises(UnknownAddressError, match="number 999"):
        recycle.calendar(STREET, "999", FIRST, LAST)


def test_a_token_that_has_run_out_is_renewed_once(recycle: Recycle, service: Service) -> None:
    recycle.calendar(STREET, "12", FIRST, LAST)
    service.token = "token-2"
    recycle.calendar(STREET, "14", FIRST, LAST)
    assert service.paths() == ["access-token", "collections", "collections", "access-token", "collections"]


def test_a_wrong_secret_is_asked_with_once_and_not_told(
    recycle: Recycle, service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("BXL_FEEDS_FOST_PLUS_SECRET", "not-the-secret")
    with caplog.at_level("DEBUG"), pytest.raises(FeedRefusedError) as refused:
        recycle.street(["Rue Blaes"], "1000")
    assert service.paths() == ["access-token"]
    assert "not-the-secret" not in str(refused.value) + caplog.text


def test_without_a_secret_nothing_is_asked(recycle: Recycle, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BXL_FEEDS_FOST_PLUS_SECRET")
    with pytest.raises(FeedRefusedError, match="BXL_FEEDS_FOST_PLUS_SECRET"):
        recycle.street(["Rue Blaes"], "1000")
    assert service.asked == []


def test_a_token_of_another_shape_is_not_told(recycle: Recycle, server: FeedsServer) -> None:
    server.answer("/v1/access-token", lambda _asked: Reply.json({"accessToken": ["secret-token"]}))
    with pytest.raises(UnexpectedContentError, match="accessToken") as error:
        recycle.street(["Rue Blaes"], "1000")
    assert "secret-token" not in str(error.value)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply.html(), UnexpectedContentError, id="a web page"),
        pytest.param(Reply(b""), UnexpectedContentError, id="nothing"),
        pytest.param(Reply.json({"items": {}}), UnexpectedContentError, id="no list"),
        pytest.param(Reply.json([]), UnexpectedContentError, id="another shape"),
        pytest.param(Reply(b"", status=500), FeedUnavailableError, id="a fault of the server"),
    ],
)
def test_a_broken_service_is_an_error(
    recycle: Recycle, server: FeedsServer, reply: Reply, error: type[FeedError]
) -> None:
    server.answer("/v1/collections", lambda _asked: reply)
    with pytest.raises(error):
        recycle.calendar(STREET, "12", FIRST, LAST)


def test_a_replaced_day_gives_way_to_the_one_that_replaces_it() -> None:
    christmas = collected("2026-12-25", PAPER, exception={"replacedBy": "5f", "reason": {"nl": "Kerstmis"}})
    items = [christmas, collected("2026-12-26", PAPER, exception={"replacing": "4e"}), collected("2027-01-08", PAPER)]
    assert calendar_of(items, "here").bags == {"yellow": ["2026-12-26", "2027-01-08"]}


@pytest.mark.parametrize(
    "timestamp",
    ["2026-11-24T00:00:00.000Z", "2026-11-23T23:00:00.000Z", "2026-11-24T00:00:00+01:00", "2026-11-24T00:00:00"],
)
def test_midnight_is_the_same_day_however_it_is_written(timestamp: str) -> None:
    items = [{**collected("2026-11-24", PAPER), "timestamp": timestamp}]
    assert calendar_of(items, "here").bags == {"yellow": ["2026-11-24"]}


def test_summer_time_keeps_the_day() -> None:
    items = [{**collected("2027-04-06", PAPER), "timestamp": "2027-04-05T22:00:00.000Z"}]
    assert calendar_of(items, "here").bags == {"yellow": ["2027-04-06"]}


def test_events_and_what_is_no_bag_are_passed_over() -> None:
    items = [
        {"type": "event", "timestamp": "2026-11-25T00:00:00.000Z", "event": {"title": {"en": "Compost day"}}},
        collected("2027-01-07", {"nl": "Kerstbomen", "fr": "Sapins de Noël", "en": "Christmas trees"}),
        collected("2026-11-26", RESIDUAL),
    ]
    assert calendar_of(items, "here").bags == {"white": ["2026-11-26"]}


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        pytest.param([{**collected("2026-11-24", PAPER), "timestamp": "soon"}], "timestamp", id="not a time"),
        pytest.param([{"type": "collection", "timestamp": "2026-11-24T00:00:00Z"}], "of nothing", id="no fraction"),
        pytest.param([collected("2026-11-24", {"nl": "Glas"})], "no bag", id="no bag at all"),
        pytest.param([collected("2026-11-24", {"nl": "PMD", "fr": "Papier"})], "blue and yellow", id="two bags"),
    ],
)
def test_what_is_not_understood_is_an_error_never_nothing(items: list[Any], reason: str) -> None:
    with pytest.raises(UnexpectedContentError, match=reason):
        calendar_of(items, "here")


@pytest.mark.parametrize(
    ("name", "bag"),
    [
        ("PMD", "blue"),
        ("PMC", "blue"),
        ("Ordures ménagères", "white"),
        ("Papier-karton", "yellow"),
        ("Déchets alimentaires", "orange"),
        ("GFT", "orange"),
        ("Déchets de jardin", "green"),
        ("Tuinafval", "green"),
        ("Grof huisvuil", None),
        ("Glas", None),
    ],
)
def test_bags_are_told_by_the_names_of_fractions(name: str, bag: str | None) -> None:
    assert bag_of({"nl": name, "en": None}, "here") == bag
