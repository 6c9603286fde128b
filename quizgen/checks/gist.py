"""What the checks that compare files need to know of each: little, and plain enough to be kept from run to run."""

from dataclasses import dataclass

from ..bank import BankFile
from ..diagnostics import Span
from .reading import ArticleReading


@dataclass(frozen=True, slots=True)
class StemGist:
    """An item's stem: its words that carry meaning, in order, and where it stands."""

    item: str
    words: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Gist:
    """A bank file: its article's id, where that stands, and the stems of its items."""

    article: str
    span: Span
    stems: tuple[StemGist, ...]


def gist(file: BankFile) -> Gist:
    """The gist of a bank file."""
    article = ArticleReading(file)
    stems = tuple(StemGist(item.item.id, tuple(item.asked.content), item.at("stem")) for item in article.items)
    return Gist(file.article.id, file.document.span(("article", "id")), stems)
