"""Reads and writes training sentences and reply texts one by one, and commits each change; no web in here."""
