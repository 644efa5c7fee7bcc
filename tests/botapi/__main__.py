"""The Bot API server by hand: ``python -m tests.botapi --port 8081``.

It prints how to start the assistant with it. Then write as a resident: words, a number to press the button with that
number, ``@50.8275,4.3721`` to send a place. Lines that are piped in are said one after the other, each after the answer
to the one before, and what comes out is a transcript in Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from typing import Any

import httpx
import uvicorn

from tests.botapi.people import Person
from tests.botapi.server import TOKEN, Call, TelegramServer, shown

_QUIET_S = 2.0
_LONGEST_S = 20.0
_SHOWN = {"sendMessage", "editMessageText", "sendDocument", "sendVenue"}


class Talk:
    """A resident in the terminal."""

    def __init__(self, server: TelegramServer, person: Person, *, markdown: bool) -> None:
        self.server = server
        self.person = person
        self.markdown = markdown
        self.seen = 0
        self.buttons: list[tuple[str, int, dict[str, Any]]] = []

    def show(self) -> int:
        """Print what the bot did since; return how much of it can be seen."""
        new = [call for call in self.server.calls[self.seen :] if call.method in _SHOWN]
        self.seen = len(self.server.calls)
        for call in new:
            self._print(call)
        return len(new)

    async def says(self, line: str) -> None:
        """Do what a line says."""
        if line.isdecimal() and 0 < int(line) <= len(self.buttons):
            data, sent, keyboard = self.buttons[int(line) - 1]
            label = next(
                each["text"] for row in keyboard["inline_keyboard"] for each in row if each["callback_data"] == data
            )
            line, event = f"[{label}]", self.person.presses(data, sent, keyboard)
        elif line.startswith("@"):
            lat, lon = map(float, line[1:].split(","))
            event = self.person.message(location={"latitude": lat, "longitude": lon})
        else:
            event = self.person.says(line)
        if self.markdown:
            print(f"\n**→ {line}**")
        await deliver(self.server, event)

    async def answered(self) -> None:
        """Wait for an answer, and until nothing more comes."""
        loop = asyncio.get_running_loop()
        until, last, any_yet = loop.time() + _LONGEST_S, loop.time(), False
        while loop.time() < until and not (any_yet and loop.time() - last > _QUIET_S):
            await asyncio.sleep(0.1)
            if self.show():
                any_yet, last = True, loop.time()

    def _print(self, call: Call) -> None:
        if call.method == "sendDocument":
            names = [name for name, _ in call.files.values()]
            print(f"\n> 📎 {', '.join(names)}" if self.markdown else f"\n[file] {names}")
            return
        if call.method == "sendVenue":
            print(f"\n> 📍 {call.data['title']}, {call.data['address']}")
            return
        head = "(in place of the message) " if call.method == "editMessageText" else ""
        lines = f"{head}{shown(call.data['text'])}".split("\n")
        print("\n" + "\n".join(f"> {each}  " if self.markdown else each for each in lines))
        sent = call.sent
        keyboard = call.data.get("reply_markup") or {"inline_keyboard": []}
        for row in keyboard["inline_keyboard"]:
            labels = []
            for button in row:
                self.buttons.append((button["callback_data"], sent, keyboard))
                labels.append(f"({len(self.buttons)}) {button['text']}")
            print(f"> `{'` `'.join(labels)}`  " if self.markdown else f"   {'   '.join(labels)}")


async def deliver(server: TelegramServer, event: dict[str, Any]) -> None:
    """Give an update to the bot, the way that it asked for."""
    if not server.webhook:
        server.add(event)
        return
    headers = {"X-Telegram-Bot-Api-Secret-Token": server.webhook.get("secret_token", "")}
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.post(server.webhook["url"], json=event, headers=headers)


async def _run(port: int, language: str) -> None:
    server = TelegramServer()
    config = uvicorn.Config(server.app, port=port, log_level="warning")
    serving = asyncio.create_task(uvicorn.Server(config).serve())
    talk = Talk(server, Person(language=language), markdown=not sys.stdin.isatty())
    print(
        f"BXL_TELEGRAM_MODE=polling BXL_TELEGRAM_TOKEN={TOKEN} BXL_TELEGRAM_API_URL=http://127.0.0.1:{port} make run",
        file=sys.stderr,
    )
    await server.until(lambda: server.of("setMyCommands"), timeout_s=600)
    watching = None if talk.markdown else asyncio.create_task(_watch(talk))
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            await talk.says(line.strip())
            if talk.markdown:
                await talk.answered()
    if watching:
        watching.cancel()
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _watch(talk: Talk) -> None:
    while True:
        talk.show()
        await asyncio.sleep(0.2)


def main() -> None:
    """Serve, and talk until the input ends."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--language", default="fr", help="What the resident's telephone is set to.")
    given = parser.parse_args()
    asyncio.run(_run(given.port, given.language))


if __name__ == "__main__":
    main()
