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
        unknown = sorted(fonts.missing(text)) if not text.isascii() else []
        if unknown:
            span = article.file.document.locate(path, unknown[0])
            named = ", ".join(f"'{character}' (U+{ord(character):04X})" for character in unknown[:_NAMED])
            more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
            message = f"no bundled font has {named}{more}"
            yield warning("Q126", message, span, "say it in words, or show it as an image")


_NAMED = 4

CHECKS = (character_without_font,)
