"""The Fisher information: closed forms, numerical integration, coordinates, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calculus import Density, Tape, entries_of, evaluate, value_tape
from app.calculus.expectation import ExpectationError
from app.calculus.information import fisher_information
from app.calculus.information_steps import information_answer
from app.expressions import parse, to_text

Pair = tuple[float, float]
SOFTMAX = "exp(theta1) + exp(theta2) + 1"


def density(logarithm: str, names: str, about: str = "", moments: str = "") -> Density:
    variables = tuple(names.split())
    outside = (*variables, "x") if moments else variables
    read = lambda text, known: entries_of(parse(text, variables=known, mode="scalar"))  # noqa: E731
    return Density(
        read(logarithm, outside),
        variables,
        read(about, variables)[0] if about else None,
        read(moments, variables) if moments else (),
    )


NORMAL = density("-log(sigma) - (x - mu)^2/(2 sigma^2)", "mu sigma", "mu",
                 "[0, sigma^2, 0, 3 sigma^4]")  # fmt: skip
LOGARITHMIC = density("-lambda - (x - mu)^2/(2 exp(2 lambda))", "mu lambda", "mu",
                      "[0, exp(2 lambda), 0, 3 exp(4 lambda)]")  # fmt: skip
VARIANCE = density("-log(v)/2 - (x - mu)^2/(2 v)", "mu v", "mu", "[0, v, 0, 3 v^2]")
LOGITS = density(
    f"[theta1 - log({SOFTMAX}), theta2 - log({SOFTMAX}), -log({SOFTMAX})]", "theta1 theta2"
)
SIMPLEX = density("[log(p1), log(p2), log(1 - p1 - p2)]", "p1 p2")


def _softmax(theta: Pair) -> np.ndarray[Any, Any]:
    weights = np.exp([*theta, 0.0])
    return weights / weights.sum()


def _categorical(theta: Pair) -> np.ndarray[Any, Any]:
    p = _softmax(theta)
    return (np.diag(p) - np.outer(p, p))[:2, :2]


CLOSED: dict[str, tuple[Density, Callable[[Pair], Any], list[Pair]]] = {
    "normal by deviation": (NORMAL, lambda at: np.diag([1, 2]) / at[1] ** 2, [(0, 2), (-3, 0.1)]),
    "normal by log σ": (LOGARITHMIC, lambda at: np.diag([np.exp(-2 * at[1]), 2]), [(1, -1)]),
    "normal by variance": (VARIANCE, lambda at: np.diag([1 / at[1], 0.5 / at[1] ** 2]), [(1, 0.3)]),
    "softmax": (LOGITS, _categorical, [(0, 0), (-4, 2), (6, -5)]),
    "simplex": (SIMPLEX, lambda at: np.diag(1 / np.array(at)) + 1 / (1 - sum(at)),
                [(0.2, 0.3), (0.98, 0.01)]),
}  # fmt: skip


def _at(tape: Tape, point: Pair, data: tuple[float, ...]) -> dict[str, Any]:
    return evaluate(tape, [*point, *data])


@pytest.mark.parametrize("name", CLOSED)
def test_the_closed_forms_of_the_textbooks(name: str) -> None:
    question, closed, points = CLOSED[name]
    found = fisher_information(question)
    data = (1.0,) * (len(found.tape.inputs) - 2)
    for point in points:
        expected = closed(point)
        tape = _at(found.tape, point, data)["information"]
        assert tape == pytest.approx(expected, rel=1e-12, abs=1e-15)
        assert found.inverse is not None
        written = [entry for row in found.inverse for entry in row]
        inverse = evaluate(value_tape(written, question.variables), point)["value"]
        assert inverse.reshape(2, 2) == pytest.approx(np.linalg.inv(expected), rel=1e-9)


def test_it_reads_as_in_a_book() -> None:
    found = fisher_information(NORMAL)
    assert [[to_text(e) for e in row] for row in found.information] == [
        ["1/sigma^2", "0"], ["0", "2/sigma^2"],
    ]  # fmt: skip
    assert to_text(fisher_information(LOGARITHMIC).information[1][1]) == "2"
    assert to_text(fisher_information(SIMPLEX).inverse[0][1]) == "-p1*p2"  # type: ignore[index]


def test_an_inverse_is_short_or_not_shown() -> None:
    total = "log(exp(a) + exp(b) + exp(c) + 1)"
    four = fisher_information(
        density(f"[a - {total}, b - {total}, c - {total}, -{total}]", "a b c")
    )
    assert four.inverse is not None
    written = [[to_text(entry) for entry in row] for row in four.inverse]
    assert written[0][1] == written[2][0] == "exp(a) + exp(b) + exp(c) + 1"
    spread, mean = "(1 + a^2 + b^2)", "(a b^2 + sin(a))"
    long = density(
        f"-log{spread} - (x - {mean})^2/(2 {spread}^2)", "a b", mean,
        f"[0, {spread}^2, 0, 3 {spread}^4]",
    )  # fmt: skip
    found = fisher_information(long)
    assert (found.inverse, found.singular) == (None, False)


def test_all_three_logits_make_it_singular() -> None:
    total = "log(exp(a) + exp(b) + exp(c))"
    found = fisher_information(density(f"[a - {total}, b - {total}, c - {total}]", "a b c"))
    assert found.singular
    assert found.inverse is None
    p = np.exp([0.3, -1, 2]) / np.exp([0.3, -1, 2]).sum()
    tape = evaluate(found.tape, [0.3, -1, 2, 1, 1, 1])["information"]
    assert tape == pytest.approx(np.diag(p) - np.outer(p, p), rel=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.floats(-5, 5), st.floats(0.1, 4))
def test_integrals_over_the_density_give_the_same(mu: float, sigma: float) -> None:
    """The scores are differences of the log-density itself; no derivative is taken by us."""
    x, weights = np.polynomial.hermite_e.hermegauss(40)
    x, weights = mu + sigma * x, weights / weights.sum()

    def logarithm(m: float, s: float) -> Any:
        return -np.log(s) - (x - m) ** 2 / (2 * s**2)

    h = 1e-5 * sigma
    slopes = [
        (logarithm(mu + h, sigma) - logarithm(mu - h, sigma)) / (2 * h),
        (logarithm(mu, sigma + h) - logarithm(mu, sigma - h)) / (2 * h),
    ]
    expected = np.array([[weights @ (a * b) for b in slopes] for a in slopes])
    tape = _at(FOUND.tape, (mu, sigma), (0, 0, 1))["information"]
    assert tape * sigma**2 == pytest.approx(expected * sigma**2, abs=1e-6)


FOUND = fisher_information(NORMAL)


@settings(max_examples=25, deadline=None)
@given(st.floats(-3, 3), st.floats(0.2, 3), st.lists(st.floats(-4, 4), min_size=1, max_size=6))
def test_the_loss_is_the_mean_over_the_data(mu: float, sigma: float, data: list[float]) -> None:
    centre = float(np.mean(data))
    described = (centre, 0.0, float(np.var(data)))
    x = np.array(data)

    def loss(m: float, s: float) -> float:
        return float(np.mean(np.log(s) + (x - m) ** 2 / (2 * s**2)))

    here = _at(FOUND.tape, (mu, sigma), described)
    h = 1e-5
    slopes = [
        (loss(mu + h, sigma) - loss(mu - h, sigma)) / (2 * h),
        (loss(mu, sigma + h) - loss(mu, sigma - h)) / (2 * h),
    ]
    assert here["loss"] == pytest.approx(loss(mu, sigma), rel=1e-9, abs=1e-9)
    assert here["gradient"] == pytest.approx(slopes, rel=1e-4, abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(st.floats(-3, 3), st.floats(-1.5, 1.2), st.floats(-2, 2), st.floats(0.1, 4))
def test_the_natural_gradient_is_one_vector_in_all_coordinates(
    mu: float, lam: float, centre: float, variance: float
) -> None:
    """J F̃⁻¹ ∇̃L = F⁻¹ ∇L with the Jacobian J of the change; the plain gradients do not agree."""
    data = (centre, 0.0, variance)
    sigma = np.exp(lam)
    by_deviation = _at(FOUND.tape, (mu, float(sigma)), data)
    by_logarithm = _at(LOG_FOUND.tape, (mu, lam), data)
    jacobian = np.diag([1, sigma])
    natural = np.linalg.solve(by_deviation["information"], by_deviation["gradient"])
    other = np.linalg.solve(by_logarithm["information"], by_logarithm["gradient"])
    assert jacobian @ other == pytest.approx(natural, rel=1e-9, abs=1e-12)
    pulled = jacobian.T @ by_deviation["information"] @ jacobian
    assert by_logarithm["information"] == pytest.approx(pulled, rel=1e-12)


LOG_FOUND = fisher_information(LOGARITHMIC)


def test_the_steps_lead_from_the_density_to_the_inverse() -> None:
    found = information_answer(NORMAL)
    rules = [step["rule"] for step in found["steps"]]
    assert rules == ["Log-density", "Score", "Second derivatives", "Powers of the deviation",
                     "Moments", "Fisher information", "Check", "Inverse"]  # fmt: skip
    assert found["steps"][3]["text"].startswith("z = x - mu, ")
    assert "3*z^2/sigma^4" in found["steps"][3]["text"]
    outcomes = [step["rule"] for step in information_answer(LOGITS)["steps"]]
    assert outcomes.count("Second derivatives") == 1  # the same for every outcome
    assert [s["rule"] for s in information_answer(SIMPLEX)["steps"]].count(
        "Second derivatives"
    ) == 3


@pytest.mark.parametrize(
    ("question", "part"),
    [
        (("-log(s) - (x - m)^2/(2 s^2)", "m s", "m", "[0, s^2, 0, 2 s^4]"), "not the moments"),
        (("-log(s) - (x - m)^2/(2 s^2)", "m s", "", "[0, s^2, 0, 3 s^4]"), "not the moments"),
        (("-(x - m)^2/(2 s^2)", "m s", "m", "[0, s^2, 0, 3 s^4]"), "not the moments"),
        (("-log(s) - (x - m)^2/(2 s^2)", "m s", "m", "[0, s^2]"), "is needed"),
        (("-log(s) - abs(x - m)/s", "m s", "m", "[0, 2 s^2, 0, 24 s^4]"), "not polynomials"),
        (("-log(s) - log(1 + (x - m)^2/s^2)", "m s", "m", "[0, 1, 0, 1]"), "not polynomials"),
        (("[a, log(1 - exp(a)), a]", "a"), "do not add to one"),
        (("x sqrt(-1 - a^2)", "a", "", "[1, 2]"), "no finite value"),
        (("a x^13 - a^2/2", "a", "", f"[{'0, ' * 12}a{', 0' * 12}, 1 + a^2]"), "has degree 13"),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_refused(question: tuple[str, ...], part: str) -> None:
    with pytest.raises(ExpectationError, match=part) as caught:
        fisher_information(density(*question))
    assert caught.value.problem.code == "expectation"
    assert caught.value.problem.hint


def test_other_families_need_no_code_of_their_own() -> None:
    exponential = fisher_information(density("log(r) - r x", "r", "", "[1/r, 2/r^2]"))
    assert to_text(exponential.information[0][0]) == "1/r^2"
    poisson = fisher_information(density("x log(l) - l", "l", "", "[l, l + l^2]"))
    assert to_text(poisson.information[0][0]) == "1/l"
    coin = fisher_information(density("[log(t), log(1 - t)]", "t"))
    values = evaluate(coin.tape, [0.3, 1, 1])["information"]
    assert values[0, 0] == pytest.approx(1 / (0.3 * 0.7))
