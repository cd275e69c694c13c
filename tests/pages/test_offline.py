"""The worker of the served book: what it keeps, and where there is none."""

from __future__ import annotations

import json

import pytest

from app.main import create_app
from app.pages.edition import Edition
from app.pages.offline import digest_of
from app.settings import OfflineSettings, ServerSettings, Settings
from tests.support.reader import Reader


def kept(script: str) -> dict[str, dict[str, str]]:
    line = script.partition("\n")[0].removeprefix("self.nablaEdition = ").removesuffix(";")
    edition: dict[str, dict[str, str]] = json.loads(line)
    return edition


def test_the_worker_is_asked_for_again_each_time_and_knows_every_page(
    client: Reader, edition: Edition
) -> None:
    answer = client.get("/sw.js")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/javascript")
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    known = kept(answer.text)
    assert known["scope"] == "/"
    assert set(known["changing"]) == set(edition.pages)
    page = client.get("/lessons/jacobian")
    assert known["changing"]["/lessons/jacobian"] == digest_of(page.content)
    address = next(each for each in known["unchanging"] if each.endswith("/boot.js"))
    assert known["unchanging"][address] == digest_of(client.get(address).content)


def test_nothing_that_was_typed_or_computed_is_ever_kept(client: Reader) -> None:
    known = kept(client.get("/sw.js").text)
    addresses = [*known["changing"], *known["unchanging"]]
    assert not [each for each in addresses if "/api/" in each or "?" in each]


def test_pages_name_the_worker_and_embedded_widgets_do_not(client: Reader) -> None:
    meta = '<meta name="nabla-offline" content="/sw.js">'
    assert meta in client.get("/lessons/jacobian").text
    assert "nabla-offline" not in client.get("/embed/jacobian").text


def test_behind_a_proxy_the_worker_stays_below_the_prefix(behind_proxy: Reader) -> None:
    known = kept(behind_proxy.get("/course/sw.js").text)
    assert known["scope"] == "/course/"
    assert all(each.startswith("/course/") for each in known["changing"])


@pytest.mark.parametrize(
    "settings",
    [
        Settings(offline=OfflineSettings(reading=False)),
        Settings(server=ServerSettings(watch=True)),
    ],
    ids=["turned off", "while files are watched"],
)
def test_without_reading_offline_there_is_no_worker(settings: Settings) -> None:
    application = create_app(settings)
    with Reader(application) as reader:
        assert reader.get("/sw.js").status_code == 404
        assert "nabla-offline" not in reader.get("/glossary").text
