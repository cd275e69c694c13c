"""Make the mathematics font: Latin Modern Math cut to what the book sets.

Run at development time with fonttools and brotli installed, where Debian's fonts-lmodern is:

    python -m tools.math_font /usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf

The OpenType MATH table stays, with the stretchy variants of all that is kept.  There are two files:
what the book's own formulas are set with, which every page loads first, and the rest, which a
browser loads when a formula needs it (``unicode-range`` in ``static/styles/math.css``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from fontTools import subset

FOLDER = Path("static/vendor/fonts")
NAME = "latin-modern-math"

# Blocks of Unicode that formulas of this field use, as half-open ranges.
RANGES = (
    (0x20, 0x7F),  # ASCII
    (0xA0, 0x100),  # Latin-1: ¬ ± · × ÷ and accents
    (0x131, 0x132),  # dotless i
    (0x237, 0x238),  # dotless j
    (0x2C6, 0x2DE),  # accents that stand alone
    (0x300, 0x30D),  # accents that combine
    (0x332, 0x334),  # lines below
    (0x391, 0x3D7),  # Greek
    (0x3F0, 0x3F7),  # Greek variants
    (0x2010, 0x2023),  # dashes and quotes
    (0x2026, 0x2027),  # ellipsis
    (0x2032, 0x2038),  # primes
    (0x203E, 0x203F),  # overline
    (0x2061, 0x2065),  # invisible operators
    (0x20D0, 0x20F1),  # accents for symbols
    (0x210B, 0x2139),  # letterlike symbols: ℒ ℓ ℕ ℝ ℜ ℵ
    (0x2190, 0x21A8),  # arrows
    (0x21C0, 0x21D6),  # harpoons, double arrows
    (0x2200, 0x2239),  # operators
    (0x223C, 0x2246),
    (0x2248, 0x224E),
    (0x2254, 0x2256),
    (0x2260, 0x2270),
    (0x2272, 0x2274),
    (0x227A, 0x227E),
    (0x2282, 0x228C),
    (0x228E, 0x228F),
    (0x2291, 0x229D),
    (0x22A2, 0x22A6),
    (0x22A5, 0x22A8),
    (0x22C0, 0x22C7),
    (0x22EE, 0x22F2),  # dots
    (0x2308, 0x230C),  # ceiling and floor
    (0x23B4, 0x23B6),  # brackets above and below
    (0x23DC, 0x23E2),  # braces above and below
    (0x25A0, 0x25A2),  # squares
    (0x25CB, 0x25CC),
    (0x27E8, 0x27EC),  # angle brackets
    (0x27F5, 0x27FB),  # long arrows
    (0x2A00, 0x2A03),  # ⨀ ⨁ ⨂
    (0x2A7D, 0x2A7F),
    (0x2AAF, 0x2AB1),
    (0x1D400, 0x1D4D0),  # bold, italic, bold italic, script
    (0x1D504, 0x1D538),  # fraktur
    (0x1D538, 0x1D552),  # double-struck capitals
    (0x1D6A4, 0x1D71C),  # dotless, Greek bold and italic
    (0x1D71C, 0x1D756),  # Greek bold italic
    (0x1D7CE, 0x1D7E2),  # digits bold and double-struck
)

# What the lessons, the cheat sheet and the calculator set; a test of the pages' weight tells when
# they begin to need more.
FIRST = (
    (0x20, 0x7F),  # ASCII
    (0xA0, 0xA1),  # space that does not break
    (0xB1, 0xB2),  # ±
    (0xB7, 0xB8),  # ·
    (0xD7, 0xD8),  # ×
    (0x2D9, 0x2DA),  # dot above
    (0x391, 0x3D7),  # Greek
    (0x3F5, 0x3F6),  # ϵ
    (0x2016, 0x2017),  # ‖
    (0x2026, 0x2027),  # …
    (0x2032, 0x2033),  # ′
    (0x203E, 0x203F),  # overline
    (0x2061, 0x2065),  # invisible operators
    (0x210E, 0x210F),  # italic h
    (0x2112, 0x2114),  # ℒ ℓ
    (0x211D, 0x211E),  # ℝ
    (0x2190, 0x2194),  # arrows
    (0x21A6, 0x21A7),  # ↦
    (0x21D2, 0x21D3),  # ⇒
    (0x2202, 0x2203),  # ∂
    (0x2207, 0x2209),  # ∇ ∈
    (0x220F, 0x2210),  # ∏
    (0x2211, 0x2213),  # ∑ −
    (0x2217, 0x2219),  # ∗ ∘
    (0x221A, 0x221B),  # √
    (0x221E, 0x221F),  # ∞
    (0x222B, 0x222C),  # ∫
    (0x223C, 0x223D),  # ∼
    (0x2248, 0x2249),  # ≈
    (0x2260, 0x2261),  # ≠
    (0x2264, 0x2266),  # ≤ ≥
    (0x2286, 0x2287),  # ⊆
    (0x2295, 0x229A),  # circled operators
    (0x22A4, 0x22A6),  # ⊤ ⊥
    (0x22C5, 0x22C7),  # ⋅ ⋆
    (0x22EE, 0x22F0),  # dots
    (0x23DF, 0x23E0),  # brace below
    (0x27E8, 0x27EA),  # angle brackets
    (0x27F9, 0x27FA),  # ⟹
    (0x1D400, 0x1D468),  # bold, italic
    (0x1D49F, 0x1D4A0),  # 𝒟
    (0x1D4A9, 0x1D4AA),  # 𝒩
    (0x1D53C, 0x1D53D),  # 𝔼
    (0x1D6FC, 0x1D736),  # Greek italic, ∂, bold italic small letters
    (0x1D736, 0x1D750),
    (0x1D7CE, 0x1D7D0),  # bold 0 and 1
)

# Signs that keep their heavier drawings for superscripts and subscripts (the feature ssty).
IN_SCRIPTS = (
    "0123456789()[],+=*/−×′∗∘∈≤≥≠∞⊤⊥†→∂∇ℓℝ"
    + "".join(map(chr, range(0x1D434, 0x1D468)))
    + "ℎ"
    + "".join(map(chr, range(0x1D6FC, 0x1D71C)))
)


def script_variants(font: Any, points: set[int]) -> set[str]:
    """The names of the glyphs that ssty puts in the place of ``IN_SCRIPTS`` among ``points``."""
    names = font.getBestCmap()
    wanted = {names[point] for point in map(ord, IN_SCRIPTS) if point in points & set(names)}
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "ssty"
        for index in record.Feature.LookupListIndex
    }
    found: set[str] = set()
    for index in lookups:
        for table in gsub.LookupList.Lookup[index].SubTable:
            for glyph in wanted & set(table.alternates):
                # Scripts of scripts get the same drawing as scripts: a third one weighs too much.
                first = table.alternates[glyph][0]
                table.alternates[glyph] = [first] * len(table.alternates[glyph])
                found.add(first)
    return found


def for_every_script(font: Any) -> None:
    """Offer the features of the script ``math`` to text of any script: Chromium asks for those."""
    records = font["GSUB"].table.ScriptList.ScriptRecord
    default = deepcopy(records[0])
    default.ScriptTag = "DFLT"
    records.insert(0, default)


def points_of(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """The code points of half-open ranges."""
    return {point for start, end in ranges for point in range(start, end)}


def main(source: str) -> None:
    """Cut ``source`` and write both woff2 files, and the style sheet's ranges to the terminal."""
    first = points_of(FIRST)
    rest = points_of(RANGES) - first
    for name, points in ((NAME, first), (f"{NAME}-rest", rest)):
        cut(source, FOLDER / f"{name}.woff2", points)
        print(f"unicode-range: {css_ranges(points)};")


def css_ranges(points: set[int]) -> str:
    """The points as CSS writes them; neighbours are one range."""
    starts = sorted(point for point in points if point - 1 not in points)
    ends = sorted(point for point in points if point + 1 not in points)
    return ", ".join(
        f"U+{start:X}" if start == end else f"U+{start:X}-{end:X}"
        for start, end in zip(starts, ends, strict=True)
    )


def cut(source: str, target: Path, points: set[int]) -> None:
    """Write the font with these code points and what formulas make of them."""
    options = subset.Options(
        flavor="woff2",
        layout_features=["ssty", "dtls"],
        desubroutinize=True,
        hinting=False,
        layout_closure=False,
        layout_scripts=["DFLT", "math"],
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_languages=[0x409],
    )
    font = subset.load_font(source, options)
    for_every_script(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points, glyphs=script_variants(font, points))
    subsetter.subset(font)
    assert "MATH" in font
    subset.save_font(font, target, options)
    print(f"{target}: {target.stat().st_size / 1000:.0f} kB, {len(font.getGlyphOrder())} glyphs")


if __name__ == "__main__":
    main(sys.argv[1])
