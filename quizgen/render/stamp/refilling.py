"""Pages that are alike -> what is special about each: the texts of its slots."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lxml import html

from .press import Text, Variant
from .shapes import Element, Group, Part, Slot, Solid, Unstampable


def refilled(flow: Group, texts: Sequence[Mapping[str, Text]]) -> Iterator[dict[Solid, Variant]]:
    """For each page its texts in the slots of the blocks. All have the slots of the first, in the same number.

    Raises `Unstampable` where the blocks lack one of these slots: what stands there would be that of another page.
    """
    slots = {block: Counter(slot.name for slot in _slots(block.parts)) for block in _solids(flow)}
    for name, text in texts[0].items():
        wanted = 1 if isinstance(text, str) else len(text)
        if [met[name] for met in slots.values() if met[name]] != [wanted]:
            raise Unstampable(f"the slot '{name}' is not {wanted} times in one block")
    for own in texts:
        yield {block: Variant({name: own[name] for name in met if name in own}) for block, met in slots.items()}


def unfilled(source: str) -> bytes:
    """A page without what stands in its slots, and without its title: what must be the same on all that are alike."""
    tree = html.document_fromstring(source)
    for element in [*tree.iterfind(".//*[@data-slot]"), *tree.iterfind(".//title")]:
        element.text = ""
        del element[:]
    content: bytes = html.tostring(tree)
    return content


def _solids(group: Group) -> Iterator[Solid]:
    for block in group.blocks:
        if isinstance(block, Solid):
            yield block
        elif isinstance(block, Group):
            yield from _solids(block)


def _slots(parts: Sequence[Part]) -> Iterator[Slot]:
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Element):
            yield from _slots(part.kids)
