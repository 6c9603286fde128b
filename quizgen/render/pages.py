"""Forms -> HTML: the templates, and what they are given."""

import tomllib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from .. import fonts
from ..bundled import TEMPLATES
from ..form import Form, Settings
from ..items import letter
from .media import Assets, Paper, Screen, TextSetter
from .pdf import PrintPage
from .practice import practice_form
from .student import StudentSection, student_form
from .teacher import KeySection, key_form

_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


@lru_cache(maxsize=2)
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["fill"] = _fill
    environment.filters["points"] = _points
    environment.filters["direction"] = direction
    environment.globals["letter"] = letter
    return environment


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _fill(text: str, **values: object) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _points(points: float, words: Mapping[str, str]) -> str:
    return words["one_point"] if points == 1 else _fill(words["points"], n=f"{points:g}")


@lru_cache(maxsize=16)
def words(language: str) -> dict[str, str]:
    """What quizgen itself says on a page, in the language, or in English where it does not speak it."""
    path = TEMPLATES / "words" / f"{language.lower().split('-')[0]}.toml"
    if path.is_file():
        return _read_words(path)
    english = _read_words(TEMPLATES / "words" / "en.toml")
    if direction(language) == "rtl":  # isolated, so that "6 points" is not turned round in a line from right to left
        return {name: f"\u2066{text}\u2069" for name, text in english.items()}
    return english


def _read_words(path: Path) -> dict[str, str]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def _style(*names: str) -> Markup:
    return Markup("\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names))  # noqa: S704 (ours)


def _script(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704 (ours)


def _render(name: str, **values: Any) -> str:
    return _environment(TEMPLATES).get_template(name).render(**values)


# --- For students -----------------------------------------------------------------------------------------------


def booklet(form: Form, settings: Settings) -> PrintPage:
    """The printed form."""
    shown, said, assets = student_form(form), words(form.language), Assets()
    page = _render(
        "booklet.html.j2",
        form=shown,
        words=said,
        css=_style("paper.css") + _page_rule(settings, said),
        texts=_on_paper(assets),
    )
    return _printed(page, shown.sections, assets)


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
    style = _style("screen.css")
    script = _script("practice.js") if practice else None
    return _render(
        "page.html.j2",
        form=shown,
        words=said,
        css=style,
        script=script,
        policy=_policy(style, script),
        practice=practice,
        texts=_on_screen(said),
    ).encode()


def _policy(style: str, script: str | None) -> str:
    """What the page may do: apply its own style, run its own script, and nothing else."""
    allowed = f"script-src '{_digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; {allowed}img-src data:; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(content: str) -> str:
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()


# --- For teachers -----------------------------------------------------------------------------------------------


def key(form: Form, settings: Settings) -> PrintPage:
    """The printed key."""
    shown, assets = key_form(form), Assets()
    style = _style("paper.css", "key.css") + _page_rule(settings, words(form.language))
    page = _key(form, style, None, _on_paper(assets))
    return _printed(page, shown.sections, assets)


def key_page(form: Form) -> bytes:
    """The key as one HTML file."""
    style = _style("key-screen.css")
    return _key(form, style, _policy(style, None), _on_screen(words(form.language))).encode()


def _key(form: Form, style: Markup, policy: str | None, texts: Callable[..., TextSetter]) -> str:
    return _render(
        "key.html.j2",
        form=key_form(form),
        words=words(form.language),
        css=style,
        policy=policy,
        texts=texts,
    )


# --- Media ------------------------------------------------------------------------------------------------------


def _on_paper(assets: Assets) -> Callable[..., TextSetter]:
    def texts(section: StudentSection) -> TextSetter:
        return TextSetter(Paper(section.images, assets))

    return texts


def _on_screen(said: Mapping[str, str]) -> Callable[..., TextSetter]:
    def texts(section: StudentSection, number: int = 0) -> TextSetter:
        return TextSetter(Screen(section.images, f"q{number}", said["gap"]))

    return texts


def _printed(page: str, sections: Sequence[StudentSection] | Sequence[KeySection], assets: Assets) -> PrintPage:
    """The page with the fonts that its characters need."""
    return PrintPage(page, fonts.needed(page, [section.language for section in sections]), assets)
