"""What all item types share: the fields an author may give, options and their ids, and what a candidate is shown."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from .. import markup
from ..diagnostics import Fault, report

Rank: TypeAlias = Callable[[str], bytes]
"""Where an option comes in a form's order: sort by what it gives for the option's id. It cannot see the key."""

Response: TypeAlias = "str | Sequence[str | None] | Mapping[str, str] | None"
"""What a candidate gave, by option ids, never by letters: one id or text, several, or prompt id -> match id.
`None`, and every empty value, is a blank and earns 0."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _sound(text: str) -> str:
    """A text that is not empty and in which all marks can be set."""
    return _checked(text.strip(), inline=False)


def _sound_line(text: str) -> str:
    """The same of a text that is set as one line."""
    return _checked(markup.join_lines(text), inline=True)


def _checked(text: str, *, inline: bool) -> str:
    if not text:
        report([Fault("Q106", "the text is empty", hint="write it, or take the key out")])
    report(markup.faults(text, inline=inline))
    return text


_TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}  # an editor's YAML reader calls `1931` a number; we do not

Text = Annotated[str, AfterValidator(_sound), WithJsonSchema(_TEXT_SCHEMA)]
"""A text of one or more paragraphs, in the Markdown subset of `markup`."""

Line = Annotated[str, AfterValidator(_sound_line), WithJsonSchema(_TEXT_SCHEMA)]
"""A text of one line: its line breaks are spaces."""

_SPAN = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def _span(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _SPAN.fullmatch(value.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= first <= last:
        report([Fault("Q104", f"'{value}' is not a number or a range", hint="such as 4, or 3-5")])
    return first, last


NumberSpan: TypeAlias = Annotated[
    tuple[int, int],
    BeforeValidator(_span),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": _SPAN.pattern}]}),
]
"""A number or a range of numbers, `4` or `3-5`, as (first, last), from 1."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _named(name: str) -> str:
    if not _ID.fullmatch(name) or len(name) > 80:
        better = slug(name)
        hint = f"write {better}" if better else "use lower-case letters, digits and single hyphens"
        report([Fault("Q107", f"'{name}' cannot be an id", hint=hint)])
    return name


Id = Annotated[
    str,
    AfterValidator(_named),
    WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$", "maxLength": 80}),
]
"""A name for ever: at most 80 lower-case letters, digits and single hyphens."""


class Record(BaseModel):
    """A record that an author writes: unknown keys are refused, and nothing in it changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Option(Record):
    """A choice, a match or an entry that a candidate picks from; `why` says why it is wrong (or right)."""

    text: Line
    why: Text | None = None
    pinned: Literal["first", "last"] | None = None
    id: Id | None = None


def _option(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


_AnyText = Annotated[str, WithJsonSchema(_TEXT_SCHEMA)]
OptionText = Annotated[Option, BeforeValidator(_option, json_schema_input_type=_AnyText | Option)]
"""An option as an author writes it: a text, or a mapping with more about it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option in its place: its id and its text."""

    id: str
    text: str
    why: str | None = None
    pinned: Literal["first", "last"] | None = None


def choices(options: Iterable[Option]) -> tuple[Choice, ...]:
    """The options with their ids, in an order that does not tell how they came to be: by id.

    An option's id is its own text as a slug, or that with a digest of the text, where slugs are empty or meet.
    So an id depends on texts only, never on which option is the key.
    """
    known = list(options)
    given = [option.id for option in known]
    slugs = [option.id or slug(option.text) for option in known]
    named = (
        Choice(
            name
            if name and (slugs.count(name) == 1 or (option.id and given.count(name) == 1))
            else f"{name or 'option'}-{digest(option.text)}",
            option.text,
            option.why,
            option.pinned,
        )
        for option, name in zip(known, slugs, strict=True)
    )
    return tuple(sorted(named, key=lambda choice: choice.id))


def slug(text: str) -> str:
    """The text as an id, cut at 40 characters; empty where it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", markup.to_plain(text)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def digest(text: str) -> str:
    """Eight hexadecimal digits that a text has and hardly any other."""
    return sha256(same(text).encode()).hexdigest()[:8]


def same(text: str) -> str:
    """The text as a reader sees it: two texts that print alike are equal."""
    return markup.fold(unicodedata.normalize("NFC", text))


def texts(response: Response) -> list[str | None]:
    """A response that should be a list as one, whatever came: what is not a text is a blank."""
    if response is None or isinstance(response, Mapping):
        return []
    given = [response] if isinstance(response, str) else list(response)
    return [text if isinstance(text, str) and text.strip() else None for text in given]


def ranked(found: Iterable[Choice], rank: Rank | None) -> tuple[Choice, ...]:
    """The choices in a form's order; those that are pinned stay first or last."""
    place = {"first": 0, None: 1, "last": 2}
    return tuple(sorted(found, key=lambda choice: (place[choice.pinned], rank(choice.id) if rank else b"", choice.id)))


def lettered(found: Sequence[Choice]) -> dict[str, str]:
    """Option id -> its printed letter; after Z come AA, AB and so on."""
    return {choice.id: letter(number) for number, choice in enumerate(found)}


def letter(number: int) -> str:
    """The letter of the option (or form) with this number, from 0."""
    first, rest = divmod(number, len(LETTERS))
    return (letter(first - 1) if first else "") + LETTERS[rest]


def equal_texts(named: Sequence[tuple[str, tuple[str | int, ...]]], code: str, what: str) -> list[Fault]:
    """A fault for every text that stands a second time among (text, where) pairs."""
    seen: dict[str, str] = {}
    found = []
    for text, at in named:
        if same(text) in seen:
            found.append(Fault(code, f"'{text}' {what}", at, "take one out, or word it differently"))
        seen[same(text)] = text
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What a candidate is shown of an item. It has no field for a key, a rationale or an evidence, so nothing that
    is made from it can tell them; and its ids are numbers and letters."""

    type: str
    stem: str
    points: float
    choices: tuple[str, ...] = ()
    """Texts of the options (or matches, or entries), in printed order; their letters follow from it."""
    prompts: tuple[str, ...] = ()
    """Texts to be matched, in printed order; their numbers follow from it."""
    blanks: int = 0
    """How many answers are to be filled in: the gaps of a cloze, the places of an ordering."""
    text: str = ""
    """The text of a cloze, with its gaps as `{{1}}`, `{{2}}` ..."""
    unit: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of an answer key: what is written on paper (`B`, `1-C`, or nothing) and the text that it stands for."""

    mark: str
    text: str


def _difficulty(value: Any) -> Any:
    if isinstance(value, list | dict):
        report([Fault("Q105", "a list or a mapping is not a difficulty", hint=_HINT)])
    if isinstance(value, str) and value not in _LEVELS:
        try:
            facility = float(value)
        except ValueError:
            facility = -1
        if not 0 <= facility <= 1:
            report([Fault("Q105", f"'{value}' is not a difficulty", hint=_HINT)])
        return facility
    return value


_LEVELS = ("easy", "medium", "hard")
_HINT = "one of: easy, medium, hard; or the share that gets it right: 0.65"
Difficulty = Annotated[
    Literal["easy", "medium", "hard"] | float,
    BeforeValidator(_difficulty),
    WithJsonSchema({"anyOf": [{"enum": _LEVELS}, {"type": "number", "minimum": 0, "maximum": 1}]}),
]
"""A judged level, or a measured facility: the share of candidates that gets the item right, 0 to 1."""


def _hundredths(points: float) -> float:
    """Points are added up in hundredths, so that they sum exactly."""
    if abs(points * 100 - round(points * 100)) > 1e-6:
        report([Fault("Q109", f"'{points:g}' has more than two decimals", hint=f"write {round(points, 2):g}")])
    return points


class Evidence(Record):
    """The words of the passage that make the key right: a quotation, or a paragraph or lines by their number.

    Paragraphs are separated by empty lines, lines are those that were typed and are not empty; both count from 1. A
    reference would not notice an edit; so it records by its `digest` what stood there (`digest` of the words).
    """

    quote: Text | None = None
    paragraph: Annotated[int, Field(ge=1)] | None = None
    lines: NumberSpan | None = None
    digest: Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{8}$"})] | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        given = [name for name in ("quote", "paragraph", "lines") if getattr(self, name) is not None]
        if len(given) != 1:
            message = "one of quote, paragraph and lines is needed" if not given else f"{' and '.join(given)} at once"
            report([Fault("Q105", message, hint="quote the words, or name a paragraph, or lines such as 3-5")])
        return self

    def within(self, passage: str) -> str | None:
        """The words that are meant, as they stand in the passage's text; `None` where there is no such part."""
        if self.quote is not None:
            return self.quote
        parts = paragraphs(passage) if self.paragraph is not None else _typed_lines(passage)
        first, last = self.lines or (self.paragraph or 1, self.paragraph or 1)
        return "\n".join(parts[first - 1 : last]) if last <= len(parts) else None


def paragraphs(text: str) -> list[str]:
    """The parts of a text between empty lines."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if part.strip()]


def _typed_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _quotations(value: Any) -> Any:
    if isinstance(value, list):
        return tuple({"quote": entry} if isinstance(entry, str) else entry for entry in value)
    return ({"quote": value} if isinstance(value, str) else value,)


Evidences = Annotated[
    tuple[Evidence, ...],
    Field(min_length=1),
    BeforeValidator(_quotations, json_schema_input_type=_AnyText | Evidence | list[_AnyText | Evidence]),
]
"""What proves a key, as an author writes it: a quotation, a reference, or several."""


class ItemBase(Record):
    """The fields that every item has. What depends on the type is in the type's own file.

    An item comes with an order: `shuffled` gives a twin in another one. `shown`, `key_lines` and `written_key`
    follow that order; `correct_response` and `score` go by option ids and do not.
    """

    hand_scored: ClassVar[bool] = False
    """Whether a person must read the response; `score` then gives `None` for whatever was written."""

    id: Id
    type: str
    stem: Text
    passage: Id | None = None
    evidence: Evidences | None = None
    rationale: Text | None = None
    difficulty: Difficulty | None = None
    skill: Literal["retrieve", "infer", "interpret", "evaluate"] | None = None
    tags: tuple[Line, ...] = ()
    points: Annotated[float, Field(ge=0.01, le=1000), AfterValidator(_hundredths)] = 1

    _printed: tuple[Choice, ...] = PrivateAttr(default=())

    def shuffled(self, rank: Rank) -> Self:
        """The same item with its options in the order of `rank`."""
        twin = self.model_copy()
        twin._printed = ranked(self.offered, rank)
        return twin

    @property
    def offered(self) -> tuple[Choice, ...]:
        """All that can be picked, in an order that depends on texts only."""
        return ()

    @property
    def printed(self) -> tuple[Choice, ...]:
        """All that can be picked, in printed order."""
        return self._printed or ranked(self.offered, None)

    @property
    def prompts(self) -> tuple[Choice, ...]:
        """What a match is to be found for, in printed order."""
        return ()

    def shown(self) -> Shown:
        """What a candidate sees, in printed order."""
        return Shown(self.type, self.stem, self.points, tuple(choice.text for choice in self.printed))

    def correct_response(self) -> Response:
        """What earns all the points; `None` where only a person can tell."""
        raise AssertionError(f"{self.type} does not say what is right")

    def score(self, response: Response) -> float | None:
        """What a response earns, 0 to `points`; `None` where a person must read it. Garbage earns 0."""
        raise AssertionError(f"{self.type} does not say what a response earns")

    def key_lines(self) -> tuple[KeyLine, ...]:
        """What an answer key prints, in printed order."""
        raise AssertionError(f"{self.type} does not say what its key is")

    def written_key(self) -> list[str] | int | float | None:
        """What a perfect candidate writes, in the printed alphabet."""
        raise AssertionError(f"{self.type} does not say what is written")


def share(points: float, earned: int, of: int) -> float:
    """Partial credit: `earned` parts of `of`, never below 0; all of them are exactly `points`."""
    return points * (max(0, earned) / of)
