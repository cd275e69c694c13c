"""Tells systemd how the service is, where systemd asked for that (``Type=notify``)."""

from __future__ import annotations

import contextlib
import os
import socket

VARIABLE = "NOTIFY_SOCKET"


def tell_systemd(state: str) -> None:
    """Send ``state``, such as READY=1, to the socket that systemd named, if it did.

    The protocol is that of sd_notify(3): one datagram; a name that begins with @ is an abstract
    one.  Whether anybody listens is no concern of the server.
    """
    address = os.environ.get(VARIABLE, "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(state.encode(), address)
