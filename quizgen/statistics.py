"""What a bank covers: how many items, points and words there are on which passages, of which skills and types.

Every item is counted once in each table, also where an author has not said what it is: under `None`. So the numbers of
each table sum to the items.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from . import markup
from .article import Passage
from .bank import Bank, BankFile
from .items import ITEM_TYPES, ItemBase
from .items.difficulty import LEVELS, level
from .items.fields import SKILLS
from .pace import USUAL, reading

Tally: TypeAlias = Mapping[str | None, int]
"""How many items there are of each kind; of those whose author did not say, under `None`."""


@dataclass(frozen=True)
class Counts:
    """What some items are, all together."""

    items: int
    points: float
    answering: float
    """Minutes that answering takes, roughly."""
    skills: Tally
    difficulties: Tally
    types: Tally

    @property
    def without_items(self) -> tuple[str, ...]:
        """The skills and difficulties of which there is no item."""
        return tuple(name for tally in (self.skills, self.difficulties) for name, n in tally.items() if name and not n)


@dataclass(frozen=True)
class PassageCoverage:
    """A passage and the items on it; `number` and `id` are `None` for the items without a passage."""

    number: int | None
    id: str | None
    heading: str
    words: int
    counts: Counts

    @property
    def name(self) -> str:
        """The passage's id, or that there is none."""
        return self.id or "without a passage"


@dataclass(frozen=True)
class ArticleCoverage:
    """A bank file: its passages, and all of its items."""

    id: str
    title: str
    language: str
    file: str
    passages: tuple[PassageCoverage, ...]
    counts: Counts

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return sum(passage.words for passage in self.passages)

    @property
    def bare(self) -> tuple[str, ...]:
        """The passages without an item."""
        return tuple(passage.name for passage in self.passages if not passage.counts.items)


@dataclass(frozen=True)
class Coverage:
    """A bank: its articles, and all items of all of them."""

    articles: tuple[ArticleCoverage, ...]
    counts: Counts

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return sum(article.words for article in self.articles)


def coverage(bank: Bank) -> Coverage:
    """What the bank covers."""
    return Coverage(tuple(map(_article, bank.files)), _counts([item for file in bank.files for item in file.items]))


def _article(file: BankFile) -> ArticleCoverage:
    sets: dict[str | None, list[ItemBase]] = {}
    for item in file.items:
        sets.setdefault(item.passage if item.passage in file.by_id else None, []).append(item)
    passages = [_passage(file, passage, sets.get(passage.id, [])) for passage in file.passages]
    if None in sets:
        passages.append(PassageCoverage(None, None, "", 0, _counts(sets[None])))
    article = file.article
    return ArticleCoverage(article.id, article.title, article.language, file.file, tuple(passages), _counts(file.items))


def _passage(file: BankFile, passage: Passage, items: Sequence[ItemBase]) -> PassageCoverage:
    count = passage.words
    heading = markup.to_plain(passage.heading or "")
    return PassageCoverage(file.numbers[passage.id], passage.id, heading, count, _counts(items))


def _counts(items: Sequence[ItemBase]) -> Counts:
    return Counts(
        items=len(items),
        points=round(sum(item.points for item in items), 2),
        answering=sum(USUAL.minutes[item.type] for item in items),
        skills=_tally(items, lambda item: item.skill, SKILLS),
        difficulties=_tally(items, level, LEVELS),
        types=_tally(items, lambda item: item.type, ITEM_TYPES),
    )


def _tally(items: Sequence[ItemBase], kind: Callable[[ItemBase], str | None], kinds: Iterable[str]) -> Tally:
    """How many items are of each kind; kinds of which there is none are listed, `None` only where it is needed."""
    tally: dict[str | None, int] = dict.fromkeys(kinds, 0)
    for item in items:
        tally[kind(item)] = tally.get(kind(item), 0) + 1
    return tally


# --- For other programs -----------------------------------------------------------------------------------------


def plain(covered: Coverage) -> dict[str, Any]:
    """The coverage as JSON holds it; what an author did not say is counted under `none`."""
    return {
        "stats": 1,
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "language": article.language,
                "file": article.file,
                "words": article.words,
                "reading_minutes": round(reading(article.words), 1),
                **_plain(article.counts),
                "passages_without_items": list(article.bare),
                "passages": [
                    {"id": passage.id, "number": passage.number, "words": passage.words, **_plain(passage.counts)}
                    for passage in article.passages
                ],
            }
            for article in covered.articles
        ],
        "all": {
            "words": covered.words,
            "reading_minutes": round(reading(covered.words), 1),
            **_plain(covered.counts),
        },
    }


def _plain(counts: Counts) -> dict[str, Any]:
    def named(tally: Tally) -> dict[str, int]:
        return {name or "none": number for name, number in tally.items()}

    return {
        "items": counts.items,
        "points": counts.points,
        "answering_minutes": counts.answering,
        "skills": named(counts.skills),
        "difficulties": named(counts.difficulties),
        "types": named(counts.types),
        "without_items": list(counts.without_items),
    }
