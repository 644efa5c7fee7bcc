"""The commands of ``bxl``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from services.cli import paths
from services.cli.console import CommandError, console, explain
from services.cli.settings import LaunchSettings

app = typer.Typer(
    name="bxl",
    help="The city assistant: set it up, run it, ask it, measure it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

WhyOption = Annotated[str, typer.Option(help="The reason, for the history.")]
WhoOption = Annotated[str | None, typer.Option(help="Who does it, for the history; otherwise your user name here.")]
UrlOption = Annotated[str | None, typer.Option(help="Address of the gateway; otherwise the one that `bxl up` uses.")]


@app.command(
    "user", context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
)
def user(context: typer.Context) -> None:
    """Add, list, disable or reset the accounts of the desk: see `bxl user --help`."""
    from services.cli import users

    users.app(context.args, prog_name="bxl user", standalone_mode=False)


def main() -> NoReturn:
    """Run a command; an error says what is wrong and how to mend it."""
    try:
        app(standalone_mode=False)
    except CommandError as error:
        explain(error)
        sys.exit(1)
    except typer.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        console.print()
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        show = getattr(error, "show", None)  # click's usage errors know how to show themselves
        if show is None:
            raise
        show()
        sys.exit(2)
    sys.exit(0)


@app.command()
def up() -> None:
    """Prepare and run the whole assistant; Ctrl-C stops every process."""
    from services.cli import keeping

    keeping.up(LaunchSettings())


@app.command()
def train(
    again: Annotated[bool, typer.Option("--again", help="Train even where a model of these inputs exists.")] = False,
) -> None:
    """Train the assistant's model, unless one of the same inputs is there; print its path."""
    from services.cli import prepare

    prepare.sample_city()
    prepare.gazetteer()
    typer.echo(prepare.model(again=again))


@app.command("import")
def import_(
    *,
    source: Annotated[
        str | None,
        typer.Argument(help="Kind of feed (gtfs, best, waste, …) with a path; a source to fetch; or `sample`."),
    ] = None,
    path: Annotated[str | None, typer.Argument(help="File or folder of the feed.")] = None,
    feed: Annotated[
        str | None, typer.Option(help="Name of this feed beside others of its kind, e.g. gtfs:delijn.")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Show each source and feed, its age and health.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Import even where most of the data seems gone.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Keep the enabled sources up to date until Ctrl-C.")] = False,
    once: Annotated[bool, typer.Option("--once", help="With --watch: each source whose turn it is, then end.")] = False,
    forget: Annotated[str | None, typer.Option(help="Remove this feed's data from the city database.")] = None,
) -> None:
    """Import a feed into the city database; the version in use stays until the new one is whole."""
    from services.cli import importing

    if listing:
        importing.show()
    elif watch or once:
        from services.cli import watching

        watching.once() if once else watching.watch()
    elif forget is not None:
        importing.forget(forget)
    elif source == "sample":
        importing.sample()
    elif source is None:
        raise CommandError(
            "what shall be imported?", "For example: ./bxl import gtfs stib.zip", "See: ./bxl import --help"
        )
    elif path is None:
        from services.cli import watching

        watching.fetch(source, force=force)
    else:
        importing.run(source, paths.from_caller(path), feed=feed, force=force)


@app.command()
def forward(
    watch: Annotated[bool, typer.Option("--watch", help="Go on until Ctrl-C instead of once.")] = False,
) -> None:
    """Forward requests to other Open311 servers, and bring back what became of them (BXL_CITY_REMOTES_FILE)."""
    from services.cli import forwarding

    forwarding.run(watch=watch)


@app.command()
def chat(
    language: Annotated[str | None, typer.Option(help="fr, nl or en; otherwise from what you write.")] = None,
    url: UrlOption = None,
) -> None:
    """Talk to the running assistant in the terminal."""
    from services.cli import chat as terminal

    address = url or LaunchSettings().gateway_url
    terminal.require_running(address)
    terminal.chat(address, language)


@app.command()
def converse(
    file: Annotated[str, typer.Argument(help="JSONL of {conversation, text | choice | location}, or - for stdin.")],
    url: UrlOption = None,
) -> None:
    """Play conversations through the running gateway; one reply object a line."""
    from services.cli import chat as terminal

    address = url or LaunchSettings().gateway_url
    terminal.require_running(address)
    failed = False
    with _lines(file) as lines:
        for line in terminal.converse(address, lines):
            failed = failed or '"error"' in line[:40]
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    if failed:
        sys.exit(1)


@app.command()
def parse(file: Annotated[str, typer.Argument(help='JSONL of {"text", "language"?}, or - for stdin.')]) -> None:
    """Print what the assistant understands of each line: language, intent, entities. No servers are needed."""
    from services.cli import prepare

    model = prepare.everything()
    source = file if file == "-" else str(paths.from_caller(file).resolve())
    command = [str(paths.PYTHON_RASA), "-m", "bot", "parse", "--model", str(model), source]
    os.execve(command[0], command, prepare.rasa_environment())  # noqa: S606 - our own interpreter, no shell


@app.command()
def evaluate(
    *,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show every sentence that was understood wrongly.")
    ] = False,
    save_baseline: Annotated[
        bool, typer.Option("--save-baseline", help="Keep this run, to compare later ones with it.")
    ] = False,
    no_answers: Annotated[
        bool, typer.Option("--no-answers", help="Leave out the whole answers, which need all processes.")
    ] = False,
    report: Annotated[str | None, typer.Option(help="Folder for the report as text and HTML; otherwise .bxl.")] = None,
) -> None:
    """Measure understanding and answers; writes a report, and fails below evaluation/thresholds.toml."""
    from services.cli import prepare, quality

    wanted = {"--verbose": verbose, "--save-baseline": save_baseline, "--no-answers": no_answers}
    folder = ["--report", str(paths.from_caller(report).resolve())] if report else []
    quality.evaluate(prepare.everything(), [*(name for name, on in wanted.items() if on), *folder])


@app.command()
def replay(
    *,
    models: Annotated[
        list[str] | None,
        typer.Argument(
            help="OLD NEW, or NEW alone, each a path or a name; and a JSONL of {text, language?, intent?} to ask. "
            "Otherwise the live model, the one trained last, and the project's own questions."
        ),
    ] = None,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Ask the held-out sentences too; their words are not shown.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object with every change.")] = False,
) -> None:
    """List the questions that two models understand differently, the worst first."""
    from services.cli import replaying

    replaying.run(models or [], held_out=held_out, as_json=json)


@app.command()
def publish(
    model: Annotated[
        str | None, typer.Argument(help="Path or name of a trained model; otherwise that of the present data.")
    ] = None,
    *,
    why: WhyOption = "",
    who: WhoOption = None,
    history: Annotated[bool, typer.Option("--history", help="Show what went live, and what did not.")] = False,
) -> None:
    """Let a model answer residents, without a message lost; if anything goes wrong, the one before goes on."""
    from services.cli import publishing

    if history:
        publishing.show()
    else:
        publishing.publish(model, who=who, why=why)


@app.command()
def rollback(*, why: WhyOption = "", who: WhoOption = None) -> None:
    """Let the model before the live one answer residents again, in the same way."""
    from services.cli import publishing

    publishing.rollback(who=who, why=why)


@app.command()
def load(
    *,
    desk: Annotated[
        bool, typer.Option("--desk", help="Instead, let 100 operators and 500 residents talk through the desk.")
    ] = False,
    switch: Annotated[
        bool, typer.Option("--switch", help="Instead, change the model under 50 messages a second, and back.")
    ] = False,
) -> None:
    """Let 200 residents talk at once, beside the starter bot of rasa init; fails where a message is lost or doubled."""
    if desk:
        from services.cli.loading import desk as at_desk

        wrong = at_desk.run()
    elif switch:
        from services.cli.loading import switching

        wrong = switching.run()
    else:
        from services.cli import loading

        wrong = loading.run()
    if wrong:
        raise CommandError(f"{'; '.join(wrong)}.")


@app.command("evaluate-public")
def evaluate_public(
    folder: Annotated[str, typer.Argument(help="Folder with CLINC150's data_full.json, or JSONL files.")],
) -> None:
    """Measure the intent classifier on public data, beside published figures."""
    from services.cli import quality

    quality.evaluate_public(paths.from_caller(folder).resolve())


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="Only these; without names, all are run.")] = None,
) -> None:
    """Measure speed and memory on this machine."""
    from services.cli import benchmarks

    benchmarks.run(names or [])


@app.command()
def check() -> None:
    """Look at format, lint, types, imports and data."""
    from services.cli import quality

    quality.check()


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Prepare everything and run every test; further words go to pytest (e.g. -k waste)."""
    from services.cli import prepare, quality

    quality.test(prepare.everything(), context.args)


@contextmanager
def _lines(file: str) -> Iterator[Iterator[str]]:
    if file == "-":
        yield iter(sys.stdin)
        return
    path: Path = paths.from_caller(file)
    try:
        with path.open(encoding="utf-8") as lines:
            yield lines
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
