"""What a browser may ask for at once: the graph of imports of the static tree."""

from __future__ import annotations

from pathlib import Path

from app.resources import book_root
from app.web.modules import imports_of
from app.web.static_tree import StaticTree


def _tree(root: Path, **files: str) -> StaticTree:
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return StaticTree(root)


def test_imports_are_followed_nearest_first(tmp_path: Path) -> None:
    tree = _tree(
        tmp_path,
        boot='import * as a from "./page/a.js";\nimport {\n  b,\n} from "./page/b.js";\n',
        page__a='import "../shared.js";\nexport const a = 1;\n',
        page__b="export { shared } from '../shared.js';\n",
        shared='import { a } from "./page/a.js";\nexport const shared = a;\n',
    )
    assert imports_of(tree, "boot.js") == ("page/a.js", "page/b.js", "shared.js")


def test_what_only_looks_like_an_import_is_none(tmp_path: Path) -> None:
    tree = _tree(
        tmp_path,
        boot="\n".join(
            [
                '/** @typedef {import("./types.js").Type} Type */',
                ' * import { a } from "./types.js";',
                'const later = () => import("./later.js");',
                'export const words = "from ./types.js";',
                'export const address = "./types.js";',
                'import "./missing.js";',
                'import "../../outside.js";',
            ]
        ),
        types="",
        later="",
    )
    assert imports_of(tree, "boot.js") == ()


def test_a_module_that_is_not_there_imports_nothing(tmp_path: Path) -> None:
    assert imports_of(_tree(tmp_path, boot=""), "other.js") == ()


def test_every_module_of_every_widget_is_found() -> None:
    tree = StaticTree(book_root() / "static")
    for name in (name for name in tree.names() if name.endswith("/widget.js")):
        declared = tree.text(name).count(' from "')
        found = imports_of(tree, name)
        assert len(found) >= min(declared, 2), name
        assert all(tree.text(module) for module in found)
