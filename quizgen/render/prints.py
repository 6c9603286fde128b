"""What is printed of forms: booklets and keys, each for itself and all in one.

Two ways lead to the same pages. The typesetter of many forms (`stamp`) lays out once what they have in common; a
single form, and what that typesetter cannot take, is laid out by WeasyPrint as a whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from .. import markup
from ..editions import STANDARD, Edition
from ..form import Form, Settings
from . import keys as marking
from . import pages
from .lines import Lines, Ruler, passages_only
from .pdf import PrintPage, lay_out, typeset
from .stamp.shapes import Unstampable
from .student import StudentForm, student_form
from .teacher import key_form
from .templating import words

Copies: TypeAlias = Sequence[tuple[Form, Edition]]
"""Forms, each in an edition."""


class Prints(Protocol):
    """Forms as they are printed."""

    def whole(self) -> bytes:
        """All of them in one file."""

    def each(self) -> Iterator[bytes]:
        """A file for each."""


@dataclass(frozen=True)
class Reference:
    """Forms that WeasyPrint lays out as a whole, one after the other."""

    files: Sequence[bytes]
    """Each of them, and last all in one."""

    def whole(self) -> bytes:
        """All of them in one file."""
        return self.files[-1]

    def each(self) -> Iterator[bytes]:
        """A file for each."""
        yield from self.files[:-1]


def booklets(copies: Copies, settings: Settings) -> Prints:
    """The forms, for students. Raises `PdfError`."""
    return _prints(copies, settings, "booklet")


def keys(copies: Copies, settings: Settings) -> Prints:
    """Their full keys, for teachers. Raises `PdfError`."""
    return _prints(copies, settings, "key")


def answers(forms: Sequence[Form], settings: Settings) -> Prints:
    """What is right on each form, on a page of its own. Raises `PdfError`."""
    if len(forms) >= _MANY:
        try:
            return stamped_answers(forms, settings)
        except Unstampable:
            pass
    return Reference(typeset([marking.answers(form, settings) for form in forms]))


_MANY = 20
"""So many forms are worth it that long answers are cut to one line."""


def stamped_answers(forms: Sequence[Form], settings: Settings) -> Prints:
    """What is right on each form, by the typesetter of many forms. Raises `Unstampable`, and `PdfError`."""
    from .stamp.setting import Filled, repeated

    sheets = marking.answers_alike(forms, settings)
    pages = [Filled(one.like, one.page, one.texts, one.title, one.head.language) for one in sheets]
    title = f"{words(forms[0].language)['answers']}: {forms[0].title}"
    return repeated(pages, settings.paper, title, forms[0].language)


def _prints(copies: Copies, settings: Settings, what: str) -> Prints:
    if len(copies) > 1:
        try:
            return stamped(copies, settings, what)
        except Unstampable:
            pass
    return reference(copies, settings, what)


def reference(copies: Copies, settings: Settings, what: str) -> Prints:
    """Booklets or keys, each laid out as a whole. Raises `PdfError`."""
    paged = _Paged(settings, what)
    sheets = [paged.page(form, None, edition) for form, edition in copies]
    return Reference(typeset(sheets, duplex=settings.layout.duplex))


def stamped(copies: Copies, settings: Settings, what: str) -> Prints:
    """Booklets or keys by the typesetter of many forms. Raises `Unstampable`, and `PdfError`."""
    from .stamp.setting import typeset
    from .stamp.union import Kind, booklet_variant, key_variant

    page = _Paged(settings, what).page
    if what == "key":
        kind = Kind(key_form, page, "entry", key_variant)
    else:
        kind = Kind(student_form, page, "item", booklet_variant)
    return typeset(kind, copies, settings.paper, duplex=settings.layout.duplex)


def known_lines(forms: Sequence[Form], settings: Settings) -> pages.Known:
    """The lines of all passages of these forms, as the standard edition has them; none where they have no numbers.

    A passage breaks its lines alike wherever it stands. Raises `PdfError`.
    """
    paged, known = _Paged(settings, "booklet"), dict[str, Lines]()
    for form in forms:
        view = student_form(form)
        if any(item_set.passage and item_set.passage.text not in known for item_set in view.sets):
            known.update(paged.lines(form, view, STANDARD))
    return known


class _Paged:
    """Makes pages of forms, in which lines are cited by their numbers."""

    def __init__(self, settings: Settings, what: str) -> None:
        self._settings, self._what = settings, what
        self._ruler = Ruler(lambda page: lay_out(page, endless=True))

    def page(self, form: Form, view: Any, edition: Edition) -> PrintPage:
        """The page of a form, as it is shown in `view` where there is one."""
        if self._what == "key":
            return pages.key(form, self._settings, view, self.lines(form, student_form(form), edition))
        shown = view or student_form(form)
        known = self.lines(form, shown, edition) if _cites(shown) else {}
        return pages.booklet(form, self._settings, shown, edition, known)

    def lines(self, form: Form, view: StudentForm, edition: Edition) -> pages.Known:
        """The lines of the passages of a form, as it is shown in `view`."""
        bare = passages_only(view)
        if not self._settings.layout.line_numbers or not bare.sections:
            return {}
        measured = self._ruler.measured(pages.booklet(form, self._settings, bare, edition))
        texts = [item_set.passage.text for item_set in bare.sets if item_set.passage]
        return dict(zip(texts, measured, strict=True))


def _cites(view: StudentForm) -> bool:
    """Whether a text of an item cites lines of its passage."""
    shown = (item.shown for item_set in view.sets for item in item_set.items)
    texts = (text for one in shown for text in (one.stem, one.text, *one.choices, *one.prompts))
    return any(next(markup.citations(text), None) is not None for text in texts)
