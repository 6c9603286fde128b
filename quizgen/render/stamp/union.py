"""Forms -> what they are made of: a form that holds everything once, and what is special about each of them.

Booklets look only at what candidates see (`student.py`): there nothing can know a key.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from ...editions import Edition
from ...form import Form, ItemSet, Section
from ..frame import Head
from ..pdf import PrintPage
from ..student import StudentForm, StudentItem
from ..teacher import KeyForm, KeyItem
from ..templating import words
from .composing import Order
from .press import Copy, Text, Variant
from .shapes import Block, Element, Group, Paper, Part, Slot, Solid, Specimen, Unstampable

View: TypeAlias = StudentForm | KeyForm


@dataclass(frozen=True)
class Kind:
    """What is printed of a form: its booklet, or its key."""

    view: Callable[[Form], View]
    page: Callable[[Form, Any, Edition], PrintPage]
    role: str
    """The class of the block that an item is."""
    variant: Callable[[Any, Any], Variant]
    """What is special about an item: as it stands in the form that holds everything, as it stands in another."""
    edition: Callable[[Form], str] = lambda form: ""
    """What else must be alike in forms that are set together."""


@dataclass(frozen=True)
class Shown:
    """A form, what is shown of it, and in which edition."""

    form: Form
    view: View
    edition: Edition


def frame(one: Shown) -> tuple[object, ...]:
    """What must be alike in forms that are set together: all that is neither in a slot nor in a set."""
    head = one.view.head
    sections = tuple((part.title, part.instructions, part.article, part.passage) for part in one.view.sections)
    alike = (head.title, head.language, head.header, head.instructions, head.rules, head.name is None, sections)
    return (one.edition, *alike, getattr(one.view, "credits", ()))


# --- The form that holds everything -----------------------------------------------------------------------------


def united(forms: Sequence[Shown]) -> Form:
    """A form with every set and item of these, once, in the sections where they are."""
    first = forms[0].form
    numbers, passages = (iter(range(1, 1 + sum(1 for one in forms for _ in one.form.items))) for _ in range(2))
    parts = [[one.form.sections[place] for one in forms] for place in range(len(first.sections))]
    return replace(first, sections=tuple(_section(some, numbers, passages) for some in parts))


def _section(sections: Sequence[Section], numbers: Iterator[int], passages: Iterator[int]) -> Section:
    sets: dict[tuple[str, str | None], list[ItemSet]] = {}
    for item_set in (item_set for section in sections for item_set in section.sets):
        sets.setdefault(_set_name(item_set), []).append(item_set)
    by_article = sorted(sets.values(), key=lambda found: found[0].source.article.id)
    return replace(sections[0], sets=tuple(_item_set(found, numbers, passages) for found in by_article))


def _item_set(found: Sequence[ItemSet], numbers: Iterator[int], passages: Iterator[int]) -> ItemSet:
    items = {placed.item.id: placed for item_set in found for placed in item_set.items}
    numbered = tuple(replace(placed, number=next(numbers)) for placed in items.values())
    return replace(found[0], items=numbered, number=None if found[0].passage is None else next(passages))


def _set_name(item_set: ItemSet) -> tuple[str, str | None]:
    return item_set.source.article.id, item_set.passage.id if item_set.passage else None


def opened(view: Any, forms: Iterable[Shown]) -> Any:
    """The view with the article's title above every set, where any of the forms has such a title."""
    if not any(item_set.opens for one in forms for item_set in one.view.sets):
        return view
    sections = tuple(
        replace(section, sets=tuple(replace(item_set, opens=True) for item_set in section.sets))
        for section in view.sections
    )
    return replace(view, sections=sections)


# --- What is special about a form -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cut:
    """A set of the form that holds everything, as it was cut: item id -> its block, and how it is shown there."""

    group: Group
    items: Mapping[str, tuple[Solid, Any]]


class Copier:
    """Makes copies of forms out of the blocks of the form that holds everything."""

    def __init__(self, kind: Kind, whole: Shown, specimen: Specimen, paper: Paper) -> None:
        self._kind, self._specimen, self._paper = kind, specimen, paper
        self._words = words(whole.view.head.language)
        groups = [block for block in _blocks(specimen.body) if isinstance(block, Group) and block.role == "set"]
        sets = list(whole.form.sets)
        if len(groups) != len(sets):
            raise Unstampable("the sets of items are not marked by the class `set`")
        self._sets = {
            _set_name(item_set): self._cut(group, item_set, view)
            for group, item_set, view in zip(groups, sets, whole.view.sets, strict=True)
        }
        places = (place for place, section in enumerate(whole.form.sections) for _ in section.sets)
        self._section_of = {id(group): place for group, place in zip(groups, places, strict=True)}

    def _cut(self, group: Group, item_set: ItemSet, view: Any) -> _Cut:
        solids = [block for block in _blocks(group) if isinstance(block, Solid) and block.role == self._kind.role]
        if len(solids) != len(item_set.items):
            raise Unstampable(f"the items are not marked by the class `{self._kind.role}`, or may break")
        shown = zip(item_set.items, solids, view.items, strict=True)
        return _Cut(group, {placed.item.id: (solid, item) for placed, solid, item in shown})

    def copy(self, one: Shown) -> Copy:
        """The form as it is to be set."""
        head = one.view.head
        variants: dict[Solid, Variant] = {}
        flow = self._copied(self._specimen.body, one, variants, set())
        title = f"{head.label} {head.name}" if head.name else head.label
        foot = {"foot-name": head.name or "", "foot-form": head.label}
        return Copy(flow, self._paper, variants, title, head.language, foot, self._folio)

    def _folio(self, page: int, pages: int) -> str:
        said = {name: self._words[name].strip("\u2066\u2069") for name in ("page", "of")}
        return f"\u2066{said['page']} {page} {said['of']} {pages}"

    def _copied(self, group: Group, one: Shown, variants: dict[Solid, Variant], done: set[int]) -> Group:
        """The group with the form's own sets in the place of all sets; `done` are the sections that are in."""
        blocks: list[Block] = []
        for block in group.blocks:
            if block.role == "set":
                section = self._section_of[id(block)]
                blocks += self._section(one, section, variants) if section not in done else ()
                done.add(section)
            elif isinstance(block, Group):
                blocks.append(self._copied(block, one, variants, done))
            else:
                _note(block, _head_texts(one.view.head), variants)
                blocks.append(block)
        return replace(group, blocks=tuple(blocks))

    def _section(self, one: Shown, place: int, variants: dict[Solid, Variant]) -> Iterator[Block]:
        start = sum(len(section.sets) for section in one.form.sections[:place])
        for item_set, view in zip(one.form.sections[place].sets, one.view.sets[start:], strict=False):
            yield self._set(self._sets[_set_name(item_set)], item_set, view, variants)

    def _set(self, cut: _Cut, item_set: ItemSet, view: Any, variants: dict[Solid, Variant]) -> Group:
        wanted = []
        for placed, item in zip(item_set.items, view.items, strict=True):
            solid, whole = cut.items[placed.item.id]
            variant = self._kind.variant(whole, item)
            texts = self._texts(item_set, placed.number)
            own = {slot.name: texts[slot.name] for slot in _slots(solid.parts) if slot.name in texts}
            variants[solid] = replace(variant, texts={**own, **variant.texts})
            wanted.append(solid)
        texts = self._texts(item_set, 0)

        def picked(group: Group) -> Group:
            """The group with the form's own items in the place of all."""
            blocks: list[Block] = []
            for block in group.blocks:
                if block.role == self._kind.role:
                    blocks += wanted if wanted[0] not in blocks else ()
                elif block.role != "article" or view.opens:
                    _note(block, texts, variants)
                    blocks.append(picked(block) if isinstance(block, Group) else block)
            return replace(group, blocks=tuple(blocks))

        return picked(cut.group)

    def _texts(self, item_set: ItemSet, number: int) -> dict[str, Text]:
        """What stands in the slots of a set and of its item with this number."""
        first, last = item_set.items[0].number, item_set.items[-1].number
        about = self._words["about_one" if first == last else "about"]
        about = about.replace("{first}", f"{first}").replace("{last}", f"{last}")
        passage = f"{item_set.number}"
        untitled = self._words["passage"].replace("{n}", passage)
        return {"number": f"{number}", "passage": passage, "untitled": untitled, "about": about}


def _head_texts(head: Head) -> dict[str, Text]:
    name = head.name or ""
    return {"form": head.label, "name": name, "facts": head.facts, "candidate": name}


def _blocks(group: Group) -> Iterator[Block]:
    for block in group.blocks:
        yield block
        if isinstance(block, Group):
            yield from _blocks(block)


def _note(block: Block, texts: Mapping[str, Text], variants: dict[Solid, Variant]) -> None:
    if isinstance(block, Solid):
        own = {slot.name: texts[slot.name] for slot in _slots(block.parts) if slot.name in texts}
        if own:
            variants[block] = Variant(own)


def _slots(parts: Iterable[Part]) -> Iterator[Slot]:
    """The slots of parts, but for those in moving lists."""
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Element):
            yield from _slots(part.kids)


# --- Items ------------------------------------------------------------------------------------------------------


def booklet_variant(whole: StudentItem, item: StudentItem) -> Variant:
    """Choices and prompts in another order; their letters go by the place."""
    orders = []
    for name in ("choices", "prompts"):
        known, wanted = getattr(whole.shown, name), getattr(item.shown, name)
        if known != wanted:
            places = {text: place for place, text in enumerate(known)}
            orders.append((name, Order(tuple(places[text] for text in wanted))))
    return Variant(orders=tuple(orders))


def key_variant(whole: KeyItem, item: KeyItem) -> Variant:
    """What is right and what is not, in another order, with the letters of this form."""
    marks = {"lines": [("mark", line.mark) for line in item.lines], "others": [("other", o.mark) for o in item.others]}
    orders = []
    for name, wanted in item.orders.items():
        places = {option: place for place, option in enumerate(whole.orders[name])}
        orders.append((name, Order(tuple(places[option] for option in wanted), tuple(marks[name]))))
    still = tuple(line.mark for line in item.lines if line.mark)
    return Variant({"mark": still} if "lines" not in item.orders and still else {}, tuple(orders))
