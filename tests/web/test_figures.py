"""Several server processes tell their figures as one."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.diagnostics import NablaError
from app.web.figures import FOLDER, FRESH_SECONDS, Board, Figures
from app.web.metrics import exposition, serve_figures
from app.web.observer import Observer


def observer(requests: int) -> Observer:
    found = Observer()
    for _ in range(requests):
        found.note("id", "GET", "/lessons/{slug}", "/lessons/x", 200, 0.002)
    return found


def lines(board: Board) -> list[str]:
    return exposition(board).decode().splitlines()


TOTAL = 'nabla_requests_total{method="GET",route="/lessons/{slug}",status="200"}'


def test_one_process_tells_its_own() -> None:
    found = lines(Board(observer(3)))
    assert f"{TOTAL} 3.0" in found
    assert 'nabla_request_seconds_bucket{le="0.001",route="/lessons/{slug}"} 0.0' in found
    assert 'nabla_request_seconds_bucket{le="0.0025",route="/lessons/{slug}"} 3.0' in found
    assert 'nabla_request_seconds_sum{route="/lessons/{slug}"} 0.006' in found


def test_figures_come_back_from_what_another_process_reads() -> None:
    figures = Figures(lanes={("fast", "running"): 2}, events={("job", "timeout"): 1})  # type: ignore[arg-type]
    figures.add(Board(observer(2)).figures())
    assert Figures.from_json(figures.to_json()) == figures


def test_the_sum_is_told_and_what_an_ended_process_counted_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    other = Board(observer(5))
    other.close()  # leaves its figures for the last time
    written = tmp_path / f"{os.getpid()}.json"
    ended = written.rename(tmp_path / "1.json")
    (tmp_path / "2.json").write_text("[]")  # a process that was killed while it wrote
    long_ago = time.time() - 2 * FRESH_SECONDS
    os.utime(ended, (long_ago, long_ago))
    board = Board(observer(2))
    assert f"{TOTAL} 7.0" in lines(board)
    board.close()
    assert f"{TOTAL} 7.0" in lines(board), "its own file is not counted once more"


def test_two_processes_may_share_the_port_and_two_servers_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_port: int
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    for _ in range(2):
        serve_figures("127.0.0.1", unused_port, Board(observer(1)))
    monkeypatch.delenv(FOLDER)
    with pytest.raises(NablaError, match=r"figures cannot be served at 127\.0\.0\.1"):
        serve_figures("127.0.0.1", unused_port, Board(observer(1)))


@pytest.fixture
def unused_port() -> int:
    from tests.support.server import free_port

    return free_port()
