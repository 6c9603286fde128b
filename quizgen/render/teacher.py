"""What a key shows of a form: what is right, the words that prove it, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..bank import BankFile
from ..form import Form, FormItem, ItemSet
from ..images import Image
from ..items import ItemBase, KeyLine, Matching, MultipleChoice, MultipleResponse, ShortAnswer, TrueFalse, lettered
from .frame import Head, ShownSection, head, sections
from .student import StudentPassage, student_passage
from .templating import words


@dataclass(frozen=True, slots=True)
class OtherOption:
    """An option that is not right: its letter, its text, and why it is wrong."""

    mark: str
    text: str
    why: str | None


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An item with its key in the alphabet of one form."""

    number: int
    points: float
    stem: str
    written: str
    """What a perfect candidate writes, on one line; empty where a person must mark."""
    lines: tuple[KeyLine, ...]
    evidence: tuple[str, ...]
    rationale: str | None
    others: tuple[OtherOption, ...]
    orders: Mapping[str, tuple[str, ...]]
    """What is in another order on each form: `lines`, `others` -> ids of the options (or prompts) that they tell of."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """A passage's heading and the keys of its items."""

    article: str
    opens: bool
    language: str
    passage: StudentPassage | None
    items: tuple[KeyItem, ...]
    images: Mapping[str, Image]


@dataclass(frozen=True, slots=True)
class KeyForm:
    """The key of one form."""

    head: Head
    sections: tuple[ShownSection[KeySet], ...]

    @property
    def sets(self) -> tuple[KeySet, ...]:
        """All sets, in order."""
        return tuple(item_set for section in self.sections for item_set in section.sets)

    @property
    def items(self) -> tuple[KeyItem, ...]:
        """All items, in order."""
        return tuple(item for item_set in self.sets for item in item_set.items)


def key_form(form: Form) -> KeyForm:
    """The key of a form."""
    said = words(form.language)

    def shown(item_set: ItemSet, opens: bool) -> KeySet:
        return _item_set(item_set, opens, said)

    return KeyForm(head(form), sections(form, shown))


def _item_set(item_set: ItemSet, opens: bool, said: Mapping[str, str]) -> KeySet:
    article = item_set.source.article
    items = tuple(key_item(placed, item_set.source, said) for placed in item_set.items)
    return KeySet(article.title, opens, article.language, student_passage(item_set), items, item_set.source.images)


def key_item(placed: FormItem, source: BankFile, said: Mapping[str, str] | None = None) -> KeyItem:
    """The key of one item of a bank file, in the words of quizgen that the form is printed with, or in English."""
    item = placed.item
    others = _others(item)
    return KeyItem(
        placed.number,
        item.points,
        item.stem,
        _written(item, said or words("en")),
        _lines(item, said or words("en")),
        source.evidence(item),
        item.rationale,
        tuple(other for _, other in others),
        _orders(item, [option for option, _ in others]),
    )


def judgement(item: TrueFalse, said: Mapping[str, str]) -> KeyLine:
    """What is right of a statement, as the form has it: the letter and the word."""
    name = item.correct_response()
    return KeyLine(said[f"{name}_letter"], said[name])


def _lines(item: ItemBase, said: Mapping[str, str]) -> tuple[KeyLine, ...]:
    return (judgement(item, said),) if isinstance(item, TrueFalse) else item.key_lines()


def _written(item: ItemBase, said: Mapping[str, str]) -> str:
    key = item.written_key()
    if isinstance(item, TrueFalse):
        return judgement(item, said).mark
    if isinstance(item, ShortAnswer):
        return item.correct_response()
    if isinstance(key, list):
        return ", ".join(key)
    return "" if key is None else f"{key}"


def _others(item: ItemBase) -> list[tuple[str, OtherOption]]:
    """The options that are not right, by id, where there is something to say of them."""
    if not isinstance(item, MultipleChoice | MultipleResponse):
        return []
    letters = lettered(item.printed)
    right = set(item.written_key())
    others = [(choice, letters[choice.id]) for choice in item.printed if letters[choice.id] not in right]
    return [(choice.id, OtherOption(mark, choice.text, choice.why)) for choice, mark in others if choice.why]


def _orders(item: ItemBase, others: list[str]) -> dict[str, tuple[str, ...]]:
    orders = {"others": tuple(others)} if others else {}
    if isinstance(item, MultipleResponse):
        right = item.correct_response()
        orders["lines"] = tuple(choice.id for choice in item.printed if choice.id in right)
    elif isinstance(item, Matching):
        orders["lines"] = tuple(prompt.id for prompt in item.prompts)
    return orders
