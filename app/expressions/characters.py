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
