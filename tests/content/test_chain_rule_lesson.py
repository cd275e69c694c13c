"""The counts that the lesson on the matrix chain rule draws and names are right."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LESSON = Path(__file__).resolve().parents[2] / "content/chapters/chain-rule/matrix-chain-rule"
TEXT = re.compile(r"<text[^>]*>(.*?)</text>")


def forward(sizes: tuple[int, ...]) -> int:
    return sizes[0] * sum(sizes[k] * sizes[k - 1] for k in range(2, len(sizes)))


def reverse(sizes: tuple[int, ...]) -> int:
    return sizes[-1] * sum(sizes[k] * sizes[k - 1] for k in range(1, len(sizes) - 1))


@cache
def best(sizes: tuple[int, ...]) -> int:
    """By trying every last multiplication."""
    return min(
        (
            best(sizes[: j + 1]) + best(sizes[j:]) + sizes[0] * sizes[j] * sizes[-1]
            for j in range(1, len(sizes) - 1)
        ),
        default=0,
    )


def test_the_figure_of_counts_shows_what_the_chains_cost() -> None:
    words = [
        re.sub(r"<[^>]*>", "", text)
        for text in TEXT.findall((LESSON / "order-counts.svg").read_text(encoding="utf-8"))
    ]
    chains = [index for index, text in enumerate(words) if "→" in text]
    assert len(chains) == 5
    alternative = re.search(
        r"order-counts\.svg\n:alt: (.*)", (LESSON / "lesson.md").read_text("utf-8")
    )
    assert alternative
    for index in chains:
        sizes = tuple(int(size) for size in words[index].split(",")[0].split(" → "))
        shown = dict(
            zip(words[index + 1 : index + 7 : 2], words[index + 2 : index + 7 : 2], strict=True)
        )
        costs = {"forward": forward(sizes), "reverse": reverse(sizes), "best": best(sizes)}
        assert shown == {mode: f"{cost:,}" for mode, cost in costs.items()}
        assert all(f"{cost:,}" in alternative[1] for cost in costs.values())
        assert ", ".join(map(str, sizes)) in alternative[1]


def test_the_words_of_the_widget_name_the_right_counts() -> None:
    text = (LESSON / "lesson.md").read_text(encoding="utf-8")
    body = text.split("```{widget} chain-rule")[1].split("```")[0]
    at_start, at_border = (300, 500, 400, 300), (300, 500, 400, 260)
    for sizes in (at_start, at_border):
        assert f"{forward(sizes):,}" in body
        assert f"{reverse(sizes):,}" in body
    assert reverse(at_border) < forward(at_border)
    assert reverse((300, 500, 400, 261)) > forward((300, 500, 400, 261))
