"""Form, Manifest: what was assembled. Rendering, exchange and grading read these and know nothing of assembly."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import zip_longest
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field

from .article import Passage
from .bank import Bank, BankFile
from .items import Essay, ItemBase, Keyed, letter
from .items.scoring import PLAIN, Scoring
from .pace import USUAL, Pace
from .sheet_geometry import SheetGeometry
from .trail import Entry, Part, first_broken


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
    version: str | None = None
    """Which of a few forms it is, where they are dealt to candidates: A, B ..."""
    variant: int = 0
    """Which order of its items it has, where neighbours are to have different ones."""

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
        return minutes(list(self.sets), self.pace)

    @cached_property
    def points(self) -> float:
        """What the whole form is worth."""
        return round(sum(item.item.points for item in self.items), 2)


def minutes(sets: Sequence[ItemSet], pace: Pace) -> float:
    """How long it takes to read the passages of these sets and to answer their items, roughly."""
    read = sum(item_set.passage.words for item_set in sets if item_set.passage)
    return pace.reading(read) + sum(pace.minutes[placed.item.type] for item_set in sets for placed in item_set.items)


class BankDigest(Part):
    """A bank file that a build used, and its SHA-256."""

    file: str
    sha256: str
    images: Annotated[dict[str, str], Field(default_factory=dict, description="SHA-256 of every image beside it")]


class RubricLine(Part):
    """One thing that a good answer has, and what it earns."""

    text: str
    points: float | None = None


class Marking(Part):
    """What marking needs beside the key: for answers that are typed, and for those that a person reads."""

    accepted: Annotated[
        tuple[tuple[str, ...], ...], Field(description="for each field the accepted answers, as they are typed")
    ] = ()
    ignore: Annotated[
        tuple[Literal["case", "accents", "punctuation"], ...], Field(description="what need not agree with an answer")
    ] = ()
    number: Annotated[str | None, Field(description="the right number, in all its digits")] = None
    tolerance: Annotated[str | None, Field(description="how far off is still right")] = None
    rubric: Annotated[tuple[RubricLine, ...], Field(description="what a person marks by")] = ()


class ItemRecord(Part):
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
    marking: Annotated[Marking | None, Field(description="what marking needs beside the key")] = None

    @property
    def letters(self) -> Mapping[str, str]:
        """Printed letter -> option id."""
        return _letters(self.type, self.options)

    @property
    def keyed(self) -> Keyed:
        """What it takes to mark a response."""
        letters, key = self.letters, self.key if isinstance(self.key, tuple) else ()
        match self.type:
            case "multiple_choice" | "true_false" | "multiple_response" | "ordering":
                return Keyed(self.points, tuple(letters[mark] for mark in key), options=self.options)
            case "matching":
                marks = (entry.partition("-")[2] for entry in key)
                return Keyed(self.points, matches={p: letters[m] for p, m in zip(self.prompts, marks, strict=True)})
        told = self.marking or Marking()
        number = None if told.number is None else Decimal(told.number)
        tolerance = Decimal(told.tolerance or 0)
        return Keyed(self.points, accepted=told.accepted, ignore=told.ignore, number=number, tolerance=tolerance)

    @property
    def name(self) -> str:
        """Its full name."""
        return f"{self.article}/{self.id}"

    def written(self, options: Collection[str]) -> tuple[str, ...]:
        """Options, by their ids, in the printed alphabet."""
        return tuple(mark for mark, option in self.letters.items() if option in options)


@lru_cache(maxsize=4096)  # thousands of responses to a form ask for those of its items
def _letters(kind: str, options: tuple[str, ...]) -> Mapping[str, str]:
    """Printed letter -> option id: of a statement to be judged, T and F."""
    marks = (option[0].upper() if kind == "true_false" else letter(at) for at, option in enumerate(options))
    return MappingProxyType(dict(zip(marks, options, strict=True)))


class FormRecord(Part):
    """What one form holds."""

    id: str
    points: float
    candidate: Candidate | None = None
    version: Annotated[str | None, Field(description="which of the forms that were dealt it is")] = None
    variant: Annotated[int, Field(description="which order of its items it has")] = 0
    sheet: Annotated[int | None, Field(description="which of `sheets` its answer sheet is, from 0")] = None
    digest: Annotated[str | None, Field(description="SHA-256 of what a candidate sees of it; responses name it")] = None
    items: tuple[ItemRecord, ...]


class Layout(Part):
    """How forms are laid out on paper."""

    cover: Annotated[bool, Field(description="a page of its own for the title and the instructions")] = False
    facing: Annotated[bool, Field(description="a passage on a left page, its items on the right one")] = False
    line_numbers: Annotated[bool, Field(description="every fifth line of a passage is numbered")] = True
    duplex: Annotated[bool, Field(description="in a booklet of several forms each starts on a right page")] = True
    two_up: Annotated[bool, Field(description="two pages on a sheet, to be folded and stapled in the middle")] = False
    sheets: Annotated[bool, Field(description="a machine-readable answer sheet for each form")] = False
    files: Annotated[
        Literal["both", "together", "each"],
        Field(description="a booklet for each form, all in one file together, or both"),
    ] = "both"


class Screen(Part):
    """How forms are on a screen."""

    language: Annotated[
        str | None, Field(description="of what quizgen itself says, on paper too; that of the first article by default")
    ] = None
    timer: Annotated[bool, Field(description="the page shows how much of the working time is left")] = False
    shared: Annotated[
        bool, Field(description="for computers that many use: a page keeps answers only while it is open")
    ] = False
    recipients: Annotated[
        tuple[str, ...],
        Field(description="for whom responses are sealed: public keys on P-256, 65 bytes each, in base64url"),
    ] = ()


class Settings(Part):
    """With what a build was made, as far as its files depend on it."""

    mode: Literal["exam", "practice"] = "exam"
    formats: tuple[Literal["html", "pdf"], ...] = ("html", "pdf")
    paper: Literal["a4", "letter"] = "a4"
    layout: Layout = Layout()
    screen: Screen = Screen()
    colour: Annotated[str | None, Field(description="of headings and rules, as #rrggbb")] = None
    editions: Annotated[
        tuple[str, ...],
        Field(description="editions of every form; a candidate's own stands for the standard one"),
    ] = ("standard",)


class Manifest(Part):
    """What every form of one build holds, and how to rebuild it (answer record). It tells the key: for teachers."""

    manifest: Literal[1] = 1
    quizgen: Annotated[str, Field(description="the version that built it")]
    quiz: str
    quiz_id: Annotated[str | None, Field(description="what responses call the quiz: 128 bits in base32")] = None
    title: str
    seed: str
    blueprint: Annotated[dict[str, Any], Field(description="what the forms had to hold, as a blueprint file says it")]
    settings: Settings
    scoring: Annotated[Scoring, Field(description="how responses are marked")] = PLAIN
    banks: tuple[BankDigest, ...]
    avoided: Annotated[
        tuple[tuple[str, ...], ...],
        Field(description="for each entry of the blueprint's `avoid`, the items that the ledger named"),
    ] = ()
    seats: Annotated[
        dict[str, tuple[int, int]] | None, Field(description="form id -> row and column of who takes it, from 1")
    ] = None
    versions: Annotated[
        int | None,
        Field(description="so many different forms were dealt to the candidates; null if each has their own"),
    ] = None
    sheets: Annotated[
        tuple[SheetGeometry, ...], Field(description="where everything is on the answer sheets, each shape once")
    ] = ()
    templates: Annotated[
        dict[str, str], Field(default_factory=dict, description="SHA-256 of every template with a part in the build")
    ]
    libraries: Annotated[
        dict[str, str], Field(default_factory=dict, description="versions of the libraries with a part in the build")
    ]
    forms: Annotated[tuple[FormRecord, ...], Field(min_length=1)]
    files: Annotated[dict[str, str], Field(description="SHA-256 of every file of the build, by its path")]
    audit: Annotated[
        tuple[Entry, ...], Field(description="what was done to the build, each entry bound to all before it")
    ] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all but the audit trail: what the trail begins with."""
        return sha256(_as_json(self.model_copy(update={"audit": ()}))).hexdigest()

    def fits(self, content: bytes) -> bool:
        """Whether a file is this manifest to the byte, and its audit trail is whole."""
        return content == _as_json(self) and first_broken(self.digest, self.audit) is None

    def followed_by(self, entry: Entry) -> "Manifest":
        """The manifest with one more entry in its audit trail."""
        previous = self.audit[-1].sha256 if self.audit else self.digest
        sealed = entry.model_copy(update={"previous": previous}).sealed()
        return self.model_copy(update={"audit": (*self.audit, sealed)})

    @property
    def current_files(self) -> dict[str, str]:
        """SHA-256 of every file as it must be now, after all that was issued again."""
        return self.files | {name: digest for entry in self.audit for name, digest in entry.files.items()}

    def corrected(self) -> "Corrected":
        """What grading obeys: the forms with the keys that errata gave them, and the items that do not count."""
        corrections = corrected_keys(self.audit)
        dropped = frozenset(name for name, key in corrections.items() if key is None)
        return Corrected(tuple(_corrected(form, corrections) for form in self.forms), dropped)

    def to_json(self) -> bytes:
        """The manifest as the file that it is kept in."""
        return _as_json(self)


@dataclass(frozen=True)
class Corrected:
    """The forms of a build after its errata."""

    forms: tuple[FormRecord, ...]
    """With the keys that are right; their points are without those of the items that do not count."""
    dropped: frozenset[str]
    """Full names of the items that do not count."""


def corrected_keys(trail: Iterable[Entry]) -> dict[str, tuple[str, ...] | None]:
    """Item -> ids of its right options, or `None` if it does not count; the last word on an item counts."""
    return {correction.item: correction.key for entry in trail for correction in entry.corrections}


def _corrected(form: FormRecord, corrections: Mapping[str, tuple[str, ...] | None]) -> FormRecord:
    items = tuple(
        item.model_copy(update={"key": item.written(key)}) if (key := corrections.get(item.name)) else item
        for item in form.items
    )
    counting = [item.points for item in items if corrections.get(item.name, ()) is not None]
    return form.model_copy(update={"items": items, "points": round(sum(counting), 2)})


def _as_json(whole: Manifest) -> bytes:
    return whole.model_dump_json(indent=1).encode() + b"\n"


def record(form: Form) -> FormRecord:
    """What the manifest says of a form."""
    return FormRecord(
        id=form.id,
        points=form.points,
        candidate=form.candidate,
        version=form.version,
        variant=form.variant,
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
        marking=_marking(item),
    )


def _marking(item: ItemBase) -> Marking | None:
    key = item.keyed()
    number = None if key.number is None else f"{key.number:f}"
    rubric = item.rubric if isinstance(item, Essay) else ()
    told = Marking(
        accepted=key.accepted,
        ignore=key.ignore,
        number=number,
        tolerance=f"{key.tolerance:f}" if key.tolerance else None,
        rubric=tuple(RubricLine(text=line.text, points=line.points) for line in rubric),
    )
    return told if told != Marking() else None


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
    avoided: Iterable[Iterable[str]] = (),
    seats: Mapping[str, tuple[int, int]] | None = None,
    versions: int | None = None,
    templates: Mapping[str, str] | None = None,
    libraries: Mapping[str, str] | None = None,
    sheets: tuple[Sequence[SheetGeometry], Sequence[int]] = ((), ()),
    quiz_id: str | None = None,
    digests: Sequence[str] = (),
) -> bytes:
    """The manifest of a build as JSON; `files` and `templates` are path -> SHA-256.

    `sheets` are the different geometries of answer sheets, and for each form which of them it has; `digests` are
    what responses call the forms.
    """
    geometries, of = sheets
    records = (
        record(form).model_copy(update={"sheet": sheet, "digest": digest})
        for form, sheet, digest in zip_longest(forms, of, digests)
    )
    whole = Manifest(
        quizgen=version,
        quiz=quiz,
        quiz_id=quiz_id,
        title=forms[0].title,
        seed=seed,
        blueprint=dict(blueprint),
        settings=settings,
        scoring=forms[0].scoring,
        banks=tuple(_bank_digest(file) for file in bank.files),
        avoided=tuple(tuple(sorted(items)) for items in avoided),
        seats=None if seats is None else dict(sorted(seats.items())),
        versions=versions,
        templates=dict(sorted((templates or {}).items())),
        libraries=dict(sorted((libraries or {}).items())),
        sheets=tuple(geometries),
        forms=tuple(records),
        files=dict(sorted(files.items())),
    )
    return whole.followed_by(Entry(action="build", files={}, previous="")).to_json()


def _bank_digest(file: BankFile) -> BankDigest:
    images = {name: sha256(image.content).hexdigest() for name, image in sorted(file.images.items())}
    return BankDigest(file=file.file, sha256=file.sha256, images=images)
