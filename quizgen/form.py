"""Form, Manifest: what was assembled. Rendering, exchange and grading read these and know nothing of assembly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from .article import Passage
from .bank import Bank, BankFile
from .items import ItemBase
from .items.scoring import PLAIN, Scoring
from .pace import USUAL, Pace


@dataclass(frozen=True)
class FormItem:
    """An item in its place: its number in the form, and its options in the form's order."""

    number: int
    item: ItemBase


@dataclass(frozen=True)
class ItemSet:
    """A passage with its items (item set), or the items of an article that have none."""

    source: BankFile
    passage: Passage | None
    number: int | None
    """The passage's number in the form, from 1."""
    items: tuple[FormItem, ...]


@dataclass(frozen=True)
class Section:
    """A part of a form with a title of its own; most forms have one, without."""

    sets: tuple[ItemSet, ...]
    title: str | None = None
    instructions: str | None = None


@dataclass(frozen=True)
class Candidate:
    """Who takes a form (roster entry)."""

    id: str
    name: str
    extra_time: float = 0
    """How much longer they have, as a share of the working time: 0.25 is a quarter more."""
    edition: str | None = None
    """What they need it in, such as large-print; the standard edition by default."""


@dataclass(frozen=True)
class Form:
    """One version of a quiz (test form)."""

    id: str
    title: str
    language: str
    sections: tuple[Section, ...]
    header: str | None = None
    instructions: str | None = None
    minutes_given: float | None = None
    """The working time that the blueprint gives, without a candidate's extra time."""
    scoring: Scoring = PLAIN
    pace: Pace = USUAL
    candidate: Candidate | None = None

    @property
    def sets(self) -> Iterator[ItemSet]:
        """All item sets, in order."""
        return (item_set for section in self.sections for item_set in section.sets)

    @property
    def items(self) -> Iterator[FormItem]:
        """All items, in order."""
        return (item for item_set in self.sets for item in item_set.items)

    @cached_property
    def minutes(self) -> float:
        """How long it takes to read all passages and to answer all items, roughly."""
        read = sum(item_set.passage.words for item_set in self.sets if item_set.passage)
        return self.pace.reading(read) + sum(self.pace.minutes[placed.item.type] for placed in self.items)

    @cached_property
    def points(self) -> float:
        """What the whole form is worth."""
        return round(sum(item.item.points for item in self.items), 2)


class _Part(BaseModel):
    """A part of the manifest; what a later version adds is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class BankDigest(_Part):
    """A bank file that a build used, and its SHA-256."""

    file: str
    sha256: str


class ItemRecord(_Part):
    """What one form holds at one number."""

    number: int
    id: str
    article: str
    passage: str | None
    type: str
    points: float
    options: Annotated[tuple[str, ...], Field(description="option ids in printed order")] = ()
    prompts: Annotated[tuple[str, ...], Field(description="ids of the prompts of a matching item, as printed")] = ()
    key: Annotated[
        tuple[str, ...] | int | float | None,
        Field(description="what a perfect candidate writes, in the printed alphabet; null for an essay"),
    ]


class FormRecord(_Part):
    """What one form holds."""

    id: str
    points: float
    items: tuple[ItemRecord, ...]


class Settings(_Part):
    """With what a build was made, as far as its files depend on it."""

    mode: Literal["exam", "practice"] = "exam"
    formats: tuple[Literal["html", "pdf"], ...] = ("html", "pdf")
    paper: Literal["a4", "letter"] = "a4"


class Manifest(_Part):
    """What every form of one build holds, and how to rebuild it (answer record). It tells the key: for teachers."""

    manifest: Literal[1] = 1
    quizgen: Annotated[str, Field(description="the version that built it")]
    quiz: str
    title: str
    seed: str
    blueprint: Annotated[dict[str, Any], Field(description="what the forms had to hold, as a blueprint file says it")]
    settings: Settings
    banks: tuple[BankDigest, ...]
    forms: tuple[FormRecord, ...]
    files: Annotated[dict[str, str], Field(description="SHA-256 of every file of the build, by its path")]


def record(form: Form) -> FormRecord:
    """What the manifest says of a form."""
    return FormRecord(
        id=form.id,
        points=form.points,
        items=tuple(
            _item_record(item_set.source.article.id, placed) for item_set in form.sets for placed in item_set.items
        ),
    )


def _item_record(article: str, placed: FormItem) -> ItemRecord:
    item = placed.item
    return ItemRecord(
        number=placed.number,
        id=item.id,
        article=article,
        passage=item.passage,
        type=item.type,
        points=item.points,
        options=tuple(choice.id for choice in item.printed),
        prompts=tuple(prompt.id for prompt in item.prompts),
        key=item.written_key(),
    )


def manifest(
    *,
    version: str,
    quiz: str,
    seed: str,
    blueprint: Mapping[str, Any],
    settings: Settings,
    bank: Bank,
    forms: Sequence[Form],
    files: Mapping[str, str],
) -> bytes:
    """The manifest of a build as JSON; `files` is path -> SHA-256."""
    whole = Manifest(
        quizgen=version,
        quiz=quiz,
        title=forms[0].title,
        seed=seed,
        blueprint=dict(blueprint),
        settings=settings,
        banks=tuple(BankDigest(file=file.file, sha256=file.sha256) for file in bank.files),
        forms=tuple(record(form) for form in forms),
        files=dict(sorted(files.items())),
    )
    return whole.model_dump_json(indent=1).encode() + b"\n"
