"""Characters as people type, paste and photograph them, and what each is in the language.

Every table maps one code point to one code point, so that positions in the translated text are
positions in the text as typed.
"""

from __future__ import annotations

import unicodedata
from typing import Final

GREEK: Final = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi",
    "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
"""Omicron and the capitals that look like Latin ones are left out: nobody can tell them apart."""

GREEK_NAMES: Final = frozenset(GREEK.values())

VARIANTS: Final = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho"}

_SAME = {
    "*": "·×⋅∗∙•",
    "-": "−–‐‑﹣",
    "/": "÷∕⁄",
    "'": "’′",
    "|": "∣",
    "‖": "∥",
    "⊙": "∘◦",
    "ε": "ϵ",
    "θ": "ϑ",
    "φ": "ϕ",
    "ρ": "ϱ",
    "μ": "\N{MICRO SIGN}",
    "ᵀ": "⊤",
    " ": "\t\n\v\f\r\N{NO-BREAK SPACE}\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B))),
}
_ALPHABETS = (
    range(0xFF01, 0xFF5F),  # full-width forms
    range(0x1D400, 0x1D800),  # mathematical letters and digits, as copied from a PDF
)


def _compatible(code: int) -> str | None:
    plain = unicodedata.normalize("NFKC", chr(code))
    known = len(plain) == 1 and (plain.isascii() or plain in GREEK)
    return plain if known else None


PLAIN: Final = {
    **{code: plain for block in _ALPHABETS for code in block if (plain := _compatible(code))},
    **{ord(character): plain for plain, others in _SAME.items() for character in others},
    0x210E: "h",  # the Planck constant stands in for the italic h
}
"""For ``str.translate``: one code point to one code point."""

SUPERSCRIPTS: Final = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
SUBSCRIPTS: Final = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

# What characters that have no meaning here mean elsewhere, and what to write instead.
HINTS: Final = {
    "=": "Write only the expression itself, without an equals sign.",
    "<": "Comparisons are not part of the language; a case distinction can be written with abs, "
    "sign, min or max.",
    "!": "Factorials and comparisons are not part of the language.",
    "%": "Write a percentage as a decimal number, such as 0.05.",
    ":": "Write every entry on its own, separated by commas.",
    "_": "An underscore joins a name and its index, as in x_1.",
    '"': "Expressions contain no quoted text.",
    "'": "The prime is the transpose, which only matrix expressions have.",
    "{": "Braces only group what follows ^ or a command, as in x^{2}; use ( ) elsewhere.",
    ",": "Remove it, or write what is missing beside it.",
    "number": "Write * between two factors, or a point inside a number.",
    ".": "A decimal point stands beside a digit, as in 0.5.",
    "∂": "Write the function; the book does the differentiating.",
    "∇": "Write the function; the book does the differentiating.",
    "∫": "Integrals are not part of the language.",
    "∑": "Write the terms of the sum one by one, or sum(x) in a matrix expression.",
    "∞": "Only finite numbers can be written.",
    "…": "Write every term.",
    "—": "Use a hyphen or a minus sign to subtract.",
}
for alias, original in ((">", "<"), ("≤", "<"), ("≥", "<"), ("≠", "<"), ("}", "{"), ("“", '"')):
    HINTS[alias] = HINTS[original]
