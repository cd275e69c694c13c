"""Layers and their backward passes: right ones pass three checks, wrong ones are named."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.autograd import Judgement, LayerError, judge, read_layer
from app.autograd.answers import layer_answer
from app.autograd.differences import STEPS, Branches, branches_of
from tests.autograd.presets import PRESETS, RIGHT, answer_to

AFFINE = ("X*W + ones(n)*b'", "X: n,k; W: k,m; b: m")
SOFTMAX = ("exp(x)/sum(exp(x))", "x: n")
LAYER_NORM = (PRESETS["layer-norm"]["forward"], PRESETS["layer-norm"]["given"])
DEVIATION = LAYER_NORM[0].split("./(", 1)[1][:-1]
CROSS_ENTROPY = (PRESETS["cross-entropy"]["forward"], PRESETS["cross-entropy"]["given"])
ATTENTION = (PRESETS["attention"]["forward"], PRESETS["attention"]["given"])
GELU = (PRESETS["gelu"]["forward"], PRESETS["gelu"]["given"])
MEAN = ("sum(X.^2)/sum(ones(n)*ones(k)')", "X: n,k")
CENTRED = ("X - X*ones(k,k)/sum(ones(k))", "X: n,k")
BEND = "tanh(sqrt(2/pi)*(x + 0.044715*x.^3))"


def judged(layer: tuple[str, str], name: str, text: str) -> Judgement:
    return judge(read_layer(*layer), name, text)


# ------------------------------------------------------------------------------ examples


@pytest.mark.parametrize("name", RIGHT)
def test_the_right_examples_pass_in_shape_symbols_and_numbers(name: str) -> None:
    found = answer_to(PRESETS[name])
    assert found["correct"]
    for check in found["checks"]:
        assert check["shape"]["agree"]
        assert check["symbolic"]["agree"]
        assert check["symbolic"]["decided_by"] in {"normal form", "numbers"}
        assert check["numeric"]["agree"]
        assert check["numeric"]["best_error"] < 1e-8


@pytest.mark.parametrize(
    ("name", "mistakes"),
    [
        ("affine-batch", {"b": "sum over the batch"}),
        ("affine-transpose", {"X": "transposed", "W": "wrong layout"}),
        ("softmax-term", {"x": "missing term"}),
        ("cross-entropy-mean", {"X": "missing factor"}),
        ("cross-entropy-sign", {"X": "sign"}),
        ("layer-norm-constant", {"X": "missing term"}),
        ("attention-scale", {"Q": "missing factor"}),
    ],
)
def test_the_mistakes_of_the_examples_are_named(name: str, mistakes: dict[str, str]) -> None:
    found = answer_to(PRESETS[name])
    named = {each["name"]: each["mistake"]["kind"] for each in found["checks"] if each["mistake"]}
    assert named == mistakes
    assert not found["correct"]
    assert found["torch"] is found["jax"] is None


def test_every_example_is_tested() -> None:
    wrong = set(PRESETS) - set(RIGHT)
    assert all(not answer_to(PRESETS[name])["correct"] for name in wrong)
    assert len(wrong) == 7


# ------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("layer", "name", "text", "kind", "words"),
    [
        (AFFINE, "X", "-G*W'", "sign", "−1 times"),
        (AFFINE, "X", "G*W", "transposed", "transpose is missing on W"),
        (AFFINE, "W", "X*G", "transposed", "transpose is missing on X"),
        (AFFINE, "W", "G'*X", "wrong layout", "numerator layout"),
        (AFFINE, "b", "ones(n)'*G", "wrong layout", "shape of b"),
        (AFFINE, "b", "G", "sum over the batch", "all rows"),
        (AFFINE, "b", "G'", "sum over the batch", "missing"),
        (AFFINE, "b", "sum(G)", "sum over the batch", "too much"),
        (AFFINE, "b", "G'*ones(n)/sum(ones(n))", "missing factor", "1/n is too much"),
        (AFFINE, "X", "2*G*W'", "missing factor", "2 times"),
        (AFFINE, "X", "ones(n,m)*W'", "no cotangent", "G is missing"),
        (SOFTMAX, "x", "y.*(g + vector(g'*y))", "sign", "sign of the term"),
        (SOFTMAX, "x", "g - vector(g'*y)", "missing factor", "factor y"),
        (SOFTMAX, "x", "y.*g", "missing term", "sum(exp(x)) was treated as a constant"),
        (SOFTMAX, "x", "diag(y) - y*y'", "no cotangent", "Jacobian itself"),
        (("A*x", "A: n,n; x: n"), "x", "A*g", "pushforward", "transpose of the Jacobian"),
        (("A*X*B", "A: n,n; X: n,n; B: n,n"), "X", "A*G*B'", "transposed", "A must be"),
        (("A*X*B", "A: n,n; X: n,n; B: n,n"), "X", "G*A'*B'", "order of factors", "wrong order"),
        (CROSS_ENTROPY, "X", "g*exp(X)./(exp(X)*ones(k,k))/sum(ones(n))", "missing term", "T"),
        (ATTENTION, "K", "G'*Q", "missing factor", "1/sqrt(d)"),
        (ATTENTION, "Q", "G'*K/sqrt(d)", "transposed", "one too many"),
        (GELU, "x", f"g.*0.5.*(vector(1) + {BEND})", "missing term", "treated as a constant"),
        (
            GELU,
            "x",
            f"g.*(0.5*(vector(1) + {BEND}) + 0.5*x.*(vector(1) - {BEND}.^2))",
            "missing factor",
            "inner derivative",
        ),
        (LAYER_NORM, "X", f"G./({DEVIATION})", "missing term", "missing"),
        (CENTRED, "X", "G - ones(n,n)*G/sum(ones(k))", "wrong axis", "wrong axis"),
        (AFFINE, "b", "G*ones(m)", "wrong axis", "over columns where rows"),
        (AFFINE, "X", "X'*G", "other input", "gradient by W; here the gradient by X"),
        (SOFTMAX, "x", "y.*(vector(1) - y).*g", "missing term", "Only the diagonal"),
        (("x'*A*x", "A: n,n; x: n"), "x", "2*g*A*x", "transposed", "only where A is symmetric"),
        (("kron(A,B)*x", "A: 2,2; B: 2,3; x: 6"), "x", "kron(B',A')*g", "order of factors", "kron"),
        (("s^2*sin(s)", "s: scalar"), "s", "2*g*s*sin(s)", "missing term", "sin(s) was treated"),
        (MEAN, "X", "2*g*X", "missing factor", "1/(k*n) is missing: this is k*n times"),
        (("A*x", "A: m,n; x: n"), "x", "1.00000001*A'*g", "missing factor", "is 1.00000001 times"),
    ],
)  # fmt: skip
def test_known_mistakes_are_recognised(
    layer: tuple[str, str], name: str, text: str, kind: str, words: str
) -> None:
    found = judged(layer, name, text)
    assert found.verdict in {"wrong", "unread"}
    assert found.mistake is not None
    assert found.mistake.kind == kind
    assert words in found.mistake.sentence


@pytest.mark.parametrize(
    ("layer", "name", "text", "kind", "first", "second"),
    [
        (AFFINE, "b", "-G", "sum over the batch", "all rows", "the sign is wrong"),
        (AFFINE, "b", "G/sum(ones(n))", "sum over the batch", "all rows", "1/n is too much"),
        (AFFINE, "b", "-G*ones(m)", "wrong axis", "over columns", "the sign is wrong"),
        (AFFINE, "W", "2*G'*X", "wrong layout", "numerator", "constant factor 2 is too much"),
        (AFFINE, "X", "-G*W", "transposed", "missing on W", "sign is wrong"),
        (AFFINE, "W", "-X'*G/sum(ones(n))", "missing factor", "1/n is too much", "sign is wrong"),
        (SOFTMAX, "x", "-y.*g", "missing term", "treated as a constant", "the sign is wrong"),
        (SOFTMAX, "x", "(diag(y) - y*y')/2", "no cotangent", "Jacobian itself", "2 is missing"),
        (ATTENTION, "K", "Q'*G", "wrong layout", "numerator", "1/sqrt(d) is missing"),
        (ATTENTION, "K", "G*Q", "transposed", "missing on G", "1/sqrt(d) is missing"),
        (("A*X*B'", "A: m,n; X: n,k; B: p,k"), "X", "A*G*B'", "transposed", "on A", "on B"),
        (("inv(A)*b", "A: n,n; b: n"), "A", "inv(A)*g*y'", "sign", "sign is wrong", "on inv(A)"),
        (CROSS_ENTROPY, "X", "g*(T - exp(X)./(exp(X)*ones(k,k)))", "missing factor", "1/n", "sign"),
    ],
)  # fmt: skip
def test_two_mistakes_at_once_are_both_named(
    layer: tuple[str, str], name: str, text: str, kind: str, first: str, second: str
) -> None:
    found = judged(layer, name, text)
    assert found.verdict in {"wrong", "unread"}
    assert found.mistake is not None
    assert found.mistake.kind == kind
    told = found.mistake.sentence
    assert first in told
    assert second in told[told.index(first) :]


def test_a_long_part_is_named_by_its_beginning_and_end() -> None:
    weights = "(exp(Q*K')./(exp(Q*K')*ones(n,n)))"
    layer = (f"{weights}*V", "Q: m,r; K: n,r; V: n,p")
    found = judged(layer, "V", f"({weights}.*(matrix(1) + 0*{weights}))*G")
    assert found.mistake is not None
    assert found.mistake.kind == "transposed"
    assert " … " in found.mistake.sentence
    assert len(found.mistake.sentence) < 130


def test_of_one_number_not_everything_is_called_a_multiple() -> None:
    found = judged(("s^2*sin(s)", "s: scalar"), "s", "cos(s)")
    assert found.verdict == "wrong"
    assert found.mistake is None


def test_what_is_no_known_mistake_is_wrong_without_a_name() -> None:
    found = judged(SOFTMAX, "x", "sin(g) + x")
    assert found.verdict == "wrong"
    assert found.mistake is None


# --------------------------------------------------------------------------- differences


def test_the_error_falls_with_the_square_of_the_step_and_rises_with_rounding() -> None:
    found = judged(SOFTMAX, "x", "y.*(g - vector(g'*y))")
    errors = np.array(found.curve.errors)
    falling = errors[2:8] / errors[3:9]
    assert np.all((falling > 7) & (falling < 14)), falling  # half a decade of h² is a factor 10
    best = int(np.argmin(errors))
    assert 1e-6 < STEPS[best] < 1e-3
    assert errors[-1] > 1e4 * errors[best]
    branches = found.curve.branches
    assert branches.at(1e-1) == "truncation"
    assert branches.at(1e-10) == "rounding"
    assert branches.best_step == pytest.approx(STEPS[best], rel=9)


def test_the_branches_of_a_made_up_curve_are_found() -> None:
    c2, c1 = 0.2, 3e-16
    found = branches_of([c2 * step**2 + c1 / step for step in STEPS])
    assert found.truncation == pytest.approx(c2, rel=0.1)
    assert found.rounding == pytest.approx(c1, rel=0.1)
    assert found.best_step == pytest.approx((c1 / (2 * c2)) ** (1 / 3), rel=0.1)
    assert Branches(None, c1).best_step is None


def test_a_linear_layer_has_no_truncation() -> None:
    found = judged(AFFINE, "X", "G*W'")
    assert found.curve.branches.truncation is None
    assert found.curve.errors is not None
    assert found.curve.errors[0] < 1e-14


def test_the_curve_of_a_wrong_pass_levels_off_at_its_own_error() -> None:
    found = judged(SOFTMAX, "x", "1.001*y.*(g - vector(g'*y))")
    assert found.curve.errors is not None
    assert min(found.curve.reference) < 1e-9
    assert found.curve.errors[found.curve.best] == pytest.approx(1e-3, rel=0.01)
    assert not found.curve.agrees
    assert found.mistake is not None
    assert "1.001 times" in found.mistake.sentence


def test_a_quotient_outside_the_domain_is_no_number() -> None:
    found = layer_answer("log(x)", "x: n positive", "", {"x": "g./x"})
    (check,) = found["checks"]
    assert check["verdict"] == "right"
    assert check["numeric"]["errors"][0] is None


# ------------------------------------------------------------------------------- reading


def test_the_cotangent_has_a_name_that_is_free() -> None:
    assert read_layer(*AFFINE).cotangent.parameter.name == "G"
    assert read_layer("G*W", "G: n,k; W: k,m").cotangent.parameter.name == "H"
    assert read_layer(*SOFTMAX, "u").cotangent.parameter.name == "u"
    assert read_layer("x'*x", "x: n").cotangent.is_scalar
    assert judge(read_layer("A*x", "A: m,n; x: n", "e"), "x", "A'*e").verdict == "right"


@pytest.mark.parametrize(
    ("forward", "given", "cotangent", "field", "words"),
    [
        ("X*", "", "", "forward", "Expected a number"),
        ("sinn(x)", "", "", "forward", "sinn"),
        ("x'", "x: n", "", "forward", "row"),
        ("ones(3)", "", "", "forward", "no input"),
        ("a*b*c*d*f*g*x", "", "", "forward", "7 inputs"),
        (*AFFINE, "W", "cotangent", "input of the layer"),
        (*AFFINE, "3", "cotangent", "needs a name"),
        (*AFFINE, "pi", "cotangent", "is a number already"),
    ],
)
def test_a_layer_that_cannot_be_read_says_which_field_is_meant(
    forward: str, given: str, cotangent: str, field: str, words: str
) -> None:
    with pytest.raises(LayerError) as caught:
        read_layer(forward, given, cotangent)
    assert caught.value.field == field
    assert words in caught.value.problem.message


def test_what_is_wrong_in_a_backward_pass_has_its_place_there() -> None:
    found = judged(AFFINE, "X", "G*W' + sinn(X)")
    assert found.verdict == "unread"
    assert found.problem is not None
    assert found.problem.span == (7, 11)
    unknown = judged(AFFINE, "X", "G*V'")
    assert unknown.problem is not None
    assert unknown.problem.code == "unknown-name"
    assert unknown.problem.span == (2, 3)


def test_an_empty_backward_pass_waits_to_be_written() -> None:
    found = layer_answer(*AFFINE, "", {"X": "G*W'", "W": " "})
    assert [each["verdict"] for each in found["checks"]] == ["right", "unwritten"]
    assert found["checks"][1]["shape"]["expected"] == ["k", "m"]
    assert "grad_X, None, None" in found["torch"]
    assert "jnp.full_like(W, jnp.nan)" in found["jax"]


def test_a_name_that_is_no_input_is_refused_by_its_field() -> None:
    found = layer_answer(*AFFINE, "", {"Z": "G"})
    assert found["refusal"]["field"] == "backward.Z"


def test_the_value_may_be_used_on_the_way_back() -> None:
    assert judged(("exp(X)", "X: m,n"), "X", "G.*Y").verdict == "right"
    assert judged(("x.*y", "x: n; y: n"), "x", "g.*y").verdict == "right"


def test_all_numbers_of_an_answer_are_finite() -> None:
    found = layer_answer("norm2(x)", "x: n", "", {"x": "g*x/norm2(x)"})
    numbers = found["checks"][0]["numeric"]
    assert all(each is None or math.isfinite(each) for each in numbers["reference"])
    assert any("norm" in note or "zero" in note or "0" in note for note in found["notes"])
