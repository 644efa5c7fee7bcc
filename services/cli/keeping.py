"""``bxl up``: everything is prepared and run, and the model that answers residents can be changed meanwhile."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from kit.clock import SystemClock
from services.cli import fingerprint, paths, prepare
from services.cli.console import CommandError, console
from services.cli.processes import Group, LateError
from services.cli.settings import LaunchSettings
from services.cli.up import channel_secret, rasa_server, running, serve, until_stopped
from services.publishing import door, models
from services.publishing.errors import PublishingError
from services.publishing.history import History
from services.publishing.keeper import Keeper, Server
from services.publishing.rasa import RasaDoor
from services.publishing.standing import Standing, StandingFile

#: Ports after the Rasa server's own at which a second one may listen.
_PORTS: Final = 20


def up(settings: LaunchSettings) -> None:
    """Prepare and run everything until Ctrl-C."""
    prepare.sample_city()
    prepare.gazetteer()
    with door.alone(paths.PUBLISHING) as only:
        try:
            # Beside another assistant of this folder, whose model can be changed, this one keeps its own.
            model = chosen(StandingFile(paths.STANDING)) if only else prepare.model()
        except PublishingError as error:
            raise CommandError(str(error), "./bxl rollback goes back to the model before.") from error
        asyncio.run(until_stopped(partial(_run, settings, model, only=only)))


def chosen(file: StandingFile) -> Path:
    """Return the model that was published last; before the first was, that of the present data.

    Raises PublishingError where the published one is not as it was trained.
    """
    standing = file.read()
    if not standing.published or standing.live is None:
        path = prepare.model()
        file.write(Standing((models.name_of(path),)))
        return path
    path = models.find(standing.live, paths.MODELS)
    models.checked(path)
    if standing.live != fingerprint.of_model_inputs():
        console.print(f"  The published model {standing.live} is live; the data have changed since it was trained.")
        console.print("  ./bxl publish lets a model of the present data go live.")
    return path


async def _run(settings: LaunchSettings, model: Path, *, only: bool) -> None:
    async with kept(settings, model) if only else running(settings, model) as group:
        await serve(settings, group)


@asynccontextmanager
async def kept(
    settings: LaunchSettings,
    model: Path,
    environment: Mapping[str, str] | None = None,
    *,
    folder: Path = paths.PUBLISHING,
    trained: Path = paths.MODELS,
) -> AsyncIterator[Group]:
    """Run the processes as ``running`` does, and let the model be changed through the keeper's door in a folder.

    ``trained`` is the folder of the models. Who calls is alone with the first one.
    """
    secret, file = channel_secret(), StandingFile(folder / paths.STANDING.name)
    standing = file.read()
    file.write(replace(standing, trail=standing.trail or (models.name_of(model),), url=settings.rasa_url))
    async with running(settings, model, environment, secret=secret, standing=file.path) as group:
        servers = _Servers(group, settings, secret, environment or {})
        keeper = Keeper(
            standing=file,
            history=History(folder / paths.HISTORY.name),
            folder=trained,
            servers=servers,
            live=_Server("rasa", RasaDoor(settings.rasa_port, secret), group),
            clock=SystemClock(),
        )
        async with door.opened(folder, keeper):
            yield group


@dataclass(frozen=True)
class _Server:
    """A Rasa server among the processes."""

    name: str
    door: RasaDoor
    group: Group

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return self.group.has_ended(self.name)

    async def stop(self) -> None:
        """End it."""
        await self.group.drop(self.name)


class _Servers:
    """Starts Rasa servers among the processes."""

    def __init__(self, group: Group, settings: LaunchSettings, secret: str, environment: Mapping[str, str]) -> None:
        self._group = group
        self._settings = settings
        self._secret = secret
        self._environment = environment
        self._started = 1
        self._live = "rasa"

    async def start(self, model: Path) -> Server:
        """Start one beside those that run, and return it when it answers. Raises PublishingError."""
        for port in self._ports():
            self._started += 1
            name = f"rasa-{self._started}"
            program = rasa_server(self._settings, model, self._secret, name, port)
            program = replace(program, environment={**program.environment, **self._environment})
            try:
                await self._group.add(program, self._settings.start_timeout_s)
            except LateError as error:
                raise PublishingError("not_ready") from error
            except (CommandError, OSError) as error:
                if not _is_free(port):  # somebody was faster
                    continue
                raise PublishingError("not_started") from error
            return _Server(name, RasaDoor(port, self._secret), self._group)
        raise PublishingError("no_port")

    def promote(self, server: Server) -> None:
        """Take it for the one that everything depends on, in place of the one before."""
        assert isinstance(server, _Server)  # noqa: S101 - it was started here
        self._group.replace(self._live, server.name)
        self._live = server.name

    def _ports(self) -> Iterator[int]:
        """Yield the free ports after that of the first one."""
        settings = self._settings
        taken = {settings.gateway_port, settings.city_port, settings.actions_port}
        for port in range(settings.rasa_port + 1, min(settings.rasa_port + 1 + _PORTS, 65536)):
            if port not in taken and _is_free(port):
                yield port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
