"""How each kind of Markdown token becomes HTML, where the library's own way is not the book's.

A rule receives the tokens, the position, options, and an environment that holds the page under way
and, within inline text, the line of the token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from app.lessons.highlight import highlighted, languages
from app.lessons.hyperlinks import check_link
from app.lessons.plain import plain_inline

if TYPE_CHECKING:
    from app.lessons.rendering import Rendering

Environment = MutableMapping[str, Any]
Rule = Callable[[Sequence[Token], int, Any, Environment], str]

# AMS environments number themselves; in the book only labels give numbers.
_NUMBERED = re.compile(r"\\(begin|end)\{(align|gather|equation|alignat|multline|eqnarray)\}")
# What keeps to a formula: short ends of words and punctuation after it, opening signs before it.
_AFTER_FORMULA = re.compile(r"[^\s]{1,8}(?=\s|$)|[.,;:!?)\]’”…]+")
_BEFORE_FORMULA = re.compile(r"(?<!\S)[(\[“‘]+$")


def _page(env: Environment) -> Rendering:
    page: Rendering = env["page"]
    return page


def _block_line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _math_inline(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    html = _page(env).inline_formula(tokens[i].content, env["line"])
    before = _parts(tokens, i - 1)[2]
    after = _parts(tokens, i + 1)[0]
    return f'<span class="keep">{before}{html}{after}</span>' if before or after else html


def _text(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    return _parts(tokens, i)[1]


def _parts(tokens: Sequence[Token], i: int) -> tuple[str, str, str]:
    """A text as what keeps to the formula before it, the rest, and what keeps to the one after.

    Browsers break lines at formulas: a comma must not begin a line, nor a parenthesis end one.
    """
    if not 0 <= i < len(tokens) or tokens[i].type != "text":
        return "", "", ""
    text, head, tail = tokens[i].content, "", ""
    if i > 0 and tokens[i - 1].type == "math_inline":
        found = _AFTER_FORMULA.match(text)
        head = found[0] if found else ""
        text = text[len(head) :]
    if i + 1 < len(tokens) and tokens[i + 1].type == "math_inline":
        found = _BEFORE_FORMULA.search(text)
        tail = found[0] if found else ""
        text = text[: len(text) - len(tail)]
    return escape(head, quote=False), escape(text, quote=False), escape(tail, quote=False)


def _math_inline_display(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    mathml = _page(env).formula(tokens[i].content, env["line"], display=True)
    return f'<span class="formula">{mathml}</span>'


def _math_block(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    token = tokens[i]
    return _page(env).equation(
        token.content,
        _block_line(token),
        token.meta.get("anchor", ""),
        token.meta.get("number", ""),
    )


def _amsmath(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    tex = _NUMBERED.sub(r"\\\1{\2*}", tokens[i].content)
    return _page(env).equation(tex, _block_line(tokens[i]))


def _role(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    line = env["line"]
    return _page(env).role(tokens[i].meta["name"], tokens[i].content, line)


def _heading_open(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    token = tokens[i]
    more = "".join(f'<span id="{anchor}"></span>' for anchor in token.meta.get("more_anchors", []))
    return f'{more}<{token.tag} id="{escape(token.meta.get("anchor", ""))}">'


def _heading_close(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    anchor = escape(tokens[i - 2].meta.get("anchor", ""))
    title = escape(plain_inline(tokens[i - 1].children or []))
    link = (
        f'<a class="heading-anchor" href="#{anchor}" aria-label="Link to “{title}”">'
        '<span aria-hidden="true">#</span></a>'
    )
    return f" {link}</{tokens[i].tag}>\n"


def _fence(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    token = tokens[i]
    language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
    code = highlighted(token.content, language)
    if code is None:
        _page(env).notebook.unknown(
            "unknown-language", "language", language, languages(), _block_line(token)
        )
        code = escape(token.content, quote=False)
    class_ = f' class="language-{escape(language)}"' if language else ""
    return f'<div class="code"><pre><code{class_}>{code}</code></pre></div>\n'


def _image(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    _page(env).notebook.note(
        "image",
        "Pictures stand in a figure of their own.",
        env["line"],
        "Write ```{figure} file.svg with :alt: and a caption.",
    )
    return escape(tokens[i].content)


def _link_open(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    page, href = _page(env), str(tokens[i].attrGet("href") or "")
    check_link(page, href, env["line"])
    if href.startswith("/") and not href.startswith("//"):
        href = page.book.links.page(href)
    kept = {name: str(value) for name, value in tokens[i].attrs.items() if name != "href"}
    if href.startswith("http"):
        kept["rel"] = "external"
    more = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
    return f'<a href="{escape(href)}"{more}>'


def _table_open(*_: Any) -> str:
    return '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _alignment(tag: str) -> Rule:
    """Cells say their alignment by class: the library writes a style attribute."""

    def rule(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
        style = str(tokens[i].attrGet("style") or "")
        side = style.removeprefix("text-align:")
        class_ = f' class="align-{side}"' if side in ("left", "right", "center") else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{class_}>"

    return rule


def _footnote_open(*_: Any) -> str:
    return '<section class="footnotes" aria-label="Footnotes">\n<ol class="footnotes-list">\n'


def _footnote_close(*_: Any) -> str:
    return "</ol>\n</section>\n"


def _footnote_ref(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    number = tokens[i].meta["id"] + 1
    again = tokens[i].meta["subId"]
    suffix = f"-{again + 1}" if again else ""
    return (
        f'<sup class="footnote-ref"><a href="#footnote-{number}" id="footnote-ref-{number}{suffix}"'
        f' aria-label="Footnote {number}">{number}</a></sup>'
    )


def _footnote_item(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    return f'<li id="footnote-{tokens[i].meta["id"] + 1}" class="footnote-item">'


def _footnote_item_close(*_: Any) -> str:
    return "</li>\n"


def _footnote_anchor(tokens: Sequence[Token], i: int, _: Any, env: Environment) -> str:
    number = tokens[i].meta["id"] + 1
    again = tokens[i].meta["subId"]
    suffix = f"-{again + 1}" if again else ""
    return (
        f' <a href="#footnote-ref-{number}{suffix}" class="footnote-backref"'
        f' aria-label="Back to the text of footnote {number}">↩︎</a>'
    )


def _nothing(*_: Any) -> str:
    return ""


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "front_matter": _nothing,
        "text": _text,
        "math_inline": _math_inline,
        "math_inline_double": _math_inline_display,
        "math_block": _math_block,
        "math_block_label": _math_block,
        "amsmath": _amsmath,
        "myst_role": _role,
        "heading_open": _heading_open,
        "heading_close": _heading_close,
        "fence": _fence,
        "code_block": _fence,
        "colon_fence": _nothing,
        "image": _image,
        "link_open": _link_open,
        "table_open": _table_open,
        "table_close": _table_close,
        "th_open": _alignment("th"),
        "td_open": _alignment("td"),
        "footnote_block_open": _footnote_open,
        "footnote_block_close": _footnote_close,
        "footnote_ref": _footnote_ref,
        "footnote_open": _footnote_item,
        "footnote_close": _footnote_item_close,
        "footnote_anchor": _footnote_anchor,
    }
)
