"""Texts as words: how two of them are compared, whatever marks, spaces or cases stand between their letters."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from .. import markup

_UNSEEN = dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])
"""What no reader sees and what may stand within a word."""
_IDEOGRAPHS = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BREAK = "\0"
"""Stands between texts as if it were a word."""
_WORD = re.compile(rf"[{_IDEOGRAPHS}{BREAK}]|[^\W_{_IDEOGRAPHS}]+")


def words(text: str) -> list[str]:
    """The words of a text, in one case and one spelling of each letter; an ideograph is a word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_UNSEEN))
    return _WORD.findall(text.casefold())


def placed_words(text: str) -> tuple[list[str], list[int]]:
    """The words of a text and where each of them begins. It is slower, so it is for a text with a find."""
    found: list[str] = []
    places: list[int] = []
    for match in re.finditer(rf"{BREAK}|[\w{''.join(map(chr, _UNSEEN))}]+", text):
        own = words(match[0])
        found += own
        places += [match.start()] * len(own)
    return found, places


def line_of(found: Iterable[str]) -> str:
    """Words as one text in which words are looked for: a space on each side of each."""
    return f" {' '.join(found)} "


class _Bare:
    """A medium in which what is not text is a break."""

    def image(self, source: str, alt: str) -> str:
        return f"\0{alt}\0"

    def formula(self, tex: str, *, display: bool) -> str:
        return "\0"

    def gap(self, number: int) -> str:
        return "\0"


_INLINE = "a|abbr|b|bdi|bdo|cite|code|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var|wbr"
INLINE = frozenset(_INLINE.split("|"))
"""HTML elements that may begin and end within a word."""
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^>]*)?>")
_TAG = re.compile(r"<[^>]*>")


def fragments(text: str, *, inline: bool = False, gaps: bool = False) -> Iterator[str]:
    """A text as an author writes it, as the runs of words that a reader sees: formulas, gaps, images and numbers of
    cited lines stand between them."""
    shown = markup.to_html(text, _Bare(), inline=inline, gaps=gaps, cited=lambda *_: "\0")
    plain = unescape(_TAG.sub(" ", _INLINE_TAG.sub("", shown)))
    return (run for run in plain.split("\0") if run.strip())


def letters(text: str) -> int:
    """How much a text says: letters, of which an ideograph counts as three."""
    return sum(3 if sign >= "\u2e80" else 1 for sign in text if sign.isalpha())
