"""Editions: what the same items come in for those whom the standard booklet does not serve.

An edition is a name, or several with `+` between: `large-print+high-contrast`. What `docs/editions.md` tells of each
name to people, this module tells to the rooms that read rosters, assemble forms and print them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .diagnostics import did_you_mean

NAMES = {
    "standard": "the booklet as it is",
    "large-print": "everything in 18 point, letters and what is filled in",
    "dyslexia-friendly": "a face without look-alikes, wide spacing, short lines, no italics",
    "high-contrast": "pure black, bold letters, no thin line",
    "one-item-per-page": "each item on a page of its own",
    "reduced-options": "one wrong option fewer in each multiple-choice item that has more than two",
    "read-aloud": "a script for the person who reads the form aloud",
    "plain-text": "a text file for screen readers and Braille translators",
}
"""Every name, in the order in which several are written, and what it means in a few words."""

_STYLES = ("dyslexia-friendly", "high-contrast", "one-item-per-page", "large-print")
"""Names with a style sheet, in the order of the sheets: the sizes of large print come last, so that they prevail."""
_SHAPES = (*_STYLES, "reduced-options")
"""What makes a booklet another one than the standard one."""


class EditionError(ValueError):
    """These words name no edition; the message says why (lower case, without a stop), `hint` what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Edition:
    """An edition by its names, each once and in the order of `NAMES`; `parse` makes one."""

    names: tuple[str, ...] = ("standard",)

    def __str__(self) -> str:
        """As it is written: names with `+` between."""
        return "+".join(self.names)

    @property
    def styles(self) -> tuple[str, ...]:
        """Style sheets among the templates that follow `paper.css`, in their order."""
        return tuple(f"editions/{name}.css" for name in _STYLES if name in self.names)

    @property
    def suffix(self) -> str:
        """What follows a form's name in the name of its booklet's file: `-large-print`, or nothing."""
        return "".join(f"-{name}" for name in self.names if name in _STYLES)

    @property
    def reduced(self) -> bool:
        """Whether it is made of a form with fewer options."""
        return "reduced-options" in self.names

    @property
    def booklet(self) -> bool:
        """Whether there is a booklet: for all but those who have the plain text instead of one."""
        return "plain-text" not in self.names or not {"standard", *_STYLES}.isdisjoint(self.names)

    @property
    def script(self) -> bool:
        """Whether there is a script for a reader, beside the candidate's own booklet or text."""
        return "read-aloud" in self.names

    @property
    def text(self) -> bool:
        """Whether there is the form as a text file."""
        return "plain-text" in self.names


STANDARD = Edition()


def parse(text: str) -> Edition:
    """The edition that these words name; nothing at all is the standard one. Raises `EditionError`."""
    words = [word.strip() for word in text.split("+")] if text.strip() else ["standard"]
    for word in words:
        if word not in NAMES:
            raise EditionError(f"'{word[:40]}' is not an edition", _hint(word))
    names = tuple(name for name in NAMES if name in words)
    shapes = [name for name in names if name in _SHAPES]
    if shapes and "standard" in names:
        raise EditionError(f"'{shapes[0]}' is not the standard edition", f"write {'+'.join(names[1:])}")
    return Edition(names)


def parse_list(text: str) -> tuple[Edition, ...]:
    """The editions in a list with commas between, each once. Raises `EditionError`."""
    return tuple(dict.fromkeys(parse(part) for part in text.split(",") if part.strip())) or (STANDARD,)


def made(own: str | None, common: Iterable[str]) -> tuple[Edition, ...]:
    """In which editions a form is made: those that all forms come in, where a candidate's own stands for the standard.

    `own` and `common` are written as `parse` reads them. A candidate has one booklet to answer in: who needs another
    than the standard one gets that instead, in the first place.
    """
    every = tuple(dict.fromkeys(parse(text) for text in common))
    if own is None:
        return every
    mine = parse(own)
    return (mine, *(edition for edition in every if edition not in (mine, STANDARD)))


def ends_like_a_file(name: str) -> bool:
    """Whether a name ends like the file of an edition, so that a candidate's file could be taken for another's."""
    return name.casefold().endswith(tuple(f"-{word}" for word in (*_STYLES, "read-aloud", "plain-text")))


def _hint(word: str) -> str:
    better = "-".join(re.findall(r"[a-z0-9]+", word.lower()))
    several = _several(better)
    if several:
        return f"write {'+'.join(several)}"
    return f"write {better}" if better in NAMES else did_you_mean(better, NAMES)


def _several(words: str) -> Sequence[str]:
    """The names in a text that should have had `+` between them."""
    found = [name for name in NAMES if name in words]
    return found if len(found) > 1 else ()
