"""The walls around a worker hold without the server."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys

PATIENCE = 60


def _ending(program: str) -> int:
    """How a process ends that runs this program: minus the signal that ended it."""
    return subprocess.run([sys.executable, "-c", program], timeout=PATIENCE).returncode


def test_a_worker_whose_server_is_gone_ends_itself_even_inside_c() -> None:
    program = """
from app.compute.worker import own_alarm
alarm = own_alarm(0.0)
alarm.seconds = 0.2
with alarm:
    7 ** (7 ** 9)
"""
    assert _ending(program) == -signal.SIGPROF


def test_a_job_that_is_done_has_no_alarm_any_more() -> None:
    program = """
import time
from app.compute.worker import own_alarm
alarm = own_alarm(0.0)
alarm.seconds = 0.2
with alarm:
    pass
until = time.process_time() + 0.5
while time.process_time() < until:
    pass
"""
    assert _ending(program) == 0


def test_the_memory_limit_is_set_from_where_the_worker_stands() -> None:
    program = """
import resource, sys
from app.compute.worker import MEMORY, limit_memory
limit_memory()
soft, hard = resource.getrlimit(resource.RLIMIT_AS)
sys.exit(0 if soft == hard and MEMORY < soft < MEMORY + 2**31 else 1)
"""
    assert resource.getrlimit(resource.RLIMIT_AS)
    assert _ending(program) == 0
