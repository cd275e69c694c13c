"""Several server processes behind one address, minded by one that serves nothing itself.

The parent holds the listening socket and starts the servers, each as a command of its own: whatever
one of them loads, computes or breaks, the others do not notice.  They share nothing but the
address; results and rates are shared where a Redis is configured.

- The first server starts alone, so that the edition it prints is kept for the others.
- A server that ends is replaced, at once the first time, later after a pause.
- SIGHUP renews them one after the other: a new one answers before the old one is asked to end, so
  changed lessons are shown without a gap.  When the new one does not come up, the old ones stay.
- SIGTERM and SIGINT end them all; each finishes what it is answering.
- Should the parent be killed, the line between them breaks and the servers end.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.web.readiness import VARIABLE
from app.web.server import GRACE_SECONDS, READY

END_SECONDS: Final = GRACE_SECONDS + 5.0
"""After so many seconds a server that was asked to end is killed."""
LONGEST_PAUSE: Final = 30.0
"""Seconds between two attempts to start a server that does not come up."""
_LOG: Final = logging.getLogger(__name__)


@dataclass(eq=False)
class _Server:
    """A server process; ``line`` is our end of the connection to it."""

    process: asyncio.subprocess.Process
    line: socket.socket

    async def answers(self) -> bool:
        """Wait until it answers; False when it ends before."""
        with contextlib.suppress(OSError):
            return await asyncio.get_running_loop().sock_recv(self.line, 1) == READY
        return False

    async def end(self) -> None:
        """Ask it to end, and see to it."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), END_SECONDS)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
        finally:
            self.line.close()


class Processes:
    """``count`` servers on ``listener``; ``command`` starts one when its own flags are appended.

    ``on_start`` is called when all of them answer.
    """

    def __init__(
        self,
        command: Sequence[str],
        listener: socket.socket,
        count: int,
        on_start: Callable[[], None],
    ) -> None:
        self._command = command
        self._listener = listener
        self._count = count
        self._on_start = on_start
        self._serving: set[_Server] = set()
        self._started: set[_Server] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewing = asyncio.Lock()

    async def run(self) -> int:
        """Serve until SIGTERM or SIGINT; the exit code of the first server if it cannot start."""
        loop, serving = asyncio.get_running_loop(), asyncio.create_task(self._serve())
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, serving.cancel)
        loop.add_signal_handler(signal.SIGHUP, lambda: self._begin(self._renew()))
        try:
            return await serving
        except asyncio.CancelledError:
            return 0
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*(server.end() for server in self._started))

    async def _serve(self) -> int:
        first = await self._start(1)
        if not await self._welcome(first):
            return await first.process.wait() or 1
        others = [await self._start(number) for number in range(2, self._count + 1)]
        came = await asyncio.gather(*(self._welcome(server) for server in others))
        for _ in range(came.count(False)):
            self._begin(self._replace())
        self._on_start()
        await asyncio.Event().wait()
        return 0

    def _begin(self, action: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(action)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self, number: int) -> _Server:
        """Start a server; the one with number 1 tells the problems of the book."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        handed = (self._listener.fileno(), theirs.fileno())
        worker = f"{handed[1]}:{number}:{self._count}"
        flags = ("--fd", f"{handed[0]}", "--processes", "1", "--worker", worker)
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *self._command, *flags, pass_fds=handed, process_group=0, env=_environment()
            )
        server = _Server(process, ours)
        self._started.add(server)
        return server

    async def _welcome(self, server: _Server) -> bool:
        """Wait until a server answers, and watch it from then on; False when it ends instead."""
        if not await server.answers():
            await self._dismiss(server)
            return False
        self._serving.add(server)
        self._begin(self._watch(server))
        return True

    async def _dismiss(self, server: _Server) -> None:
        """End a server; from now on nobody misses it."""
        self._serving.discard(server)
        await server.end()
        self._started.discard(server)

    async def _watch(self, server: _Server) -> None:
        code = await server.process.wait()
        if server in self._serving:
            _LOG.warning("A server process ended with %s; another one takes its place", code)
            await self._dismiss(server)
            await self._replace()

    async def _replace(self) -> None:
        """Start servers until one answers."""
        pause = 0.5
        while not await self._welcome(await self._start(2)):
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _renew(self) -> None:
        """Put a new server in the place of each one."""
        async with self._renewing:
            for number, old in enumerate(tuple(self._serving), start=1):
                if not await self._welcome(await self._start(number)):
                    _LOG.warning("The book could not be opened anew; the old servers stay")
                    return
                await self._dismiss(old)


def _environment() -> dict[str, str]:
    """Ours with the same import path; it is the parent who talks to systemd."""
    folders = os.pathsep.join(folder for folder in sys.path if os.path.isabs(folder))
    kept = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return {**kept, "PYTHONPATH": folders}


def run_processes(
    command: Sequence[str], listener: socket.socket, count: int, on_start: Callable[[], None]
) -> int:
    """Serve with ``count`` processes until a signal; returns the exit code."""

    async def serve() -> int:
        return await Processes(command, listener, count, on_start).run()

    return asyncio.run(serve())
