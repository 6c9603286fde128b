"""A draft -> the YAML of a bank file, as an author would write it by hand."""

import json
from hashlib import sha256

from .. import source as yaml
from ..items.evidence import paragraphs
from .marks import Piece, markdown, wrapped
from .model import Block, Source
from .passages import Draft, passages

_MODELINE = "# yaml-language-server: $schema=../schema/bank.schema.json"
_LACKING = {
    "author": "who wrote it",
    "publisher": "where it appeared",
    "date": "when",
    "url": "https://...",
}
_NO_LICENCE = """\
  # The text is somebody's: before you hand it out, see that you may. Then say under which licence:
  # license:
"""
_EXAMPLE = """\
# An item asks about one passage, and quotes the words of it that prove the key. docs/bank.md has all nine types.
#
#   - id: first-item
#     type: multiple_choice
#     passage: {passage}
#     evidence: the exact words of the passage
#     stem: What is asked?
#     answer: The right answer
#     distractors: [A wrong one, Another, A third]
#     rationale: Why the answer is right.
#     difficulty: medium        # easy | medium | hard
#     skill: retrieve           # retrieve | infer | interpret | evaluate
items: []
"""


def render(source: Source, *, id: str, language: str, words: int = 180, text_file: str | None = None) -> str:
    """The text of a bank file without items.

    With the name of a `text_file`, passages refer to the paragraphs of that file, which holds `article_text(source)`.
    """
    drafts = passages(source, words)
    parts = [_article(source, id, language, text_file), "passages:\n"]
    paragraph = 1
    for number, draft in enumerate(drafts, start=1):
        title = f"{draft.heading.plain}, " if draft.heading else ""
        parts.append(f"  # --- {number}. {title}{draft.words} words\n")
        parts.append(f"  - id: {draft.id}\n")
        if draft.heading:
            parts.append(f"    heading: {_scalar(draft.heading.text)}\n")
        text = _text(draft)
        if text_file:
            last = paragraph + len(paragraphs(text)) - 1
            parts.append(f"    paragraphs: {paragraph}{f'-{last}' if last > paragraph else ''}\n\n")
            paragraph = last + 1
        else:
            parts.append("    text: |\n" + _indented(text, 6) + "\n")
    parts.append(_EXAMPLE.format(passage=drafts[0].id))
    return "".join(parts)


def article_text(source: Source) -> str:
    """The text of the article without its title and headings: paragraphs with an empty line between two."""
    return "\n\n".join(_text(draft) for draft in passages(source)) + "\n"


def _article(source: Source, id: str, language: str, text_file: str | None) -> str:
    lines = [_MODELINE, "article:", f"  id: {_scalar(id)}", f"  title: {_line(source.title)}"]
    lines += [f"  language: {_scalar(language)}", "  source:", f"    title: {_line(source.title)}"]
    for fact, what in _LACKING.items():
        said = getattr(source, fact)
        plain = _scalar if fact == "url" else _line
        lines.append(f"    {fact}: {plain(said)}" if said else f"    # {fact}: {what}")
    text = "\n".join(lines) + "\n"
    text += f"  license: {_line(source.license)}  # as the article says it\n" if source.license else _NO_LICENCE
    if text_file:
        text += f"  text_file: {_scalar(text_file)}\n"
        text += f"  text_sha256: {sha256(article_text(source).encode()).hexdigest()}\n"
    return text + "\n"


def _text(draft: Draft) -> str:
    return "\n\n".join(_block(block) for block in draft.blocks)


def _block(block: Block) -> str:
    return block.fixed or wrapped(block.text)


def _indented(text: str, columns: int) -> str:
    return "".join(f"{' ' * columns}{line}".rstrip() + "\n" for line in text.split("\n"))


def _line(text: str) -> str:
    """A plain text as a value that is read as one line of Markdown."""
    return _scalar(markdown([Piece("text", text)], inline=True))


def _scalar(text: str) -> str:
    """A value of one line, in quotes only where YAML would read something else."""
    document, found = yaml.parse(f"- {{}}\n- k: {text}  # end\n", "")
    if document is not None and not found and document.data == [{}, {"k": text}]:
        return text
    return json.dumps(text, ensure_ascii=False)
