"""The link check: each way in which an address leads nowhere, by a copy of a few files."""

from __future__ import annotations

import json

import pytest

from app.export.linkcheck import LinkCheck

SOUND = {
    "index.html": b'<h1 id="top">Cover</h1><a href="/b/page/#place">on</a><a href="#top">up</a>'
    b'<link href="/b/book.css"><script src="/b/boot.js"></script>'
    b'<a href="https://elsewhere.example/">out</a><a href="mailto:ada@university.example">mail</a>',
    "page/index.html": b'<h2 id="place">Place</h2><a href="../">back</a><a href="/b/">cover</a>',
    "book.css": b'@font-face { src: url("font.woff2"); } a { background: url(data:image/gif,) }',
    "font.woff2": b"font",
    "boot.js": b'import { a } from "./a.js";\nnew URL("./book.css", import.meta.url);',
    "a.js": b"export const a = 1;",
    "search/places.json": json.dumps({"places": [{"address": "/b/page/#place"}]}).encode(),
}


def test_a_sound_copy_has_no_problem() -> None:
    assert LinkCheck(SOUND, "/b").problems() == []


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("index.html", b'<a href="/b/page">x</a>', "index.html:1: error: “/b/page” leads nowhere"),
        ("index.html", b'\n<a href="/b/gone/">x</a>', "index.html:2:"),
        ("index.html", b'<a href="/b/page/#gone">x</a>', "has no place called “gone”"),
        ("index.html", b'<a href="/glossary/">x</a>', "leads out of the book"),
        ("index.html", b'<img src="picture.svg">', "“picture.svg” leads nowhere"),
        ("index.html", b'<form action="/b/search/"></form>', "“/b/search/” leads nowhere"),
        ("index.html", b'<meta name="nabla-offline" content="/b/sw.js">', "“/b/sw.js”"),
        ("book.css", b"\na { background: url(gone.svg) }", "book.css:2:"),
        ("boot.js", b'export * from "./gone.js";', "“./gone.js” leads nowhere"),
        ("boot.js", b'  await import("./gone.js");', "“./gone.js” leads nowhere"),
        ("search/places.json", b'{"places": [{"address": "/b/gone/"}]}', "search/places.json:"),
    ],
)
def test_what_leads_nowhere_is_told_with_its_place(name: str, body: bytes, words: str) -> None:
    found = [str(each) for each in LinkCheck({**SOUND, name: body}, "/b").problems()]
    assert len(found) == 1, found
    assert words in found[0]


def test_formulas_between_do_not_shift_the_lines() -> None:
    body = b'<math>\n<mi>x</mi>\n</math>\n<a href="/b/gone/">x</a><math></math>'
    (found,) = LinkCheck({**SOUND, "index.html": body}, "/b").problems()
    assert found.line == 4


def test_an_address_is_told_once_for_each_file() -> None:
    body = b'<a href="/b/gone/">x</a><a href="/b/gone/">y</a>'
    assert len([*LinkCheck({**SOUND, "index.html": body}, "/b").problems()]) == 1
