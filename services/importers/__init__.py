"""Importers: each turns one parsed feed into a new version of the city database, atomically."""
