"""What a page's end did to a text: words and sentences cut in two, page numbers and running heads between them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from .marks import Piece
from .model import Block, Notes, excerpt, joined

_HYPHEN = re.compile(r"\b(\w++)-[ \t]*+\n[ \t]*+(\w++)")
_SENTENCE_END = re.compile(r"[.!?…:;。！？：；।؟۔][\"'”’»›)\]*」』]*$")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página|стр\.)?\s?[-–—\[(]?\s?\d{1,3}\s?[-–—\])]?(?:\s?(?:/|of|von|de)\s?\d{1,4})?",
    re.IGNORECASE,
)
_RUNNING_HEAD = 80
"""A longer block is no running head (in characters)."""
_PAGE = 300
"""What stands on a page has no fewer characters than this."""
_LEAST_WORDS = 5
"""A shorter paragraph that has no full stop is rather a line of a list than the first half of a sentence."""


def mend_hyphens(text: str, notes: Notes) -> str:
    """The text with the words that a hyphen at a line's end cut in two made whole.

    Whether the hyphen belongs to the word is seen from how the text writes the word elsewhere; where it does not, the
    hyphen goes if small letters stand on both sides of it.
    """
    known = Counter(re.findall(r"\w+(?:-\w+)*", text.lower())) if _HYPHEN.search(text) else Counter[str]()
    return _HYPHEN.sub(lambda match: _whole(match[1], match[2], known, notes), text)


def _whole(left: str, right: str, known: Counter[str], notes: Notes) -> str:
    with_hyphen, without = f"{left}-{right}", left + right
    if not (left[-1].islower() and right[0].islower()) or known[with_hyphen.lower()]:
        return with_hyphen
    if not known[without.lower()]:
        notes.add("made whole", without)
    return without


def mended(blocks: Sequence[Block], title: str, notes: Notes, *, pages: bool) -> list[Block]:
    """The blocks with the paragraphs whole that something cut in two; without what stands between `pages`."""
    between = _between_pages(blocks, title) if pages else set()
    made: list[Block] = []
    torn = False
    for number, block in enumerate(blocks):
        if number in between:
            notes.add("left out, page numbers and running heads", excerpt(block.plain))
            torn = True
            continue
        if made and _continues(made[-1], block, torn):
            notes.add("joined", f"{_end(made[-1].plain)} | {excerpt(block.plain, 4)}")
            made[-1] = _join(made[-1], block, blocks)
        else:
            made.append(block)
        torn = False
    return made


def _between_pages(blocks: Sequence[Block], title: str) -> set[int]:
    """Which blocks are page numbers or running heads.

    A running head is short, has no full stop, and comes again after a page's worth of text, with other numbers in it or
    the same: three times, or twice beside page numbers. The title needs to come again only once.
    """
    places: dict[str, list[int]] = {}
    numbers: set[int] = set()
    for number, block in enumerate(blocks):
        if block.kind != "paragraph" or len(block.plain) > _RUNNING_HEAD or _SENTENCE_END.search(block.plain):
            continue
        if _PAGE_NUMBER.fullmatch(block.plain):
            numbers.add(number)
        else:
            places.setdefault(_numberless(block.plain), []).append(number)
    upto = [0, *accumulate(len(block.plain) for block in blocks)]
    found = set(numbers)
    for text, at in places.items():
        apart = all(upto[after] - upto[before + 1] >= _PAGE for before, after in pairwise(at))
        beside = all({number - 1, number + 1} & numbers for number in at)
        if apart and (text == _numberless(title) or len(at) >= (2 if beside else 3)):
            found.update(at)
    return found if len(found) < len(blocks) else set()


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text).casefold()


def _continues(before: Block, after: Block, torn: bool) -> bool:
    """Whether a paragraph goes on in the next: it has no end, and that starts small, or after the end of a page."""
    if before.kind != "paragraph" or after.kind != "paragraph" or not before.plain or not after.plain:
        return False
    if _SENTENCE_END.search(before.plain) or len(before.plain.split()) < _LEAST_WORDS:
        return False
    start = after.plain.lstrip("\"'“‘«(*")[:1]
    return start.islower() or (torn and start.isalpha() and len(after.plain.split()) >= _LEAST_WORDS)


def _join(before: Block, after: Block, blocks: Sequence[Block]) -> Block:
    last = before.pieces[-1]
    if last.kind != "text" or not (cut := re.search(r"(\w+)-\s*$", last.text)):
        return joined((before, after))
    known = Counter(word for block in blocks for word in re.findall(r"\w+(?:-\w+)*", block.plain.lower()))
    right = re.match(r"\w*", after.plain)
    whole = _whole(cut[1], right[0] if right and right[0] else "-", known, Notes())
    kept = last.text[: cut.start()] + (f"{cut[1]}-" if "-" in whole else cut[1])
    return joined((replace(before, pieces=(*before.pieces[:-1], Piece("text", kept))), after), between="")


def _end(text: str) -> str:
    return " ".join(text.split()[-4:])[-60:]
