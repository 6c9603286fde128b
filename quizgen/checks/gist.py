"""What the checks that compare files need to know of each: little, and plain enough to be kept from run to run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..diagnostics import Span
from ..items import Matching, Ordering
from .reading import ArticleReading, ItemReading, Wording


@dataclass(frozen=True, slots=True)
class StemGist:
    """An item's stem: its words that carry meaning, in order, those of its key and evidence, and where it stands."""

    item: str
    words: tuple[str, ...]
    key: tuple[str, ...]
    evidence: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Gist:
    """A bank file: its article's id, where that stands, and the stems of its items."""

    article: str
    span: Span
    stems: tuple[StemGist, ...]


def _asked(item: ItemReading) -> Iterator[str]:
    """The words of what is asked; an instruction such as "Match each" asks for what stands below it."""
    yield from item.asked.content
    if isinstance(item.item, Matching | Ordering):
        for key in item.keys:
            yield from key.content


def _stems(texts: Iterable[Wording]) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*(text.stems for text in texts))))


def gist(article: ArticleReading) -> Gist:
    """The gist of a bank file."""
    file = article.file
    stems = tuple(
        StemGist(item.item.id, tuple(_asked(item)), _stems(item.keys), _stems(item.evidence), item.at("stem"))
        for item in article.items
    )
    return Gist(file.article.id, file.document.span(("article", "id")), stems)
