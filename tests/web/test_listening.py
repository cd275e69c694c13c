"""Where a server can listen, and what is said where it cannot."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from app.web.listening import AddressError, address_of, inherited, listen, listening_at


def test_a_socket_at_a_path_is_for_its_owner_and_group_and_goes_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "nabla.sock"
    with listening_at(path) as listener:
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        assert address_of(listener) == f"unix:{path}"
        with socket.socket(socket.AF_UNIX) as visitor:
            visitor.connect(str(path))
    assert not path.exists()


def test_what_a_killed_server_left_behind_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "nabla.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    with listening_at(path), socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(str(path))


def test_the_socket_of_a_living_server_stays(tmp_path: Path) -> None:
    path = tmp_path / "nabla.sock"
    with listening_at(path):
        with pytest.raises(AddressError, match="A program listens at"), listening_at(path):
            pass
        assert path.is_socket()


def test_a_file_is_not_taken_for_a_socket(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("keep me")
    with pytest.raises(AddressError, match="is there and is no socket"), listening_at(path):
        pass
    assert path.read_text() == "keep me"


@pytest.mark.parametrize(
    ("name", "said"),
    [("no/folder/nabla.sock", "No such file or directory"), ("x" * 200, "too long for a socket")],
)
def test_an_impossible_path_is_told(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(AddressError, match=said), listening_at(tmp_path / name):
        pass


def test_a_socket_that_was_handed_over_is_used_as_it_is() -> None:
    with listen("127.0.0.1", 0) as opened, inherited(os.dup(opened.fileno())) as listener:
        assert listener.getsockname() == opened.getsockname()
        assert listener.proto == socket.IPPROTO_TCP, "or else small answers wait for 40 ms"
        assert not listener.get_inheritable()


def test_a_number_that_is_no_listening_socket_is_told_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(AddressError, match="is no open socket"):
        inherited(987)
    with (tmp_path / "file").open("w") as file, pytest.raises(AddressError, match="no open socket"):
        inherited(file.fileno())
    with socket.socket() as idle:
        with pytest.raises(AddressError, match="does not listen"):
            inherited(idle.fileno())
        idle.bind(("127.0.0.1", 0))  # still ours
