"""How the lessons depend on one another: the thread through the book.

A lesson builds on its ``prerequisites``.  Where the book hides one of them, it builds on what that
one builds on.  What another prerequisite brings along is left out: whoever comes from the Jacobian
has read about gradients.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

Needs = Mapping[str, Collection[str]]
"""Of each lesson, in the order of reading, the lessons that it builds on."""


def thread(shown: Needs, hidden: Needs) -> dict[str, tuple[str, ...]]:
    """Of each lesson of the book the ones that it builds on directly, in the order of reading.

    Circles are cut open where ``circular`` says.
    """
    whole = bridged(shown, hidden)
    cut = set(circular(whole))
    return reduced(
        {lesson: [n for n in needs if (lesson, n) not in cut] for lesson, needs in whole.items()}
    )


def bridged(shown: Needs, hidden: Needs) -> dict[str, tuple[str, ...]]:
    """Of each shown lesson the shown ones that it builds on, directly or through hidden ones."""
    found = {}
    for lesson in shown:
        around = set(_through(lesson, shown, hidden, set()))
        found[lesson] = tuple(each for each in shown if each in around)
    return found


def _through(lesson: str, shown: Needs, hidden: Needs, met: set[str]) -> Iterator[str]:
    for need in shown.get(lesson, hidden.get(lesson, ())):
        if need in shown:
            yield need
        elif need not in met:
            met.add(need)
            yield from _through(need, shown, hidden, met)


def circular(needs: Needs) -> list[tuple[str, str]]:
    """The lessons with a prerequisite that builds on them in turn and does not come before them.

    Every circle has one, wherever it is entered.
    """
    place = {lesson: position for position, lesson in enumerate(needs)}
    return [
        (lesson, need)
        for lesson, direct in needs.items()
        for need in direct
        if place[need] >= place[lesson] and (need == lesson or lesson in grounds(need, needs))
    ]


def reduced(needs: Needs) -> dict[str, tuple[str, ...]]:
    """The same dependences without those that follow from the others; there must be no circle."""
    found = {}
    for lesson, direct in needs.items():
        brought = set().union(*(grounds(need, needs) for need in direct))
        found[lesson] = tuple(need for need in direct if need not in brought)
    return found


def grounds(lesson: str, needs: Needs) -> set[str]:
    """Everything that a lesson stands on, however far below."""
    found, waiting = set[str](), list(needs.get(lesson, ()))
    while waiting:
        need = waiting.pop()
        if need not in found:
            found.add(need)
            waiting += needs.get(need, ())
    return found


__all__ = ["Needs", "bridged", "circular", "grounds", "reduced", "thread"]
