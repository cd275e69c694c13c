"""Highlighted code: what is coloured, and that the colours can be read."""

import re

import pytest

from app.lessons.highlight import highlighted
from app.resources import book_root

STYLES = book_root() / "static" / "styles"
PYTHON = (
    'import numpy as np\n\n@jit\ndef f(x):\n    """Doc."""\n    return -2.0 * x if x else None\n'
)


def _colours(file: str, selector: str) -> dict[str, str]:
    css = (STYLES / file).read_text("utf-8")
    block = re.search(re.escape(selector) + r" \{(.*?)\}", css, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", block[1]))


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [":root", ':root[data-theme="dark"]'])
def test_every_colour_can_be_read_on_paper_and_in_a_code_block(selector: str) -> None:
    grounds = _colours("tokens.css", selector)
    colours = _colours("code.css", selector)
    assert len(colours) >= 7
    for name, colour in colours.items():
        for ground in ("--paper", "--surface", "--raised"):
            assert _contrast(colour, grounds[ground]) >= 4.5, (name, ground)


def test_every_kind_of_token_in_python_has_a_rule() -> None:
    html = highlighted(PYTHON, "python")
    assert html is not None
    css = (STYLES / "code.css").read_text("utf-8")
    plain = {"code-n", "code-nn", "code-o", "code-p", "code-w"}
    found = set(re.findall(r'class="([\w-]+)"', html)) - plain
    assert found >= {"code-k", "code-nf", "code-nd", "code-mf", "code-sd"}
    for name in found:
        assert re.search(rf"\.{name}\b", css), name


def test_code_in_no_language_is_text() -> None:
    assert highlighted("<a> & b", "") == "&lt;a&gt; &amp; b"
    assert highlighted("x", "no-such-language") is None
