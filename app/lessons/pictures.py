"""SVG figures, checked and made fit to stand inside a page.

Only drawing elements and presentation attributes pass: no scripts, no style attributes, nothing
from elsewhere.  Ids get a prefix so that two figures of a page cannot take each other's markers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from app.diagnostics import Problem
from app.lessons.errors import Notebook

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "line",
        "polyline",
        "polygon",
        "rect",
        "circle",
        "ellipse",
        "text",
        "tspan",
        "marker",
        "use",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "symbol",
    ]
)
LARGEST = 400_000  # characters
LONGEST_NAME = 255  # bytes, for file systems
_IDS = re.compile(r"\b(id|href|aria-labelledby)=\"(#?)([^\"]+)\"")
_URLS = re.compile(r"url\(#([^)]+)\)")


def picture(folders: Sequence[Path], name: str, notebook: Notebook, line: int, prefix: str) -> str:
    """The SVG element of the file ``name`` beside the lesson, or "" with the problems noted.

    Of several ``folders`` the first one that has the file counts.
    """
    if not name.endswith(".svg") or Path(name).name != name or len(name.encode()) > LONGEST_NAME:
        notebook.note(
            "figure",
            f"“{name}” is not an SVG file beside the lesson.",
            line,
            "Figures are SVG files in the folder of their lesson.",
        )
        return ""
    path = next((each / name for each in folders if (each / name).is_file()), folders[0] / name)
    if not path.is_file():
        known = [file.name for folder in folders for file in folder.glob("*.svg")]
        notebook.unknown("missing-figure", "figure", name, known, line)
        return ""
    drawn, problems = _read(path.read_text("utf-8", "replace"))
    for message, at, hint in problems:
        # The problem is in the figure's own file; it belongs to the lesson that shows it.
        notebook.problems.append(Problem("figure", message, hint=hint, file=path, line=at))
    return _with_prefix(drawn, prefix)


def _with_prefix(svg: str, prefix: str) -> str:
    renamed = _IDS.sub(
        lambda found: (
            found[0]
            if found[1] == "href" and not found[2]
            else f'{found[1]}="{found[2]}{prefix}{found[3]}"'
        ),
        svg,
    )
    return _URLS.sub(lambda found: f"url(#{prefix}{found[1]})", renamed)


Finding = tuple[str, int, str | None]


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[str, tuple[Finding, ...]]:
    """The picture as it goes into a page, and what is wrong with the file."""
    if len(text) > LARGEST:
        return "", (("The figure is larger than 400 kB.", 1, "Round its numbers."),)
    findings = tuple(_findings(text))
    if findings:
        return "", findings
    root = ElementTree.fromstring(text)
    for name in ("width", "height", "role", "aria-label"):
        root.attrib.pop(name, None)
    root.set("focusable", "false")
    root.set("aria-hidden", "true")
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode"), ()


def _findings(text: str) -> list[Finding]:
    """Walk the file with its line numbers; everything that must not stand in a page."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found: list[Finding] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        line = parser.CurrentLineNumber
        if namespace != SVG or element not in ELEMENTS:
            found.append((f"<{element}> must not stand in a figure.", line, None))
        for key, value in attributes.items():
            problem = _attribute_problem(key, value)
            if problem:
                found.append((problem[0], line, problem[1]))
        if element == "svg" and "viewBox" not in attributes:
            found.append(("The figure has no viewBox.", line, "It needs one to scale."))

    def doctype(*_: object) -> None:
        found.append(("A figure has no DOCTYPE.", parser.CurrentLineNumber, "Remove it."))

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        found.append(
            (f"The figure is not XML: {expat.ErrorString(error.code)}.", error.lineno, None)
        )
    return found


def _attribute_problem(key: str, value: str) -> tuple[str, str | None] | None:
    name = key.rpartition(" ")[2]
    if name == "style":
        return (
            "Figures have no style attributes.",
            'Use attributes such as stroke-width="2" and classes such as class="accent".',
        )
    if name.startswith("on"):
        return f"Figures run nothing: “{name}”.", None
    if name == "href" and not value.startswith("#"):
        return "Figures take nothing from elsewhere.", None
    if "url(" in value and not re.fullmatch(r"url\(#[\w-]+\)", value.strip()):
        return "Figures take nothing from elsewhere.", None
    return None
