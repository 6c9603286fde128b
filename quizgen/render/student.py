"""The key-free view of a form: all that a student's template is ever given.

No type here has a field for a key, a rationale or an evidence, and nothing is named after an item or an option. What
a template cannot reach it cannot leak.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..article import Article
from ..form import Form, Section
from ..images import Image
from ..items import Shown


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
class StudentSection:
    """A passage and its items, or items without one; `opens` where a new article begins."""

    article: str
    opens: bool
    language: str
    passage: StudentPassage | None
    items: tuple[StudentItem, ...]
    images: Mapping[str, Image]


@dataclass(frozen=True, slots=True)
class StudentForm:
    """A form as a candidate sees it."""

    id: str
    title: str
    language: str
    points: float
    sections: tuple[StudentSection, ...]
    credits: tuple[str, ...]
    """One line for each article: what its text is about or taken from, and its licence."""

    @property
    def count(self) -> int:
        """How many items there are."""
        return sum(len(section.items) for section in self.sections)

    @property
    def articles(self) -> int:
        """On how many articles they are."""
        return sum(section.opens for section in self.sections)

    @property
    def has_passages(self) -> bool:
        """Whether there is anything to read."""
        return any(section.passage for section in self.sections)


def student_form(form: Form) -> StudentForm:
    """What candidates see of a form."""
    articles = {section.source.article.id: section.source.article for section in form.sections}
    sections = [_section(section, opens=opens) for section, opens in opening(form)]
    credits_ = tuple(line for article in articles.values() if (line := credit(article)))
    return StudentForm(form.id, form.title, form.language, form.points, tuple(sections), credits_)


def opening(form: Form) -> Iterator[tuple[Section, bool]]:
    """The sections of a form, each with whether a new article begins with it."""
    seen: set[str] = set()
    for section in form.sections:
        article = section.source.article.id
        yield section, article not in seen
        seen.add(article)


def _section(section: Section, *, opens: bool) -> StudentSection:
    return StudentSection(
        section.source.article.title,
        opens,
        section.source.article.language,
        student_passage(section),
        tuple(StudentItem(placed.number, placed.item.shown()) for placed in section.items),
        section.source.images,
    )


def student_passage(section: Section) -> StudentPassage | None:
    """The passage of a section, if it has one."""
    passage = section.passage
    if passage is None or section.number is None:
        return None
    return StudentPassage(
        section.number, passage.heading, passage.text, passage.language or section.source.article.language
    )


def credit(article: Article) -> str:
    """The line that names what a text is about or taken from; empty where nothing is known."""
    source = article.source
    parts = [source.author, f"“{source.title}”", source.publisher, source.date, source.url] if source else []
    line = ", ".join(part for part in parts if part)
    ends = f"{article.title}: {line}." if line else f"{article.title}."
    return f"{ends} {article.license}." if article.license else ends if line else ""
