"""The colours of a course, refused where words in them could not be read.

The grounds that they stand on are those of ``static/styles/tokens.css``; relative luminance and
contrast are those of WCAG 2.2, success criterion 1.4.3 (4.5:1 for words).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from app.resources import book_root
from app.settings.base import Section

Scheme = Literal["light", "dark"]
LEAST_CONTRAST = 4.5
WASH = 0.09  # how much of a colour its wash holds
_BLOCKS = {"light": r":root \{(.*?)\}", "dark": r':root\[data-theme="dark"\] \{(.*?)\}'}


@cache
def grounds(scheme: Scheme) -> Mapping[str, str]:
    """The colours that words stand on: paper, surface and raised, as #rrggbb."""
    sheet = (book_root() / "static/styles/tokens.css").read_text("utf-8")
    block = re.search(_BLOCKS[scheme], sheet, re.DOTALL)
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1])) if block else {}
    return {name: tokens[name] for name in ("paper", "surface", "raised")}


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb, from 0 to 1 (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` of ``other`` in it, as #rrggbb."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(one + share * (two - one)):02x}" for one, two in pairs)


def wash(colour: str, scheme: Scheme) -> str:
    """The pale ground that goes with a colour."""
    return mixed(grounds(scheme)["paper"], colour, WASH if scheme == "light" else 2 * WASH)


def worst_ground(colour: str, scheme: Scheme) -> tuple[str, str, float]:
    """The ground on which a colour is hardest to read: its name, its colour, the contrast."""
    every = {**grounds(scheme), "wash": wash(colour, scheme)}
    name = min(every, key=lambda ground: contrast(colour, every[ground]))
    return name, every[name], contrast(colour, every[name])


def readable_shade(colour: str, scheme: Scheme) -> str:
    """The shade nearest to ``colour`` in which words can be read in the scheme."""
    pole = "#000000" if scheme == "light" else "#ffffff"
    shades = (mixed(colour, pole, step / 100) for step in range(101))
    return next(shade for shade in shades if worst_ground(shade, scheme)[2] >= LEAST_CONTRAST)


def _colour(description: str) -> Any:
    return Field(default="", description=description)


class ThemeSettings(Section):
    """The colours of links and pictures, as #rrggbb."""

    accent: str = _colour("colour of links, buttons and first lines; default: the book's blue")
    accent_dark: str = _colour("the same in the dark scheme; default: a lighter shade of accent")
    accent_2: str = _colour("colour of second lines; default: the book's red")
    accent_2_dark: str = _colour("the same in the dark scheme; default: a lighter shade")
    accent_3: str = _colour("colour of third lines; default: the book's green")
    accent_3_dark: str = _colour("the same in the dark scheme; default: a lighter shade")

    @field_validator("*")
    @classmethod
    def _can_be_read(cls, colour: str, info: ValidationInfo) -> str:
        if not colour:
            return ""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise ValueError("a colour is written #rrggbb, such as #1d4f91")
        scheme: Scheme = "dark" if str(info.field_name).endswith("_dark") else "light"
        ground, ground_colour, ratio = worst_ground(colour.lower(), scheme)
        if ratio < LEAST_CONTRAST:
            raise ValueError(
                f"its contrast with the {scheme} {ground} ({ground_colour}) is {ratio:.2f}:1, and "
                f"words need {LEAST_CONTRAST}:1; {readable_shade(colour.lower(), scheme)} can be "
                "read"
            )
        return colour.lower()

    def style_sheet(self) -> str:
        """The style sheet that puts the colours in the place of the book's own; "" for none."""
        light = "".join(_rules(name, getattr(self, name), "light") for name in _NAMES)
        dark = "".join(_rules(name, self._dark(name), "dark") for name in _NAMES)
        if not light and not dark:
            return ""
        follows = ":root:not([data-theme=light], [data-theme=dark])"
        return (
            f"@media screen {{\n:root {{{light}}}\n:root[data-theme=dark] {{{dark}}}\n}}\n"
            f"@media screen and (prefers-color-scheme: dark) {{\n{follows} {{{dark}}}\n}}\n"
        )

    def _dark(self, name: str) -> str:
        chosen: str = getattr(self, f"{name}_dark")
        light: str = getattr(self, name)
        return chosen or (readable_shade(light, "dark") if light else "")


_NAMES = ("accent", "accent_2", "accent_3")


def _rules(name: str, colour: str, scheme: Scheme) -> str:
    if not colour:
        return ""
    token = name.replace("_", "-")
    focus = f" --focus: {colour};" if name == "accent" else ""
    return f" --{token}: {colour}; --{token}-wash: {wash(colour, scheme)};{focus} "


__all__ = ["LEAST_CONTRAST", "ThemeSettings", "contrast", "grounds", "readable_shade"]
