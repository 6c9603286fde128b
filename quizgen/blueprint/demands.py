"""Blueprint, SectionPlan: what an author demands of a form and of its sections."""

import re
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
)

from ..diagnostics import Fault, report
from ..items import Record, Type
from ..items.difficulty import Level
from ..items.fields import Id, Line, Skill, Text, Title
from ..items.scoring import PLAIN, Scoring
from ..pace import MINUTES, WORDS_A_MINUTE, Pace
from .ranges import Amount, Count, Some, SomeAmount

Order: TypeAlias = Literal["by_passage", "fixed", "shuffled", "easy_to_hard"]
"""`by_passage`: passages as in their article, the items of each by lot. `fixed`: items too as in the bank, on all forms
alike. `shuffled`: passages by lot too. `easy_to_hard`: passages, and the items of each, from the easiest on."""

_FULL_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


def _full_id(name: str) -> str:
    if not _FULL_ID.fullmatch(name):
        report([Fault("Q107", f"'{name}' cannot be an id", hint="write the id, or article/id")])
    return name


FullId = Annotated[
    str, AfterValidator(_full_id), WithJsonSchema({"type": "string", "pattern": f"^{_FULL_ID.pattern}$"})
]
"""The id of an item or a passage; with that of its article where two articles have one of this name."""


Name = TypeVar("Name")


def _kind(value: Any) -> str:
    return "of each" if isinstance(value, dict) else "from" if isinstance(value, list | tuple) else "how many"


FromOrEach = Annotated[
    Annotated[tuple[Name, ...], Tag("from")] | Annotated[dict[Name, Count], Tag("of each")],
    Discriminator(lambda value: "of each" if isinstance(value, dict) else "from"),
]
"""A list of the kinds to draw from, or a mapping that says how many items of each there are."""


class Demands(Record):
    """What a form, or one of its sections, holds. What is not said is not demanded."""

    items: Annotated[Some | None, Field(description="how many items: 12, 10-12 or 10+")] = None
    points: Annotated[SomeAmount | None, Field(description="how many points they have in all")] = None
    minutes: Annotated[
        SomeAmount | None, Field(description="working time, reading and answering; a number alone is the most")
    ] = None
    articles: Annotated[
        FromOrEach[Id], Field(description="ids of the articles to draw from, or how many items of each")
    ] = ()
    passages: Annotated[
        Annotated[Count, Tag("how many")]
        | Annotated[tuple[FullId, ...], Tag("from")]
        | Annotated[dict[FullId, Count], Tag("of each")],
        Discriminator(_kind),
        Field(description="how many passages are read, which they are drawn from, or how many items each has"),
    ] = ()
    per_passage: Annotated[Some | None, Field(description="how many items each passage has that is read")] = None
    types: Annotated[FromOrEach[Type], Field(description="types to draw from, or how many items of each")] = ()
    skills: Annotated[FromOrEach[Skill], Field(description="skills to draw from, or how many items of each")] = ()
    difficulty: Annotated[FromOrEach[Level], Field(description="levels to draw from, or how many items of each")] = ()
    tags: Annotated[FromOrEach[Line], Field(description="tags to draw from, or how many items of each")] = ()
    facility: Annotated[
        Amount | None, Field(description="the share that a candidate is expected to get right, on average: 0.5-0.7")
    ] = None
    must_have: Annotated[tuple[FullId, ...], Field(description="items that every form has")] = ()
    must_not_have: Annotated[tuple[FullId, ...], Field(description="items that no form has")] = ()


class SectionPlan(Demands):
    """A part of a form with demands of its own."""

    title: Annotated[Title | None, Field(description="printed above the section")] = None
    instructions: Annotated[Text | None, Field(description="printed below its title")] = None
    order: Annotated[
        Order | None, Field(description="how its passages and items are ordered; as in the form by default")
    ] = None


class Tolerance(Record):
    """How far forms with different items may be apart."""

    difficulty: Annotated[float, Field(ge=0, le=100, description="mean facility, in per cent of the first form's")] = 2
    minutes: Annotated[float, Field(ge=0, le=100, description="working time, in per cent of the first form's")] = 10
    skills: Annotated[int, Field(ge=0, le=1000, description="items of each skill")] = 1


class PaceRecord(Record):
    """How fast candidates are, where it is not as usual."""

    words_a_minute: Annotated[float, Field(ge=10, le=1000, description="how fast they read")] = WORDS_A_MINUTE
    minutes: Annotated[
        dict[Type, Annotated[float, Field(ge=0, le=240)]],
        Field(default_factory=dict, description="minutes that an item of a type takes"),
    ]


class Avoid(Record):
    """Items to stay away from, since a class has seen them."""

    seen_by: str
    since: str | None = None
    """A date, YYYY-MM-DD; what was seen earlier may come again."""

    def __str__(self) -> str:
        return f"seen by {self.seen_by}" + (f" since {self.since}" if self.since else "")


_AVOID = re.compile(r"seen by (\S.{0,60}?)(?: since (\d{4}-\d{2}-\d{2}))?")


def _avoid(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _AVOID.fullmatch(value.strip())
    if not match:
        hint = "write `seen by 7B`, or `seen by 7B since 2026-09-01`"
        report([Fault("Q104", f"'{value}' is not what 'avoid' takes", hint=hint)])
    return {"seen_by": match[1], "since": match[2]} if match else value


Avoided = Annotated[
    Avoid,
    BeforeValidator(_avoid),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_AVOID.pattern}$"}),
]


_OVERLAPS = ("all", "any", "none")


def _overlap(value: Any) -> Any:
    if value in _OVERLAPS or isinstance(value, int):
        return value
    if isinstance(value, str) and value.isdecimal() and len(value) < 6:
        return int(value)
    report([Fault("Q105", f"'{value}' is not a word for 'overlap'", hint="all, any, none, or a number of items")])
    return value


class Blueprint(Demands):
    """What every form of a quiz holds, and how its forms differ. Without demands, a form has all items."""

    quiz: Annotated[Id, Field(description="names the quiz and the folder that a build writes")]
    title: Annotated[Title | None, Field(description="printed above the form; the article's title by default")] = None
    header: Annotated[Title | None, Field(description="printed above the title: a school, a subject")] = None
    instructions: Annotated[Text | None, Field(description="printed below the title, in place of the usual words")] = (
        None
    )
    sections: Annotated[tuple[SectionPlan, ...], Field(max_length=20, description="the parts of a form, in order")] = ()
    enemies: Annotated[
        tuple[Annotated[tuple[FullId, ...], Field(min_length=2)], ...],
        Field(description="items of which a form has at most one: lists of two or more"),
    ] = ()
    avoid: Annotated[
        tuple[Avoided, ...],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
        Field(description="items that the ledger says a class has seen: `seen by 7B`; one or several"),
    ] = ()
    order: Annotated[Order, Field(description="how passages and items are ordered")] = "by_passage"
    options: Annotated[
        Literal["shuffled", "fixed"], Field(description="whether forms differ in the order of options")
    ] = "shuffled"
    max_run: Annotated[
        int | None, Field(ge=1, le=100, description="the most answers in a row that may have one letter")
    ] = None
    overlap: Annotated[
        Literal["all", "any", "none"] | int,
        PlainValidator(_overlap),
        WithJsonSchema({"anyOf": [{"enum": _OVERLAPS}, {"type": "integer", "minimum": 0}]}),
        Field(description="how many items two forms share: all (the same items), any, none, or at most so many"),
    ] = "all"
    tolerance: Annotated[Tolerance, Field(description="how far forms with different items may be apart")] = Tolerance()
    pace: Annotated[PaceRecord, Field(description="how fast candidates read and answer")] = PaceRecord(minutes={})
    scoring: Annotated[Scoring, Field(description="how responses are marked")] = PLAIN

    @property
    def tempo(self) -> Pace:
        """How fast candidates are."""
        return Pace(self.pace.words_a_minute, MINUTES | dict(self.pace.minutes.items()))

    @property
    def plans(self) -> tuple[SectionPlan, ...]:
        """The sections; a blueprint without them has one without demands of its own."""
        return self.sections or (SectionPlan(),)
