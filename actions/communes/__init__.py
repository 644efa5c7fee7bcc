"""Communes' contacts and the telephone service."""
