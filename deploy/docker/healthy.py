"""Exit code 0 when the book in this container answers: for Docker's health check.

Asks ``/readyz`` where ``NABLA__SERVER__SOCKET`` or else ``NABLA__SERVER__PORT`` say; with the
standard library alone, so that asking costs little.
"""

from __future__ import annotations

import http.client
import os
import socket
import sys

SECONDS = 4.0


def connected() -> socket.socket:
    """A connection to the server of this container."""
    path = os.environ.get("NABLA__SERVER__SOCKET")
    if not path:
        port = int(os.environ.get("NABLA__SERVER__PORT", "8000"))
        return socket.create_connection(("127.0.0.1", port), SECONDS)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(SECONDS)
    connection.connect(path)
    return connection


def main() -> int:
    """0 when the book is loaded and its workers answer."""
    connection = http.client.HTTPConnection("localhost")
    try:
        connection.sock = connected()
        connection.request("GET", "/readyz")
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
