"""Marks quotations in a text that is HTML already.

Only what a reader sees is compared, and no white space: a quotation that runs over tags, line breaks or paragraphs is
found all the same. Tags stay as they are; what lies between two of them gets a `<mark>` of its own.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from .. import markup

_PIECE = re.compile(
    r'<span data-plain="([^"]*)">.*?</math></span>'  # a formula, set by `atom`
    r'|<img [^>]*?alt="([^"]*)"[^>]*>'
    r"|(<[^>]*>)"
    r"|&[^;\s]*;|.",
    re.DOTALL,
)


def atom(plain: str, mathml: str) -> str:
    """A formula that `highlight` takes for the text `plain`."""
    return f'<span data-plain="{escape(plain)}">{mathml}</span>'


def highlight(text: Markup, quotations: Mapping[str, Sequence[str]]) -> Markup:
    """The HTML with every place marked that a quotation stands at; `quotations` is name -> texts as authors type them.

    A mark tells in `data-for` whose words it holds, and in each name's first mark stands an element with the id
    `evidence-<name>`. A quotation that stands nowhere marks nothing.
    """
    pieces = [_Piece(match) for match in _PIECE.finditer(text)]
    letters = "".join(piece.letters for piece in pieces)
    places = [number for number, piece in enumerate(pieces) for _ in piece.letters]
    for name, texts in quotations.items():
        for wanted in filter(None, map(_letters, map(markup.to_plain, texts))):
            for start in _found(wanted, letters):
                for piece in pieces[places[start] : places[start + len(wanted) - 1] + 1]:
                    piece.names.setdefault(name)
    return Markup("".join(_marked(pieces)))  # noqa: S704 (tags were there before, names are escaped)


class _Piece:
    """A tag, a picture, a formula or a character, with the letters that it shows and the names it is marked for."""

    def __init__(self, match: re.Match[str]) -> None:
        self.html = match[0]
        self.is_tag = match[3] is not None
        shown = next((part for part in match.groups()[:2] if part is not None), "" if self.is_tag else self.html)
        self.letters = _letters(html.unescape(shown))
        self.names: dict[str, None] = {}


def _letters(text: str) -> str:
    return "".join(text.split())


def _found(wanted: str, text: str) -> Iterator[int]:
    start = text.find(wanted)
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _marked(pieces: Sequence[_Piece]) -> Iterator[str]:
    met: set[str] = set()
    for (names, is_tag), run in groupby(pieces, lambda piece: (tuple(piece.names), piece.is_tag)):
        content = "".join(piece.html for piece in run)
        if is_tag or not names or not content.strip():
            yield content
            continue
        anchors = "".join(f'<span id="evidence-{escape(name)}"></span>' for name in names if name not in met)
        met.update(names)
        yield f'<mark data-for="{escape(" ".join(names))}">{anchors}{content}</mark>'
