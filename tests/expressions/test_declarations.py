"""What is said about the names of a matrix expression."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.diagnostics import Span
from app.expressions import PROPERTIES, Declaration, ExpressionError, parse_declarations
from tests.expressions.outcomes import outcome


def test_reads_dimensions_properties_and_scalars() -> None:
    found = parse_declarations("A: m,n; x: n; S: n,n symmetric; c: scalar; y: 3")
    assert found == (
        Declaration("A", ("m", "n")),
        Declaration("x", ("n",)),
        Declaration("S", ("n", "n"), ("symmetric",)),
        Declaration("c", (), (), 0),
        Declaration("y", (3,)),
    )
    assert found[2].span == Span(14, 30)
    assert found[0].dimension_spans == (Span(3, 4), Span(5, 6))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        (" ; ;\n", ()),
        ("A: m n", (Declaration("A", ("m", "n")),)),
        ("A: (m, n)", (Declaration("A", ("m", "n")),)),
        ("A: m × n", (Declaration("A", ("m", "n")),)),
        ("X: symmetric", (Declaration("X", None, ("symmetric",)),)),
        ("y: vector", (Declaration("y", None, (), 1),)),
        ("S: n,n positive definite", (Declaration("S", ("n", "n"), ("positive-definite",)),)),
        ("S: n,n spd", (Declaration("S", ("n", "n"), ("positive-definite",)),)),
        ("S: n,n symmetric, invertible",
         (Declaration("S", ("n", "n"), ("symmetric", "nonsingular")),)),
        ("c: scalar positive\nθ: scalar",
         (Declaration("c", (), ("positive",), 0), Declaration("theta", (), (), 0))),
    ],
)  # fmt: skip
def test_reads_what_people_write(text: str, expected: tuple[Declaration, ...]) -> None:
    assert parse_declarations(text) == expected


@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_can_be_declared(name: str) -> None:
    (declaration,) = parse_declarations(f"S: n,n {name}")
    assert declaration.properties == (name,)


def test_there_is_a_limit_to_declarations() -> None:
    text = ";".join(f"x{i}: n" for i in range(25))
    with pytest.raises(ExpressionError) as caught:
        parse_declarations(text)
    assert caught.value.code == "too-large"


@given(st.text(st.sampled_from("AxSn:;, symetricpolk0123×θ\n%х"), max_size=40) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    found = outcome(parse_declarations, text)
    if isinstance(found, ExpressionError):
        assert found.problem.message
        assert found.span is None or found.span.end <= len(text) + 1
    else:
        assert all(declaration.span.end <= len(text) for declaration in found)
