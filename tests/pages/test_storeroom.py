"""Editions kept on disk: found by what went into them, trusted only when nothing is wrong."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from app.main import create_app
from app.pages.edition import Edition
from app.pages.storeroom import EDITIONS, Kept, Storeroom, digest_of
from app.settings import Settings
from app.web.prepared import prepare
from app.web.static_tree import StaticTree
from tests.support.reader import Reader


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    page = MappingProxyType({"numerator": prepare(b"<p>page</p>" * 99, "text/html")})
    (tmp_path / "static").mkdir()
    (tmp_path / "static/boot.js").write_text("export {}")
    tree = StaticTree(tmp_path / "static")
    tree.prepared("boot.js")
    pages = MappingProxyType({"/": page})
    return Kept("numerator", pages, MappingProxyType({}), MappingProxyType({}), tree, (), b"")


@pytest.fixture
def storeroom(tmp_path: Path) -> Storeroom:
    return Storeroom(tmp_path / "editions")


def test_an_edition_comes_back_as_it_was(storeroom: Storeroom, kept: Kept) -> None:
    assert storeroom.keep("a", kept)
    found = storeroom.find("a")
    assert found is not None
    assert found.page("/", "sideways") == kept.pages["/"]["numerator"]
    assert found.page("/nowhere", None) is None
    assert found.file("boot.js") == kept.file("boot.js")
    assert storeroom.find("b") is None


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "foreign"])
def test_what_is_damaged_is_not_used(storeroom: Storeroom, kept: Kept, damage: str) -> None:
    storeroom.keep("a", kept)
    path = storeroom.folder / "a.edition"
    whole = path.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "cut": whole[:middle],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "empty": b"",
        "foreign": b"something else entirely",
    }
    path.write_bytes(damaged[damage])
    assert storeroom.find("a") is None


def test_what_others_may_write_to_is_not_used(storeroom: Storeroom, kept: Kept) -> None:
    storeroom.keep("a", kept)
    path = storeroom.folder / "a.edition"
    path.chmod(0o666)
    assert storeroom.find("a") is None
    path.chmod(0o600)
    assert storeroom.find("a") is not None
    storeroom.folder.chmod(0o777)
    assert storeroom.find("a") is None


def test_a_full_disk_or_a_forbidden_folder_stops_nobody(tmp_path: Path, kept: Kept) -> None:
    (tmp_path / "file").write_text("not a folder")
    storeroom = Storeroom(tmp_path / "file" / "editions")
    assert not storeroom.keep("a", kept)
    assert storeroom.find("a") is None


def test_the_oldest_goes_when_there_are_too_many(storeroom: Storeroom, kept: Kept) -> None:
    for number in range(EDITIONS + 2):
        storeroom.keep(str(number), kept)
    assert len(list(storeroom.folder.iterdir())) == EDITIONS


def test_the_digest_follows_content_and_settings(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text("one")
    settings = {"book": {"content": tmp_path, "layout": "numerator"}}
    before = digest_of(settings)
    assert digest_of(settings) == before
    lesson.write_text("two")
    after = digest_of(settings)
    assert after != before
    assert digest_of({"book": {"content": tmp_path, "layout": "denominator"}}) != after
    (tmp_path / "preset.yaml").write_text("")
    assert digest_of(settings) != after


def test_a_book_that_was_kept_is_the_same_book(
    storeroom: Storeroom, edition: Edition, client: Reader
) -> None:
    press = client.app.state.press  # type: ignore[attr-defined]
    assert storeroom.keep("book", press.kept(edition))
    found = storeroom.find("book")
    assert found is not None
    with Reader(create_app(Settings(), found)) as again:
        for address in ("/", "/lessons/gradients", "/search?q=jacobian", "/embed/jacobian"):
            assert again.get(address).text == client.get(address).text
        question = "/calculator?expr=x'*A*x&wrt=x"
        assert again.get(question).text == client.get(question).text


def test_the_digest_knows_every_layer_of_an_overlay(tmp_path: Path) -> None:
    for name, text in (("low", 'title = "A"'), ("middle", 'extends = "../low"')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "book.toml").write_text(text)
    top = tmp_path / "top"
    (top / ".venv").mkdir(parents=True)
    (top / "book.toml").write_text('extends = "../middle"')
    settings = {"book": {"content": top}}
    before = digest_of(settings)
    (top / ".venv" / "unrelated").write_text("")
    assert digest_of(settings) == before
    (tmp_path / "low" / "book.toml").write_text('title = "B"')
    assert digest_of(settings) != before
