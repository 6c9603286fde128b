"""An article's text -> the draft of a bank file: what an author would otherwise copy and cut before the first item.

`parse` reads an article, `passages` cuts it, `render` writes the bank file. Nothing is made up: a heading, a name or a
date is there only where the article says it, and what was left out or mended is told in `Source.notes`.
"""

from pathlib import PurePath

from ..diagnostics import Diagnostic, Span, error
from ..files import MAX_BYTES
from . import markdown, page, plain
from .breaks import mended
from .credit import find_credit
from .encoding import decode
from .model import Block, Notes, Source
from .passages import Draft, passages
from .writing import article_text, render

__all__ = ["KINDS", "Block", "Draft", "Source", "article_text", "parse", "passages", "render"]

KINDS = {".txt": plain.read, ".md": markdown.read, ".markdown": markdown.read, ".html": page.read, ".htm": page.read}
"""The articles that can be read, by the ending of their name."""


def parse(content: bytes, name: str) -> tuple[Source | None, list[Diagnostic]]:
    """The article in a file that is called `name`, whose ending is one of `KINDS`; or why it cannot be read."""
    path = PurePath(name)
    kind = path.suffix.lower()
    if len(content) > MAX_BYTES:
        return None, [error("Q008", f"the file is larger than {MAX_BYTES // 2**20} MiB", Span(name), "shorten it")]
    text, found = decode(content, name, page=KINDS[kind] is page.read)
    if text is None:
        return None, found
    notes = Notes()
    article, found = KINDS[kind](text, name, notes)
    if article is None:
        return None, found
    facts, blocks = find_credit(article.facts, article.blocks, notes)
    blocks = mended(blocks, facts.get("title", ""), notes, pages=article.pages)
    if not any(block.plain for block in blocks):
        return None, [error("Q101", "there is no text in the article", Span(name), "paste its text into a .txt file")]
    if "title" not in facts:
        facts["title"] = path.stem
        notes.add("no title found, so the file's name is taken", path.stem)
    return Source(**facts, blocks=tuple(blocks), notes=notes.lines()), []
