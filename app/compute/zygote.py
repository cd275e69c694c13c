"""The helper from which workers are forked: single-threaded, with SymPy imported and warm.

    python -m app.compute.zygote <file descriptor of the control socket>

The server must never fork itself, for it has threads.  It sends one byte and one end of a socket;
the zygote forks a worker that serves that socket, in about two milliseconds, because everything
slow has been imported.  When the control socket closes, the zygote ends; a worker ends when its own
does.  So nothing outlives the server.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from multiprocessing.connection import Connection
from typing import Final

from app.compute.worker import perform, serve

WARM_UP: Final = "app.calculus.readable:warm_up"
PRELOADED: Final = (
    "app.calculus.readable",
    "app.calculus.classify",
    "app.calculus.information_steps",
    "app.entries.answers",
)
"""What jobs need, imported once here instead of once in every worker."""


def main() -> None:
    """Serve forks until the server is gone."""
    # Ctrl-C and a service manager ask all processes to end; the server finishes, then closes us.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries dead workers
    for module in PRELOADED:
        importlib.import_module(module)
    perform(WARM_UP, ())
    gc.collect()
    gc.freeze()  # forked workers share these pages as long as nobody writes to them
    with socket.socket(fileno=int(sys.argv[1])) as control:
        while fork_one(control):
            pass


def fork_one(control: socket.socket) -> bool:
    """Wait for a request and fork a worker; False when the server is gone."""
    try:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    except OSError:
        return False
    if not message or not descriptors:
        return False
    (descriptor,) = descriptors
    if os.fork() == 0:
        become_worker(control, descriptor)
    os.close(descriptor)
    return True


def become_worker(control: socket.socket, descriptor: int) -> None:
    """Serve one connection and leave; nothing of the zygote runs on in the child."""
    status = 1
    try:
        control.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with contextlib.closing(Connection(descriptor)) as connection:
            connection.send(os.getpid())
            serve(connection)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
