"""Every page over HTTP: found, complete without scripts, compressed, cached, framed safely."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route

from app.lessons.drafts import TAKEN
from app.lessons.hyperlinks import FIXED
from app.lessons.sources import is_slug
from app.main import PAGE_ROUTERS
from app.pages import live
from app.pages.edition import Edition
from tests.support.reader import Reader

LESSONS = [
    "beyond-scalar-calculus",
    "layout-conventions",
    "gradients",
    "jacobian",
    "hessian",
    "rules",
    "matrix-chain-rule",
    "backpropagation",
    "linear-regression",
    "custom-autograd",
    "natural-gradient-and-variational-inference",
    "gaussian-processes",
]
REFERENCE = (
    "/",
    "/cheat-sheet",
    "/calculator",
    "/glossary",
    "/notation",
    "/bibliography",
    "/search",
    "/privacy",
)
ADDRESSES = (*REFERENCE, *(f"/lessons/{slug}" for slug in LESSONS))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_of_the_book_is_there(client: Reader, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.count("<h1") == 1
    assert '<main id="main"' in answer.text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", answer.text), (
        "inline script or style would break the policy"
    )


def test_lessons_may_link_to_every_page_that_the_book_makes_itself(edition: Edition) -> None:
    made = {path for path in edition.pages if not path.startswith(("/lessons/", "/cheat-sheet/"))}
    assert made - {"/notation"} == set(FIXED) - {"/api/docs"}


def test_no_page_of_an_author_can_take_the_address_of_another() -> None:
    routes = (route for router in (*PAGE_ROUTERS, live.router) for route in router.routes)
    addresses = (*(route.path for route in routes if isinstance(route, Route)), *FIXED)
    first = {address.strip("/").partition("/")[0] for address in addresses}
    assert {"datasets", "changes", "privacy"} <= first
    assert {name for name in first if is_slug(name)} <= TAKEN


def test_the_cover_maps_all_lessons_in_order(client: Reader) -> None:
    linked = re.findall(r'<a href="/lessons/([a-z-]+)" data-lesson', client.get("/").text)
    assert linked[-len(LESSONS) :] == LESSONS


def test_lessons_lead_to_their_neighbours(client: Reader) -> None:
    page = client.get("/lessons/jacobian").text
    assert 'rel="prev" href="/lessons/gradients"' in page
    assert 'rel="next" href="/lessons/hessian"' in page
    assert 'rel="prev"' not in client.get(f"/lessons/{LESSONS[0]}").text
    assert 'rel="next"' not in client.get(f"/lessons/{LESSONS[-1]}").text


def test_the_current_page_is_marked_in_the_contents(client: Reader) -> None:
    marked = re.findall(r'<a href="([^"]+)"[^>]*aria-current="page"', client.get("/glossary").text)
    assert set(marked) == {"/glossary"}


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_pages_travel_compressed(client: Reader, encoding: str) -> None:
    plain = client.get("/lessons/jacobian", headers={"accept-encoding": "identity"})
    packed = client.get("/lessons/jacobian", headers={"accept-encoding": encoding})
    assert packed.headers["content-encoding"] == encoding
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert packed.text == plain.text


def test_a_page_is_sent_once(client: Reader) -> None:
    first = client.get("/lessons/jacobian")
    again = client.get("/lessons/jacobian", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("address", ["/", "/search?q=trace", "/healthz", "/static/boot.js"])
def test_head_answers_as_get_does(client: Reader, address: str) -> None:
    get, head = client.get(address), client.head(address)
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]


def test_the_layout_can_be_asked_for_without_scripts(client: Reader) -> None:
    def layout(address: str) -> str:
        found = re.search(r'<html[^>]* data-layout="(\w+)"', client.get(address).text)
        assert found
        return found.group(1)

    assert layout("/lessons/gradients") == "numerator"
    assert layout("/lessons/gradients?layout=denominator") == "denominator"
    assert layout("/lessons/gradients?layout=nonsense") == "numerator"
    assert layout("/lessons/gradients?jacobian=1~x.2") == "numerator"


@pytest.mark.parametrize("address", ["/", "/nowhere", "/static/boot.js", "/healthz", "/search?q=a"])
def test_every_answer_has_the_security_headers(client: Reader, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["referrer-policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/lessons/no-such-lesson",
        "/lessons/",
        "/lessons/Jacobian",
        "/lessons/../../etc/passwd",
        "/lessons/%2e%2e%2fsecret",
        "/lessons/<script>alert(1)</script>",
        "/lessons/" + "a" * 5000,
        "/lessons/jacobi\u0430n",
        "/%00",
        "/%ff%fe",
        "/embed/nothing",
        "/static/nothing.js",
        "/static/../pyproject.toml",
        "/nowhere/at/all",
    ],
)
def test_what_is_not_there_is_a_page_of_the_book(client: Reader, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'href="/"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "alert(1)" not in answer.text


def test_a_slash_too_much_is_forgiven(client: Reader) -> None:
    answer = client.get("/glossary/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/glossary")


def test_an_address_of_a_copy_leads_to_the_same_page_with_its_state(client: Reader) -> None:
    for path in ("/lessons/jacobian", "/embed/jacobian"):
        answer = client.get(f"{path}/?jacobian=1~x.2", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (308, f"{path}?jacobian=1~x.2")
    assert client.get("/embed/nothing/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_can_only_be_read(client: Reader, method: str) -> None:
    answer = client.request(method, "/lessons/jacobian")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "This page can only be read" in answer.text


def test_a_defect_is_told_without_its_insides(
    client: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Edition, path: str, layout: str | None) -> None:
        raise RuntimeError("secret detail in /srv/book")

    monkeypatch.setattr(Edition, "page", broken)
    answer = client.get("/glossary")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_health(client: Reader) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").headers["cache-control"] == "no-store"


def test_changes_are_streamed_in_watch_mode_only(client: Reader) -> None:
    assert client.get("/changes").status_code == 404
    assert "nabla-changes" not in client.get("/").text


def test_static_files_are_kept_for_ever_under_their_digest(client: Reader) -> None:
    page = client.get("/").text
    addresses = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert len(addresses) > 5
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_static_files_without_a_digest_are_asked_for_again(client: Reader) -> None:
    first = client.get("/static/boot.js")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/boot.js", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304


def test_the_digest_of_an_earlier_book_still_finds_the_file(client: Reader) -> None:
    answer = client.get("/static/0123456789abcdef/boot.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_every_widget_can_be_framed(client: Reader, edition: Edition) -> None:
    assert "jacobian" in edition.embeds
    for name in edition.embeds:
        answer = client.get(f"/embed/{name}")
        assert f'data-widget="{name}"' in answer.text
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
        assert "x-frame-options" not in answer.headers


def test_links_within_the_book_lead_somewhere(client: Reader, edition: Edition) -> None:
    """Every link of every page, and every fragment in it, exists."""
    ids: dict[str, set[str]] = {}
    links: set[tuple[str, str, str]] = set()
    for path, layouts in edition.pages.items():
        text = layouts["numerator"].body.decode()
        ids[path] = set(re.findall(r'\sid="([^"]+)"', text))
        for target in re.findall(r'<a\s[^>]*?href="([/#][^"]*)"', text):
            address, _, fragment = target.partition("#")
            links.add((path, address.partition("?")[0] or path, fragment))
    missing = [
        (page, address, fragment)
        for page, address, fragment in sorted(links)
        if address not in {"/search", "/calculator"}
        and not address.startswith("/static/")
        and not (address.startswith("/datasets/") and client.get(address).status_code == 200)
        and (address not in ids or (fragment and fragment not in ids[address]))
    ]
    assert not missing, "\n".join(map(str, missing))


def test_ids_are_unique_on_every_page(edition: Edition) -> None:
    for path, layouts in edition.pages.items():
        found = re.findall(r'\sid="([^"]+)"', layouts["numerator"].body.decode())
        doubled = {anchor for anchor in found if found.count(anchor) > 1}
        assert not doubled, path
