"""Forwards requests to other Open311 servers, and brings back what became of them.

See docs/adr/0012-requests-and-open311.md.
"""
