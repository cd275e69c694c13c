"""What the server says before the application is asked."""

from __future__ import annotations

from app.web.server import UNREADABLE, Protocol


class Transport:
    """Collects what is written."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True


def test_a_request_that_cannot_be_read_is_answered_in_a_sentence_with_its_length() -> None:
    protocol = object.__new__(Protocol)
    protocol.transport = transport = Transport()
    protocol.send_400_response("Invalid HTTP request received.")
    head, _, body = transport.written.decode("ascii").partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 400 Bad Request\r\n")
    assert f"Content-Length: {len(body)}" in head
    assert body == UNREADABLE
    assert transport.closed
