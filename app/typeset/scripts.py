"""Scripts of a parenthesis at the height that TeX gives them.

``(4, 6)^\\top`` arrives as a superscript of the whole group, which browsers raise by the group's
height.  TeX attaches it to the closing parenthesis.  Groups with stretched fences, where the height
matters, and marked groups stay as they are.
"""

from __future__ import annotations

from xml.etree import ElementTree

_SCRIPTS = frozenset({"msup", "msub", "msubsup"})


def lowered_scripts(mathml: str) -> str:
    """The same MathML with scripts of plain parentheses on the closing one."""
    if "><mrow><mo fence" not in mathml:
        return mathml
    root = ElementTree.fromstring(mathml)
    for parent in list(root.iter()):
        for position, child in enumerate(list(parent)):
            if child.tag in _SCRIPTS and _has_plain_fence(child[0]):
                parent[position] = _moved(child)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _has_plain_fence(group: ElementTree.Element) -> bool:
    if group.tag != "mrow" or group.attrib or len(group) < 2:
        return False
    last = group[-1]
    return (
        last.tag == "mo"
        and last.get("form") == "postfix"
        and last.get("stretchy") == "false"
        and group[0].get("form") == "prefix"
    )


def _moved(script: ElementTree.Element) -> ElementTree.Element:
    """The group with the scripts on its last part; what marks the whole goes to the group."""
    group, *scripts = script
    moved = ElementTree.Element(script.tag)
    moved.append(group[-1])
    moved.extend(scripts)
    group[-1] = moved
    group.attrib.update(script.attrib)
    return group
