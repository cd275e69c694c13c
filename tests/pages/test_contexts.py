"""Templates receive what ``app.pages.contexts`` describes, and everything described is real."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from app.pages import contexts
from app.resources import book_root
from app.web.addresses import Addresses
from app.web.templating import Context, Templates, descriptions

TEMPLATES = Templates(book_root() / "templates", Addresses())


@pytest.mark.parametrize("kind", contexts.EVERY_CONTEXT, ids=lambda kind: kind.__name__)
def test_a_template_uses_nothing_that_is_not_described(kind: type[Context]) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}
    assert TEMPLATES.names_used(kind.template) <= fields


@pytest.mark.parametrize("kind", contexts.EVERY_CONTEXT, ids=lambda kind: kind.__name__)
def test_every_field_says_what_it_means(kind: type[Context]) -> None:
    assert kind.__doc__
    assert all(descriptions(kind).values()), descriptions(kind)


def test_every_context_is_in_the_list() -> None:
    concrete = {
        kind
        for _, kind in inspect.getmembers(contexts, inspect.isclass)
        if issubclass(kind, Context) and "template" in vars(kind)
    }
    assert concrete == set(contexts.EVERY_CONTEXT)


def test_no_field_is_passed_for_nothing() -> None:
    used = set().union(*(TEMPLATES.names_used(kind.template) for kind in contexts.EVERY_CONTEXT))
    described = {name for kind in contexts.EVERY_CONTEXT for name in descriptions(kind)}
    assert described == used


def test_every_template_belongs_to_a_page() -> None:
    templates = {
        name for name in TEMPLATES.environment.list_templates() if name.startswith("pages/")
    }
    assert templates == {kind.template for kind in contexts.EVERY_CONTEXT} - {
        "parts/search-results.html"
    }
