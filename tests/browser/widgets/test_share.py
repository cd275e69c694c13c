"""Sharing a widget: each of the three texts of the dialog shows it as it was when it was shared.

The directive is read by the loader of lessons, as an author's would be, and what the loader makes
of it is shown in the place of the widget.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.lessons import load
from tests.browser.conftest import PageOpener
from tests.browser.widgets.conftest import OpenWidget, Widget, mounted
from tests.browser.widgets.test_contract import NAMES, _change
from tests.support.server import REPOSITORY

BOOK = """\
title = "A book of one lesson"
[[chapters]]
id = "one"
title = "One"
lessons = ["shared"]
"""
LESSON = """\
---
title: Shared
summary: A widget that somebody shared.
---
{directive}
"""
WIDGET = re.compile(r'<figure class="widget".*?</figure>', re.DOTALL)


def shared(widget: Widget) -> Locator:
    widget.root.get_by_role("button", name="Share", exact=True).click()
    return widget.page.get_by_role("dialog")


def text(dialog: Locator, label: str) -> str:
    return dialog.get_by_label(label, exact=True).input_value()


def lesson_element(directive: str, folder: Path) -> str:
    """What the loader makes of a lesson that holds this directive; it must find nothing wrong."""
    lesson = folder / "chapters" / "one" / "shared" / "lesson.md"
    lesson.parent.mkdir(parents=True)
    lesson.write_text(LESSON.format(directive=directive), "utf-8")
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "presets").symlink_to(REPOSITORY / "content" / "presets")
    book = load(folder, widgets=REPOSITORY / "static" / "widgets")
    mistakes = [problem for problem in book.problems if str(problem.file).endswith("lesson.md")]
    assert mistakes == []
    found = WIDGET.search(book.lesson("shared").html)
    assert found is not None
    return found[0]


def show_instead(page: Page, name: str, element: str) -> Widget:
    """The page of the widget alone with another element of it."""
    address = re.compile(rf"/embed/{name}$")

    def fulfil(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        body = WIDGET.sub(lambda _: element, answer.text(), count=1)
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    page.route(address, fulfil)
    page.goto(f"/embed/{name}")
    return mounted(page, name)


@pytest.mark.parametrize("name", NAMES)
def test_the_directive_and_the_link_reproduce_the_state(
    open_widget: OpenWidget, name: str, tmp_path: Path
) -> None:
    widget = open_widget(name)
    start = widget.sentence
    _change(widget, name)
    widget.expect_change_from(start)
    after = widget.settled_sentence()
    dialog = shared(widget)
    link, directive = text(dialog, "Link"), text(dialog, "Directive for a lesson")
    frame = text(dialog, "Frame for another web page")
    assert f"{name}=1~" in link
    assert directive.startswith(f"```{{widget}} {name}\n")

    again = show_instead(widget.page, name, lesson_element(directive, tmp_path))
    again.expect_sentence(after)
    assert "~" not in again.page.url, "what the page says itself need not stand in the address"
    again.root.get_by_role("button", name="Reset", exact=True).click()
    assert again.settled_sentence() == after, "Reset returns to what the page itself says"
    assert text(shared(again), "Directive for a lesson") == directive

    source = re.search(r'src="([^"]*)"', frame)
    assert source is not None
    again.page.goto(source[1].replace("&amp;", "&"))
    mounted(again.page, name).expect_sentence(after)


def test_reset_returns_to_the_state_that_a_lesson_asks_for(
    open_widget: OpenWidget, tmp_path: Path
) -> None:
    directive = '```{widget} jacobian\n:state: "1~x.0.5~y.2"\n\nA grid, bent.\n```'
    page = open_widget("jacobian").page
    widget = show_instead(page, "jacobian", lesson_element(directive, tmp_path))
    start = widget.sentence
    assert "0.50" in start
    widget.drag(-40, 30)
    widget.expect_change_from(start)
    page.wait_for_url(re.compile(r"\?jacobian=1~"))
    widget.root.get_by_role("button", name="Reset", exact=True).click()
    widget.expect_sentence(start)
    page.wait_for_url(re.compile(r"^[^?]*$"))
    # The state of the options alone is another one, and the address says so.
    page.goto("/embed/jacobian?jacobian=1")
    mounted(page, "jacobian").expect_change_from(start)


def test_the_dialog_copies_by_keyboard_and_closes_with_escape(
    open_page: PageOpener,
) -> None:
    page = open_page("/lessons/jacobian", permissions=["clipboard-read", "clipboard-write"])
    widget = mounted(page, "jacobian")
    button = widget.root.get_by_role("button", name="Share", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name("Share “Jacobian as linearization”")
    dialog.get_by_role("button", name="Copy: Link").press("Enter")
    expect(dialog.get_by_role("status")).to_have_text("Link copied.")
    link = text(dialog, "Link")
    assert link.endswith("#" + (widget.root.get_attribute("id") or "?"))
    assert page.evaluate("navigator.clipboard.readText()") == link
    script = dialog.get_by_label("Script for the other page", exact=True)
    expect(script).not_to_be_visible()
    dialog.get_by_text("Let the frame grow with the widget").click()
    expect(script).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= 320
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_options_in_the_address_are_taken_or_refused_in_words(open_page: PageOpener) -> None:
    page = open_page("/embed/gradient?f=x*y&at=2,3")
    mounted(page, "gradient").expect_sentence("At x = 2.00, y = 3.00")
    expect(page.locator("[data-widget] input").first).to_have_value("x*y")
    expect(page.locator(".link-note")).to_have_count(0)
    page.goto("/embed/gradient?f=x*y&at=2&fs=1")
    note = mounted(page, "gradient").root.locator(".link-note")
    expect(note).to_contain_text("“at” should have 2 entries")
    expect(note).to_contain_text("The address names “fs”, which is no option of this widget.")


def test_a_framed_widget_tells_its_height(open_page: PageOpener) -> None:
    page = open_page("/embed/layouts")
    script = text(shared(mounted(page, "layouts")), "Script for the other page")
    outside = f"""<!doctype html><title>Course</title><meta charset="utf-8">
        <iframe src="/embed/layouts" title="Layouts" width="100%" height="200"></iframe>{script}"""
    page.route("**/healthz", lambda route: route.fulfill(body=outside, content_type="text/html"))
    page.goto("/healthz")
    frame = page.frame_locator("iframe").locator("html")
    page.wait_for_function("document.querySelector('iframe').offsetHeight > 400", polling=50)
    expect(frame.locator("[data-widget][data-state='ready']")).to_have_count(1)
    page.wait_for_function(
        """() => {
            const frame = document.querySelector("iframe");
            const content = frame.contentDocument.documentElement;
            return Math.abs(frame.offsetHeight - content.getBoundingClientRect().height) < 6;
        }""",
        polling=50,
    )
    assert not frame.evaluate("(html) => html.scrollHeight > html.clientHeight + 6")
