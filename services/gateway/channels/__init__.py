"""Channels that run in the gateway's process: each has the conversations by a port of its own."""
