"""Behind a proxy that shows the book below a path."""

from __future__ import annotations

import re

import pytest

from tests.support.reader import Reader

PAGES = [
    "/",
    "/lessons/jacobian",
    "/cheat-sheet",
    "/cheat-sheet/by-scalar",
    "/glossary",
    "/notation",
    "/search?q=gradient",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sent", ["/course", ""])
def test_pages_are_found_whether_the_proxy_strips_the_prefix_or_not(
    behind_proxy: Reader, page: str, sent: str
) -> None:
    assert behind_proxy.get(sent + page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_no_link_leads_out_of_the_prefix(behind_proxy: Reader, page: str) -> None:
    text = behind_proxy.get(f"/course{page}").text
    rooted = re.findall(r'(?:href|src|action|content)="(/[^"]*)"', text)
    assert rooted
    assert [link for link in rooted if not link.startswith("/course/")] == []


def test_static_files_are_found(behind_proxy: Reader) -> None:
    for address in re.findall(r'"(/course/static/[^"]+)"', behind_proxy.get("/course/").text):
        answer = behind_proxy.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_the_prefix_alone_is_the_cover(behind_proxy: Reader) -> None:
    assert behind_proxy.get("/course").text == behind_proxy.get("/course/").text


def test_redirects_and_errors_stay_within(behind_proxy: Reader) -> None:
    answer = behind_proxy.get("/course/glossary/", follow_redirects=False)
    assert answer.headers["location"] == "/course/glossary"
    missing = behind_proxy.get("/course/nowhere")
    assert missing.status_code == 404
    assert 'href="/course/"' in missing.text


def test_embedding_headers_hold_below_the_prefix(behind_proxy: Reader) -> None:
    answer = behind_proxy.get("/course/embed/jacobian")
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
