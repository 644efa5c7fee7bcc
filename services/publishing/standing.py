"""Which model is live, and those before it: one small file, replaced as a whole, that the gateway reads as well."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from services.publishing.errors import PublishingError, of_os

#: Models that can be gone back to, one after the other.
_TRAIL: Final = 5


@dataclass(frozen=True)
class Standing:
    """The models that were live, by name, the last of them now; and where the server of that one is, while it runs.

    Before the first model is ``published``, the assistant runs the one of the present data.
    """

    trail: tuple[str, ...] = ()
    url: str | None = None
    published: bool = False

    @property
    def live(self) -> str | None:
        """The model that is live; None where none was ever published."""
        return self.trail[-1] if self.trail else None

    @property
    def before(self) -> str | None:
        """The model that a rollback goes back to."""
        return self.trail[-2] if len(self.trail) > 1 else None

    def with_published(self, model: str) -> Standing:
        """Return the standing in which a model has gone live."""
        return replace(self, trail=(*self.trail, model)[-_TRAIL:], published=True)

    def taken_back(self) -> Standing:
        """Return the standing in which the model before is live again."""
        return replace(self, trail=self.trail[:-1])


class StandingFile:
    """Reads and writes the standing of one assistant."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Standing:
        """Return the standing; an empty one where nothing was ever written. Raises PublishingError."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            trail = tuple(str(name) for name in content["trail"])
            url = content.get("url")
            return Standing(trail, str(url) if url else None, bool(content.get("published")))
        except FileNotFoundError:
            return Standing()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PublishingError("standing_unreadable", path=self.path) from error
        except OSError as error:
            raise of_os(error, self.path) from error

    def write(self, standing: Standing) -> None:
        """Replace it, so that whoever reads finds one or the other. Raises PublishingError."""
        self._prepare(standing, partial := self._beside("partial"))
        partial.replace(self.path)

    def keep_way_back(self) -> None:
        """Keep what stands now beside it, so that going back needs no room on the disk. Raises PublishingError."""
        self._prepare(self.read(), self._beside("before"))

    def go_back(self) -> None:
        """Let what was kept stand again."""
        self._beside("before").replace(self.path)

    def _beside(self, what: str) -> Path:
        return self.path.with_name(f".{self.path.name}.{what}")

    def _prepare(self, standing: Standing, path: Path) -> None:
        content = {"trail": list(standing.trail), "url": standing.url, "published": standing.published}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8") as file:
                file.write(json.dumps(content, indent=1) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            path.unlink(missing_ok=True)
            raise of_os(error, self.path) from error
