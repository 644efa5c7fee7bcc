"""Conversations move to the server of the next model while people go on talking: docs/guides/models.md.

The server that leaves gives each conversation away once, after the turn that is under way in it; from then on it takes
no message of it. The one that arrives asks for a conversation before its first turn there, and for the rest at the end.
"""
