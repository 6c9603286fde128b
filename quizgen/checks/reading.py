"""A bank file as the checks read it: every text in plain words, made ready once and only when it is asked for.

A check is given an `ArticleReading`. What is compared are `Wording`s: a text's words, and the stems of those that
carry meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .. import markup
from ..article import Passage
from ..bank import BankFile
from ..diagnostics import Edit, Span
from ..items import (
    Cloze,
    ItemBase,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numeric,
    Option,
    Ordering,
    ShortAnswer,
    TrueFalse,
)
from ..items.evidence import Evidence
from ..items.numeric import plain_digits
from ..language import Language, language, words

_GAP_NUMBER = re.compile(r"\{\{\d+\}\}")


class Wording:
    """A text without its marks, its words in lower case, and the stems of those that carry meaning."""

    def __init__(self, source: str, spoken: Language) -> None:
        self.source = source
        """The text as it was typed, with its marks."""
        self._language = spoken

    @cached_property
    def text(self) -> str:
        """The text without marks and with single spaces."""
        return markup.fold(markup.to_plain(self.source))

    @cached_property
    def words(self) -> list[str]:
        """All words, in order."""
        return words(self.text)

    @cached_property
    def content(self) -> list[str]:
        """The stems of the words that carry meaning, in order."""
        return self._language.content(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The same without their order."""
        return frozenset(self.content)


@dataclass(frozen=True)
class OptionReading:
    """An option of a choice item: its wording, whether it is right, and where it stands in the record."""

    wording: Wording
    right: bool
    path: tuple[str | int, ...]
    option: Option


class ItemReading:
    """An item as the checks read it."""

    def __init__(self, item: ItemBase, article: "ArticleReading") -> None:
        self.item = item
        self.article = article

    @cached_property
    def stem(self) -> Wording:
        """The stem."""
        return self.article.wording(self.item.stem)

    @cached_property
    def asked(self) -> Wording:
        """All that a candidate is asked besides options: the stem, and of a cloze the text around its gaps."""
        if isinstance(self.item, Cloze):
            return self.article.wording(f"{self.item.stem}\n\n{_GAP_NUMBER.sub(' ', self.item.shown().text)}")
        return self.stem

    @cached_property
    def options(self) -> tuple[OptionReading, ...]:
        """What can be chosen in a multiple_choice or multiple_response item, right ones first; else nothing."""
        match self.item:
            case MultipleChoice():
                right: list[tuple[Option, tuple[str | int, ...]]] = [(self.item.answer, ("answer",))]
            case MultipleResponse():
                right = [(option, ("answers", n)) for n, option in enumerate(self.item.answers)]
            case _:
                return ()
        wrong: list[tuple[Option, tuple[str | int, ...]]] = [
            (option, ("distractors", n)) for n, option in enumerate(self.item.distractors)
        ]
        return tuple(
            OptionReading(self.article.wording(option.text), place < len(right), path, option)
            for place, (option, path) in enumerate([*right, *wrong])
        )

    @cached_property
    def right(self) -> tuple[OptionReading, ...]:
        """The right options."""
        return tuple(option for option in self.options if option.right)

    @cached_property
    def wrong(self) -> tuple[OptionReading, ...]:
        """The distractors."""
        return tuple(option for option in self.options if not option.right)

    @cached_property
    def keys(self) -> tuple[Wording, ...]:
        """What is right, in words, each by its best wording; of a true_false item nothing, since its key is no text."""
        return tuple(self.article.wording(text) for text in self._key_texts())

    def _key_texts(self) -> Iterator[str]:
        match self.item:
            case MultipleChoice() | MultipleResponse():
                yield from (option.wording.source for option in self.right)
            case ShortAnswer():
                yield self.item.answers[0]
            case Numeric():
                yield plain_digits(self.item.answer)
            case Cloze():
                yield from (gap[0] for gap in self.item.gaps)
            case Matching():
                yield from (f"{prompt} {option.text}" for prompt, option in self.item.pairs.items())
            case Ordering():
                yield from (option.text for option in self.item.sequence)

    @property
    def statement(self) -> Wording | None:
        """The statement of a true_false item."""
        return self.stem if isinstance(self.item, TrueFalse) else None

    @cached_property
    def passage(self) -> "PassageReading | None":
        """The passage that the item asks about."""
        return self.article.passages.get(self.item.passage or "")

    @cached_property
    def proofs(self) -> tuple[tuple[Evidence, Wording | None], ...]:
        """What is given as evidence, each with its words: the quotation, or what a reference refers to, if anything."""
        passage = self.passage.passage.text if self.passage else ""
        found = [(part, part.within(passage)) for part in self.item.evidence or ()]
        return tuple((part, None if text is None else self.article.wording(text)) for part, text in found)

    @cached_property
    def evidence(self) -> tuple[Wording, ...]:
        """The words of the passage that are given as evidence."""
        return tuple(words for _, words in self.proofs if words is not None)

    @cached_property
    def rationale(self) -> Wording:
        """The rationale; without words where there is none."""
        return self.article.wording(self.item.rationale or "")

    def lacks(self, key: str) -> bool:
        """Whether a key was left out; one with a value that cannot be used was not."""
        return self.article.file.lacks(self.item, key)

    def at(self, *keys: str | int, key: bool = False) -> Span:
        """Where a value of the item stands, or the item itself."""
        return self.article.file.at(self.item, *keys, key=key)

    def at_text(self, text: str, *keys: str | int) -> Span:
        """Where some words stand in a value of the item; the value's own place where they cannot be found."""
        return self.article.file.document.locate((*self.article.file.path(self.item), *keys), text)

    def inserted(self, key: str, value: str, *keys: str | int, after: str = "") -> tuple[Edit, ...]:
        """The edit that adds `key: value` to the item, or to the mapping in it that `keys` leads to."""
        return self.article.file.document.inserted((*self.article.file.path(self.item), *keys), key, value, after)


class PassageReading:
    """A passage as the checks read it."""

    def __init__(self, passage: Passage, article: "ArticleReading") -> None:
        self.passage = passage
        self.article = article
        self.wording = article.wording(passage.text)

    @property
    def missing(self) -> bool:
        """Whether its words are in a file that is not here."""
        return not self.passage.text

    @cached_property
    def items(self) -> tuple[ItemReading, ...]:
        """The items on this passage (item set), in order."""
        return tuple(item for item in self.article.items if item.item.passage == self.passage.id)

    def at(self, *keys: str | int, key: bool = False) -> Span:
        """Where a value of the passage stands, or the passage itself."""
        return self.article.file.at(self.passage, *keys, key=key)


class ArticleReading:
    """A bank file as the checks read it."""

    def __init__(self, file: BankFile) -> None:
        self.file = file
        self.language = language(file.article.language)

    @property
    def english(self) -> bool:
        """Whether checks that know English words apply."""
        return self.language.english

    def wording(self, source: str) -> Wording:
        """A text of this article."""
        return Wording(source, self.language)

    @cached_property
    def items(self) -> tuple[ItemReading, ...]:
        """All items, in order."""
        return tuple(ItemReading(item, self) for item in self.file.items)

    @cached_property
    def passages(self) -> dict[str, PassageReading]:
        """All passages by their ids, in order."""
        return {passage.id: PassageReading(passage, self) for passage in self.file.passages}
