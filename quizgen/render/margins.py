"""The numbers of printed lines beside a passage on a screen, so that its readers find what others have on paper.

A screen breaks its lines elsewhere. So every fifth number stands beside the line on which the words stand that its line
begins with on paper; it is no text, and nobody hears it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import markup
from ..quotations import letters
from .lines import Lines

EVERY = 5

_PIECE = re.compile(
    r'<span data-tex="([^"]*)">(.*?)</span>'  # a formula that was `Kept`
    r'|<img [^>]*?alt="([^"]*)"[^>]*>'
    r"|<[^>]*>"
    r"|(&[^;\s]*;|[^<&\s])"
    r"|\s+",
    re.DOTALL,
)


@dataclass(frozen=True)
class Kept:
    """A medium whose formulas keep their TeX, which is what the lines on paper know of them."""

    medium: markup.Medium

    def image(self, source: str, alt: str) -> str:
        """As anywhere in the medium."""
        return self.medium.image(source, alt)

    def formula(self, tex: str, *, display: bool) -> str:
        """As anywhere in the medium, inside of an element that `numbered` takes away."""
        return f'<span data-tex="{escape(tex)}">{self.medium.formula(tex, display=display)}</span>'

    def gap(self, number: int) -> str:
        """As anywhere in the medium."""
        return self.medium.gap(number)


def numbered(text: Markup, lines: Lines) -> Markup:
    """The HTML of a passage, set in a medium that is `Kept`, with the numbers of its lines.

    If these are not the lines of this text, it stays without.
    """
    pieces = list(_pieces(text))
    if "".join(shown for _, shown in pieces) != lines.letters:
        return Markup("".join(part for part, _ in pieces))  # noqa: S704 (as it was)
    begins = {line.start: number for number, line in enumerate(lines.spans, 1) if number % EVERY == 0}
    return Markup("".join(_marked(pieces, begins)))  # noqa: S704 (as it was, and numbers)


def _pieces(text: Markup) -> Iterator[tuple[str, str]]:
    """Tags, pictures, formulas and characters as HTML, and the letters that each of them shows."""
    for found in _PIECE.finditer(text):
        tex, mathml, alt, char = found.groups()
        shown = next((part for part in (tex, alt, char) if part is not None), "")
        yield (found[0] if mathml is None else mathml), letters(html.unescape(shown))


def _marked(pieces: list[tuple[str, str]], begins: dict[int, int]) -> Iterator[str]:
    at = 0
    for part, shown in pieces:
        for place in range(at, at + len(shown)):
            if place in begins:
                yield f'<span class="nth-line" data-n="{begins[place]}" aria-hidden="true"></span>'
        at += len(shown)
        yield part
