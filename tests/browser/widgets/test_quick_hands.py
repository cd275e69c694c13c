"""Changes that come faster than pictures: each starts from the one before, shown or not."""

from __future__ import annotations

from urllib.parse import unquote

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


SHAPES = "Shapes and properties of the names"
TYPE_AS_THE_ANSWER_COMES = """([field, text]) => {
    const fetched = window.fetch;
    window.fetch = async (...asked) => {
        const response = await fetched(...asked);
        window.fetch = fetched;
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        return response;
    };
}"""


@pytest.mark.parametrize(
    ("name", "query", "asked", "typed"),
    [
        (
            "custom-autograd",
            "?custom-autograd=1~f.A*x~b.x:g",
            ("gradient by x =", "A*g"),
            ("gradient by x =", "A'*g"),
        ),
        ("rules", "", (SHAPES, "w: 3"), (SHAPES, "w: 3; x: 3")),
        ("chain-rule", "?chain-rule=1~m.n", ("f(v) =", "v1 v2"), ("g(u) =", "[u1, u2 - u1]")),
    ],
)
def test_what_is_typed_on_stays_when_an_answer_comes(
    open_widget: OpenWidget, name: str, query: str, asked: tuple[str, str], typed: tuple[str, str]
) -> None:
    widget = open_widget(name, query)
    label, text = typed
    field = widget.root.get_by_label(label, exact=True)
    widget.page.evaluate(TYPE_AS_THE_ANSWER_COMES, [field.element_handle(), text])
    widget.root.get_by_label(asked[0], exact=True).fill(asked[1])
    widget.page.wait_for_url(lambda url: text in unquote(url))
    expect(field).to_have_value(text)


TYPE_A_SIZE_AND_RESET = """async (root) => {
    const size = root.querySelector(".declarations .size");
    size.value = "7";
    size.dispatchEvent(new Event("input", { bubbles: true }));
    [...root.querySelectorAll("button")].find(({ textContent }) => textContent === "Reset").click();
    await new Promise((done) => setTimeout(done, 500));
}"""


@pytest.mark.parametrize("name", ["custom-autograd", "derivative", "working"])
def test_a_size_that_was_being_typed_does_not_outlive_reset(
    open_widget: OpenWidget, name: str
) -> None:
    widget = open_widget(name)
    first = widget.root.locator(".declarations .size").first
    expect(first).not_to_have_value("")
    before = first.input_value()
    widget.root.evaluate(TYPE_A_SIZE_AND_RESET)
    expect(widget.root).not_to_have_attribute("aria-busy", "true")
    expect(first).to_have_value(before)
