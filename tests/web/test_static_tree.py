"""The static tree: one digest for all, types that do not depend on the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.web.static_tree import StaticTree, media_type


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/book.css").write_text("p { color: red }")
    (tmp_path / "boot.js").write_text("export {}")
    (tmp_path / ".hidden").write_text("secret")
    return tmp_path


def test_the_digest_changes_with_any_file_and_with_nothing_else(root: Path) -> None:
    before = StaticTree(root).digest
    assert StaticTree(root).digest == before
    (root / "boot.js").write_text("export { }")
    assert StaticTree(root).digest != before


def test_a_renamed_file_changes_the_digest(root: Path) -> None:
    before = StaticTree(root).digest
    (root / "boot.js").rename(root / "start.js")
    assert StaticTree(root).digest != before


def test_addresses_carry_the_digest(root: Path) -> None:
    tree = StaticTree(root)
    assert tree.hashed("boot.js") == f"{tree.digest}/boot.js"
    assert tree.split(f"{tree.digest}/styles/book.css") == (True, "styles/book.css")
    assert tree.split("styles/book.css") == (False, "styles/book.css")


def test_an_old_digest_leads_to_the_newest_file_but_not_for_ever(root: Path) -> None:
    assert StaticTree(root).split("0123456789abcdef/boot.js") == (False, "boot.js")


def test_a_misspelt_file_raises_where_the_page_is_made(root: Path) -> None:
    with pytest.raises(KeyError, match=r"boto\.js"):
        StaticTree(root).hashed("boto.js")


@pytest.mark.parametrize("path", ["../secret", ".hidden", "styles", "", "styles//book.css"])
def test_nothing_but_files_of_the_tree_is_served(root: Path, path: str) -> None:
    assert StaticTree(root).prepared(path) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.svg", "image/svg+xml"),
        ("a.unknown-kind", "application/octet-stream"),
    ],
)
def test_types(name: str, expected: str) -> None:
    assert media_type(name) == expected
