"""translations.txt in both of its forms: the current one and the older ``trans_id,translation,lang``."""

from __future__ import annotations

from collections import defaultdict

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.problems import Problems
from services.feeds.gtfs.tables import read_table

_FILE = "translations.txt"


class Translations:
    """Looks texts up by record first, then by the text itself in that field, then by the text anywhere."""

    def __init__(self) -> None:
        self._by_record: dict[tuple[str, str, str, str], dict[str, str]] = defaultdict(dict)
        self._by_value: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
        self._by_text: dict[str, dict[str, str]] = defaultdict(dict)

    def of(self, table: str, field: str, text: str, record: str = "", sub_record: str = "") -> dict[str, str]:
        """Return the translations of a text by primary language tag, possibly none."""
        found = dict(self._by_text.get(text, {}))
        found.update(self._by_value.get((table, field, text), {}))
        if record:
            found.update(self._by_record.get((table, field, record, ""), {}))
            if sub_record:
                found.update(self._by_record.get((table, field, record, sub_record), {}))
        return found

    def has_records(self, table: str, field: str) -> bool:
        """Tell whether any record of this field is translated by its id."""
        return any(key[:2] == (table, field) for key in self._by_record)

    def add_text(self, text: str, language: str, translation: str) -> None:
        """Add a translation of a text wherever it stands."""
        self._by_text[text][language] = translation

    def add_value(self, table: str, field: str, value: str, language: str, translation: str) -> None:
        """Add a translation of a text in one field."""
        self._by_value[table, field, value][language] = translation

    def add_record(self, key: tuple[str, str, str, str], language: str, translation: str) -> None:
        """Add a translation of one record's field: table, field, record_id, record_sub_id."""
        self._by_record[key][language] = translation


def read_translations(archive: Archive, problems: Problems) -> Translations:
    """Return the feed's translations; none where the file is missing or its form unknown (reported)."""
    found = Translations()
    if _FILE not in archive.names():
        return found
    old = ("trans_id", "translation", "lang")
    new = ("table_name", "field_name", "language", "translation", "record_id", "record_sub_id", "field_value")
    for line, row in read_table(archive, _FILE, problems, (), (*old, *new)):
        trans_id, translation, lang, table, field, language, _, record, sub_record, value = map(str.strip, row)
        tag = (language or lang).lower().replace("_", "-").split("-", 1)[0]
        table = table.lower().removesuffix(".txt")
        if not tag or not translation:
            problems.note(_FILE, line, "a translation needs a language and a text")
        elif trans_id:
            found.add_text(trans_id, tag, translation)
        elif table and field and record:
            found.add_record((table, field, record, sub_record), tag, translation)
        elif table and field and value:
            found.add_value(table, field, value, tag, translation)
        else:
            problems.note(_FILE, line, "it does not say what is translated")
    return found
