"""``differentiate`` as the book uses it: results, layouts, steps, notes, source code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.expressions import ExpressionError
from app.matrices import CheckError, derivation, differentiate
from app.matrices.check import Claim, check
from app.matrices.elaboration import elaborate, elaborate_both
from app.matrices.equivalence import equivalent
from app.typeset import to_mathml


@pytest.mark.parametrize(
    ("text", "wrt", "given", "gradient"),
    [
        ("norm2(A*x-b)^2", "x", "b: m", "2*A'*(A*x - b)"),
        ("x'*A*x", "x", "", "(A + A')*x"),
        ("x'*A*x", "x", "A: n,n symmetric", "2*A*x"),
        ("logdet(X)", "X", "", "inv(X)'"),
        ("logdet(X)", "X", "X: n,n positive-definite", "inv(X)"),
        ("exp(tr(A*X))", "X", "", "exp(tr(A*X))*A'"),
        ("tr(X^4)", "X", "", "4*(X^3)'"),
        ("sum(softplus(X*w)) - y'*X*w", "w", "", "X'*(sigmoid(X*w) - y)"),
        (
            "-y'*log(sigmoid(X*w)) - (vector(1)-y)'*log(vector(1)-sigmoid(X*w))",
            "w",
            "",
            "X'*(sigmoid(X*w) - y)",
        ),
        ("norm2(Q*x)^2", "x", "Q: n,n orthogonal", "2*x"),
        ("x'*K*x", "x", "K: n,n skew", "0*ones(n)"),
        ("min(a, b)", "a", "", "relu(sign(b - a))"),
        ("sqrt(x'*x)", "x", "", "x/norm2(x)"),
    ],
)
def test_gradients_are_written_as_in_books(text: str, wrt: str, given: str, gradient: str) -> None:
    assert differentiate(text, [wrt], given).denominator.text == gradient


@pytest.mark.parametrize(
    ("text", "wrt", "hessian"),
    [
        ("x'*A*x", "x,x", "A + A'"),
        ("x'*A*y", "x,y", "A"),
        ("x'*A*y", "y,x", "A'"),
        ("norm2(X*w-y)^2", "w,w", "2*X'*X"),
        ("tr(X'*A*X*B)", "X,X", "kron(B', A) + kron(B, A')"),
        ("a*x'*x", "a,x", "2*x'"),
        ("a*x'*x", "x,a", "2*x"),
        ("a^3", "a,a", "6*a"),
    ],
)
def test_hessians(text: str, wrt: str, hessian: str) -> None:
    result = differentiate(text, wrt.split(","))
    assert result.numerator.text == result.denominator.text == hessian


@pytest.mark.parametrize(
    ("text", "wrt", "numerator", "denominator"),
    [
        ("x'*x", "x", (1, "n"), ("n", 1)),
        ("A*x", "x", ("m", "n"), ("n", "m")),
        ("a*x", "a", ("n", 1), (1, "n")),
        ("a*x'", "a", ("n", 1), (1, "n")),
        ("x'*A", "x", ("n", "m"), ("m", "n")),
        ("tr(X'*A)", "X", ("n", "m"), ("m", "n")),
        ("a*A", "a", ("m", "n"), ("n", "m")),
        ("A*x", "A", ("m", ("m", "n")), (("m", "n"), "m")),
        ("a^2", "a", (), ()),
    ],
)
def test_shapes_of_both_layouts(text: str, wrt: str, numerator: Any, denominator: Any) -> None:
    result = differentiate(text, [wrt])
    assert result.numerator.shape == numerator
    assert result.denominator.shape == denominator


def test_forms_say_what_the_matrix_means() -> None:
    assert differentiate("x'*x", ["x"]).numerator.form == "row"
    assert differentiate("X'*X", ["X"]).numerator.form == "vec/Kronecker"
    assert differentiate("x'*x", ["x", "x"]).numerator.form == "Hessian"


def test_the_derivation_of_least_squares() -> None:
    steps = differentiate("norm2(A*x-b)^2", ["x"], "b: m").steps
    assert [step.rule for step in steps] == ["squared norm", "sum rule", "product rule"]
    assert {step.text for step in steps} == {"2*(A*x - b)'*A*dx"}
    assert "read off" in steps[-1].explanation
    assert all(rule.source for step in steps for rule in step.applied)


def test_the_trace_is_turned_as_a_step() -> None:
    steps = differentiate("tr(A*X*B*X')", ["X"]).steps
    assert "cyclic property of the trace" in [step.rule for step in steps]
    assert steps[-1].rule == "identification"
    assert steps[-1].text.startswith("tr(")
    assert steps[-1].text.endswith("*dX)")


def test_a_constant_has_derivative_zero_and_says_why() -> None:
    result = differentiate("x'*x", ["y"], "y: m")
    assert result.denominator.text == "0*ones(m)"
    assert "does not depend on y" in result.steps[0].explanation


@pytest.mark.parametrize(
    ("text", "wrt", "given", "words"),
    [
        ("norm1(x)", "x", "", "not differentiable where an entry of x is 0"),
        ("norm2(A*x)", "x", "", "where A*x is 0"),
        ("sum(relu(x))", "x", "", "where an entry of x is 0"),
        ("sum(abs(x))", "x", "", "where an entry of x is 0"),
        ("det(X)", "X", "", "assumes that X is invertible"),
        ("tr(S*A)", "S", "S: n,n symmetric", "all entries of S are varied independently"),
    ],
)
def test_notes_say_where_the_result_does_not_hold(
    text: str, wrt: str, given: str, words: str
) -> None:
    assert words in " ".join(differentiate(text, [wrt], given).notes)


def test_no_note_where_the_exception_cannot_happen() -> None:
    assert differentiate("sum(abs(x))", ["x"], "x: n positive").notes == ()
    assert differentiate("det(X)", ["X"], "X: n,n nonsingular").notes == ()


def test_the_variable_is_chosen_when_none_is_named() -> None:
    assert differentiate("tr(A*X)").wrt == ("X",)
    assert differentiate("w'*a*y").wrt == ("w",)
    assert differentiate("h'*y").wrt == ("h",)
    with pytest.raises(ExpressionError, match="no name"):
        differentiate("2 + 3")


def test_without_simplification_terms_stay_apart() -> None:
    plain = differentiate("x'*A*x", ["x"], simplify=False)
    assert plain.denominator.text == "A*x + A'*x"


def test_array_source_of_a_third_order_result() -> None:
    namespace: dict[str, Any] = {}
    exec(differentiate("x*x'", ["x"]).numpy, namespace)  # noqa: S102 - our own source
    x = np.array([1.0, 2.0, 5.0])
    eye = np.eye(3)
    expected = np.einsum("ik,j->ijk", eye, x) + np.einsum("i,jk->ijk", x, eye)
    assert namespace["derivative"](x=x) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("expression", "gradient"),
    [
        ("tr(kron(X, A))", "tr(A)*eye(m)"),
        ("tr(kron(A, X))", "tr(A)*eye(m)"),
        ("logdet(kron(X, A))", "tr(eye(n))*inv(X)'"),
        ("sum(kron(X, A))", "sum(A)*ones(m, m)"),
        ("norm2(kron(X, A))^2", "2*tr(A'*A)*X"),
        ("norm2(kron(A, X) - kron(A, B))^2", "2*tr(A'*A)*(X - B)"),
    ],
)
def test_scalars_of_kronecker_products_stay_short(expression: str, gradient: str) -> None:
    found = differentiate(expression, ["X"], "X: m,m; A: n,n; B: m,m")
    assert found.denominator.text == gradient
    assert found.check.samples


@pytest.mark.parametrize(
    ("expression", "gradient"),
    [
        ("tr((X'*X)^3)", "6*(X*X')^2*X"),
        ("tr(X'*X*X'*X) + tr((X*X')^2)", "8*X*X'*X"),
        ("tr((A*X)^3)", "3*((A*X)^2*A)'"),
    ],
)
def test_powers_of_products_meet_their_like(expression: str, gradient: str) -> None:
    found = differentiate(expression, ["X"], "X: m,n; A: n,m")
    assert equivalent(found.denominator.text, gradient, "X: m,n; A: n,m").agree
    assert len(found.denominator.text) <= len(gradient) + 4


def test_torch_source_gives_its_functions_tensors_of_one_type() -> None:
    assert "torch.ones(n, dtype=x.dtype) @ x" in (differentiate("ones(n)'*x", ["x"]).torch or "")
    least = differentiate("min(tr(X*C), 0)", ["X"], "X: n,n; C: n,n").torch or ""
    assert "torch.minimum(torch.trace(X @ C), torch.as_tensor(0, dtype=X.dtype))" in least


def test_source_of_functions_for_other_libraries() -> None:
    result = differentiate("log(sum(exp(A*x)))", ["x"])
    assert "def f(A, x):\n    return torch.log(torch.sum(torch.exp(A @ x)))" in (result.torch or "")
    assert "# gradient by x: A'*exp(A*x)/sum(exp(A*x))" in (result.jax or "")
    assert differentiate("A*x", ["x"]).torch is None


@pytest.mark.parametrize(
    "text",
    ["X/norm2(X)", "kron(X, A)", "inv(X)'*A", "sum(relu(X*w).^2)", "adj(X)*x", "x./y", "2.^x",
     "X^3", "logdet(X*X')", "exp(-norm2(x-y)^2/(2*a^2))", "diag(X*A)", "comm(m, n)*vec(A)"],
)  # fmt: skip
def test_every_formula_can_be_typeset(text: str) -> None:
    result = differentiate(text)
    formulas = [result.numerator.tex_with_shapes, result.denominator.tex]
    formulas += [step.tex for step in result.steps]
    formulas += [rule.tex for step in result.steps for rule in step.applied]
    for tex in formulas:
        assert to_mathml(tex).startswith("<math")


def test_a_wrong_closed_form_is_an_error_never_an_answer() -> None:
    result = differentiate("x'*A*x", ["x"])
    wrong = differentiate("x'*A*x", ["x"], "A: n,n symmetric").denominator.node
    with pytest.raises(CheckError):
        check(
            result.node,
            result.symbols["x"],
            [Claim(wrong, "array")],
            result.symbols,
            text="x'*A*x",
        )


def test_where_nothing_can_be_checked_it_says_so() -> None:
    with pytest.raises(ExpressionError, match="No point"):
        _ = differentiate("log(-x'*x)", ["x"]).check


def test_growth_is_bounded() -> None:
    with pytest.raises(ExpressionError) as raised:
        differentiate("((adj(adj((X^3)))^3)^3)", ["X", "X"])
    assert raised.value.code == "too-large"
    with pytest.raises(ExpressionError) as raised:
        differentiate("X^150", ["X"])
    assert raised.value.code == "too-large"


def test_arrays_that_are_too_large_to_check_are_refused() -> None:
    with pytest.raises(ExpressionError) as raised:
        _ = differentiate("kron(" * 8 + "X" + ", A)" * 8, ["X"]).check
    assert raised.value.code == "too-large"


def test_a_symmetric_sum_around_the_increment_is_not_turned_for_ever() -> None:
    """Turning w'·(dR' + dR)·y leaves the sum as it is."""
    steps = differentiate("w'*(R + R')*y", ["R"]).steps
    assert steps[-1].text == "tr((w*y' + y*w')*dR)"
    assert differentiate("w'*inv(R*R')*y", ["R"]).steps


def test_a_misspelt_variable_is_refused_and_not_zero() -> None:
    with pytest.raises(ExpressionError, match="does not occur") as raised:
        differentiate("theta'*theta", ["tetha"])
    assert raised.value.code == "unknown-name"
    assert "theta" in (raised.value.hint or "")


def test_a_derivative_is_taken_by_one_or_two_names() -> None:
    with pytest.raises(ExpressionError):
        differentiate("x'*x", ["x", "x", "x"])


assert derivation.PREFERRED[0] == "X"


@pytest.mark.parametrize(
    ("expression", "gradient"),
    [
        ("1000003*x'*x", "2000006*x"),
        ("1e-12*x'*x", "2e-12*x"),
        ("x'*x + 1e8", "2*x"),
        ("norm2(888888*A*x - y)^2", "1777776*A'*(888888*A*x - y)"),
    ],
)
def test_large_and_small_numbers_are_checked_like_others(expression: str, gradient: str) -> None:
    found = differentiate(expression, ("x",), "A: m,n; x: n; y: m")
    assert equivalent(found.denominator.text, gradient, "A: m,n; x: n; y: m").agree


def test_a_wrong_claim_is_caught_however_small_its_numbers_are() -> None:
    source = elaborate("1e-12*x'*x", "x: n")
    wrong = elaborate_both("3e-12*x", "x", "x: n")[0].node
    with pytest.raises(CheckError):
        check(source.node, source.symbols["x"], [Claim(wrong, "turned")], source.symbols, text="f")
