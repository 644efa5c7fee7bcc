"""Writes small GTFS feeds for tests."""

from __future__ import annotations

import zipfile
from pathlib import Path

Files = dict[str, str]

#: A small network, with what real feeds hold: stations and lone platforms of one name, night trips, two languages.
#:
#: - Tram 81 runs on weekdays from Flagey by Gare du Midi to Forest and back, and once after midnight (24:20).
#: - Night bus N04 runs from Flagey to Gare du Nord in the nights after Friday and Saturday, at 25:30 and 27:30.
#: - Metro 1 runs every day, from Gare du Midi to Gare du Nord: every 10 minutes or so from 6 to 7, and, promised to the
#:   minute, every 15 minutes from 7 to 8.
#: - 11 November 2026, a Wednesday, has the Sunday service.
FEED: Files = {
    "agency.txt": """\
agency_id,agency_name,agency_url,agency_timezone,agency_lang
tec,"Transports, tests",https://transport.example,Europe/Brussels,fr
""",
    "feed_info.txt": """\
feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version
Test transport,https://transport.example/open-data,fr,20260301,20270630,7
""",
    "stops.txt": """\
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding,platform_code,stop_code
flagey,Flagey,50.8277,4.3722,1,,1,,
flagey-1,Flagey,50.82780,4.37210,0,flagey,,1,5301
flagey-2,Flagey quai B,50.82760,4.37230,0,flagey,2,2,5302
flagey-bus,FLAGEY,50.8290,4.3730,0,,,,
midi-1,Gare du Midi,50.8360,4.3365,0,,0,A,
midi-2,"Gare du Midi",50.8370,4.3370,0,,0,B,
midi-far,Gare du Midi,50.9360,4.5365,0,,,,
forest,Forest,50.8100,4.3200,0,,,,
nord,Gare du Nord,50.8600,4.3600,,,,,
""",
    "routes.txt": """\
route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color,route_sort_order
r81,tec,81,Flagey - Forest,0,338C26,FFFFFF,2
r81x,tec,81,Flagey - Gare du Midi,0,338C26,FFFFFF,
rN04,tec,N04,Flagey - Gare du Nord,3,,,3
r1,tec,1,Gare du Midi - Gare du Nord,1,C4008F,FFFFFF,1
""",
    "calendar.txt": """\
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
weekday,1,1,1,1,1,0,0,20260301,20270630
sunday,0,0,0,0,0,0,1,20260301,20270630
night,0,0,0,0,1,1,0,20260301,20270630
daily,1,1,1,1,1,1,1,20260301,20270630
""",
    "calendar_dates.txt": """\
service_id,date,exception_type
weekday,20261111,2
sunday,20261111,1
""",
    "trips.txt": """\
route_id,service_id,trip_id,trip_headsign,direction_id,wheelchair_accessible
r81,weekday,81-early,Forest,0,1
r81,weekday,81-late,Forest,0,2
r81,weekday,81-night,Forest,0,
r81,sunday,81-sunday,Forest,0,
r81,weekday,81-back,Flagey,1,
r81x,weekday,81-short,,0,
rN04,night,N04-a,Gare du Nord,0,
rN04,night,N04-b,Gare du Nord,0,
r1,daily,1-about,Gare du Nord,0,
r1,daily,1-exact,Gare du Nord,0,
""",
    "stop_times.txt": """\
trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,stop_headsign
81-early,8:00:00,8:00:00,flagey-1,1,,,
81-early,8:10:00,8:11:00,midi-1,2,,,
81-early,8:20:00,8:20:00,forest,3,,,
81-late,23:50:00,23:50:00,flagey-1,1,,,
81-late,24:00:00,24:01:00,midi-1,2,,,
81-late,24:10:00,24:10:00,forest,3,,,
81-night,24:20:00,24:20:00,flagey-1,10,,,
81-night,,,midi-1,20,,,
81-night,24:40:00,24:40:00,forest,30,,,
81-sunday,10:00:00,10:00:00,flagey-1,1,,,
81-sunday,10:20:00,10:20:00,forest,2,,,
81-back,09:00:00,09:00:00,forest,1,,,
81-back,09:10:00,09:10:00,midi-2,2,,,
81-back,09:20:00,09:20:00,flagey-bus,3,,,
81-back,09:22:00,09:22:00,flagey-2,4,,,
81-short,08:30:00,08:30:00,flagey-1,1,,,Midi seulement
81-short,08:40:00,08:40:00,midi-1,2,,,
N04-a,25:30:00,25:30:00,flagey-bus,1,,,
N04-a,25:50:00,25:50:00,nord,2,,,
N04-b,27:30:00,27:30:00,flagey-bus,1,,,
N04-b,27:50:00,27:50:00,nord,2,,,
1-about,06:00:00,06:00:00,midi-1,1,,,
1-about,06:10:00,06:10:00,nord,2,,,
1-exact,07:00:00,07:00:00,midi-1,1,,,
1-exact,07:10:00,07:10:00,nord,2,,,
""",
    "frequencies.txt": """\
trip_id,start_time,end_time,headway_secs,exact_times
1-about,06:00:00,07:00:00,600,0
1-exact,07:00:00,08:00:00,900,1
""",
    "translations.txt": """\
table_name,field_name,language,translation,record_id,record_sub_id,field_value
stops,stop_name,nl,Zuidstation,midi-1,,
stops,stop_name,nl,Zuidstation,,,Gare du Midi
stops,stop_name,nl,Noordstation,nord,,
stops,stop_name,nl,Vorst,forest,,
trips,trip_headsign,nl,Vorst,,,Forest
routes,route_long_name,nl,Flagey - Vorst,r81,,
""",
}


def folder(path: Path, changes: dict[str, str | None] | None = None) -> Path:
    """Write the feed as a folder; ``changes`` replaces files, None leaves one out."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in {**FEED, **(changes or {})}.items():
        if text is not None:
            (path / name).write_text(text, encoding="utf-8")
    return path


def zipped(path: Path, changes: dict[str, str | None] | None = None, *, inside: str = "") -> Path:
    """Write the feed as a zip, with its files in the folder ``inside``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**FEED, **(changes or {})}.items():
            if text is not None:
                archive.writestr(inside + name, text)
    return path


def with_line(name: str, line: str) -> dict[str, str | None]:
    """Return the change that adds a line at a file's end."""
    return {name: FEED[name] + line + "\n"}


def last_line(name: str) -> int:
    """Return the number of the line that ``with_line`` adds."""
    return FEED[name].count("\n") + 1
