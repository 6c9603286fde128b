"""Forms -> HTML: what each page is made of, and what its template is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from markupsafe import Markup, escape

from .. import fonts, markup
from ..editions import STANDARD, Edition
from ..form import Form, Settings
from .imposition import HALVES, fold
from .lines import Lines, citing
from .margins import Kept, numbered
from .media import Assets, Paper, Screen, TextSetter
from .pdf import PrintPage
from .school import accent
from .student import StudentForm, StudentSet, student_form
from .teacher import KeyForm, KeySet, key_form
from .templating import current, filled, page_policy, source, words

# --- For students -----------------------------------------------------------------------------------------------


Known: TypeAlias = Mapping[str, Lines]
"""The text of a passage -> its lines."""


def booklet(
    form: Form,
    settings: Settings,
    view: StudentForm | None = None,
    edition: Edition = STANDARD,
    known: Known = MappingProxyType({}),
) -> PrintPage:
    """The printed form in an edition, as it is shown in `view`; words are cited by the lines that are known."""
    shown, said, assets = view or student_form(form), words(form.language), Assets()
    folded = fold(settings.layout, edition, form.language)
    styles = ("paper.css", "lines.css", *(["two-up.css"] if folded else []), *edition.styles)
    page = filled(
        "booklet.html.j2",
        form=shown,
        layout=settings.layout,
        words=said,
        css=source(*styles) + accent(settings.colour) + page_rule(settings, said, half=folded is not None),
        logo=_logo(assets, shown.head.header or said["logo"]),
        texts=_on_paper(assets, said, known),
        whole=TextSetter(Pictureless(Paper({}, assets))),
    )
    printed = replace(_printed(page, shown.sets, assets, settings), numbered=settings.layout.line_numbers)
    return replace(printed, width=HALVES[settings.paper][0], fold=folded) if folded else printed


def _logo(assets: Assets, alt: str) -> Markup | None:
    """The school's logo, whose text is `alt`."""
    logo = current().logo
    return Markup(Paper({"logo": logo}, assets).image("logo", alt)) if logo else None  # noqa: S704 (escaped there)


def page_rule(settings: Settings, said: Mapping[str, str], *, half: bool = False) -> Markup:
    """What depends on the paper and on the language: the size, or that of half a sheet, and `Page x of y`."""
    size = " ".join(HALVES[settings.paper]) if half else settings.paper
    page, of = (_in_css(said[name].strip("\u2066\u2069")) for name in ("page", "of"))
    count = f'"\\2066 {page} " counter(page) " {of} " counter(pages)'  # isolated: left to right in any line
    return Markup(  # noqa: S704 (ours)
        f"@page {{ size: {size}; }} .folio:empty::before {{ content: {count}; }}"
    )


def _in_css(text: str) -> str:
    """The text as it may stand in a quoted string of a style sheet."""
    return "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text)


# --- For teachers -----------------------------------------------------------------------------------------------


def key(form: Form, settings: Settings, view: KeyForm | None = None, known: Known = MappingProxyType({})) -> PrintPage:
    """The printed key, as it is shown in `view`; evidence is cited by the lines that are known."""
    shown, said, assets = view or key_form(form), words(form.language), Assets()
    style = source("paper.css", "key.css") + page_rule(settings, said)
    page = _key(shown, style, None, _on_paper(assets, said, known), Paper({}, assets))
    return _printed(page, shown.sets, assets, settings)


def key_page(form: Form) -> bytes:
    """The key as one HTML file."""
    style = source("key-screen.css")
    texts = on_screen(words(form.language))
    return _key(key_form(form), style, page_policy(style, None), texts, Screen({})).encode()


def _key(
    form: KeyForm, style: Markup, policy: str | None, texts: Callable[..., TextSetter], medium: markup.Medium
) -> str:
    return filled(
        "key.html.j2",
        form=form,
        words=words(form.head.language),
        css=style,
        policy=policy,
        texts=texts,
        whole=TextSetter(Pictureless(medium)),
    )


# --- Media ------------------------------------------------------------------------------------------------------


def _on_paper(assets: Assets, said: Mapping[str, str], known: Known) -> Callable[..., TextSetter]:
    def texts(item_set: StudentSet | KeySet) -> TextSetter:
        return TextSetter(Paper(item_set.images, assets), _cited(item_set, said, known))

    return texts


def on_screen(said: Mapping[str, str], known: Known = MappingProxyType({})) -> Callable[..., TextSetter]:
    """What a template for a screen calls for the texts of an item set; for those of an item with its number, and with
    the words that it shows for its gaps."""

    def texts(item_set: StudentSet | KeySet, number: int = 0, bank: tuple[str, ...] = ()) -> TextSetter:
        screen = Screen(item_set.images, f"q{number}", said["gap"], said["choose"], bank)
        return TextSetter(screen, _cited(item_set, said, known))

    return texts


def passage_on_screen(said: Mapping[str, str], known: Known) -> Callable[[StudentSet], Markup]:
    """What a template for a screen calls for the passage of an item set; its lines are numbered if they are known."""

    def text(item_set: StudentSet) -> Markup:
        passage, screen = item_set.passage, Screen(item_set.images)
        assert passage
        cited, lines = _cited(item_set, said, known), known.get(passage.text)
        if lines is None:
            return TextSetter(screen, cited).block(passage.text)
        return numbered(TextSetter(Kept(screen), cited).block(passage.text), lines)

    return text


def _cited(item_set: StudentSet | KeySet, said: Mapping[str, str], known: Known) -> markup.Citing | None:
    passage = item_set.passage
    return citing(passage.text, said, known.get(passage.text)) if passage else None


@dataclass(frozen=True)
class Pictureless:
    """A medium for the texts of a form itself, which brings no images: what they show stands in their places."""

    medium: markup.Medium

    def image(self, source: str, alt: str) -> str:
        """Its text."""
        return escape(alt)

    def formula(self, tex: str, *, display: bool) -> str:
        """As anywhere in the medium."""
        return self.medium.formula(tex, display=display)

    def gap(self, number: int) -> str:
        """As anywhere in the medium."""
        return self.medium.gap(number)


def _printed(page: str, sets: Sequence[StudentSet] | Sequence[KeySet], assets: Assets, settings: Settings) -> PrintPage:
    """The page with the fonts that its characters need."""
    faces = fonts.needed(page, [item_set.language for item_set in sets], current().faces)
    return PrintPage(page, faces, assets, _WIDTHS[settings.paper])


_WIDTHS = {"a4": "210mm", "letter": "8.5in"}
