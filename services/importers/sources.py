"""Every outside source: how it is fetched, which importer takes it, and under which name.

A new source is one line in :data:`SOURCES`; how often it is asked stands in its own ``source.yml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.feeds import arp_gan, best, fixmystreet, fost_plus, gbfs, gtfs_static, nova, opendata_brussels
from services.importers.best import BestImporter
from services.importers.bikes import BikesImporter
from services.importers.calendars import arp_gan as agency_calendars
from services.importers.calendars import fost_plus as recycle_calendars
from services.importers.calendars.collecting import FEED as WASTE
from services.importers.car_parks import CarParksImporter
from services.importers.fixmystreet import FixMyStreetImporter
from services.importers.gtfs import GtfsImporter
from services.importers.nova import NovaImporter
from services.importers.realtime.polling import POLLED
from services.importers.updates import Watched, content_of, imported

__all__ = ["SOURCES", "Watched"]


def _by_name(sources: Iterable[Watched]) -> dict[str, Watched]:
    return {each.source.name: each for each in sources}


SOURCES: Final[dict[str, Watched]] = _by_name(
    (
        imported(best.SOURCE, best.fetch, BestImporter(), feed="best", file="openaddress.zip"),
        *(
            imported(each, gtfs_static.fetch, GtfsImporter(), feed=str(each.settings["feed"]), file="gtfs.zip")
            for each in gtfs_static.TIMETABLES
        ),
        imported(gbfs.VILLO, gbfs.fetch, BikesImporter(), feed="bikes", file="gbfs"),
        imported(
            opendata_brussels.CAR_PARKS,
            opendata_brussels.fetch,
            CarParksImporter(),
            feed="car_parks",
            file="car_parks.json",
        ),
        *POLLED,
        Watched(arp_gan.SOURCE, agency_calendars.update, feed=WASTE),
        Watched(fost_plus.SOURCE, recycle_calendars.update, feed=WASTE),
        imported(nova.SOURCE, nova.fetch, NovaImporter(), feed="nova", file="nova"),
        imported(
            fixmystreet.SOURCE,
            content_of(fixmystreet.fetch),
            FixMyStreetImporter(),
            feed="fixmystreet",
            file="incidents.json",
        ),
    )
)
