"""How training data is read: one set from every language's files, and the names of the city."""

from bot.importers.multilingual import MultilingualImporter

__all__ = ["MultilingualImporter"]
