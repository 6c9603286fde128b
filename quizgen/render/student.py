"""The key-free view of a form: all that a student's template is ever given.

No type here has a field for a key, a rationale or an evidence, and nothing is named after an item or an option. What
a template cannot reach it cannot leak.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class StudentPassage:
    """A passage, with its number in the form."""

    number: int
    heading: str | None
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class StudentSet:
    """A passage and its items, or items without one; `opens` where the article's title is printed above."""

    article: str
    opens: bool
    language: str
    passage: StudentPassage | None
    items: tuple[StudentItem, ...]
    images: Mapping[str, Image]


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
