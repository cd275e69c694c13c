"""Where a book's files come from: one folder, or overlays above the book that they extend.

An overlay is a folder with a ``book.toml`` that says ``extends``.  What it holds replaces what has
the same name below it, and what has a new name is added:

    lessons/<slug>/            a lesson: lesson.md, figures
    pages/<name>.md            a page beside the lessons
    templates/…                a template
    datasets/<name>.csv        a dataset (with <name>.md, which tells where it comes from)
    presets/<widget>.yaml      examples of a widget, by their id
    identities/<any>.yaml      identities, by their id
    glossary.yaml              terms, by their name
    bibliography.yaml          works, by their key
    book.toml                  title, order, layout, macros
    overrides.toml, .shipped/  from which version each replaced lesson was copied

    library = open_library(folder, notebook)     None, with problems noted, if it cannot be used
    library.plan                                 chapters and lessons as they are shown
    library.lesson("jacobian"), library.files("glossary.yaml"), library.named("datasets", ".csv")

The rooms above ask a ``Library`` for files by name and do not know that there are layers.

``plan`` has the shapes of ``book.toml``, ``tomlfile`` its lines, ``merging`` joins two plans,
``layers`` finds the folders, ``orphans`` what nothing uses, ``overrides`` what was copied.
"""

from app.lessons.library.layers import Layer, Library, open_library
from app.lessons.library.plan import BookPlan, ChapterPlan

__all__ = ["BookPlan", "ChapterPlan", "Layer", "Library", "open_library"]
