"""The agency's calendars, from a made-up service to the collections at an address, over several updates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.city.core.errors import NotFoundError
from services.city.waste.schedules import schedule_at
from services.feeds.arp_gan import SOURCE
from services.feeds.errors import FeedLimitedError, UnexpectedContentError
from services.feeds.http import Fetcher
from services.feeds.settings import FetchSettings
from services.importers.base import ImportRefusedError
from services.importers.best import BestImporter
from services.importers.calendars.arp_gan import update
from services.importers.communes import CommunesImporter
from services.importers.updates import Job, Outcome
from tests.feeds_server import Asked, FeedsServer, Reply
from tests.integration.city import best
from tests.integration.city.conftest import SAMPLE, SettableClock

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "message")
A = {"mardi": "Lundi, sortez vos sacs BLANC et JAUNE entre 18:00 et 24:00"}
B = {"jeudi": "Mercredi, sortez vos sacs BLANC, BLEU et ORANGE entre 18:00 et 20:00"}

BLAES, WAVRE, BOIS = (
    ("Rue Blaes", "Blaesstraat"),
    ("Chaussée de Wavre", "Waversesteenweg"),
    ("Rue au Bois", "Bosstraat"),
)
DOORS = [
    *(best.line(1, *BLAES, "1000", str(number), lat=50.83, lon=4.34) for number in range(1, 41)),
    *(best.line(2, *WAVRE, "1050", str(number), lat=50.83, lon=4.37) for number in (1, 3, 5)),
    *(best.line(2, *WAVRE, "1040", str(number), lat=50.83, lon=4.37) for number in (2, 4, 6)),
    best.line(3, *BOIS, "1160", "1", lat=50.81, lon=4.42),
]


@dataclass
class Agency:
    """The made-up service, and what it knows."""

    numbers: dict[tuple[str, str], list[str]] = field(
        default_factory=lambda: {
            ("Rue Blaes", "1000"): [str(number) for number in range(1, 41)],
            ("Chaussée de Wavre", "1050"): ["1", "3", "5"],
            ("Waversesteenweg", "1040"): ["2", "4", "6"],
        }
    )
    limited: bool = False
    broken: bool = False
    calls: int = 0

    def address(self, asked: Asked) -> Reply:
        self.calls += 1
        if self.limited:
            return Reply.limited("3600")
        query = asked.query
        if query["operation"] == "SEARCH":
            return Reply.json(
                [{"Street": name, "Zip": zip_, "City": "X"} for name, zip_ in self.numbers if name == query["rue"]]
            )
        if query["operation"] == "ADRESS_NUMBER_RANGE":
            return Reply.json(self.numbers[query["rue"], query["zip"]])
        return Reply.json([{"Statut": "OK", "Value": f"{query['rue']}-{query['numero']}"}])

    def calendar(self, asked: Asked) -> Reply:
        if self.broken:
            return Reply.json({"Exception": "Timeout"})
        number = int(asked.form["numero"])
        texts = A if asked.form["rue"] == "Rue Blaes" and number <= 20 else B
        green = ["2026-11-24", "2026-12-08"] if texts is A else ["2026-11-25"]
        return Reply.json(
            {"rue": asked.form["rue"], "desc_ramassage": {**dict.fromkeys(WEEKDAYS, ""), **texts}, "SacsVerts": green}
        )


@pytest.fixture
def agency(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> Agency:
    agency = Agency()
    monkeypatch.setenv("BXL_FEEDS_ARP_GAN_URL", server.url())
    server.answer("/StreetEngine/GetAdress.aspx", agency.address)
    server.answer("/GetCalendarv5/GetCalendarWeb.aspx", agency.calendar)
    return agency


@pytest.fixture
def job(engine: Engine, clock: SettableClock, tmp_path: Path, agency: Agency) -> Iterator[Job]:
    CommunesImporter().run(engine, SAMPLE / "communes", clock)
    BestImporter().run(engine, best.write(tmp_path / "openaddress.csv", DOORS), clock)
    folder = tmp_path / "arp_gan"
    folder.mkdir()
    with Fetcher(clock, FetchSettings(tries=1)) as fetcher:
        yield Job(engine, clock, fetcher, with_settings(streets_per_update=10), folder)


def with_settings(**settings: Any) -> Any:
    return SOURCE.model_copy(update={"settings": {**SOURCE.settings, **settings}})


def of(job: Job, **changes: Any) -> Job:
    return Job(**{**job.__dict__, **changes})


def collections(job: Job, place: str) -> list[tuple[str, str, bool]]:
    with Session(job.engine) as session:
        schedule = schedule_at(session, place)
        found = schedule.collections(date(2026, 11, 23), date(2026, 11, 29))
    return [(each.day.isoformat(), each.fraction, each.round.in_the_evening) for each in found]


def test_a_street_in_two_zones_is_answered_by_number(job: Job) -> None:
    outcome = update(job)
    assert outcome.changed
    assert outcome.report is not None
    assert (outcome.report.counts["streets"], outcome.report.problems) == (2, [])
    zone_a = [("2026-11-24", "white", False), ("2026-11-24", "yellow", False), ("2026-11-24", "green", False)]
    assert collections(job, "address:1:20") == zone_a
    assert collections(job, "address:1:21") == [
        ("2026-11-26", "white", True),
        ("2026-11-26", "blue", True),
        ("2026-11-26", "orange", True),
        ("2026-11-26", "green", True),
    ]


def test_a_street_whose_sides_lie_in_two_postcodes_is_answered_on_both(job: Job) -> None:
    update(job)
    assert {fraction for _, fraction, _ in collections(job, "address:2:3")} == {"white", "blue", "orange", "green"}
    assert collections(job, "address:2:4") == collections(job, "address:2:3")


def test_a_street_that_the_service_does_not_know_has_no_rounds(job: Job) -> None:
    update(job)
    with pytest.raises(NotFoundError, match="No collection rounds"):
        collections(job, "street:3")


def test_streets_are_asked_about_over_several_updates_and_imported_when_nearly_all_are_known(
    job: Job, agency: Agency
) -> None:
    some = of(job, source=with_settings(streets_per_update=1, least_share=0.75))
    outcomes: list[Outcome] = [update(some) for _ in range(3)]
    assert [outcome.changed for outcome in outcomes] == [False, False, True]
    assert [outcome.report.counts["known"] for outcome in outcomes[:2] if outcome.report] == [1, 2]
    calls = agency.calls
    update(some)
    update(some)
    assert agency.calls - calls < 15  # the last street only, and then none


def test_streets_are_asked_about_again_after_a_while(job: Job, agency: Agency, clock: SettableClock) -> None:
    update(job)
    calls = agency.calls
    clock.at += timedelta(days=59)
    update(job)
    assert agency.calls == calls
    clock.at += timedelta(days=1)
    update(job)
    assert agency.calls == 2 * calls


def test_what_was_learnt_before_a_limit_is_kept(job: Job, agency: Agency) -> None:
    update(of(job, source=with_settings(streets_per_update=2)))
    agency.limited = True
    with pytest.raises(FeedLimitedError):
        update(job)
    agency.limited = False
    calls = agency.calls
    assert update(job).changed
    assert agency.calls - calls < 20


def test_a_broken_service_changes_nothing(job: Job, agency: Agency) -> None:
    update(job)
    agency.broken = True
    many = {(f"Rue {number}", "1000"): ["1"] for number in range(6)}
    agency.numbers |= many
    doors = [best.line(10 + at, name, name, "1000", "1", lat=50.8, lon=4.3) for at, (name, _) in enumerate(many)]
    BestImporter().run(job.engine, best.write(job.folder / "more.csv", [*DOORS, *doors]), job.clock)
    with pytest.raises(UnexpectedContentError, match="Timeout"):
        update(job)
    assert collections(job, "address:1:20")


def test_holidays_put_there_by_hand_are_heeded(job: Job) -> None:
    (job.folder / "holidays.yml").write_text(
        "owner: tests\nsource: by hand\nvalid_from: 2026-01-01\nvalid_until: 2026-12-31\nholidays:\n"
        "  - {date: 2026-11-24, moved_to: 2026-11-28, names: {fr: Fête, nl: Feest, en: Feast}}\n",
        encoding="utf-8",
    )
    update(job)
    assert {day for day, _, _ in collections(job, "address:1:20")} == {"2026-11-28"}


def test_without_addresses_there_is_nothing_to_ask_about(engine: Engine, job: Job, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE datasets SET status = 'building' WHERE topic = 'places'")
        connection.exec_driver_sql("DELETE FROM places WHERE kind = 'street'")
    with pytest.raises(ImportRefusedError, match="import addresses first"):
        update(job)
