"""Made-up networks, as GTFS folders, with all that makes timetables hard; each seed is another one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

#: Days around the night in which the clock goes back, and the one in which it goes forward.
STARTS = (date(2026, 10, 23), date(2027, 3, 26), date(2026, 11, 21))
DAYS = 5
_WEEK = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"


class Network:
    """A few lines between a few stops: loops, short turns, overtaking, calls where one may not get on or off, night
    trips past midnight, headways, days without service, and a second operator across the street."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a network, not a secret
        self.first = self.random.choice(STARTS)
        self.stops = [
            (50.80 + self.random.random() * 0.03, 4.30 + self.random.random() * 0.05)
            for _ in range(self.random.randint(6, 12))
        ]

    def point(self) -> tuple[float, float]:
        """Return a point within the network."""
        return 50.80 + self.random.random() * 0.03, 4.30 + self.random.random() * 0.05

    def write(self, folder: Path, zone: str = "Europe/Brussels") -> Path:
        """Write one operator's feed: it has its own poles at the stops, and its own lines."""
        draw = self.random
        tables: dict[str, list[str]] = {
            "agency.txt": ["agency_id,agency_name,agency_url,agency_timezone", f"a,A,https://a.example,{zone}"],
            "feed_info.txt": ["feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date"],
            "stops.txt": ["stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding"],
            "routes.txt": ["route_id,agency_id,route_short_name,route_long_name,route_type"],
            "trips.txt": ["route_id,service_id,trip_id,trip_headsign,wheelchair_accessible"],
            "stop_times.txt": [
                "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type",
            ],
            "calendar.txt": [f"service_id,{_WEEK},start_date,end_date"],
            "calendar_dates.txt": ["service_id,date,exception_type"],
            "frequencies.txt": ["trip_id,start_time,end_time,headway_secs,exact_times"],
        }
        poles = self._stops(tables)
        self._calendar(tables)
        for line in range(draw.randint(3, 6)):
            self._line(tables, poles, line)
        folder.mkdir(parents=True, exist_ok=True)
        for name, lines in tables.items():
            (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    def _stops(self, tables: dict[str, list[str]]) -> list[list[str]]:
        draw, poles = self.random, []
        for number, (lat, lon) in enumerate(self.stops):
            at = lat + draw.uniform(-2e-4, 2e-4), lon + draw.uniform(-2e-4, 2e-4)
            station = ""
            if draw.random() < 0.3:
                station = f"st{number}"
                tables["stops.txt"].append(f"{station},S{number},{at[0]:.6f},{at[1]:.6f},1,,{draw.choice('012')}")
            here = []
            for side in range(draw.randint(1, 2)):
                pole = f"s{number}-{side}"
                where = f"{at[0] + side * 3e-4:.6f},{at[1]:.6f}"
                tables["stops.txt"].append(f"{pole},S{number},{where},0,{station},{draw.choice('0112')}")
                here.append(pole)
            poles.append(here)
        return poles

    def _calendar(self, tables: dict[str, list[str]]) -> None:
        draw, last = self.random, self.first + timedelta(days=DAYS)
        # The feed holds for a little less than its calendar says.
        holds = (
            f"{self.first + timedelta(days=draw.randrange(2)):%Y%m%d},{last - timedelta(days=draw.randrange(3)):%Y%m%d}"
        )
        tables["feed_info.txt"].append(f"A,https://a.example,fr,{holds}")
        for service in range(3):
            week = ",".join(draw.choice("0111") for _ in range(7))
            tables["calendar.txt"].append(f"c{service},{week},{self.first:%Y%m%d},{last:%Y%m%d}")
            day = self.first + timedelta(days=draw.randrange(DAYS))
            tables["calendar_dates.txt"].append(f"c{service},{day:%Y%m%d},{draw.choice('12')}")

    def _line(self, tables: dict[str, list[str]], poles: list[list[str]], line: int) -> None:
        draw = self.random
        tables["routes.txt"].append(f"r{line},a,{line},Line {line},{draw.choice('013')}")
        # A stop may come twice: lines make loops.
        way = [draw.choice(poles[draw.randrange(len(poles))]) for _ in range(draw.randint(2, 7))]
        way = [pole for number, pole in enumerate(way) if number == 0 or pole != way[number - 1]]
        if len(way) < 2:
            way = [poles[0][0], poles[1][0]]
        closed = {number: draw.choice(("1,0", "0,1")) for number in range(len(way)) if draw.random() < 0.1}
        for number in range(draw.randint(2, 9)):
            trip = f"t{line}-{number}"
            tables["trips.txt"].append(f"r{line},c{draw.randrange(3)},{trip},Somewhere,{draw.choice('0112')}")
            calls = way[draw.randrange(2) if len(way) > 2 else 0 :] if draw.random() < 0.2 else way
            start = at = draw.randrange(4 * 60, 27 * 60) * 60
            slow = draw.choice((1, 1, 1, 3))  # some trips overtake others
            for sequence, pole in enumerate(calls):
                time = f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}"
                rules = closed.get(sequence, ",")
                tables["stop_times.txt"].append(f"{trip},{time},{time},{pole},{sequence},{rules}")
                at += slow * draw.randrange(0, 8) * 30
            if draw.random() < 0.3:
                headway = draw.randrange(5, 40) * 60
                end = start + headway * draw.randint(1, 5)
                span = f"{start // 3600}:{start // 60 % 60:02d}:00,{end // 3600}:{end // 60 % 60:02d}:00"
                tables["frequencies.txt"].append(f"{trip},{span},{headway},{draw.choice('01')}")
