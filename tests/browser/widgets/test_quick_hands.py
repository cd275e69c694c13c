"""Changes that come faster than pictures: each starts from the one before, shown or not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.widgets.conftest import OpenWidget

WITHIN_ONE_FRAME = """(root, changes) => {
    for (const [name, value] of changes) {
        const control = root.querySelector(`[aria-label="${name}"]`);
        control.value = value;
        const kind = control.localName === "select" ? "change" : "input";
        control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
}"""
TWO_KEYS = """(slider) => {
    for (let time = 0; time < 2; time++)
        slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
}"""


@pytest.mark.parametrize(
    ("name", "query", "changes"),
    [
        ("backpropagation", "", {"Width of layer 1": "4", "Activation of layer 1": "relu"}),
        (
            "layouts",
            "?layouts=1~f.2,2~x.2,2",
            {"Rows of the value": "3", "Columns of the value": "1"},
        ),
        ("layouts", "?layouts=1~m.b", {"Number of inputs": "2", "Number of outputs": "5"}),
        (
            "regression",
            "?regression=1~e.all-raw",
            {"voltage (V) of the new case": "200", "temperature (°C) of the new case": "40"},
        ),
    ],
)
def test_a_second_change_keeps_the_first(
    open_widget: OpenWidget, name: str, query: str, changes: dict[str, str]
) -> None:
    widget = open_widget(name, query)
    widget.root.evaluate(WITHIN_ONE_FRAME, list(changes.items()))
    for label, value in changes.items():
        expect(widget.root.get_by_label(label, exact=True)).to_have_value(value)


def test_a_second_key_starts_from_the_first(open_widget: OpenWidget) -> None:
    widget = open_widget("chain-rule")
    size = widget.root.get_by_label("Size of y = f(v)", exact=True)
    before = int(size.input_value())
    widget.root.get_by_role("slider", name="Size of y = f(v), slider").evaluate(TWO_KEYS)
    expect(size).to_have_value(str(before + 2))
