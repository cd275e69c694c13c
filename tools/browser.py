"""Finds the Chromium that the browser tests drive, or installs one.

Looked for in this order: the executable named by ``NABLA_CHROMIUM``, an installed Chromium or
Chrome, Playwright's own.  If none is there, Playwright's own is downloaded; where its download
is not to be had, Debian's package is installed.

    python -m tools.browser            prints the path, installing a browser if need be
    python -m tools.browser --find     prints the path, or fails when there is none
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools.installing import attempt, install_debian_package

INSTALLED_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """The path of a usable Chromium, or None."""
    named = os.environ.get("NABLA_CHROMIUM")
    if named:
        return Path(named) if Path(named).exists() else None
    for name in INSTALLED_NAMES:
        if path := shutil.which(name):
            return Path(path)
    return _playwrights_own()


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def install_chromium() -> Path | None:
    """Install a Chromium by the first way that works, and return its path."""
    for install in (_download_playwrights_own, _install_debians_package):
        install()
        if path := find_chromium():
            return path
    return None


def _download_playwrights_own() -> None:
    install = (sys.executable, "-m", "playwright", "install")
    attempt(*install, "--with-deps", "chromium") or attempt(*install, "chromium")


def _install_debians_package() -> None:
    install_debian_package("chromium")


def main(arguments: list[str]) -> int:
    """Print the browser's path; exit code 1 when there is none and none could be installed."""
    path = find_chromium()
    if path is None and "--find" not in arguments:
        path = install_chromium()
    if path is None:
        print(
            "No Chromium was found or could be installed. Install one by hand and name it in "
            "NABLA_CHROMIUM, then run the command again.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
