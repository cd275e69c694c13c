"""The lessons: Markdown and YAML in ``content/`` become a prepared, frozen ``Book``.

    book = load(content_folder, widgets=static_folder / "widgets", prefix="", previous=None)
    book.lessons, book.lesson("jacobian"), book.chapters
    book.glossary, book.bibliography, book.cheat_sheet, book.pages["notation"], book.widgets
    book.search("chain rule", limit=20) -> tuple[Hit, ...]
    book.problems -> tuple[Problem, ...]        every mistake, with file and line
    check(content_folder, widgets=...) -> list[Problem]   the same and the book's own standards

``load`` never fails because of what an author wrote in a lesson: a broken lesson keeps its last
good version (``previous`` is the book that was served so far), or carries a notice that says in
plain words what is wrong.  Only a ``book.toml`` that cannot be read, with no earlier book to
keep, raises ``ContentError``.  Loading again is cheap: what has not changed is not rendered again.

What stands in ``Lesson.html`` (see ``app.lessons.model`` for the other fields):

    section headings   <h2 id="sec-name">Title <a class="heading-anchor" href=…>#</a></h2>
    equation           <div class="equation" id="eq-name"><div class="formula">MATHML</div>
                         <a class="equation-number" href="#eq-name">(4.2)</a></div>
                       the number and the id only where the author gave a label
    inline formula     MATHML, in <span class="long-formula"> when it is long; with the punctuation
                       that must stay on its line in <span class="keep">
    admonition         <div class="admonition note" role="note"><p class="admonition-title">…
    theorem and alike  <div class="statement theorem" role="group" id=… aria-labelledby=…>
                         <p class="statement-title"><span class="statement-name">Theorem 4.1…
    proof              <div class="proof"><p><em class="proof-title">Proof.</em> …
    solution           <details class="solution"><summary>Solution</summary>…
    derivative         <figure class="derivative" id=…> with .layout-numerator and
                       .layout-denominator inside (each an .equation), then
                       <details class="verification">: its summary with the shape in a
                         .derivative-shape per layout, then ol.derivation (steps, with the rules
                         they applied in ul.applied-rules), .derivation-note, .numeric-check
    figure             <figure class="figure" id=…><div class="figure-picture"><svg …>…</div>
                         <figcaption><span class="caption-number">Figure 4.1</span> …</figcaption>
    table              <div class="table-scroll" role="group" tabindex="0" …><table>…
    widget             <figure class="widget" data-widget="jacobian" id=… data-options='{…}'
                         data-presets='[…]' aria-label="…">text alternative</figure>
    code               <div class="code"><pre><code class="language-python">…
                       (token classes in static/styles/code.css)
    layouts            <div class="layout-numerator">…</div>, <span class="layout-denominator">…
    libraries          <div class="library-jax">…</div>, shown where the course uses it
    term               <a class="term" href="/glossary#term-jacobian" data-term="term-jacobian">
                       its definition is in ``Lesson.terms`` (same anchor): the page carries it
    citation           <a class="citation" href="/bibliography#work-key">Author 2019</a>
    reference          <a class="reference" href=…>Theorem 7.1</a>
    to what is hidden  <span class="reference-absent">words in the place of a link</span>
    footnotes          <section class="footnotes">…
    demonstration      <div class="demonstration"><div class="code">Markdown</div>
                         <div class="demonstration-result">what becomes of it</div></div>

Layers: ``library`` finds files, in overlays and the book below; ``sources`` reads them;
``markdown`` parses; ``blocks`` and ``roles`` say what each directive and role means; ``numbering``
gives numbers and collects labels; ``rendering`` makes HTML; ``foundations`` looks up what lessons
stand on, ``thread`` says what builds on what, ``mentions`` where identities are used; ``loader``
joins them; ``search`` indexes; ``check`` holds the content to the book's standards; ``scaffold``
begins lessons, chapters, identities and overlays.
"""

from app.lessons.check import check
from app.lessons.errors import ContentError
from app.lessons.loader import load
from app.lessons.model import (
    Book,
    Chapter,
    Heading,
    Hit,
    Identity,
    IdentityGroup,
    Lesson,
    LessonLink,
    Page,
    Term,
    Widget,
    Work,
)

__all__ = [
    "Book",
    "Chapter",
    "ContentError",
    "Heading",
    "Hit",
    "Identity",
    "IdentityGroup",
    "Lesson",
    "LessonLink",
    "Page",
    "Term",
    "Widget",
    "Work",
    "check",
    "load",
]
