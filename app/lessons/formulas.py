"""A formula as a line of plain text, for titles, search results and labels: ``∂f/∂x ∈ R^(m×n)``."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from xml.etree import ElementTree

from app.typeset import TexError, notation_in, to_mathml

_SUPERSCRIPTS = {"⊤": "ᵀ", "2": "²", "3": "³", "−1": "⁻¹", "′": "′"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INVISIBLE = frozenset("\u2061\u2062\u2063\ufe0e")
_SPACED = frozenset("=≤≥<>∈→≈≠⊆⊂↦∼≡≪≫+−")


def readable(tex: str) -> str:
    """``tex`` in ordinary characters; TeX that cannot be set stays as it is."""
    return _readable(tex, notation_in(tex))


@lru_cache(maxsize=8192)
def _readable(tex: str, _macros: tuple[tuple[str, str], ...]) -> str:
    try:
        root = ElementTree.fromstring(to_mathml(tex))
    except (TexError, ElementTree.ParseError):
        return tex.strip()
    return " ".join(unicodedata.normalize("NFC", _text(root)).split())


def _text(node: ElementTree.Element) -> str:
    match node.tag:
        case "annotation":
            return ""
        case "mspace":
            return " "
        case "mfrac":
            return f"{_grouped(node[0])}/{_grouped(node[1])}"
        case "msup":
            return _text(node[0]) + _above(node[1])
        case "msub" | "munder":
            return _text(node[0]) + _below(node[1])
        case "msubsup" | "munderover":
            return _text(node[0]) + _below(node[1]) + _above(node[2])
        case "msqrt":
            return f"√{_grouped(node)}"
        case "mover":
            return _text(node[0])
        case "mtr":
            return ", ".join(_text(cell) for cell in node)
        case "mtable":
            return "; ".join(_text(row) for row in node)
        case "mi" | "mo" | "mn" | "mtext":
            return _token(node)
    return "".join(_text(child) for child in node)


def _token(node: ElementTree.Element) -> str:
    text = "".join(_ordinary(sign) for sign in node.text or "")
    if node.tag == "mo" and text in _SPACED:
        return f" {text} "
    return f"{text} " if node.tag == "mi" and len(text) > 1 else text


def _ordinary(sign: str) -> str:
    """Bold and italic letters as ordinary ones, so that a search for x finds them."""
    if sign in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFKC", sign) if sign >= "\U0001d400" else sign


def _grouped(node: ElementTree.Element) -> str:
    text = "".join(_text(child) for child in node).strip() if len(node) else _text(node).strip()
    return text if len(text) <= 2 or text.isalnum() else f"({text})"


def _above(node: ElementTree.Element) -> str:
    text = _text(node).strip()
    return _SUPERSCRIPTS.get(text.replace(" ", "")) or (f"^{_grouped(node)}" if text else "")


def _below(node: ElementTree.Element) -> str:
    text = _text(node).strip()
    if not text or not set(text) - set("⏟⏞"):
        return ""
    return text.translate(_SUBSCRIPTS) if text.isdigit() else f"_{_grouped(node)}"
