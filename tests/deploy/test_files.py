"""The files of ``deploy`` name what exists, and agree with one another and with the book."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from starlette.routing import Route

from app.pages import health
from app.settings import load_settings
from tests.deploy.books import DEPLOY
from tests.support.server import REPOSITORY

NGINX = sorted((DEPLOY / "nginx").glob("*.conf"))
PROBES = {route.path for route in health.router.routes if isinstance(route, Route)}


def yaml(path: Path) -> list[Any]:
    """All documents of a file."""
    return list(YAML(typ="safe").load_all(path.read_text()))


def kubernetes(kind: str, name: str = "nabla") -> Any:
    """One object of the manifest."""
    objects = yaml(DEPLOY / "kubernetes" / "nabla.yaml")
    (found,) = [o for o in objects if (o["kind"], o["metadata"]["name"]) == (kind, name)]
    return found


@pytest.mark.parametrize("path", NGINX, ids=lambda path: path.name)
def test_snippets_that_nginx_includes_are_shipped(path: Path) -> None:
    for snippet in re.findall(r"include snippets/([\w.-]+);", path.read_text()):
        assert (DEPLOY / "nginx" / snippet).is_file()


def test_the_image_copies_what_there_is() -> None:
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    kept = (DEPLOY / "docker" / "Dockerfile.dockerignore").read_text().splitlines()
    for sources in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE):
        for source in sources.split():
            assert (REPOSITORY / source).exists(), source
            assert any(source.startswith(line[1:]) for line in kept if line.startswith("!")), source
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE), "not root"


def test_the_containers_are_given_what_there_is() -> None:
    (compose,) = yaml(DEPLOY / "docker" / "compose.yaml")
    for service in compose["services"].values():
        for volume in service["volumes"]:
            source = volume.rpartition(":/")[0] or volume
            if source.startswith("."):
                assert (DEPLOY / "docker" / source.partition(":")[0]).resolve().is_file(), volume
            elif not source.startswith("$"):
                assert source.partition(":")[0] in compose["volumes"], volume
    path = compose["services"]["nabla"]["environment"]["NABLA__SERVER__SOCKET"]
    assert f"unix:{path} " in (DEPLOY / "nginx" / "nabla.conf").read_text()


def test_the_course_of_the_containers_is_what_its_settings_say() -> None:
    """The environment wins over ``nabla.toml``, so it may tell only where the book is served."""
    (compose,) = yaml(DEPLOY / "docker" / "compose.yaml")
    environment = compose["services"]["nabla"]["environment"]
    said = {name for name, value in environment.items() if value is not None}
    said |= set(re.findall(r"\bNABLA__\w+", (DEPLOY / "docker" / "Dockerfile").read_text()))
    said -= {"NABLA__SECTION__KEY"}
    assert {name for name in said if not name.startswith("NABLA__SERVER__")} == set()


def test_replicas_are_probed_where_the_book_answers() -> None:
    (container,) = kubernetes("Deployment")["spec"]["template"]["spec"]["containers"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["path"] in PROBES
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    assert f"NABLA__SERVER__PORT={container['ports'][0]['containerPort']}" in text


def test_the_settings_of_the_replicas_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "nabla.toml"
    path.write_text(kubernetes("ConfigMap")["data"]["nabla.toml"])
    address = load_settings(path).cache.redis.get_secret_value()
    service = kubernetes("Service", "nabla-redis")
    assert address.startswith(f"redis://{service['metadata']['name']}:")
    assert f":{service['spec']['ports'][0]['port']}/" in address


def test_the_unit_may_do_nothing_but_serve() -> None:
    """``systemd-analyze security`` gives 0.5; without one of these it gives more."""
    unit = (DEPLOY / "systemd" / "nabla.service").read_text().splitlines()
    for line in (
        *("DynamicUser=yes", "ProtectSystem=strict", "PrivateNetwork=yes", "NoNewPrivileges=yes"),
        *("CapabilityBoundingSet=", "RestrictAddressFamilies=AF_UNIX", "RestrictNamespaces=yes"),
        *("PrivateDevices=yes", "PrivateUsers=yes", "SystemCallFilter=@system-service"),
    ):
        assert line in unit
