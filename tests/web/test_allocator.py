"""Threads share the memory that one of them has freed."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

ARENAS = """
import ctypes, ctypes.util, sys, tempfile, threading
from app.web.allocator import share_one_arena

if sys.argv[1] == "shared":
    share_one_arena()
together = threading.Barrier(6)

def allocate():
    kept = [bytes(5000) for _ in range(100)]
    together.wait()

threads = [threading.Thread(target=allocate) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as file:
    stream = ctypes.c_void_p(library.fopen(file.name.encode(), b"w"))
    library.malloc_info(0, stream)
    library.fclose(stream)
    print(file.read().count(b"<heap nr="))
"""


def arenas(how: str) -> int:
    command = [sys.executable, "-c", ARENAS, how]
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return int(finished.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no arenas")
def test_threads_of_a_server_share_one_arena() -> None:
    assert arenas("own") > 1
    assert arenas("shared") == 1
