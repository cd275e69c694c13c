"""Which modules a browser will need, read from the import declarations of the static tree.

A browser finds out about a module's imports only when it has the module, so a graph of imports of
depth four costs four times the way to the server.  A page that names the modules lets the browser
ask for all of them at once.
"""

from __future__ import annotations

import posixpath
import re
from typing import Final

from app.web.static_tree import StaticTree

# Declarations begin a line; `import(…)` and the imports in comments on types do not match.
_DECLARATION: Final = re.compile(
    r"""^(?:import|export)\b(?:[^;"'()]*?\bfrom)?\s*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE
)


def imports_of(tree: StaticTree, module: str) -> tuple[str, ...]:
    """The modules that this one needs, directly or not, nearest first and without itself.

    Empty when there is no such module; an import that leads out of the tree is passed over.
    """
    found = {module: None}
    waiting = [module]
    while waiting:
        name = waiting.pop(0)
        folder = posixpath.dirname(name)
        for address in _DECLARATION.findall(tree.text(name)) if name in tree else ():
            imported = posixpath.normpath(posixpath.join(folder, address))
            if imported in tree and imported not in found:
                found[imported] = None
                waiting.append(imported)
    return tuple(found)[1:]
