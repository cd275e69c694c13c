"""Sizes while they are still unknown: variables that are unified, and products of them.

``Sizes.unify`` makes two sizes equal or says that they cannot be.  Letters and numbers that a
reader declared are rigid: m and n never become equal.  Sizes that nobody declared are variables
and take what the expression demands.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.matrices.shapes import Dimension, factors_of, product_of


class SizeVariable:
    """A size not yet known."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value: Size | None = None


@dataclass(frozen=True, slots=True)
class SizeProduct:
    """The product of several sizes, some of them unknown: the length of vec(X)."""

    parts: tuple[Size, ...]


Size = SizeVariable | SizeProduct | Dimension


def resolve(size: Size) -> Size:
    """What is known of a size: a dimension if everything is."""
    while isinstance(size, SizeVariable):
        if size.value is None:
            return size
        size = size.value
    if isinstance(size, SizeProduct):
        return product(*size.parts)
    return size


def product(*sizes: Size) -> Size:
    """The product of sizes: a dimension if all of them are known."""
    known: list[Dimension] = []
    unknown: list[Size] = []
    for size in map(resolve, sizes):
        if isinstance(size, SizeProduct):
            for part in size.parts:
                (unknown if isinstance(part, SizeVariable) else known).append(part)  # type: ignore[arg-type]
        elif isinstance(size, SizeVariable):
            unknown.append(size)
        else:
            known.append(size)
    dimension = product_of(*known)
    if not unknown:
        return dimension
    if dimension == 1 and len(unknown) == 1:
        return unknown[0]
    return SizeProduct((*unknown, *([dimension] if dimension != 1 else [])))


def variables_of(size: Size) -> list[SizeVariable]:
    """The variables that stand in a size."""
    size = resolve(size)
    if isinstance(size, SizeVariable):
        return [size]
    if isinstance(size, SizeProduct):
        return [part for part in size.parts if isinstance(part, SizeVariable)]
    return []


def _parts(size: Size) -> list[Size]:
    """The factors of a size, as far as they are known."""
    if isinstance(size, SizeProduct):
        return [part for each in size.parts for part in _parts(resolve(each))]
    return [size] if isinstance(size, SizeVariable) else list(factors_of(size))


@dataclass(slots=True)
class Sizes:
    """Unification; equations that cannot be decided yet wait in ``pending``."""

    pending: list[tuple[Size, Size]] = field(default_factory=list)

    def unify(self, left: Size, right: Size) -> bool:
        """Make two sizes equal; False if they cannot be."""
        left, right = resolve(left), resolve(right)
        if left is right or left == right:
            return True
        if isinstance(left, SizeVariable):
            return self._bind(left, right)
        if isinstance(right, SizeVariable):
            return self._bind(right, left)
        if isinstance(left, SizeProduct) or isinstance(right, SizeProduct):
            return self._unify_products(left, right)
        return False

    def _unify_products(self, left: Size, right: Size) -> bool:
        """m·k and m·l are equal if k and l are; what is not decided by cancelling waits."""
        first, second = _parts(left), _parts(right)
        for part in list(first):
            other = next((each for each in second if each is part or each == part), None)
            if other is not None:
                first.remove(part)
                second.remove(other)
        if len(first) == 1 and isinstance(first[0], SizeVariable):
            return self._bind(first[0], product(*second))
        if len(second) == 1 and isinstance(second[0], SizeVariable):
            return self._bind(second[0], product(*first))
        if not first and not second:
            return True
        self.pending.append((left, right))
        return True

    def _bind(self, variable: SizeVariable, size: Size) -> bool:
        if variable in variables_of(size):
            self.pending.append((variable, size))
        else:
            variable.value = size
        return True

    def settle(self) -> bool:
        """Try the waiting equations again; False if one of them cannot hold."""
        waiting, self.pending = self.pending, []
        results = [self.unify(left, right) for left, right in waiting]
        return all(results)
