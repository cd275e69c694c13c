"""Installing what tests need: commands that are told on standard error and may fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

APT = ("apt-get", "-qq", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=60")
"""A mirror that hiccups and a package manager that is busy are tried again."""


def attempt(
    *command: str, seconds: float = 300, folder: Path | None = None, silent: bool = False
) -> bool:
    """Whether a command succeeds; what it prints goes to standard error, or nowhere."""
    print("+", *command, file=sys.stderr)
    try:
        finished = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if silent else sys.stderr,
            timeout=seconds,
            check=False,
            cwd=folder,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"  {problem}", file=sys.stderr)
        return False
    return finished.returncode == 0


def install_debian_package(name: str, seconds: float = 300) -> None:
    """Install a package where there is apt-get, and the right to use it."""
    if not shutil.which("apt-get") or (os.geteuid() != 0 and not shutil.which("sudo")):
        return
    as_root = () if os.geteuid() == 0 else ("sudo", "-n")
    apt = (*as_root, "env", "DEBIAN_FRONTEND=noninteractive", *APT)
    # A list that cannot be renewed is no reason not to try with the old one.
    attempt(*apt, "update", seconds=seconds)
    attempt(*apt, "install", "-y", "--no-install-recommends", name, seconds=seconds)
