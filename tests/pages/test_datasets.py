"""The datasets of the book as downloads."""

from __future__ import annotations

from app.resources import book_root
from tests.support.reader import Reader


def test_the_bulbs_can_be_downloaded_and_are_not_sent_twice(client: Reader) -> None:
    answer = client.get("/datasets/bulbs.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="bulbs.csv"'
    shipped = (book_root() / "content" / "datasets" / "bulbs.csv").read_bytes()
    assert answer.content == shipped
    again = client.get("/datasets/bulbs.csv", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_nothing_else_is_a_dataset(client: Reader) -> None:
    for name in ("lamps", "..%2fbook", "bulbs.md", "Bulbs"):
        assert client.get(f"/datasets/{name}.csv").status_code == 404
