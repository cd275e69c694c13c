"""Random trees of the language, as the parser could have made them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from app.expressions.syntax import Binary, Call, Entries, Name, Negate, Number, Syntax, Transpose

VARIABLES = ("x", "y", "theta", "x1")
_OPERATORS = ("+", "-", "*", "/", ".*", "./", "^", ".^")
_UNARY = ("sin", "cos", "exp", "tanh", "abs", "relu", "sigmoid", "arctan")
_NUMBERS = ("0.5", "1", "2", "3.25", "7", "10", "1e-3")

numbers: st.SearchStrategy[Syntax] = st.sampled_from(_NUMBERS).map(lambda t: Number(float(t), t))
names: st.SearchStrategy[Syntax] = st.sampled_from([*VARIABLES, "pi"]).map(Name)


def _grown(unary: tuple[str, ...], matrix: bool) -> Callable[..., st.SearchStrategy[Syntax]]:
    def grow(inner: st.SearchStrategy[Syntax]) -> st.SearchStrategy[Syntax]:
        choices = [
            st.builds(Negate, inner),
            st.builds(Binary, st.sampled_from(_OPERATORS), inner, inner),
            st.builds(lambda f, a: Call(f, (a,)), st.sampled_from(unary), inner),
        ]
        if matrix:
            choices.append(st.builds(Transpose, inner))
            choices.append(st.builds(lambda a, b: Call("kron", (a, b)), inner, inner))
        else:
            pairs = st.sampled_from(("atan2", "min", "max"))
            choices.append(st.builds(lambda f, a, b: Call(f, (a, b)), pairs, inner, inner))
        return st.one_of(*choices)

    return grow


scalar_trees = st.recursive(numbers | names, _grown(_UNARY, False), max_leaves=14)
lists = st.lists(scalar_trees, min_size=1, max_size=4).map(lambda es: Entries(tuple(es)))
matrix_names: st.SearchStrategy[Syntax] = st.sampled_from(
    ["A", "B2", "x", "x0", "W_1", "c", "T", "pi"]
).map(Name)
matrix_trees = st.recursive(
    numbers | matrix_names | st.just(Call("eye", ())),
    _grown((*_UNARY, "tr", "inv", "norm2"), True),
    max_leaves=14,
)

ALPHABET = "xyzAB0123456789.,;+-*/^@'()[]{}|‖√²ᵀαπ·−е \\_\t\ud800" + "fracsinTe"
texts = st.text(st.sampled_from(ALPHABET), max_size=60) | st.text(max_size=40)
