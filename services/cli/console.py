"""What the command line says: steps with their time on stderr, so that stdout holds only results."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console

console = Console(stderr=True, highlight=False)
output = Console(highlight=False)
if not output.is_terminal:
    output.width = 200  # a file or a pipe has no width of its own, and a table's names are not to be cut


class CommandError(Exception):
    """A command that cannot go on: what is wrong, and how to mend it."""

    def __init__(self, what: str, *mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step while it runs and how long it took."""
    begun = time.monotonic()
    with console.status(f"{title} …") if console.is_terminal else nullcontext():
        yield
    console.print(f"  [green]✓[/green] {title} [dim]{time.monotonic() - begun:.1f} s[/dim]")


def explain(error: CommandError) -> None:
    """Print an error and how to mend it."""
    console.print(f"[bold red]bxl:[/bold red] {error.what}", markup=True)
    for line in error.mend:
        console.print(f"     {line}", markup=False)
