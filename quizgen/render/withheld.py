"""Forms with something left out: what cannot be set must not cost all the rest."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from ..article import Passage
from ..diagnostics import Span
from ..form import Form, FormItem, ItemSet, Section
from ..items import Essay, ItemBase
from .templating import words


def things(forms: Sequence[Form]) -> list[tuple[str, Span]]:
    """All items and passages of the forms: full names (`article/item`), and where they stand."""
    found: dict[str, Span] = {}
    for item_set in (item_set for form in forms for item_set in form.sets):
        own = [item_set.passage] if item_set.passage else []
        records: list[ItemBase | Passage] = [*own, *(placed.item for placed in item_set.items)]
        for record in records:
            name = _name(item_set, record)
            if name not in found:
                found[name] = item_set.source.at(record)
    return list(found.items())


def without(form: Form, names: Collection[str]) -> Form:
    """The form with a notice in the place of each of these items and passages; numbers and points stay as they are."""
    notice = words(form.language)["cannot_be_printed"]
    return _changed(form, lambda item_set: _noticed(item_set, names, notice))


def only(forms: Sequence[Form], names: Collection[str]) -> Form:
    """A form of nothing but these items and passages, to see whether they can be set."""
    sets: dict[str, ItemSet] = {}
    for item_set in (item_set for form in forms for item_set in form.sets):
        if item_set.passage and (name := _name(item_set, item_set.passage)) in names:
            sets[name] = replace(item_set, items=(), number=len(sets) + 1)
        for placed in item_set.items:
            if (name := _name(item_set, placed.item)) in names:
                sets[name] = replace(item_set, passage=None, number=None, items=(FormItem(len(sets) + 1, placed.item),))
    return replace(forms[0], candidate=None, sections=(Section(tuple(sets.values())),))


def _name(item_set: ItemSet, record: ItemBase | Passage) -> str:
    return f"{item_set.source.article.id}/{record.id}"


def _changed(form: Form, change: Callable[[ItemSet], ItemSet]) -> Form:
    sections = (replace(section, sets=tuple(map(change, section.sets))) for section in form.sections)
    return replace(form, sections=tuple(sections))


def _noticed(item_set: ItemSet, names: Collection[str], notice: str) -> ItemSet:
    items = tuple(_items(item_set, names, notice))
    passage = item_set.passage
    if passage and _name(item_set, passage) in names:
        passage = passage.model_copy(update={"text": notice, "paragraphs": None})
    return replace(item_set, passage=passage, items=items)


def _items(item_set: ItemSet, names: Collection[str], notice: str) -> Iterator[FormItem]:
    for placed in item_set.items:
        item = placed.item
        if _name(item_set, item) in names:
            item = Essay(id=item.id, type="essay", stem=notice, points=item.points, passage=item.passage, lines=1)
        yield replace(placed, item=item)
