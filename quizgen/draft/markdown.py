"""A Markdown article -> its front matter and its blocks. It is read as CommonMark with tables, by way of HTML."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markupsafe import escape

from .. import source
from ..diagnostics import Diagnostic
from .breaks import mend_hyphens
from .flow import blocks
from .model import TAG, WEB, Notes, Unread
from .tree import tree

_FRONT = re.compile(r"\s*^---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEYS = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "byline"),
    "date": ("date", "published", "pubdate", "publish_date", "created"),
    "publisher": ("publisher", "publication", "site", "site_name", "website", "source"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url", "source"),
    "language": ("language", "lang"),
    "license": ("license", "licence", "rights", "copyright"),
}


def read(text: str, name: str, notes: Notes) -> tuple[Unread | None, list[Diagnostic]]:
    """The article; a front matter that is not YAML is reported."""
    facts: dict[str, str] = {}
    if front := _FRONT.match(text):
        document, found = source.parse(f"{text[: front.start(1)]}{front[1] or ''}", name)
        if found:
            return None, found
        facts = _facts(document.data if document else "")
        text = text[front.end() :]
    html = _reader().render(mend_hyphens(text, notes))
    return Unread(facts, blocks(tree(html), notes, lines=True)), []


def _facts(data: object) -> dict[str, str]:
    facts: dict[str, str] = {}
    record = data if isinstance(data, dict) else {}
    known = {str(key).lower().replace("-", "_"): value for key, value in record.items()}
    for fact, keys in _KEYS.items():
        for value in (known[key] for key in keys if key in known):
            said = ", ".join(part for part in value if isinstance(part, str)) if isinstance(value, list) else value
            web = isinstance(said, str) and bool(WEB.fullmatch(said))
            if not isinstance(said, str) or not said.strip() or web != (fact == "url"):
                continue
            if fact != "language" or TAG.fullmatch(said):
                facts.setdefault(fact, " ".join(said.split()))
    return facts


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable(["table", "strikethrough"])
    reader.inline.ruler.before("escape", "formula", _formula)
    return reader


def _formula(state: StateInline, silent: bool) -> bool:
    r"""TeX between `\(` and `\)`, or `$$` and `$$`, as `quizgen.markup` reads it."""
    opener = state.src[state.pos : state.pos + 2]
    closer = {"\\(": "\\)", "$$": "$$"}.get(opener)
    end = state.src.find(closer, state.pos + 2) if closer else -1
    if end < 0:
        return False
    if not silent:
        display = ' display="block"' if opener == "$$" else ""
        token = state.push("html_inline", "", 0)
        tex = escape(state.src[state.pos + 2 : end])
        token.content = f'<math{display}><annotation encoding="application/x-tex">{tex}</annotation></math>'
    state.pos = end + 2
    return True
