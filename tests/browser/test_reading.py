"""A reader's way through the book: theme, layout, contents, terms, copying, coming back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
LESSON = "/lessons/gradients"


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def shown_layouts(page: Page) -> set[str]:
    """Which layouts a reader sees at this moment."""
    return set(
        page.evaluate(
            """() => ["numerator", "denominator"].filter(layout =>
              [...document.querySelectorAll(`main .layout-${layout}`)]
                .some(e => e.getClientRects().length))"""
        )
    )


class TestTheme:
    def test_it_follows_the_system_until_the_reader_chooses(self, open_page: OpenPage) -> None:
        page = open_page("/", color_scheme="dark")
        dark = background(page)
        page.emulate_media(color_scheme="light")
        light = background(page)
        assert dark != light
        button = page.get_by_role("button", name="Theme: as the system")
        button.click()
        expect(page.get_by_role("button", name="Theme: light")).to_be_visible()
        page.get_by_role("button", name="Theme: light").click()
        assert background(page) == dark

    def test_the_choice_is_there_before_the_first_paint(self, open_page: OpenPage) -> None:
        page = open_page("/")
        page.evaluate("localStorage.setItem('nabla.theme', 'dark')")
        page.goto(LESSON)
        early = page.evaluate(
            """document.querySelector("head script").src
               + " " + document.documentElement.dataset.theme"""
        )
        assert "page/early.js" in early
        assert early.endswith(" dark")


class TestLayout:
    def test_one_switch_turns_the_whole_page_without_a_request(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        assert shown_layouts(page) == {"numerator"}
        page.wait_for_load_state("networkidle")
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.get_by_role("button", name="Denominator layout").click()
        assert shown_layouts(page) == {"denominator"}
        # The browser itself looks at the icon again when the address changes.
        assert [url for url in requests if not url.endswith("/icon.svg")] == []
        expect(page).to_have_url(re.compile(r"\?layout=denominator$"))
        pressed = page.get_by_role("button", name="Denominator layout")
        expect(pressed).to_have_attribute("aria-pressed", "true")

    def test_the_choice_goes_along_and_comes_back(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        page.get_by_role("button", name="Denominator layout").click()
        page.goto("/lessons/layout-conventions")
        assert shown_layouts(page) == {"denominator"}
        expect(page).to_have_url(re.compile("layout=denominator"))
        page.get_by_role("button", name="Numerator layout").click()
        expect(page).not_to_have_url(re.compile("layout="))
        page.reload()
        assert shown_layouts(page) == {"numerator"}

    def test_a_link_shows_what_its_sender_saw(self, open_page: OpenPage) -> None:
        page = open_page(f"{LESSON}?layout=denominator")
        assert shown_layouts(page) == {"denominator"}

    def test_other_parts_of_the_address_stay(self, open_page: OpenPage) -> None:
        page = open_page(f"{LESSON}?widget=1~x.2#main")
        page.get_by_role("button", name="Denominator layout").click()
        expect(page).to_have_url(re.compile(r"\?widget=1~x\.2&layout=denominator#main$"))

    def test_print_shows_the_chosen_layout_without_the_frame(self, open_page: OpenPage) -> None:
        page = open_page(f"{LESSON}?layout=denominator")
        page.emulate_media(media="print")
        assert shown_layouts(page) == {"denominator"}
        expect(page.locator(".site-header")).to_be_hidden()
        expect(page.locator(".turn")).to_be_hidden()


class TestContents:
    def test_the_section_that_is_read_is_marked(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        last = page.locator("[data-page-contents] a").last
        last.click()
        expect(last).to_have_attribute("aria-current", "true")

    def test_the_skip_link_leads_to_the_text(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()

    def test_on_a_phone_the_contents_open_and_close_by_keyboard(self, open_page: OpenPage) -> None:
        page = open_page(LESSON, viewport={"width": 360, "height": 700})
        contents = page.locator("#book-contents")
        expect(contents).to_be_hidden()
        page.get_by_role("button", name="Contents of the book").press("Enter")
        expect(contents).to_be_visible()
        page.keyboard.press("Escape")
        expect(contents).to_be_hidden()
        page.get_by_role("button", name="On this page").click()
        page.locator("#page-contents a").last.click()
        expect(page.locator("#page-contents")).to_be_hidden()
        expect(page).to_have_url(re.compile("#"))

    def test_on_a_phone_boxes_and_code_leave_more_room_to_their_words(
        self, open_page: OpenPage
    ) -> None:
        page = open_page("/lessons/layout-conventions", viewport={"width": 360, "height": 700})
        rem = """([selector, property]) => {
            const size = (element, name) => parseFloat(getComputedStyle(element)[name]);
            const root = size(document.documentElement, "fontSize");
            return size(document.querySelector(selector), property) / root;
        }"""
        measured = [(".theorem, .definition", "paddingInlineStart"), (".prose pre", "fontSize")]
        phone = [page.evaluate(rem, [*each]) for each in measured]
        assert phone == pytest.approx([1, 0.8125], abs=1e-3)
        page.set_viewport_size({"width": 700, "height": 700})
        wide = [page.evaluate(rem, [*each]) for each in measured]
        assert all(less < more for less, more in zip(phone, wide, strict=True))

    def test_focus_is_never_hidden_by_the_header(self, open_page: OpenPage) -> None:
        small = {"width": 700, "height": 500}
        page = open_page(LESSON, viewport=small, reduced_motion="reduce")
        page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
        page.locator("main a[href]").last.focus()
        for _ in range(25):
            page.keyboard.press("Shift+Tab")
            hidden = page.evaluate(
                """() => {
                  const active = document.activeElement;
                  if (active.closest(".site-header")) return false;
                  const header = document.querySelector(".site-header").getBoundingClientRect();
                  return active.getBoundingClientRect().bottom <= header.bottom;
                }"""
            )
            assert not hidden, page.evaluate("document.activeElement.outerHTML")


class TestTerms:
    def term(self, page: Page) -> tuple[str, str]:
        """The first term of the lesson, as selector, and its address in the glossary."""
        return "main a.term >> nth=0", str(page.locator("main a.term").first.get_attribute("href"))

    def test_hover_shows_the_definition_and_escape_dismisses_it(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        term, _ = self.term(page)
        box = page.locator("#definition")
        page.hover(term)
        expect(box).to_be_visible()
        expect(page.locator(term)).to_have_attribute("aria-describedby", "definition")
        box.hover()  # the pointer may move into the definition
        page.wait_for_timeout(400)
        expect(box).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()

    def test_focus_shows_it_and_enter_opens_the_glossary(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        term, address = self.term(page)
        page.focus(term)
        expect(page.locator("#definition")).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{address}")

    def test_a_tap_shows_it_and_the_next_one_leads_on(self, open_page: OpenPage) -> None:
        page = open_page(LESSON, viewport={"width": 360, "height": 700}, has_touch=True)
        term, address = self.term(page)
        page.tap(term)
        box = page.locator("#definition")
        expect(box).to_be_visible()
        assert page.url.endswith(LESSON)
        bounds = box.bounding_box()
        assert bounds is not None
        assert bounds["x"] >= 0
        assert bounds["x"] + bounds["width"] <= 360
        page.locator("#definition").get_by_role("link", name="In the glossary").tap()
        page.wait_for_url(f"**{address}")


class TestCopying:
    @pytest.fixture
    def page(self, open_page: OpenPage) -> Page:
        page = open_page(
            "/lessons/custom-autograd", permissions=["clipboard-read", "clipboard-write"]
        )
        page.wait_for_selector(".copy-button", state="attached")
        return page

    def clipboard(self, page: Page) -> str:
        return str(page.evaluate("navigator.clipboard.readText()"))

    def test_code_is_copied_by_its_button(self, page: Page) -> None:
        block = page.locator(".code").first
        block.hover()
        block.get_by_role("button", name="Copy this code").click()
        expect(page.locator("#copied")).to_have_text("Copied")
        assert self.clipboard(page) == block.locator("pre").text_content()

    def test_a_formula_is_copied_as_latex_by_keyboard(self, page: Page) -> None:
        formula = page.locator(".equation:visible").first
        button = formula.get_by_role("button", name="Copy this formula as LaTeX")
        button.focus()
        expect(button).to_have_css("opacity", "1")
        page.keyboard.press("Enter")
        tex = formula.locator("annotation").first.text_content() or ""
        expect(page.locator("#copied")).to_have_text("Copied")
        assert self.clipboard(page) == tex.strip().rstrip(" .,;") != ""


class TestComingBack:
    def test_the_cover_offers_to_continue_where_the_reader_stopped(
        self, open_page: OpenPage
    ) -> None:
        page = open_page("/")
        expect(page.locator("[data-continue]")).to_have_text("Start reading")
        page.goto("/lessons/jacobian")
        heading = page.locator(".prose h2[id]").nth(1)
        heading.evaluate("h => h.scrollIntoView({ block: 'start', behavior: 'instant' })")
        anchor = heading.get_attribute("id")
        page.wait_for_function(
            "anchor => localStorage.getItem('nabla.place')?.includes(anchor)", arg=anchor
        )
        page.goto("/")
        link = page.locator("[data-continue]")
        expect(link).to_have_text("Continue reading")
        link.click()
        page.wait_for_url(f"**/lessons/jacobian#{anchor}")
        expect(heading).to_be_in_viewport()

    def test_a_lesson_that_was_read_is_ticked(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        page.wait_for_function(  # the end moves as long as widgets come on the way
            """() => {
                 scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
                 return localStorage.getItem("nabla.read")?.includes("gradients");
               }""",
            polling=100,
        )
        page.goto("/")
        expect(page.locator('.map a[data-lesson="gradients"]')).to_have_attribute("data-read", "")
        expect(page.locator('.map a[data-lesson="hessian"]')).not_to_have_attribute("data-read", "")

    def test_without_storage_the_book_works(self, open_page: OpenPage) -> None:
        page = open_page("/")
        page.add_init_script(
            """Object.defineProperty(window, "localStorage",
                 { get() { throw new Error("blocked"); } })"""
        )
        page.goto(LESSON)
        page.get_by_role("button", name="Denominator layout").click()
        assert shown_layouts(page) == {"denominator"}


class TestFilter:
    def test_the_glossary_narrows_while_one_types(self, open_page: OpenPage) -> None:
        page = open_page("/glossary")
        entries = page.locator(".glossary-entry:visible")
        everything = entries.count()
        page.get_by_label("Find a term").fill("jacobian")
        expect(entries).not_to_have_count(everything)
        expect(page.locator(".filter-count")).to_have_text(f"{entries.count()} of {everything}")
        assert 0 < entries.count() < everything
        page.get_by_label("Find a term").fill("xylophone")
        expect(page.locator(".filter-count")).to_have_text("Nothing matches.")

    def test_the_cheat_sheet_can_be_narrowed_to_a_group(self, open_page: OpenPage) -> None:
        page = open_page("/cheat-sheet")
        groups = page.locator(".identity-group:visible")
        assert groups.count() > 3
        page.get_by_label("Group").select_option(index=2)
        expect(groups).to_have_count(1)
        page.get_by_label("Find an identity").fill("xylophone")
        expect(groups).to_have_count(0)

    def test_a_derivation_of_the_cheat_sheet_comes_when_it_is_opened(
        self, open_page: OpenPage
    ) -> None:
        page = open_page("/cheat-sheet")
        row = page.locator(".identity-row").first
        leads_to = row.locator("[data-derivation]").get_attribute("href")
        assert leads_to
        row.get_by_text("Derived and checked").click()
        expect(row.locator(".derivation math").first).to_be_visible()
        expect(row.locator(".numeric-check")).to_be_visible()
        expect(row.locator("[data-derivation]")).to_have_count(0)
        page.goto(leads_to)  # what the link does where there are no scripts
        expect(page.locator(f"[id='{leads_to.partition('#')[2]}'] .derivation")).to_be_visible()


class TestPaper:
    @pytest.mark.parametrize("layout", ["numerator", "denominator"])
    def test_the_cheat_sheet_fits_on_two_sides(self, open_page: OpenPage, layout: str) -> None:
        page = open_page(f"/cheat-sheet?layout={layout}")
        document = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", document)) == 2

    @pytest.mark.parametrize("layout", ["numerator", "denominator"])
    def test_no_formula_of_the_cheat_sheet_is_cut_on_paper(
        self, open_page: OpenPage, layout: str
    ) -> None:
        page = open_page(f"/cheat-sheet?layout={layout}")
        page.set_viewport_size({"width": 718, "height": 1000})  # A4 between its margins
        page.emulate_media(media="print")
        cut = page.locator(".identity-row math:visible").evaluate_all(
            """formulas => formulas.filter((formula) => {
                 const row = formula.closest(".identity-row").getBoundingClientRect();
                 return formula.getBoundingClientRect().right > row.right + 1;
               }).map((formula) => formula.closest(".identity-row").id)"""
        )
        assert cut == []

    def test_answers_unfold_in_print(self, open_page: OpenPage) -> None:
        page = open_page(LESSON)
        answer = page.locator("details.solution").first
        assert answer.get_attribute("open") is None
        page.emulate_media(media="print")
        height = answer.evaluate("e => e.getBoundingClientRect().height")
        summary = answer.locator("summary").evaluate("e => e.getBoundingClientRect().height")
        assert height > summary + 10


class TestShapes:
    """Every factor of a derived formula says its shape."""

    @pytest.fixture
    def formula(self, open_page: OpenPage) -> Locator:
        page = open_page(LESSON)
        page.wait_for_selector(".shapes-button")
        return page.locator("#eq-least-squares .layout-numerator .formula")

    def test_on_hover_until_escape(self, formula: Locator) -> None:
        formula.locator(".factor").last.hover()
        label = formula.page.locator("#shape-label")
        expect(label).to_have_text("m × n")
        formula.page.keyboard.press("Escape")
        expect(label).to_be_hidden()

    def test_on_focus_and_with_the_arrow_keys(self, formula: Locator) -> None:
        formula.focus()
        label = formula.page.locator("#shape-label")
        formula.page.keyboard.press("ArrowRight")
        expect(label).to_be_visible()
        first = label.text_content() or ""
        formula.page.keyboard.press("ArrowRight")
        expect(label).not_to_have_text(first)
        formula.page.keyboard.press("Tab")
        expect(label).to_be_hidden()

    def test_the_pointer_may_move_onto_the_shape(self, formula: Locator) -> None:
        formula.locator(".factor").last.hover()
        label = formula.page.locator("#shape-label")
        label.hover()
        formula.page.wait_for_timeout(400)
        expect(label).to_have_text("m × n")
        formula.page.mouse.move(5, 5)
        expect(label).to_be_hidden()

    def test_what_the_keyboard_reaches_is_spoken_and_what_the_mouse_shows_is_not(
        self, formula: Locator
    ) -> None:
        voice = formula.page.locator("#shape-label + [role='status']")
        formula.locator(".factor").last.hover()
        expect(formula.page.locator("#shape-label")).to_be_visible()
        expect(voice).to_have_text("")
        formula.focus()
        for _ in formula.locator(".factor").all():
            formula.page.keyboard.press("ArrowRight")
        expect(voice).to_have_text("A: m by n")
        formula.page.keyboard.press("Escape")
        expect(voice).to_have_text("")

    def test_on_tap(self, open_page: OpenPage) -> None:
        page = open_page(LESSON, has_touch=True, viewport={"width": 360, "height": 700})
        page.wait_for_selector(".shapes-button", state="attached")
        page.locator("#eq-least-squares .layout-numerator .factor").first.tap()
        expect(page.locator("#shape-label")).to_be_visible()

    def test_all_at_once_and_back(self, formula: Locator) -> None:
        figure = formula.page.locator("#eq-least-squares")
        button = figure.get_by_role("button", name="Shapes of all factors")
        before = formula.inner_html()
        button.click()
        shapes = formula.locator(".shape-below").all_text_contents()
        assert {shape.strip("\u2009") for shape in shapes} >= {"m×n", "1×m"}
        button.click()
        assert formula.inner_html() == before
