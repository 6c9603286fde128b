"""Forms -> PDF files: all that the rooms of the typesetter do, in order."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, TypeVar

from lxml import html

from ... import fonts
from ...editions import Edition
from ...form import Form
from ..imposition import sides
from ..pdf import PrintPage, lay_out, quiet
from ..templating import current
from .binding import Binder
from .composing import Names
from .cutting import spares, specimen
from .drawing import Stock, drawn
from .press import Copy, Planned, Press, Text
from .refilling import refilled, unfilled
from .shapes import Home, Paper, Piece, SlotText, Specimen, Unstampable
from .union import Copier, Kind, Shown, frame, opened, united
from .writing import Writer

SIZES = {"a4": (210 / 25.4 * 96, 297 / 25.4 * 96), "letter": (8.5 * 96, 11 * 96)}
"""Width and height of papers in CSS pixels."""


@dataclass(frozen=True)
class Batch:
    """Forms that are set, and not yet bound to files."""

    planned: tuple[Planned, ...]
    stock: Stock
    title: str
    language: str
    duplex: bool

    def whole(self) -> bytes:
        """All of them in one file; where it is `duplex`, each begins on a right page."""
        return _bound(self.planned, self.stock, self.title, self.language, duplex=self.duplex)

    def each(self) -> Iterator[bytes]:
        """A file for each."""
        for one in self.planned:
            title = f"{self.title}, {one.title}"
            yield _bound([one], self.stock, title, one.language, duplex=False)


@dataclass(frozen=True)
class Filled:
    """A page that is like others but for what stands in its slots."""

    like: Hashable
    """What pages that are alike have in common."""
    page: Callable[[], PrintPage]
    """Makes the page; it is made of one of those that are alike."""
    texts: Mapping[str, Text]
    title: str
    language: str

    @property
    def said(self) -> str:
        """All that stands in its slots."""
        return "".join(text if isinstance(text, str) else "".join(text) for text in self.texts.values())


def typeset(kind: Kind, forms: Sequence[tuple[Form, Edition]], size: str, *, duplex: bool) -> Batch:
    """Set all forms, each in an edition. Raises `Unstampable` where one cannot be set in this way, and `PdfError`."""
    with quiet():
        shown = [Shown(form, kind.view(form), edition) for form, edition in forms]
        planned, stock = _together(shown, frame, lambda some, first: _united(kind, some, size, first))
        return Batch(planned, stock, forms[0][0].title, forms[0][0].language, duplex)


def repeated(sheets: Sequence[Filled], size: str, title: str, language: str) -> Batch:
    """Set pages that differ in nothing but their slots. Raises `Unstampable` as `typeset` does, and `PdfError`."""
    with quiet():
        planned, stock = _together(sheets, lambda sheet: sheet.like, lambda some, first: _repeated(some, size, first))
        return Batch(planned, stock, title, language, duplex=False)


_One = TypeVar("_One")


def _together(
    every: Sequence[_One], like: Callable[[_One], Hashable], make: Callable[[Sequence[_One], int], "_Set"]
) -> tuple[tuple[Planned, ...], Stock]:
    """Set all, those together that are `like` each other; `make` takes these, and the number of their first piece."""
    groups: dict[Hashable, list[int]] = {}
    for place, one in enumerate(every):
        groups.setdefault(like(one), []).append(place)
    planned: dict[int, Planned] = {}
    found: list[Piece] = []
    documents: list[Any] = []
    for places in groups.values():
        some = make([every[place] for place in places], len(found))
        planned |= dict(zip(places, some.planned, strict=True))
        found += some.pieces
        documents += some.documents
    return tuple(planned[place] for place in range(len(every))), drawn(documents[0], found)


def _united(kind: Kind, forms: Sequence[Shown], size: str, first: int) -> "_Set":
    """Forms of which one is made that holds everything."""
    whole = united(forms)
    view, edition = opened(kind.view(whole), forms), forms[0].edition
    page = kind.page(whole, view, edition)

    def copies(cut: Specimen) -> Iterator[Copy]:
        copier = Copier(kind, Shown(whole, view, edition), cut, _paper(cut.paper, size, page.fold))
        return (copier.copy(one) for one in forms)

    return _Set(page, copies, first)


def _repeated(sheets: Sequence[Filled], size: str, first: int) -> "_Set":
    """Pages of which one is laid out, with the fonts that all need."""
    page, language = sheets[0].page(), sheets[0].language
    if unfilled(page.html) != unfilled(sheets[-1].page().html):
        raise Unstampable("pages that are alike differ in more than their slots")
    more = fonts.needed("".join(sheet.said for sheet in sheets), [language], current().faces)
    page = replace(page, faces=tuple(dict.fromkeys((*page.faces, *more))))

    def copies(cut: Specimen) -> Iterator[Copy]:
        paper = _paper(cut.paper, size, page.fold)
        return (
            Copy(cut.body, paper, variants, sheet.title, language, {}, lambda number, count: "")
            for sheet, variants in zip(sheets, refilled(cut.body, [sheet.texts for sheet in sheets]), strict=True)
        )

    return _Set(page, copies, first)


class _Set:
    """Copies that are set together: what is in none of their slots and sets is alike."""

    def __init__(self, page: PrintPage, copies: Callable[[Specimen], Iterable[Copy]], first: int) -> None:
        document = lay_out(page, endless=True)
        cut = specimen(document.pages)
        press = Press(Names(first))
        self.planned = [press.plan(one) for one in copies(cut)]
        self.documents = [document]
        self.pieces = self._pieces(press.names, cut, page)

    def _pieces(self, names: Names, cut: Specimen, page: PrintPage) -> list[Piece]:
        """All pieces that have a name, in the order of their names; slots that were not seen are laid out now."""
        known = cut.slots
        wanted = sorted((slot for slot in names.slots if slot not in known), key=lambda slot: slot[:2])
        if wanted:
            document = lay_out(replace(page, html=_spare_page(page.html, cut.homes, wanted)), endless=True)
            found = list(spares(document.pages))
            if len(found) != len(wanted):
                raise Unstampable("the slots do not stand by themselves")
            known = known | dict(zip(wanted, found, strict=True))
            self.documents.append(document)
        named = {name: piece for piece, name in names.pieces.items()}
        named |= {name: known[slot] for slot, name in names.slots.items()}
        return [named[b"F%d" % number] for number in range(names.first, names.next)]


def _paper(endless: Paper, size: str, fold: str | None) -> Paper:
    """A page of this size, or half of it, with the margins and the foot of the endless one."""
    width, height = SIZES[size]
    if fold:
        width, height = height / 2, width
    less = endless.height - height
    room, foot_y = endless.room - less, endless.foot_y - less
    return replace(endless, width=width, height=height, room=room, foot_y=foot_y, fold=fold)


def _spare_page(source: str, homes: Mapping[tuple[str, str], Home], wanted: Sequence[SlotText]) -> str:
    """A page with nothing but these slots, each within all that is around one like it in the source.

    Slots of one home come one after the other: `wanted` is in their order. To style a thousand elements takes longer
    than to lay out a thousand lines, so texts stand in the lines of one slot where it draws nothing itself.
    """
    tree = html.document_fromstring(source)
    body = tree.find("body")
    assert body is not None
    elements = [element for element in tree.iter() if isinstance(element.tag, str) and element.get("data-slot")]
    for home, some in groupby(wanted, lambda slot: slot[:2]):
        like = elements[homes[home].place]
        around = _home(like)
        texts = [text for _, _, text in some]
        for text in texts if homes[home].draws or "" in texts else ["\n".join(texts)]:
            slot = deepcopy(like)
            slot.tail = None
            _innermost(slot).text = text
            slot.set("style", _SPARE_IN_FOOT if _is_foot(around[-1]) else _SPARE)
            around[-1].append(slot)
        body.append(around[0])
    for child in list(body)[: -len({slot[:2] for slot in wanted})]:
        body.remove(child)
    written: str = html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    return written


_SPARE = "white-space: pre; height: auto"
_SPARE_IN_FOOT = _SPARE + "; display: block"
"""A foot is no flex container here, so that what stands in it must be a block by itself."""


def _is_foot(element: html.HtmlElement) -> bool:
    return "foot" in (element.get("class") or "").split()


def _innermost(slot: html.HtmlElement) -> html.HtmlElement:
    """What the text of a slot stands in: the slot, or what alone is in it."""
    while len(slot):
        slot = slot[0]
    return slot


def _home(element: html.HtmlElement) -> list[html.HtmlElement]:
    """All elements around one, below the body, without what else is in them; the outermost first."""
    around: list[html.HtmlElement] = []
    for outer in reversed(list(element.iterancestors())):
        if outer.tag in ("html", "body"):
            continue
        twin = html.Element(outer.tag, dict(outer.attrib))
        if _is_foot(outer):
            twin.set("style", "position: static; display: block")
        if around:
            around[-1].append(twin)
        around.append(twin)
    return around


def _bound(copies: Sequence[Planned], stock: Stock, title: str, language: str, *, duplex: bool) -> bytes:
    """One file with all copies; where they are `duplex`, each begins on a right page."""
    writer = Writer(max(*stock.objects, *(number for number, _ in stock.pieces)))
    used = sorted({int(name) for one in copies for name in one.used})
    resources = writer.number()
    listed = b" ".join(b"/F%d %d 0 R" % (place, stock.pieces[place][0]) for place in used)
    writer.add(resources, b"<</XObject<<%b>>>>" % listed)
    for number, content in (*stock.objects.items(), *(stock.pieces[place] for place in used)):
        writer.add(number, content)
    binder = Binder(writer, resources)
    for one in copies:
        binder.add(one, blank=duplex and sides(len(one.pages), one.paper.fold) % 2 == 1 and one is not copies[-1])
    return writer.finished(*binder.close(title, language))
