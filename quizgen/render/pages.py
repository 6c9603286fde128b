"""Forms -> HTML: what each page is made of, and what its template is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from .. import fonts, markup
from ..form import Form, Settings
from .media import Assets, Paper, Screen, TextSetter
from .pdf import PrintPage
from .practice import practice_form
from .student import StudentSet, student_form
from .teacher import KeyForm, KeySet, key_form
from .templating import filled, page_policy, source, words

# --- For students -----------------------------------------------------------------------------------------------


def booklet(form: Form, settings: Settings) -> PrintPage:
    """The printed form."""
    shown, said, assets = student_form(form), words(form.language), Assets()
    page = filled(
        "booklet.html.j2",
        form=shown,
        words=said,
        css=source("paper.css") + _page_rule(settings, said),
        texts=_on_paper(assets),
        whole=TextSetter(_Pictureless(Paper({}, assets))),
    )
    return _printed(page, shown.sets, assets)


def _page_rule(settings: Settings, said: Mapping[str, str]) -> Markup:
    """What depends on the paper and on the language: the size, and `Page x of y`."""
    page, of = (_in_css(said[name].strip("\u2066\u2069")) for name in ("page", "of"))
    count = f'"\\2066 {page} " counter(page) " {of} " counter(pages)'  # isolated: left to right in any line
    return Markup(f"@page {{ size: {settings.paper}; @bottom-right {{ content: {count}; }} }}")  # noqa: S704 (ours)


def _in_css(text: str) -> str:
    """The text as it may stand in a quoted string of a style sheet."""
    return "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text)


def quiz_page(form: Form, settings: Settings) -> bytes:
    """The form as one HTML file. Only a practice page knows the answers, and it says so."""
    shown = student_form(form)
    said = words(form.language)
    practice = practice_form(form) if settings.mode == "practice" else None
    style = source("screen.css")
    script = source("practice.js") if practice else None
    return filled(
        "page.html.j2",
        form=shown,
        words=said,
        css=style,
        script=script,
        policy=page_policy(style, script),
        practice=practice,
        texts=_on_screen(said),
        whole=TextSetter(_Pictureless(Screen({}))),
    ).encode()


# --- For teachers -----------------------------------------------------------------------------------------------


def key(form: Form, settings: Settings) -> PrintPage:
    """The printed key."""
    shown, assets = key_form(form), Assets()
    style = source("paper.css", "key.css") + _page_rule(settings, words(form.language))
    page = _key(shown, style, None, _on_paper(assets), Paper({}, assets))
    return _printed(page, shown.sets, assets)


def key_page(form: Form) -> bytes:
    """The key as one HTML file."""
    style = source("key-screen.css")
    texts = _on_screen(words(form.language))
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
        whole=TextSetter(_Pictureless(medium)),
    )


# --- Media ------------------------------------------------------------------------------------------------------


def _on_paper(assets: Assets) -> Callable[..., TextSetter]:
    def texts(item_set: StudentSet) -> TextSetter:
        return TextSetter(Paper(item_set.images, assets))

    return texts


def _on_screen(said: Mapping[str, str]) -> Callable[..., TextSetter]:
    def texts(item_set: StudentSet, number: int = 0) -> TextSetter:
        return TextSetter(Screen(item_set.images, f"q{number}", said["gap"]))

    return texts


@dataclass(frozen=True)
class _Pictureless:
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


def _printed(page: str, sets: Sequence[StudentSet] | Sequence[KeySet], assets: Assets) -> PrintPage:
    """The page with the fonts that its characters need."""
    return PrintPage(page, fonts.needed(page, [item_set.language for item_set in sets]), assets)
