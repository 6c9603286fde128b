"""What all item types share: the fields an author may give, options and their ids, and what a candidate is shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr

from ..diagnostics import Fault
from .evidence import Evidences
from .fields import AnyText, Difficulty, Id, Line, Record, Skill, Text, digest, hundredths, same, slug
from .wording import Ignored

Rank: TypeAlias = Callable[[str], bytes]
"""Where an option comes in a form's order: sort by what it gives for the option's id. It cannot see the key."""

Response: TypeAlias = "str | Sequence[str | None] | Mapping[str, str] | None"
"""What a candidate gave, by option ids, never by letters: one id or text, several, or prompt id -> match id.
`None`, and every empty value, is a blank and earns 0."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Option(Record):
    """A choice, a match or an entry that a candidate picks from; `why` says why it is wrong (or right)."""

    text: Annotated[Line, Field(description="what is printed, in one line")]
    why: Annotated[
        Text | None, Field(description="why it is wrong, or right; students see it only when they practise")
    ] = None
    pinned: Annotated[Literal["first", "last"] | None, Field(description="keeps it in its place on every form")] = None
    id: Annotated[Id | None, Field(description="its name in records; made from its text by default")] = None


def _option(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


OptionText = Annotated[Option, BeforeValidator(_option, json_schema_input_type=AnyText | Option)]
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


@dataclass(frozen=True, slots=True)
class Keyed:
    """What it takes to mark a response to an item, and no more: manifests keep it, so grading needs no bank."""

    points: float
    right: tuple[str, ...] = ()
    """Ids of the right options, or of all entries in their right order."""
    matches: Mapping[str, str] = field(default_factory=dict)
    """Prompt id -> id of its match."""
    options: tuple[str, ...] = ()
    """Ids of all options."""
    accepted: tuple[tuple[str, ...], ...] = ()
    """For each field the answers that are accepted, as they are typed."""
    ignore: tuple[Ignored, ...] = ()
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)


class ItemBase(Record):
    """The fields that every item has. What depends on the type is in the type's own file.

    An item comes with an order: `shuffled` gives a twin in another one. `shown`, `key_lines` and `written_key`
    follow that order; `correct_response`, `keyed` and `score` go by option ids and do not.
    """

    hand_scored: ClassVar[bool] = False
    """Whether a person must read the response; `score` then gives `None` for whatever was written."""

    id: Annotated[
        Id, Field(description="its name for ever, the only one in its article: lower-case letters, digits and hyphens")
    ]
    type: str
    stem: Annotated[Text, Field(description="the question or the instruction")]
    passage: Annotated[Id | None, Field(description="the id of the passage that it asks about")] = None
    evidence: Annotated[
        Evidences | None,
        Field(description="the words of the passage that prove the key: exactly as they stand there, once"),
    ] = None
    rationale: Annotated[
        Text | None, Field(description="why the key is right; students see it only when they practise")
    ] = None
    difficulty: Annotated[
        Difficulty | None, Field(description="easy, medium, hard, or the share that gets it right: 0.65")
    ] = None
    skill: Annotated[Skill | None, Field(description="the process of comprehension that it asks for (PIRLS)")] = None
    tags: Annotated[tuple[Line, ...], Field(description="words to find it by")] = ()
    enemies: Annotated[
        tuple[Id, ...], Field(description="ids of items of the article that are not to stand in one form with it")
    ] = ()
    points: Annotated[
        float, Field(ge=0.01, le=1000, description="what it is worth, 1 by default"), AfterValidator(hundredths)
    ] = 1

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

    def keyed(self) -> Keyed:
        """What it takes to mark a response."""
        raise AssertionError(f"{self.type} does not say what it takes to mark it")

    @staticmethod
    def mark(key: Keyed, response: Response) -> float | None:
        """What a response earns, 0 to `points`; `None` where a person must read it. Garbage earns 0."""
        raise AssertionError(f"this type does not say what a response to {key} earns")

    def score(self, response: Response) -> float | None:
        """What a response to this item earns."""
        return self.mark(self.keyed(), response)

    def key_lines(self) -> tuple[KeyLine, ...]:
        """What an answer key prints, in printed order."""
        raise AssertionError(f"{self.type} does not say what its key is")

    def written_key(self) -> list[str] | int | float | None:
        """What a perfect candidate writes, in the printed alphabet."""
        raise AssertionError(f"{self.type} does not say what is written")


def share(points: float, earned: int, of: int) -> float:
    """Partial credit: `earned` parts of `of`, never below 0; all of them are exactly `points`."""
    return points * (max(0, earned) / of)
