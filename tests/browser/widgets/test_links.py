"""Links that hold what a widget cannot use: every widget tells the reader beside itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.widgets.conftest import OpenWidget
from tests.browser.widgets.test_contract import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_spoilt_link_is_told_beside_the_widget(open_widget: OpenWidget, name: str) -> None:
    widget = open_widget(name, f"?{name}=a-state-of-nothing")
    note = widget.root.locator(".link-note")
    expect(note).to_contain_text("cannot be read; the example is shown instead")
    note.get_by_role("button", name="Close the note").click()
    expect(note).to_have_count(0)


def test_a_field_that_cannot_be_used_is_named(open_widget: OpenWidget) -> None:
    widget = open_widget("gradient", "?gradient=1~p.abc~x.far~y.1~a.45")
    note = widget.root.locator(".link-note")
    expect(note).to_contain_text("“abc” for p, “far” for x and “1” for y, which cannot be used")
    # What can be used is.
    widget.expect_sentence("At x = 2.00, y = 1.00")
    widget.expect_sentence("In the direction of 45 degrees")


def test_a_good_link_and_none_are_not_remarked_upon(open_widget: OpenWidget) -> None:
    widget = open_widget("gradient", "?gradient=1~x.1~y.0.5~s.0.2~m.0.5~w.0,0,2~c.10,20,1")
    expect(widget.root.locator(".link-note")).to_have_count(0)
