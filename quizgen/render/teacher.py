"""What a key shows of a form: what is right, the words that prove it, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..bank import BankFile
from ..form import Form, FormItem, ItemSet
from ..images import Image
from ..items import ItemBase, KeyLine, MultipleChoice, MultipleResponse, ShortAnswer, lettered
from .frame import Head, ShownSection, head, sections
from .student import StudentPassage, student_passage


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
    return KeyForm(head(form), sections(form, _item_set))


def _item_set(item_set: ItemSet, opens: bool) -> KeySet:
    article = item_set.source.article
    items = tuple(key_item(placed, item_set.source) for placed in item_set.items)
    return KeySet(article.title, opens, article.language, student_passage(item_set), items, item_set.source.images)


def key_item(placed: FormItem, source: BankFile) -> KeyItem:
    """The key of one item of a bank file."""
    item = placed.item
    return KeyItem(
        placed.number,
        item.points,
        item.stem,
        _written(item),
        item.key_lines(),
        source.evidence(item),
        item.rationale,
        _others(item),
    )


def _written(item: ItemBase) -> str:
    key = item.written_key()
    if isinstance(item, ShortAnswer):
        return item.correct_response()
    if isinstance(key, list):
        return ", ".join(key)
    return "" if key is None else f"{key}"


def _others(item: ItemBase) -> tuple[OtherOption, ...]:
    """The options that are not right, where there is something to say of one of them."""
    if not isinstance(item, MultipleChoice | MultipleResponse):
        return ()
    letters = lettered(item.printed)
    right = set(item.written_key())
    others = [OtherOption(letters[c.id], c.text, c.why) for c in item.printed if letters[c.id] not in right]
    return tuple(other for other in others if other.why)
