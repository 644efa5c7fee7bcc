"""Reminders of collections: set after a yes, listed, stopped with a word. The gateway keeps and says them."""
