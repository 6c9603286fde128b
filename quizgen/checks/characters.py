"""Checks of the characters of a text."""

from collections.abc import Iterator

from .. import fonts
from ..bank import texts
from ..diagnostics import Diagnostic, warning
from .reading import ArticleReading


def character_without_font(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q126: no font that comes with quizgen has the character.

    Found:   a character in a text that none of the bundled fonts can draw, such as an emoji or a rare ideograph.
    Why:     on paper it is drawn by whatever font the machine has, or as an empty box; so the form looks different
             from machine to machine, and a candidate may not be able to read it.
    Example: stem: Which of these is 🦀?
    Mend:    say it in words, or show it as an image with a text.
    """
    typed = article.file.document.text
    if typed.isascii() and "\\" not in typed:  # a backslash may begin an escape
        return
    for path, text in texts(article.file):
        for character in sorted(fonts.missing(text)) if not text.isascii() else ():
            name = f"'{character}' (U+{ord(character):04X})"
            span = article.file.document.locate(path, character)
            yield warning("Q126", f"no bundled font has {name}", span, "say it in words, or show it as an image")


CHECKS = (character_without_font,)
