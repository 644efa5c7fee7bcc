"""``bxl chat`` and ``bxl converse``: talk to the running assistant, by hand or from a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import httpx
from rich.markup import escape

from services.cli.console import CommandError, output
from services.cli.conversation import Conversation

_TIMEOUT_S = 60.0


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=_TIMEOUT_S, trust_env=False)


def chat(url: str, language: str | None) -> None:
    """Talk in the terminal until Ctrl-D; a number chooses one of the choices shown."""
    with _client(url) as client:
        conversation = Conversation(client, language=language)
        _show(conversation.greeting)
        while True:
            try:
                text = output.input("[bold]> [/bold]").strip()
            except (EOFError, KeyboardInterrupt):
                output.print()
                return
            if not text:
                continue
            chosen = text.isdigit() and 1 <= int(text) <= len(conversation.choices)
            reply = conversation.say(choice=text) if chosen else conversation.say(text=text)
            _show(reply.get("messages") or [{"text": reply.get("detail", "?"), "language": ""}])


def _show(messages: list[dict[str, Any]]) -> None:
    number = 0
    for message in messages:
        if message.get("author") == "resident":
            continue
        output.print(f"[cyan]{message.get('language') or '':>2}[/cyan] {escape(message['text'])}")
        source = message.get("source")
        if source:
            output.print(f"   [dim]{escape(source['name'])} · {source.get('as_of', '')}[/dim]")
        for choice in message.get("choices") or []:
            number += 1
            output.print(f"   [yellow]{number}[/yellow] {escape(choice['label'])}")


def converse(url: str, lines: Iterable[str]) -> Iterator[str]:
    """Play ``{"conversation", "text" | "choice" | "location", "language"?}`` lines; yield one reply object a line.

    A line that is no such object gives ``{"line", "error"}``, and the rest goes on.
    """
    conversations: dict[str, Conversation] = {}
    with _client(url) as client:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                said = _read(line)
            except ValueError as error:
                yield json.dumps({"line": number, "error": str(error)})
                continue
            name = said.pop("conversation")
            language = said.pop("language", None)
            if name not in conversations:
                conversations[name] = Conversation(client, language=language)
            reply = conversations[name].say(**said)
            yield json.dumps({"conversation": name, **reply}, ensure_ascii=False)


def _read(line: str) -> dict[str, Any]:
    said = json.loads(line)
    if not isinstance(said, dict) or not isinstance(said.get("conversation"), str):
        raise ValueError('expected an object such as {"conversation": "a", "text": "…"}')
    kinds = [key for key in ("text", "choice", "location") if key in said]
    if len(kinds) != 1:
        raise ValueError('expected exactly one of "text", "choice" and "location"')
    return {key: said[key] for key in ("conversation", "language", kinds[0]) if key in said}


def require_running(url: str) -> None:
    """Raise CommandError where no gateway answers at the URL."""
    try:
        with _client(url) as client:
            client.get("/health/live").raise_for_status()
    except httpx.HTTPError as error:
        raise CommandError(f"no assistant answers at {url}.", "Start it in another terminal: make run") from error
