"""What the first and last lines of an article say of it: its title, who wrote it, when, under which licence."""

import re
from collections.abc import Sequence

from .marks import Piece
from .model import TAG, WEB, Block, Notes, excerpt, joined

_HEAD_BLOCKS, _TAIL_BLOCKS = 6, 5
_SHORT = 25
"""A line of credit and a title have fewer words than this."""
_DAY = r"""(?:
    \d{4}-\d{2}-\d{2} | \d{1,2}[./]\s?\d{1,2}[./]\s?\d{4} | \d{4}[年/.]\s?\d{1,2}[月/.]\s?\d{1,2}日?
    | \d{1,2}(?:st|nd|rd|th|\.|º)?\s(?:(?:of|de)\s)?[^\W\d]{3,12}\.?,?\s(?:de\s)?\d{4}
    | [^\W\d]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}
)"""
_DATE = re.compile(
    rf"(?:(?:first\s)?(?:published|posted|updated|last\supdated)(?:\son)?:?\s)?(?:[^\W\d]{{2,12}},?\s)?"
    rf"(?P<day>{_DAY})(?:,?\s(?:at\s)?\d{{1,2}}[:.]\d{{2}}.{{0,12}})?",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNED = re.compile(rf"(?P<names>.*?)\s?[\s,|·•–—-]\s?(?P<day>{_DAY})", re.IGNORECASE | re.VERBOSE)
_NAME = r"(?:[^\W\d_][\w.'’-]*)"
_NAMES = re.compile(
    rf"{_NAME}(?:[ ]{_NAME}){{1,4}}(?:(?:,|[ ]and|[ ]&|[ ]und|[ ]et|[ ]y)[ ]{_NAME}(?:[ ]{_NAME}){{1,4}})*"
)
_BY = re.compile(r"(?:by|von|par|por|door|text|words|written by|text by)[ :]+(?P<names>.+)", re.IGNORECASE)
_LABEL = re.compile(
    r"(?P<label>title|author|by|date|published|publisher|source|url|link|language|licen[cs]e|copyright)\s?:\s?(?P<said>.+)",
    re.IGNORECASE,
)
_LABELS = {"by": "author", "published": "date", "source": "publisher", "link": "url", "licence": "license",
           "copyright": "license"}  # fmt: skip
_LICENCE = re.compile(
    r"^(?:©|\(c\)|copyright\b)|creative commons|\bcc[ -]by\b|\bcc0\b|public domain|all rights reserved"
    r"|licen[cs]ed under|reprinted (?:with|by)|(?:used|published) (?:with|by) (?:kind )?permission",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)


def find_credit(known: dict[str, str], blocks: Sequence[Block], notes: Notes) -> tuple[dict[str, str], list[Block]]:
    """What is known of the article with what its first and last lines say, and its blocks without those lines.

    What the file states as such (a front matter, the head of a page) counts more than what a line looks like.
    """
    facts = dict(known)
    rest = _without_title(facts, list(blocks))
    tail = len(rest)
    while tail > 1 and len(rest) - tail < _TAIL_BLOCKS and _tail_line(facts, rest[tail - 1], notes):
        tail -= 1
    head = 0
    while head < min(tail, _HEAD_BLOCKS) and rest[head].kind == "paragraph" and _is_short(rest[head]):
        head += 1
    body = rest[head:tail]
    kept = [left for block in rest[:head] if (left := _without_credit(facts, block, rest[:head], notes)) is not None]
    return facts, [*kept, *body]


def _is_short(block: Block) -> bool:
    return len(block.plain) < 20 * _SHORT and len(block.plain.split()) < _SHORT


def _without_title(facts: dict[str, str], blocks: list[Block]) -> list[Block]:
    """Take the title out of the blocks: the first heading, if hardly anything is before it; or a first line alone."""
    titled = "title" in facts
    for number, block in enumerate(blocks[: _HEAD_BLOCKS if titled else 3]):
        if block.kind == "heading" and not titled:
            facts["title"] = block.plain
            return blocks[:number] + blocks[number + 1 :]
        if titled and block.plain.casefold() == facts["title"].casefold() and len(blocks) > 1:
            return blocks[:number] + blocks[number + 1 :]
    if not titled and len(blocks) > 1 and blocks[0].kind == "paragraph":
        first, *others = blocks[0].lines
        ends = (
            first.plain.endswith((".", ",", ";", ":"))
            or not _is_short(first)
            or _DATE.fullmatch(first.plain)
            or _LABEL.fullmatch(first.plain)
        )
        if not ends and len(others) < 3 and all(map(_is_credit, others)):
            facts["title"] = first.plain
            return [*([joined(others, "\n")] if others else []), *blocks[1:]]
    return blocks


def _is_credit(line: Block) -> bool:
    return bool(_DATE.fullmatch(line.plain) or _NAMES.fullmatch(line.plain) or _BY.fullmatch(line.plain))


def _without_credit(facts: dict[str, str], block: Block, head: Sequence[Block], notes: Notes) -> Block | None:
    """The block without its lines of credit, which are taken down; `None` where nothing is left."""
    dated = any(_DATE.fullmatch(line.plain) for other in head for line in other.lines)
    kept = [line for line in block.lines if not _credit_line(facts, line, dated, notes)]
    if len(kept) == len(block.lines):
        return block
    return joined(kept, "\n") if kept else None


def _credit_line(facts: dict[str, str], line: Block, dated: bool, notes: Notes) -> bool:
    text = line.plain
    if _labelled(facts, text):
        return True
    if date := _DATE.fullmatch(text):
        return _take(facts, "date", date["day"], notes)
    if (signed := _SIGNED.fullmatch(text)) and _author(facts, signed["names"], marked=True):
        return _take(facts, "date", signed["day"], notes)
    if _LICENCE.search(text):
        return _take(facts, "license", text, notes)
    if _ADDRESS.fullmatch(text):
        return WEB.fullmatch(text) is not None and _take(facts, "url", text, notes)
    marked = dated or all(piece.kind != "text" or not piece.text.strip() for piece in _unmarked(line))
    return _author(facts, text, marked)


def _unmarked(line: Block) -> list[Piece]:
    """The pieces of a line that stand outside of emphasis."""
    depth, found = 0, []
    for piece in line.pieces:
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
        if not depth:
            found.append(piece)
    return found


def _author(facts: dict[str, str], text: str, marked: bool) -> bool:
    """Whether the text names who wrote the article: after "by", or as nothing but names where a name is expected."""
    by = _BY.fullmatch(text)
    names = by["names"] if by else text
    if facts.get("author", "").casefold() == names.casefold():
        return True
    if "author" in facts or not (by or marked) or not _NAMES.fullmatch(names) or not _capital(names):
        return False
    facts["author"] = names
    return True


def _capital(names: str) -> bool:
    words = names.split()
    return (
        words[0][0].isupper() == words[-1][0].isupper() and sum(word[0].islower() for word in words) <= len(words) / 2
    )


def _labelled(facts: dict[str, str], text: str) -> bool:
    line = _LABEL.fullmatch(text)
    if not line or len(text.split()) >= _SHORT:
        return False
    fact, said = _LABELS.get(line["label"].lower(), line["label"].lower()), line["said"].strip()
    fact = "url" if WEB.fullmatch(said) and fact in ("publisher", "url") else fact
    if fact in facts or (fact == "url" and not WEB.fullmatch(said)) or (fact == "language" and not TAG.fullmatch(said)):
        return False
    facts[fact] = said
    return True


def _take(facts: dict[str, str], fact: str, said: str, notes: Notes) -> bool:
    if facts.setdefault(fact, said) != said:
        notes.add("left out", f"{excerpt(said)} (the {fact} is known: {excerpt(facts[fact])})")
    return True


def _tail_line(facts: dict[str, str], block: Block, notes: Notes) -> bool:
    """Whether a last block is no text of the article: a licence, a line of credit, or whom to write to."""
    text = block.plain
    if block.kind != "paragraph" or len(text) > 20 * _SHORT or len(text.split()) > 2 * _SHORT:
        return False
    if _LICENCE.search(text):
        return _take(facts, "license", text, notes)
    if all(_labelled(facts, line.plain) for line in block.lines):
        return True
    if _ADDRESS.fullmatch(block.lines[-1].plain) and len(text.split()) < _SHORT:
        if len(block.lines) == 1 and WEB.fullmatch(text) and "url" not in facts:
            facts["url"] = text
        else:
            notes.add("left out", f"{excerpt(text)} (whom to write to)")
        return True
    return False
