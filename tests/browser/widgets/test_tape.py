"""The browser's evaluation of tapes, against values that SymPy gave with many digits."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from tests.support.server import REPOSITORY

TABLE = json.loads((REPOSITORY / "tests/fixtures/tapes.json").read_text())
TOLERANCE = 1e-12

LARGEST_ERROR = """async (table) => {
    const { compile } = await import("/static/math/tape.js");
    let largest = 0;
    let pairs = 0;
    for (const { tape, points, values, jacobians } of table) {
        const program = compile(tape);
        points.forEach((point, index) => {
            const found = ["value", "jacobian"].map((name) => program.evaluateAt(name, point));
            const expected = [values[index], jacobians[index]].flat(3);
            found.flat(3).forEach((value, entry) => {
                const error = Math.abs(value - expected[entry]);
                // Math.max keeps NaN: what is not a number does not pass for a small error.
                largest = Math.max(largest, error / Math.max(1, Math.abs(expected[entry])));
            });
            pairs += 1;
        });
    }
    return [pairs, largest];
}"""


def test_the_browser_agrees_with_sympy_on_two_hundred_pairs(page: Page) -> None:
    pairs, largest = page.evaluate(LARGEST_ERROR, TABLE)
    assert pairs >= 200
    assert largest <= TOLERANCE
