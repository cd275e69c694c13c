"""The description of the API: complete, true, and without a request that leaves the origin."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.support.reader import Reader


def _operations(client: Reader) -> list[tuple[str, str, dict[str, Any]]]:
    document = client.get("/api/openapi.json").json()
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]


def test_every_address_has_a_summary_an_example_and_its_errors(client: Reader) -> None:
    operations = _operations(client)
    assert {path for path, _, _ in operations} >= {"/api/jacobian"}
    for path, method, operation in operations:
        assert path.startswith("/api/")
        assert operation["summary"], (path, method)
        assert operation["responses"]["200"]["content"]["application/json"]["example"]
        assert "400" in operation["responses"]


def test_the_examples_work(client: Reader) -> None:
    for path, method, operation in _operations(client):
        if method == "get":
            query = {each["name"]: each["example"] for each in operation["parameters"]}
            response = client.get(path, params=query)
        else:
            body = operation["requestBody"]["content"]["application/json"]["example"]
            response = client.post(path, json=body)
        assert response.status_code == 200, (path, method, response.text)


def test_answers_have_what_their_description_names(client: Reader) -> None:
    for path, method, operation in _operations(client):
        if method != "get":
            continue
        query = {each["name"]: each["example"] for each in operation["parameters"]}
        found = client.get(path, params=query).json()
        content = operation["responses"]["200"]["content"]["application/json"]
        for name in content["schema"]["properties"]:
            assert name in found, (path, name)


class Page(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(client: Reader) -> Page:
    response = client.get("/api/docs")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    return Page(response.text)


def test_the_page_needs_no_script_and_no_other_origin(page: Page) -> None:
    assert not [tag for tag, attributes in page.tags if tag == "script" or "style" in attributes]
    for _, attributes in page.tags:
        for name in ("href", "src"):
            assert not re.match(r"(?i)(https?:)?//", attributes.get(name) or "")


def test_the_pages_headings_are_in_order_and_its_links_lead_somewhere(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for tag, attributes in page.tags:
        target = attributes.get("href") or ""
        if tag == "a" and target.startswith("#"):
            assert target[1:] in ids


def test_the_pages_examples_can_be_followed(client: Reader, page: Page) -> None:
    examples = [
        target
        for tag, attributes in page.tags
        if tag == "a" and (target := attributes.get("href") or "").startswith("../api/")
    ]
    assert examples
    for target in examples:
        assert client.get(target.removeprefix("..")).status_code == 200
