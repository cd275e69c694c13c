"""Make the text faces: Source Serif 4, Source Sans 3 and Source Code Pro cut to what the book uses.

Run at development time with fonttools and brotli installed, on the folders of the npm packages
``@fontsource-variable/source-serif-4`` and its two siblings:

    python -m tools.text_fonts node_modules/@fontsource-variable

The book sets text between the weights 400 and 700; italics only as emphasis within text, in 400
(a browser makes the rare bold italic from it).  Kerning, ligatures and tabular figures stay.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path("static/vendor/fonts")
FACES = (
    *(("source-serif-4", script, "normal", (400, 700)) for script in ("latin", "greek")),
    *(("source-serif-4", script, "italic", 400) for script in ("latin", "greek")),
    *(("source-sans-3", script, "normal", (400, 700)) for script in ("latin", "greek")),
    *(("source-code-pro", script, "normal", (400, 700)) for script in ("latin", "greek")),
)
FEATURES = ["kern", "liga", "tnum", "ccmp", "locl", "mark"]


def cut(source: Path, target: Path, weight: int | tuple[int, int]) -> None:
    """Write the face with these weights and features."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    whole = io.BytesIO()
    font.flavor = None
    font.save(whole)
    whole.seek(0)
    font = TTFont(whole)
    options = subset.Options(
        flavor="woff2", layout_features=FEATURES, hinting=False, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()))
    subsetter.subset(font)
    subset.save_font(font, target, options)
    print(f"{target}: {target.stat().st_size / 1000:.1f} kB")


def main(packages: Path) -> None:
    """Cut all faces."""
    for family, script, style, weight in FACES:
        name = f"{family}-{script}-wght-{style}.woff2"
        cut(packages / family / "files" / name, FOLDER / name, weight)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
