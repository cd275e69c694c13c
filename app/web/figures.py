"""What a server process has counted, as plain numbers; several processes put theirs together.

Processes that share an address leave their numbers in a folder, a file each, every second and at
their end.  So whichever of them is asked tells the sum, and what an ended one has counted stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from app import compute
from app.web.observer import Observer

FOLDER: Final = "NABLA_FIGURES_FOLDER"
"""The variable of the environment by which several processes are told of their folder."""
WRITE_SECONDS: Final = 1.0
FRESH_SECONDS: Final = 5.0
"""A file that is older is that of a process that has ended: its jobs do not run any more."""


@dataclass
class Figures:
    """Counts since the start: requests by route, method and status, times by route (one number for
    each bucket, and one above all), sums of seconds, events by kind and name; jobs in lanes now.
    """

    requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    times: dict[str, list[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    lanes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        """Put the figures of another process to these."""
        self.requests.update(other.requests)
        self.events.update(other.events)
        self.lanes.update(other.lanes)
        for route, seconds in other.seconds.items():
            self.seconds[route] = self.seconds.get(route, 0.0) + seconds
        for route, counts in other.times.items():
            before = self.times.get(route, [0] * len(counts))
            self.times[route] = [a + b for a, b in zip(before, counts, strict=True)]

    def to_json(self) -> str:
        """As text for another process."""
        counters = {
            name: [[*key, count] for key, count in getattr(self, name).items()]
            for name in ("requests", "events", "lanes")
        }
        return json.dumps({**counters, "times": self.times, "seconds": self.seconds})

    @classmethod
    def from_json(cls, text: str) -> Figures:
        """What another process has written.  Raises ValueError, TypeError or KeyError."""
        content = json.loads(text)
        read: dict[str, Any] = {
            name: Counter({tuple(key): count for *key, count in content[name]})
            for name in ("requests", "events", "lanes")
        }
        return cls(**read, seconds=content["seconds"], times=content["times"])


def figures_of(observer: Observer) -> Figures:
    """The figures of this process at this moment."""
    return Figures(
        requests=Counter(dict(observer.requests)),
        times={route: list(counts) for route, counts in list(observer.times.items())},
        seconds=dict(observer.seconds),
        events=Counter(compute.TALLY.counts()),
        lanes=Counter(compute.occupancy()),
    )


class Board:
    """Where the figures of this process are put together with those of the others, if any."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        folder = os.environ.get(FOLDER)
        self._folder = Path(folder) if folder else None
        self._stop = threading.Event()

    @property
    def is_shared(self) -> bool:
        """Whether other processes have figures, too."""
        return self._folder is not None

    def start(self) -> None:
        """Leave the figures for the others from now on."""
        if self._folder is not None:
            threading.Thread(target=self._keep_writing, name="figures", daemon=True).start()

    def close(self) -> None:
        """Leave them a last time."""
        self._stop.set()
        self._write()

    def figures(self) -> Figures:
        """Those of all processes."""
        total = figures_of(self._observer)
        own = f"{os.getpid()}.json"
        for path in sorted(self._folder.glob("*.json")) if self._folder else ():
            if path.name != own:
                with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                    total.add(_read(path))
        return total

    def _keep_writing(self) -> None:
        while not self._stop.wait(WRITE_SECONDS):
            self._write()

    def _write(self) -> None:
        if self._folder is None:
            return
        path = self._folder / f"{os.getpid()}.json"
        with contextlib.suppress(OSError):
            draft = path.with_suffix(".draft")
            draft.write_text(figures_of(self._observer).to_json(), "utf-8")
            draft.replace(path)


def _read(path: Path) -> Figures:
    found = Figures.from_json(path.read_text("utf-8"))
    if time.time() - path.stat().st_mtime > FRESH_SECONDS:
        found.lanes.clear()
    return found
