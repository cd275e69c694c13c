"""Random well-shaped matrix expressions as text, over all operations of the language.

``RandomExpressions(seed).scalar(budget)`` and its neighbours draw texts whose size stays below the
budget.  Arguments of log, sqrt, arcsin and the like are wrapped so that the expression has values
at most points; inverses get positive definite or dominant matrices more often than plain ones.
"""

from __future__ import annotations

import random

GIVEN = (
    "a: scalar; b: scalar; c: scalar positive; x: n; y: n; w: m; r: n positive; "
    "A: m,n; B: m,n; C: n,n; D: n,m; X: n,n nonsingular; Y: m,n; S: n,n positive-definite; "
    "T: n,n symmetric; R: m,m"
)
"""Declarations of the names that occur in random expressions."""

VARIABLES = ("a", "b", "c", "x", "y", "w", "r", "A", "B", "C", "D", "X", "Y", "S", "T", "R")

_NAMES = {
    "s": ["a", "b", "c"],
    "n": ["x", "y", "r"],
    "m": ["w"],
    "mn": ["A", "B", "Y"],
    "nm": ["D"],
    "nn": ["C", "X", "S", "T"],
    "mm": ["R"],
}
_SMOOTH = ["sin", "cos", "exp", "tanh", "arctan", "sigmoid", "softplus", "sinh", "cosh"]
_KINKED = ["abs", "relu"]
_BOUNDED = ["arcsin", "arccos", "tan"]


class RandomExpressions:
    """A source of random texts; ``shape`` keys are s, n, m (columns), mn, nm, nn, mm (matrices)."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def draw(self, shape: str, budget: int) -> str:
        """A text of the given shape with about ``budget`` parts at most."""
        if budget <= 1:
            return self.leaf(shape)
        if shape == "s":
            return self.scalar(budget)
        if len(shape) == 1:
            return self.column(shape, budget)
        return self.matrix(shape, budget)

    def leaf(self, shape: str) -> str:
        if shape == "s" and self.random.random() < 0.3:
            return self.random.choice(["2", "3", "0.5", "1", "pi"])
        if self.random.random() < 0.06:
            return self.constant(shape)
        return self.random.choice(_NAMES[shape])

    def constant(self, shape: str) -> str:
        if shape == "s":
            return "4"
        if len(shape) == 1:
            return self.random.choice([f"ones({shape})", f"(0.5*ones({shape}))"])
        sizes = f"{shape[0]}, {shape[1]}"
        return f"eye({shape[0]})" if shape[0] == shape[1] else f"ones({sizes})"

    def split(self, budget: int) -> tuple[int, int]:
        left = self.random.randint(1, max(1, budget - 1))
        return left, max(1, budget - left)

    def any_shape(self) -> str:
        return self.random.choice(list(_NAMES)[1:])

    def square(self) -> str:
        return self.random.choice(["nn", "nn", "mm"])

    def function(self, shape: str, budget: int) -> str:
        inner = self.draw(shape, budget - 2)
        kind = self.random.random()
        if kind < 0.6:
            return f"{self.random.choice(_SMOOTH)}({inner})"
        if kind < 0.75:
            return f"{self.random.choice(_KINKED)}({inner})"
        if kind < 0.85:
            return f"{self.random.choice(_BOUNDED)}(0.9*tanh({inner}))"
        return f"{self.random.choice(['log', 'sqrt'])}(1.5*exp(0.3*tanh({inner})))"

    def common(self, shape: str, budget: int) -> str:
        """What every shape has: sums, multiples, functions."""
        left, right = self.split(budget - 1)
        match self.random.randrange(6):
            case 0 | 1:
                return f"({self.draw(shape, left)} + {self.draw(shape, right)})"
            case 2:
                return f"({self.draw(shape, left)} - {self.draw(shape, right)})"
            case 3:
                return f"({self.draw('s', min(left, 6))}*{self.draw(shape, right)})"
            case 4:
                return self.function(shape, budget)
        return f"(-{self.draw(shape, budget - 1)})"

    def entries(self, shape: str, budget: int) -> str:
        left, right = self.split(budget - 1)
        match self.random.randrange(5):
            case 0 | 1:
                return f"({self.draw(shape, left)}.*{self.draw(shape, right)})"
            case 2:
                return f"({self.draw(shape, left)}./exp({self.draw(shape, right - 1)}))"
            case 3:
                return f"({self.draw(shape, budget - 2)}.^{self.random.choice([2, 3])})"
        return f"({self.draw(shape, left)}/(1 + norm2({self.draw(shape, right - 2)})^2))"

    def scalar(self, budget: int) -> str:
        left, right = self.split(budget - 2)
        n = self.random.choice(["n", "m"])
        square = self.square()
        match self.random.randrange(16):
            case 0 | 1:
                return self.common("s", budget)
            case 2:
                return f"({self.draw(n, left)}'*{self.draw(n, right)})"
            case 3 | 4:
                return f"sum({self.draw(self.any_shape(), budget - 1)})"
            case 5 | 6:
                return f"tr({self.draw(square, budget - 1)})"
            case 7:
                inner = self.draw(self.any_shape(), budget - 2)
                return f"norm2({inner})^{self.random.choice([1, 2, 3])}"
            case 8:
                return f"norm1({self.draw(self.any_shape(), budget - 1)})"
            case 9:
                return f"det({self.draw(square, min(budget, 6))})"
            case 10:
                inner = self.draw("mn", min(budget - 4, 5))
                return f"logdet({inner}*{inner}' + 2*eye(m))"
            case 11:
                return f"log({self.draw('s', budget - 3)}^2 + 1)"
            case 12:
                return f"({self.draw('s', left)}*{self.draw('s', right)})"
            case 13:
                return f"({self.draw('s', left)}/(2 + sin({self.draw('s', right - 2)})))"
            case 14:
                base = f"exp({self.draw('s', left)}/4)"
                return f"({base}^{self.random.choice(['2', '0.5', '-1', 'a', 'b'])})"
        function = self.random.choice(["min", "max", "atan2"])
        return f"{function}({self.draw('s', left)}, {self.draw('s', right)})"

    def column(self, n: str, budget: int) -> str:
        left, right = self.split(budget - 1)
        other = "m" if n == "n" else "n"
        match self.random.randrange(8):
            case 0 | 1:
                return self.common(n, budget)
            case 2:
                return self.entries(n, budget)
            case 3 | 4:
                middle = self.random.choice([n, other])
                return f"({self.draw(n + middle, left)}*{self.draw(middle, right)})"
            case 5:
                return f"diag({self.draw(n + n, budget - 1)})"
            case 6:
                return f"({self.draw(other, left)}'*{self.draw(other + n, right)})'"
        return f"vector({self.draw('s', budget - 1)}) + {self.draw(n, 1)}".join("()")

    def matrix(self, shape: str, budget: int) -> str:
        rows, columns = shape
        left, right = self.split(budget - 1)
        choice = self.random.randrange(11)
        if choice < 2:
            return self.common(shape, budget)
        if choice == 2:
            return self.entries(shape, budget)
        if choice < 5:
            middle = self.random.choice("mn")
            return f"({self.draw(rows + middle, left)}*{self.draw(middle + columns, right)})"
        if choice == 5:
            return f"({self.draw(rows, left)}*{self.draw(columns, right)}')"
        if choice < 8:
            return f"{self.draw(columns + rows, budget - 1)}'"
        if rows != columns:
            return f"matrix({self.draw('s', budget - 1)}) + {self.draw(shape, 1)}".join("()")
        return self.square_matrix(rows, budget)

    def square_matrix(self, n: str, budget: int) -> str:
        shape = n + n
        match self.random.randrange(5):
            case 0:
                inner = self.draw(shape, min(budget - 2, 5))
                return f"inv({inner}*{inner}' + 2*eye({n}))"
            case 1:
                return f"inv({self.draw(shape, min(budget - 1, 4))})"
            case 2:
                return f"diag({self.draw(n, budget - 1)})"
            case 3:
                return f"({self.draw(shape, budget - 1)}^{self.random.choice([2, 3])})"
        return f"adj({self.draw(shape, min(budget - 1, 3))})"

    def stacked(self, budget: int) -> str:
        """Scalars and columns through vec, kron and comm."""
        left, right = self.split(max(budget - 3, 2))
        match self.random.randrange(6):
            case 0:
                return f"vec({self.draw('mn', left)})"
            case 1:
                return f"vec({self.draw('mn', left)})'*vec({self.draw('mn', right)})"
            case 2:
                first = self.draw(self.random.choice(["n", "m"]), left)
                return f"kron({first}, {self.draw('n', right)})"
            case 3:
                return f"kron({self.draw('mn', min(left, 4))}, {self.draw('n', min(right, 4))})"
            case 4:
                first, second = self.draw("mn", min(left, 4)), self.draw("nn", min(right, 4))
                return f"sum(sin(kron({first}, {second})))"
        return f"comm(m, n)*vec({self.draw('mn', left)})"
