"""The widget on a mid-range phone with a slow connection: how soon its button answers, and how soon the chat is open.

A real Chromium, its processor slowed down four times, on "slow 4G" as the field emulates it (1.6 Mbit/s and 150 ms
there and back); each load is a first visit, with nothing in the cache. The chat's page is served by the gateway itself.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
from playwright.sync_api import Browser, sync_playwright

from services.cli import paths
from services.cli.benchmarks import Row
from services.cli.console import CommandError

_CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SLOWER: Final = 4
_LATENCY_MS: Final = 150
_DOWN_BYTES_S: Final = 1_600_000 / 8
_UP_BYTES_S: Final = 750_000 / 8
_PHONE: Final = {"width": 412, "height": 823}
_LOADS: Final = 7
#: How long the page has to be quiet to be done.
_QUIET_MS: Final = 1_500
_READY_S: Final = 60
_TARGET_MS: Final = 1_000

#: Notes when the button is there, and each task that would have kept a press waiting.
_WATCH: Final = """
window.seen = { ready: null, busyUntil: 0 };
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) seen.busyUntil = Math.max(seen.busyUntil, task.startTime + task.duration);
}).observe({ type: "longtask", buffered: true });
const look = () => {
  const button = document.querySelector("city-assistant")?.shadowRoot?.querySelector(".launcher");
  if (button?.checkVisibility()) seen.ready = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
_TIMES: Final = """() => {
  const script = performance.getEntriesByType("resource").find(({ name }) => name.endsWith("/city-assistant.js"));
  return { ready: Math.max(seen.ready, seen.busyUntil), asked: script.startTime, bytes: script.transferSize };
}"""
_OPENED: Final = """() => new Promise((done) => {
  const root = document.querySelector("city-assistant").shadowRoot;
  const pressed = performance.now();
  root.querySelector(".launcher").click();
  const look = () => {
    if (root.querySelector("#question")?.checkVisibility()) done(performance.now() - pressed);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


@dataclass(frozen=True)
class Visit:
    """One first visit, in milliseconds; ``bytes`` is what the script took on its way."""

    page_ms: float
    widget_ms: float
    opened_ms: float
    bytes: int


def run() -> list[Row]:
    """Visit the page and return what was measured."""
    return rows(visits())


def rows(made: list[Visit]) -> list[Row]:
    """Return what the visits say."""
    return [
        Row(
            "the page until the widget's button answers, phone, slow 4G",
            _said([each.page_ms for each in made]),
            f"≤ {_TARGET_MS / 1000:.0f} s",
        ),
        Row("of that, from asking for the widget's script", _said([each.widget_ms for each in made])),
        Row("from pressing the button until one can write", _said([each.opened_ms for each in made])),
        Row("the script on its way", f"{made[0].bytes / 1000:.1f} kB", "≤ 40 kB"),
    ]


def visits() -> list[Visit]:
    """Serve the page by a gateway alone, and visit it several times. Raises CommandError where there is no Chromium."""
    with (
        tempfile.TemporaryDirectory(prefix="bxl-widget-") as folder,
        _served(Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        made = [_visit(browser, url) for _ in range(_LOADS + 1)]
        browser.close()
    return made[1:]  # the first one warms the browser itself


def missed(made: list[Visit]) -> list[str]:
    """Return what was not reached."""
    median = statistics.median(each.page_ms for each in made)
    return [f"the widget answers after {median:.0f} ms on a phone"] if median > _TARGET_MS else []


def _visit(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport=_PHONE, device_scale_factor=2.6, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(_WATCH)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": _LATENCY_MS,
            "downloadThroughput": _DOWN_BYTES_S,
            "uploadThroughput": _UP_BYTES_S,
        },
    )
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    page.goto(f"{url}/?lang=fr", wait_until="load")
    page.wait_for_function("seen.ready !== null")
    page.wait_for_timeout(_QUIET_MS)
    times = page.evaluate(_TIMES)
    opened_ms = page.evaluate(_OPENED)
    context.close()
    return Visit(times["ready"], times["ready"] - times["asked"], opened_ms, times["bytes"])


def _said(times_ms: list[float]) -> str:
    return f"median {statistics.median(times_ms):.0f} ms, most {max(times_ms):.0f} ms"


def _chromium() -> str:
    found = os.environ.get("BXL_CHROMIUM") or next((path for path in map(shutil.which, _CHROMIUM) if path), None)
    if found is None:
        raise CommandError("the widget is measured in a Chromium.", "apt-get install chromium, or BXL_CHROMIUM=/path")
    return found


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    app = ("-m", "uvicorn", "services.gateway.app:create_app", "--factory", "--port", str(port), "--log-level", "error")
    environment = {
        **os.environ,
        "BXL_GATEWAY_CHANNEL_SECRET": "widget-benchmark",
        "BXL_GATEWAY_DATABASE_URL": f"sqlite:///{folder / 'conversations.db'}",
    }
    with (folder / "gateway.log").open("wb") as log:
        server = subprocess.Popen([sys.executable, *app], cwd=paths.ROOT, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, server)
            yield url
        finally:
            server.terminate()
            server.wait()


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_S
    while True:
        try:
            httpx.get(f"{url}/health/live", trust_env=False).raise_for_status()
        except httpx.HTTPError as error:
            if server.poll() is not None or time.monotonic() > until:
                raise CommandError("the gateway did not start.", "./bxl up says why.") from error
            time.sleep(0.2)
        else:
            return
