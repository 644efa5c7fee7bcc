"""The channel's metrics; nothing in them tells of a chat."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter


class Counting:
    """Counts, in the registry of whoever runs the channel."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._updates = Counter(
            "bxl_telegram_updates",
            "Updates by what became of them: answered, repeated, flood, dropped (too old), failed.",
            ("outcome",),
            registry=registry,
        )
        self._unasked = Counter(
            "bxl_telegram_unasked",
            "Messages that came unasked, by what became of them: delivered, later, gone.",
            ("outcome",),
            registry=registry,
        )

    def update(self, outcome: str) -> None:
        """Count an update."""
        self._updates.labels(outcome).inc()

    def unasked(self, outcome: str) -> None:
        """Count a message that came unasked."""
        self._unasked.labels(outcome).inc()
