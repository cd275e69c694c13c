"""The log: lines on standard error, for people or as JSON, with the id of the request.

What a reader typed must not get there.  Messages are written by us and name no input; of an
exception, whose own words may quote a value, only its kind and the places in the program are told.
"""

from __future__ import annotations

import contextlib
import json
import logging
import queue
import sys
import threading
import time
import traceback
from typing import Any, Final, TextIO

from app.web.observer import REQUEST_ID

LEVELS: Final = {"debug": 10, "info": 20, "warning": 30, "error": 40}
REQUESTS: Final = logging.getLogger("nabla.requests")
WATCH: Final = "nabla.watch"
"""What an author is told who saves a lesson: file and line first, as editors want it."""
PLACES: Final = 12
"""Frames of a traceback that are told."""
WAITING: Final = 10_000
"""Lines that wait to be written; where the disk is slower than the readers, more are lost."""


def configure(form: str = "text", level: str = "warning", stream: TextIO | None = None) -> None:
    """Write all logs of the process in one form; ``form`` is text or json."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(LEVELS[level])
    # Requests are asked for by a setting of their own, whatever the level of the rest.
    REQUESTS.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a disk that is full is no reason to say more


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message, request_id, and a record's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        content: dict[str, Any] = {
            "time": _time(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        request_id = getattr(record, "request_id", "") or REQUEST_ID.get()
        if request_id:
            content["request_id"] = request_id
        content |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            content["error"] = told(record.exc_info[1])
        return json.dumps(content, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """``time level logger: message``, with the id of the request behind it."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name == WATCH:
            return record.getMessage()
        fields = getattr(record, "fields", {})
        words = " ".join(f"{name}={value}" for name, value in fields.items())
        request_id = getattr(record, "request_id", "") or REQUEST_ID.get()
        parts = [_message(record), words, f"[{request_id}]" if request_id else ""]
        line = " ".join(part for part in parts if part)
        text = f"{_time(record.created)} {record.levelname.lower()} {record.name}: {line}"
        if record.exc_info and record.exc_info[1]:
            error = told(record.exc_info[1])
            places = "".join(f"\n    {place}" for place in error["where"])
            text += f"\n  {error['kind']}{places}"
        return text


def told(error: BaseException) -> dict[str, Any]:
    """An exception without its words: the kinds in its chain, and where it was raised."""
    kinds: list[str] = []
    link: BaseException | None = error
    while link is not None and len(kinds) < 5:
        kinds.append(type(link).__name__)
        link = link.__cause__ or link.__context__
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    where = [f"{_module(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return {"kind": " from ".join(kinds), "where": where}


def _module(path: str) -> str:
    """The last parts of a file's path: enough to find it, and nothing of the machine."""
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def _message(record: logging.LogRecord) -> str:
    """The message; of asyncio's only the first line, for the others print whole objects."""
    message = record.getMessage()
    return message.partition("\n")[0] if record.name == "asyncio" else message


def _time(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds % 1 * 1000):03d}Z"


class Requests:
    """A line for each request, written by a thread: noting one is putting it into a queue."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def note(
        self, request_id: str, method: str, route: str, page: str, status: int, seconds: float
    ) -> None:
        """See ``app.web.observer.RequestLog``."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="request-log", daemon=True)
            self._thread.start()
        if self._waiting.qsize() < WAITING:
            self._waiting.put((time.time(), request_id, method, route, page, status, seconds))

    def close(self) -> None:
        """Write what is waiting."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(2)
            self._thread = None

    def _write(self) -> None:
        while (line := self._waiting.get()) is not None:
            with contextlib.suppress(Exception):
                REQUESTS.handle(_record(*line))


def _record(
    created: float, request_id: str, method: str, route: str, page: str, status: int, seconds: float
) -> logging.LogRecord:
    fields = {
        "method": method,
        "route": route,
        **({"page": page} if page else {}),
        "status": status,
        "milliseconds": round(seconds * 1000, 3),
    }
    content = {"name": REQUESTS.name, "levelno": 20, "levelname": "INFO", "msg": "request"}
    extra = {"created": created, "request_id": request_id, "fields": fields}
    return logging.makeLogRecord(content | extra)
