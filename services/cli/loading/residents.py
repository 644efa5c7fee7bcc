"""Residents who talk at once, and whether each of their messages was answered once and in its place.

Some send a message twice at the same time, as a page does that got no answer in time; it counts once.
"""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from prometheus_client.parser import text_string_to_metric_families

from services.cli.benchmarks.assistant import QUESTIONS
from services.cli.benchmarks.plain_http import Answer, Connection

#: Every so-manieth message is sent twice.
_TWICE: Final = 9
_TIMEOUT_S: Final = 60
_PATH: Final = "/api/v1/conversations"
_TURNS: Final = "bxl_gateway_turns_total"


@dataclass
class Talk:
    """What became of the messages of all residents."""

    answers_ms: list[float] = field(default_factory=list)
    seconds: float = 0.0
    sent: int = 0
    lost: int = 0
    doubled: int = 0
    misplaced: int = 0
    #: Messages to which the gateway could only say that the assistant does not answer just now.
    excused: int = 0

    @property
    def rate(self) -> float:
        """Messages that were answered, a second."""
        return len(self.answers_ms) / self.seconds if self.seconds else 0.0

    @property
    def wrong(self) -> list[str]:
        """What must not happen and did."""
        counts = {
            "lost": self.lost,
            "doubled": self.doubled,
            "out of order": self.misplaced,
            "not answered by the assistant": self.excused,
        }
        return [f"{count} of {self.sent} messages {what}" for what, count in counts.items() if count]

    def add(self, other: Talk) -> None:
        """Count what became of others' messages as well, all but the time."""
        self.answers_ms += other.answers_ms
        self.sent += other.sent
        self.lost += other.lost
        self.doubled += other.doubled
        self.misplaced += other.misplaced
        self.excused += other.excused

    def percentile(self, percent: int) -> float:
        """Return a percentile of the answers' times in milliseconds."""
        return statistics.quantiles(self.answers_ms, n=100, method="inclusive")[percent - 1]


async def talk(url: str, *, residents: int, turns: int, every_s: float = 0.0) -> Talk:
    """Let residents talk, each in a conversation of their own; ``every_s`` is the time between two messages of one."""
    found, port = Talk(), httpx.URL(url).port or 80
    async with Connection(port) as connection:
        before = excused((await connection.ask("/metrics")).body.decode())
        begun = time.perf_counter()
        ways = await asyncio.gather(
            *(
                _Resident(port, number, found).talk(turns, every_s, after_s=every_s * number / residents)
                for number in range(residents)
            )
        )
        found.seconds = time.perf_counter() - begun
        found.excused = excused((await connection.ask("/metrics")).body.decode()) - before
        for path, headers, sent in ways:
            kept = (await connection.ask(path, headers=headers)).json()["messages"]
            judge(found, sent, kept)
    return found


def excused(metrics: str) -> int:
    """Read in the gateway's metrics how many messages it had to answer by itself."""
    samples = (sample for family in text_string_to_metric_families(metrics) for sample in family.samples)
    return sum(int(each.value) for each in samples if each.name == _TURNS and each.labels["by"] == "fallback")


def judge(found: Talk, sent: list[str], kept: list[dict[str, Any]]) -> None:
    """Compare what a resident sent, each text once, with what is kept of the conversation, in order."""
    found.sent += len(sent)
    arrived = [message["text"] for message in kept if message["author"] == "resident"]
    counts = Counter(arrived)
    unanswered = sum(
        1
        for one, following in zip(kept, [*kept[1:], None], strict=True)
        if one["author"] == "resident" and (following is None or following["author"] != "assistant")
    )
    found.lost += sum(1 for text in sent if not counts[text]) + unanswered
    found.doubled += sum(count - 1 for count in counts.values())
    once = list(dict.fromkeys(arrived))
    found.misplaced += sum(
        one != other for one, other in zip(once, [text for text in sent if counts[text]], strict=True)
    )


class _Resident:
    """One who asks one question after the other."""

    def __init__(self, port: int, number: int, found: Talk) -> None:
        self._connections = [Connection(port), Connection(port)]
        self._number = number
        self._found = found

    async def talk(self, turns: int, every_s: float, after_s: float) -> tuple[str, dict[str, str], list[str]]:
        """Return the conversation's path, its headers and the texts that were sent."""
        await asyncio.sleep(after_s)
        opened = (await self._connections[0].ask(_PATH, {"language": "fr"}, timeout_s=_TIMEOUT_S)).json()
        path, headers = f"{_PATH}/{opened['id']}", {"Authorization": f"Bearer {opened['token']}"}
        sent = []
        for turn in range(turns):
            question = QUESTIONS[(self._number + turn) % len(QUESTIONS)]
            sent.append(f"{question} ({turn + 1})")
            took_s = await self._say(f"{path}/messages", headers, sent[-1], twice=(self._number + turn) % _TWICE == 0)
            await asyncio.sleep(max(0.0, every_s - took_s))
        for each in self._connections:
            each.close()
        return path, headers, sent

    async def _say(self, path: str, headers: dict[str, str], text: str, *, twice: bool) -> float:
        body = {"client_id": str(uuid.uuid4()), "text": text}
        begun = time.perf_counter()
        answers = await asyncio.gather(
            *(
                each.ask(path, body, headers=headers, timeout_s=_TIMEOUT_S)
                for each in self._connections[: 2 if twice else 1]
            ),
            return_exceptions=True,
        )
        took_s = time.perf_counter() - begun
        if all(isinstance(each, Answer) and each.is_success and each.json()["messages"] for each in answers):
            self._found.answers_ms.append(1000 * took_s)
        return took_s
