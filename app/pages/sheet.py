"""One book on its way to the edition: what each page shows, rendered and compressed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlencode

from app.diagnostics import Problem
from app.lessons import Book, Chapter, Widget
from app.lessons.publishing import notice_html
from app.lessons.widgets import shown_alone
from app.pages import contexts
from app.pages.copies import Copy
from app.pages.course import Course
from app.pages.derivations import Mistake, Question, Shown, is_example, question_of
from app.pages.edition import Edition, Layouts
from app.pages.map_of_lessons import map_of, neighbours_of
from app.pages.report import report_link
from app.pages.storeroom import Kept
from app.resources import book_root
from app.web.modules import imports_of
from app.web.prepared import Prepared, prepare
from app.web.static_tree import StaticTree
from app.web.templating import Context, Templates

LayoutName = Literal["numerator", "denominator"]
LAYOUTS: tuple[LayoutName, ...] = ("numerator", "denominator")
HTML = "text/html; charset=utf-8"

ERRORS: dict[int, tuple[str, str]] = {
    400: ("This request cannot be answered", "Something in it does not fit."),
    404: (
        "There is no such page",
        "The address may have been mistyped, or the page has been renamed since the link was made.",
    ),
    405: (
        "This page can only be read",
        "The address exists, but it does not take what was sent to it.",
    ),
    500: (
        "Something broke on our side",
        "It is a defect of the book and not of yours; the rest of the book still works.",
    ),
}


@dataclass(frozen=True)
class Sheet:
    """One book on its way to the edition."""

    book: Book
    templates: Templates
    static: StaticTree
    layout: LayoutName
    watch: bool
    course: Course
    offline: str
    copy: Copy | None
    problems: tuple[Problem, ...]

    def edition(self) -> Edition:
        """Everything rendered."""
        return self._edition(
            {page.path: self._layouts(page) for page in self._pages()},
            {widget.name: self._layouts(self._embed(widget)) for widget in self._alone()},
            {status: self._prepare(self._error(status)) for status in ERRORS},
        )

    def again(self, kept: Kept) -> Edition:
        """What was rendered before."""
        return self._edition(kept.pages, kept.embeds, kept.errors)

    def _edition(
        self,
        pages: Mapping[str, Layouts],
        embeds: Mapping[str, Layouts],
        errors: Mapping[int, Prepared],
    ) -> Edition:
        return Edition(
            layout=self.layout,
            pages=MappingProxyType(pages),
            embeds=MappingProxyType(embeds),
            errors=MappingProxyType(errors),
            static=self.static,
            problems=(*self.book.problems, *self.problems),
            search=self._search,
            search_fragment=lambda query: contexts.SearchFragment(**self._found(query)),
            calculator=self._calculator,
            render=self.templates.render,
        )

    def _layouts(self, page: contexts.Frame) -> Layouts:
        return MappingProxyType(
            {layout: self._prepare(replace(page, layout=layout)) for layout in LAYOUTS}
        )

    def _prepare(self, context: Context) -> Prepared:
        return prepare(self.templates.render(context).encode(), HTML)

    def _pages(self) -> Iterator[contexts.Page]:
        book = self.book
        yield contexts.CoverPage(
            **self._frame("/", book.title),
            description=book.summary,
            summary=book.summary,
            map=map_of(book),
            neighbours=neighbours_of(book),
        )
        for chapter in (*book.chapters, *book.appendices):
            yield from self._lessons(chapter)
        yield from self._text_pages()
        yield self._privacy()
        yield from self._cheat_sheet()
        yield contexts.GlossaryPage(
            **self._frame("/glossary", "Glossary"),
            terms=book.glossary,
            description="The terms of matrix calculus, each with its definition and shapes.",
        )
        yield contexts.BibliographyPage(
            **self._frame("/bibliography", "Bibliography"),
            works=book.bibliography,
            description="The works that the book cites, each with the reason to read it.",
        )
        yield self._calculator(Question("", "", ""), None)
        yield self._search("")

    def _cheat_sheet(self) -> Iterator[contexts.CheatSheetPage]:
        """All identities as formulas, and each group with its derivations."""
        groups = self.book.cheat_sheet
        pages = {"/cheat-sheet": ("Cheat sheet", groups)}
        pages |= {f"/cheat-sheet/{each.id}": (f"{each.title}, derived", (each,)) for each in groups}
        for path, (title, shown) in pages.items():
            yield contexts.CheatSheetPage(
                **self._frame(path, title),
                **(self._widgets("derivative") if groups else {}),
                groups=shown,
                count=sum(len(group.identities) for group in shown),
                description="The identities of matrix calculus, each derived and checked.",
            )

    def _privacy(self) -> contexts.PrivacyPage:
        return contexts.PrivacyPage(
            **self._frame("/privacy", "Privacy"),
            description="What this server keeps of its readers, and what it does not.",
        )

    def _lessons(self, chapter: Chapter) -> Iterator[contexts.LessonPage]:
        neighbours = neighbours_of(self.book)
        for lesson in chapter.lessons:
            yield contexts.LessonPage(
                **self._frame(f"/lessons/{lesson.slug}", f"{lesson.number} {lesson.title}"),
                description=lesson.summary,
                headings=lesson.contents,
                **self._widgets(*(widget.name for widget in lesson.widgets)),
                lesson=lesson,
                chapter=chapter,
                leads_to=neighbours[lesson.slug].above,
            )

    def _text_pages(self) -> Iterator[contexts.TextPage]:
        for page in self.book.pages.values():
            yield contexts.TextPage(
                **self._frame(f"/{page.slug}", page.title),
                description=page.summary,
                headings=page.contents,
                **self._widgets(*(widget.name for widget in page.widgets)),
                text=page,
            )

    def _alone(self) -> Iterator[Widget]:
        """Every widget: as a lesson shows it first, or else as its own example has it."""
        yield from self.book.widgets.values()
        for name in sorted(self.book.catalogue.keys() - self.book.widgets.keys()):
            known = self.book.catalogue[name]
            if html := shown_alone(known, book_root() / "static" / "widgets"):
                yield Widget(name, known.title, html)

    def _embed(self, widget: Widget) -> contexts.EmbedPage:
        frame = self._frame("", widget.title)
        frame["report"] = report_link(self.course.report, widget.title, f"/embed/{widget.name}")
        taken = {field.name for field in fields(contexts.EmbedPage)}
        shared = {name: frame[name] for name in frame if name in taken}
        return contexts.EmbedPage(**shared, widget=widget, **self._widgets(widget.name))

    def _error(self, status: int) -> contexts.ErrorPage:
        title, explanation = ERRORS[status]
        # The path of an error is nowhere: nothing in the contents is marked as current.
        return contexts.ErrorPage(
            **self._frame("", title) | {"watch": False}, status=status, explanation=explanation
        )

    def _search(self, query: str) -> contexts.SearchPage:
        title = f"Search: {query}" if query else "Search"
        return contexts.SearchPage(
            **self._frame("/search", title) | {"watch": False},
            description="Search the lessons, the glossary and the identities of the book.",
            **self._found(query),
        )

    def _found(self, query: str) -> dict[str, Any]:
        """What a search finds; for a misspelt query, what it finds when spelt right."""
        meant = self.book.meant(query) or ""
        return {"query": query, "meant": meant, "hits": self.book.search(meant or query)}

    def _calculator(
        self, question: Question, answer: Shown | Mistake | None
    ) -> contexts.CalculatorPage:
        presets = tuple(filter(is_example, self._presets("derivative")))
        return contexts.CalculatorPage(
            **self._frame("/calculator", "Derivative calculator") | {"watch": False},
            description="Derivatives of matrix expressions in closed form, with every step.",
            **self._widgets("derivative", "working"),
            question=question,
            shown=self._with_programs(answer) if isinstance(answer, Shown) else None,
            mistake=answer if isinstance(answer, Mistake) else None,
            examples=tuple((p["title"], urlencode(asdict(question_of(p)))) for p in presets),
            options_json=json.dumps(asdict(question) if question.expr else {}),
            presets_json=json.dumps(presets),
            working_presets_json=json.dumps(self._presets("working")),
        )

    def _with_programs(self, answer: Shown) -> Shown:
        return replace(answer, sources=self.course.programs(answer.sources))

    def _presets(self, widget: str) -> tuple[Any, ...]:
        known = self.book.catalogue.get(widget)
        return known.presets if known else ()

    @cached_property
    def _mistakes(self) -> str:
        """Mistakes in the plan, a template, a glossary; those of lessons stand above their text."""
        found = [
            problem
            for problem in (*self.book.problems, *self.problems)
            if problem.level == "error" and problem.file and problem.file.suffix != ".md"
        ]
        return notice_html("The book has mistakes.", found) if self.watch and found else ""

    def _frame(self, path: str, title: str) -> dict[str, Any]:
        return {
            "book_title": self.book.title,
            "book_subtitle": self.book.subtitle,
            "language": self.book.language,
            "layout": self.layout,
            "default_layout": self.layout,
            "title": title,
            "libraries": " ".join(self.course.libraries),
            "modules": imports_of(self.static, "boot.js"),
            "copy": self.copy,
            "watch": self.watch,
            "mistakes": self._mistakes,
            "offline": self.offline,
            "chapters": self.book.chapters,
            "appendices": self.book.appendices,
            "course": self.course,
            "report": report_link(self.course.report, title, path),
            "path": path,
        }

    def _widgets(self, *names: str) -> dict[str, Any]:
        """What a page has to load for these widgets."""
        sheets = (f"widgets/{name}/widget.css" for name in dict.fromkeys(names))
        modules = {name: f"widgets/{name}/widget.js" for name in dict.fromkeys(names)}
        return {
            "widget_styles": tuple(sheet for sheet in sheets if sheet in self.static),
            "widget_modules": {
                name: (module, *imports_of(self.static, module))
                for name, module in modules.items()
                if module in self.static
            },
        }
