"""The key-free view of a form: all that a student's template is ever given.

No type here has a field for a key, a rationale or an evidence, and nothing is named after an item or an option. What
a template cannot reach it cannot leak.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, inf
from typing import Literal

from .. import markup
from ..article import Article
from ..form import Form, ItemSet
from ..images import Image
from ..items import Shown
from .frame import Head, ShownSection, head, sections


@dataclass(frozen=True, slots=True)
class StudentItem:
    """An item as a candidate sees it, with its number in the form."""

    number: int
    shown: Shown

    @property
    def columns(self) -> Literal[1, 2, 4]:
        """In how many columns the options stand on paper: so many that each of them surely fits on one line."""
        options = self.shown.choices
        widest = max(map(_width, options), default=0)
        if widest <= _QUARTER and len(options) in (2, 3, 4, 8):
            return 4
        return 2 if widest <= _HALF and len(options) > 3 else 1


@dataclass(frozen=True, slots=True)
class StudentPassage:
    """A passage, with its number in the form."""

    number: int
    heading: str | None
    text: str
    language: str

    @property
    def facing(self) -> str:
        """How a passage is laid out where it is to face its items: a `page` of its own; `pages`, if it is longer than
        one; or nothing, where it is too short for that. The text alone decides, so it is alike wherever it stands."""
        lines = sum(map(_lines, _PARAGRAPH.split(self.text)))
        return "pages" if lines > _PAGE else "page" if lines > _LONG else ""


@dataclass(frozen=True, slots=True)
class StudentSet:
    """A passage and its items, or items without one; `opens` where the article's title is printed above."""

    article: str
    opens: bool
    language: str
    passage: StudentPassage | None
    items: tuple[StudentItem, ...]
    images: Mapping[str, Image]

    @property
    def numbers(self) -> tuple[int, int]:
        """The numbers of the first and of the last item."""
        return self.items[0].number, self.items[-1].number


@dataclass(frozen=True, slots=True)
class StudentForm:
    """A form as a candidate sees it."""

    head: Head
    sections: tuple[ShownSection[StudentSet], ...]
    credits: tuple[str, ...]
    """One line for each article: what its text is about or taken from, and its licence."""

    @property
    def sets(self) -> tuple[StudentSet, ...]:
        """All sets, in order."""
        return tuple(item_set for section in self.sections for item_set in section.sets)

    @property
    def has_passages(self) -> bool:
        """Whether there is anything to read."""
        return any(item_set.passage for item_set in self.sets)


def student_form(form: Form) -> StudentForm:
    """What candidates see of a form."""
    articles = {item_set.source.article.id: item_set.source.article for item_set in form.sets}
    credits_ = tuple(line for article in articles.values() if (line := credit(article)))
    return StudentForm(head(form), sections(form, _item_set), credits_)


def _item_set(item_set: ItemSet, opens: bool) -> StudentSet:
    return StudentSet(
        item_set.source.article.title,
        opens,
        item_set.source.article.language,
        student_passage(item_set),
        tuple(StudentItem(placed.number, placed.item.shown()) for placed in item_set.items),
        item_set.source.images,
    )


def student_passage(item_set: ItemSet) -> StudentPassage | None:
    """The passage of a item_set, if it has one."""
    passage = item_set.passage
    if passage is None or item_set.number is None:
        return None
    return StudentPassage(
        item_set.number, passage.heading, passage.text, passage.language or item_set.source.article.language
    )


def credit(article: Article) -> str:
    """The line that names what a text is about or taken from; empty where nothing is known."""
    source = article.source
    parts = [source.author, f"“{source.title}”", source.publisher, source.date, source.url] if source else []
    line = ", ".join(part for part in parts if part)
    ends = f"{article.title}: {line}." if line else f"{article.title}."
    return f"{ends} {article.license}." if article.license else ends if line else ""


# --- How much room a text takes ------------------------------------------------------------------------------------

_QUARTER, _HALF = 6.0, 15.0
"""How wide an option may be, in em, that stands in one of four columns, or of two."""
_MEASURE = 78
"""Letters on a line of a passage, roughly."""
_LONG, _PAGE = 18, 40
"""Lines from which a passage is to have a page of its own; and more than which would not surely fit on one."""
_PICTURE = 16
"""Lines that a picture takes at most."""
_PARAGRAPH = re.compile(r"\n\s*\n")
_ROW = re.compile(r"^\s*(?:\||[-+*]\s|\d+[.)]\s)", re.MULTILINE)
"""What begins a row of a table or an entry of a list."""


def _width(text: str) -> float:
    """How wide a text is at most on one line, in em; no width is enough for a picture, or a line that is cited."""
    if any(sign in text for sign in ("![", "$$", "](line")):
        return inf
    drawn = text if "\\(" in text else markup.to_plain(text)  # a formula is not wider than its TeX
    return sum(map(_em, drawn)) * (1.1 if "**" in text else 1)


def _em(letter: str) -> float:
    """How wide a letter is at most, in em."""
    if not letter.isascii() or letter.isupper() or letter in "mw@%\\{}^_":
        return 1.0
    return 0.3 if letter == " " else 0.62


def _lines(paragraph: str) -> int:
    """How many lines a paragraph takes, or a table, a list or a picture, roughly."""
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in paragraph)
    return max(ceil(letters / _MEASURE), len(_ROW.findall(paragraph))) + _PICTURE * paragraph.count("![")
