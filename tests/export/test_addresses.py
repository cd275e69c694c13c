"""Addresses of a copy: pages are folders, and every base is read or refused in words."""

from __future__ import annotations

import pytest

from app.diagnostics import NablaError
from app.export.addresses import Folders, file_of, prefix_of

FOLDERS = Folders("/book", {"/", "/glossary", "/lessons/jacobian"})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/book/glossary", "/book/glossary/"),
        ("/book/glossary#term-jacobian", "/book/glossary/#term-jacobian"),
        ("/book/lessons/jacobian?layout=numerator", "/book/lessons/jacobian/?layout=numerator"),
        ("/book/", "/book/"),
        ("/book/static/book.css", "/book/static/book.css"),
        ("/glossary", "/glossary"),
        ("/bookshop/glossary", "/bookshop/glossary"),
        ("https://university.example/glossary", "https://university.example/glossary"),
    ],
)
def test_a_page_is_a_folder_and_nothing_else_is(address: str, expected: str) -> None:
    assert FOLDERS.address(address) == expected


def test_links_and_forms_are_rewritten_and_words_are_not() -> None:
    html = '<a class="x" href="/book/glossary">/book/glossary</a><form action="/book/glossary">'
    assert FOLDERS.rewritten(html) == (
        '<a class="x" href="/book/glossary/">/book/glossary</a><form action="/book/glossary/">'
    )


def test_a_copy_at_the_root_of_a_host_has_folders_as_well() -> None:
    assert Folders("", {"/", "/glossary"}).address("/glossary") == "/glossary/"


@pytest.mark.parametrize(("path", "name"), [("/", "index.html"), ("/a/b", "a/b/index.html")])
def test_every_page_has_a_file(path: str, name: str) -> None:
    assert file_of(path) == name


@pytest.mark.parametrize(
    ("base", "prefix"),
    [
        ("/", ""),
        ("/book/", "/book"),
        ("/~ada/matrix-calculus", "/~ada/matrix-calculus"),
        ("https://university.example/book/", "/book"),
        ("https://university.example", ""),
    ],
)
def test_a_base_is_a_path_or_a_web_address(base: str, prefix: str) -> None:
    assert prefix_of(base) == prefix


@pytest.mark.parametrize("base", ["book", "", "//book/", "/a b/", '/"/', "/book?x", "C:\\book"])
def test_another_base_is_refused_with_an_example(base: str) -> None:
    with pytest.raises(NablaError, match="--base /book/"):
        prefix_of(base)
