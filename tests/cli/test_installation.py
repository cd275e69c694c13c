"""Libraries and files of an installation, and what is said of those that are not right."""

from __future__ import annotations

import shutil
from base64 import urlsafe_b64encode
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest

from app.cli import installation
from app.resources import book_root


class Installed:
    """A folder of distributions as an installer leaves them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, name: str, version: str, *needs: str, **files: str) -> None:
        """A distribution with these programs, and the list of them."""
        place = self.folder / f"{name.replace('-', '_')}-{version}.dist-info"
        place.mkdir()
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {n}" for n in needs)]
        (place / "METADATA").write_text("\n".join(lines))
        rows = []
        for module, text in files.items():
            (self.folder / f"{module}.py").write_text(text)
            digest = urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")
            rows.append(f"{module}.py,sha256={digest},{len(text)}")
        (place / "RECORD").write_text("\n".join(rows))

    def find(self, name: str) -> Distribution:
        """In place of ``importlib.metadata.distribution``."""
        for found in Distribution.discover(name=name, path=[str(self.folder)]):
            return found
        raise PackageNotFoundError(name)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    """An installation of the book with two libraries, one of which needs the other."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    site = Installed(folder)
    site.add("nabla-textbook", "1", "upper>=2.1", 'x>=1; extra == "dev"', book="the book")
    site.add("upper", "2.1.3", "lower", upper="")
    site.add("lower", "1.0", lower="")
    monkeypatch.setattr(installation, "distribution", site.find)
    return site


def libraries() -> str:
    (finding,) = installation.libraries()
    assert (finding.level == "ok") is not bool(finding.hint)
    return finding.message


def test_libraries_are_there_whole_and_new_enough(installed: Installed) -> None:
    assert libraries() == "All 2 libraries are installed."
    (installed.folder / "lower.py").unlink()
    assert libraries() == "lower is incomplete (lower.py)."
    shutil.rmtree(installed.folder / "lower-1.0.dist-info")
    (installed.folder / "upper-2.1.3.dist-info").rename(installed.folder / "upper-2.dist-info")
    (installed.folder / "upper-2.dist-info" / "METADATA").write_text(
        "Name: upper\nVersion: 2.0rc1\nRequires-Dist: lower"
    )
    assert libraries() == "lower is missing; upper 2.0rc1 is older than 2.1."


@pytest.mark.parametrize(
    ("needed", "said"),
    [
        ("lower==1.1", "lower 1.0 is older than 1.1."),
        ("lower<5,>=1.0.1", "lower 1.0 is older than 1.0.1."),
        ("lower~=1.10", "lower 1.0 is older than 1.10."),
        ("lower>=1.0.0", "All 2 libraries are installed."),
        ("lower<5,!=0.9", "All 2 libraries are installed."),
    ],
)
def test_what_a_library_needs_of_another_is_read_in_every_form(
    installed: Installed, needed: str, said: str
) -> None:
    shutil.rmtree(installed.folder / "upper-2.1.3.dist-info")
    installed.add("upper", "2.1.3", needed, upper="")
    assert libraries() == said


def files() -> list[tuple[str, str]]:
    return [(each.level, each.message) for each in installation.files()]


def test_every_file_that_was_installed_is_looked_at(installed: Installed) -> None:
    ((level, message),) = files()
    assert level == "ok"
    assert message.endswith("files have the checksums they should have.")
    (installed.folder / "book.py").write_text("another")
    ((level, message),) = files()
    assert level == "error"
    assert message.startswith("Not as shipped: ")
    assert message.endswith("/book.py.")
    (installed.folder / "book.py").unlink()
    assert [level for level, message in files() if message.startswith("Missing: ")] == ["error"]


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The vendored files of an installation that may be damaged."""
    vendor = tmp_path / "installed" / "static" / "vendor"
    shutil.copytree(book_root() / "static" / "vendor", vendor)
    monkeypatch.setattr("app.resources.book_root", lambda: tmp_path / "installed")
    return vendor


def test_missing_and_changed_files_are_named(damaged: Path) -> None:
    assert [level for level, _ in files()] == ["ok"]
    font = damaged / "fonts" / "latin-modern-math.woff2"
    font.write_bytes(font.read_bytes() + b"!")
    (damaged / "temml" / "temml.min.js").unlink()
    assert files() == [
        ("error", "Missing: vendor/temml/temml.min.js."),
        ("error", "Not as shipped: vendor/fonts/latin-modern-math.woff2."),
    ]
    (damaged / "README.md").unlink()
    assert files() == [("error", "Files of the book are missing: no such file or directory.")]


def test_every_vendored_file_has_a_checksum() -> None:
    """What is shipped and named nowhere could be exchanged without notice."""
    vendor = book_root() / "static" / "vendor"
    named = {name for name, _ in installation.VENDORED.findall((vendor / "README.md").read_text())}
    shipped = {path.relative_to(vendor).as_posix() for path in vendor.rglob("*") if path.is_file()}
    assert {name for name in shipped - named if "LICENSE" not in name} == {"README.md"}
