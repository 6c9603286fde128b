"""What an edit of an article means for its items: `check --since`."""

from collections.abc import Iterator

from .. import markup
from ..article import Passage
from ..bank import BankFile
from ..diagnostics import Diagnostic, note
from ..items import ItemBase
from ..items.evidence import paragraphs


def touched_items(before: BankFile, after: BankFile, revision: str) -> Iterator[Diagnostic]:
    """A note (Q390) for every item whose passage reads differently now, in the paragraphs that its evidence is from.

    An item without evidence is touched by every edit of its passage. A passage that is new touches nothing.
    """
    old = {passage.id: set(_paragraphs(passage)) for passage in before.passages}
    for item in after.items:
        passage = after.by_id.get(item.passage or "")
        if passage is None or passage.id not in old or not passage.text:
            continue
        changed = [part for part in _paragraphs(passage) if part not in old[passage.id]]
        gone = old[passage.id] - set(_paragraphs(passage))
        if (changed or gone) and _rests_on(after, item, changed):
            place = after.at(item, "evidence" if item.evidence else "stem")
            message = f"passage '{passage.id}' was edited here since {revision}"
            yield note("Q390", message, place, "read the item once more beside its passage")


def _rests_on(file: BankFile, item: ItemBase, changed: list[str]) -> bool:
    """Whether evidence of the item stands in one of the changed paragraphs, or nowhere any more."""
    quotations = [_words(words) for words in file.evidence(item)]
    if not quotations:
        return True
    passage = file.by_id[item.passage or ""]
    standing = " ".join(_paragraphs(passage))
    return any(words not in standing or any(words in part for part in changed) for words in quotations)


def _paragraphs(passage: Passage) -> list[str]:
    return [_words(part) for part in paragraphs(passage.text)]


def _words(text: str) -> str:
    return markup.fold(markup.to_plain(text))
