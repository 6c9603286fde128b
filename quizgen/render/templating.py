"""The templates: where they are read from, how they are filled in, and what a page that is made of them may do.

`Templates` is where: our own, or a teacher's folder, whose files take the place of ours, one by one. What fills in a
template asks `current()`; who wants others puts the work inside `with using(Templates(folder))`.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ..bundled import TEMPLATES
from ..files import beside
from ..fonts import Face
from ..images import Image
from ..items import letter
from .plurals import Counted, counted, each, fill
from .template_faults import TemplateFault, blamed, read_template, read_words

__all__ = [
    "TemplateFault", "Templates", "current", "digest", "direction", "filled", "page_policy", "source", "using", "words",
]  # fmt: skip

_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
OPEN = (".j2", ".css", ".toml")
"""What a teacher may change: pages and parts of them, their style, and the words."""


@dataclass(frozen=True)
class Templates:
    """Where templates are read from: a folder of a teacher's, and for what it does not have, our own."""

    folder: Path | None = None
    faces: tuple[Face, ...] = ()
    """The fonts of a school that join our own."""
    logo: Image | None = None
    """What stands at the head of a booklet."""

    def own(self, name: str) -> Path | None:
        """The teacher's file of this name, if there is one that counts: never one outside of the folder."""
        if self.folder is None or not name.endswith(OPEN):
            return None
        path = beside(self.folder, name)
        return self.folder / name if path and path.is_file() else None

    @property
    def own_names(self) -> list[str]:
        """The names of all files of the teacher's that count."""
        names = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*")) if self.folder else ()
        return sorted(name for name in names if self.own(name))

    def read(self, name: str) -> str:
        """The text of a template, a style or a script. Raises `TemplateFault` where the teacher's cannot be read."""
        path = self.own(name)
        return read_template(path) if path else (TEMPLATES / name).read_text(encoding="utf-8")

    def filled(self, name: str, **values: Any) -> str:
        """The template with these values. Raises `TemplateFault` for what is wrong in a teacher's file."""
        with self._blaming(values):
            return _environment(TEMPLATES, self).get_template(name).render(**values)

    def parsed(self, name: str) -> None:
        """Only see whether the template can be understood. Raises `TemplateFault` where it cannot."""
        with self._blaming({}):
            _environment(TEMPLATES, self).get_template(name)

    @contextmanager
    def _blaming(self, values: Mapping[str, Any]) -> Iterator[None]:
        try:
            yield
        except Exception as problem:  # a template can raise anything, by what it calls
            found = blamed(problem, self.folder, values) if self.folder else None
            if found is None:
                raise
            raise TemplateFault(found) from None

    def words(self, language: str) -> Mapping[str, str]:
        """What quizgen itself says on a page, in the language, or in English where it does not speak it."""
        language = language.lower().split("-")[0]
        return _words(self, language, tuple(_mark(path) for path in (*self._spoken("en"), *self._spoken(language))))

    def _spoken(self, language: str) -> list[Path]:
        """Ours and the teacher's files of a language, as far as there are any."""
        name = f"words/{language}.toml"
        return [path for path in (TEMPLATES / name, self.own(name)) if path and path.is_file()]

    def said(self, language: str) -> dict[str, str]:
        """The words that are there in this very language."""
        said = {word: text for path in self._spoken(language) for word, text in read_words(path).items()}
        return {word: Counted(text, language) if isinstance(text, dict) else text for word, text in said.items()}


@lru_cache(maxsize=16)
def _words(templates: Templates, language: str, marks: tuple[int, ...]) -> Mapping[str, str]:
    """What is said in the language; `marks` tell whether a file was changed."""
    english = templates.said("en")
    if direction(language) == "rtl":  # isolated, so that "6 points" is not turned round in a line of this language
        english = {name: each(text, "\u2066{}\u2069".format) for name, text in english.items()}
    return MappingProxyType(english | templates.said(language))


_CURRENT: ContextVar[Templates] = ContextVar("templates")


def current() -> Templates:
    """The templates in use: our own, unless somebody said otherwise."""
    return _CURRENT.get(Templates())


@contextmanager
def using(templates: Templates) -> Iterator[None]:
    """Inside, pages are made of these templates. A process that is to use them, too, has to be told by itself."""
    token = _CURRENT.set(templates)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def filled(name: str, **values: Any) -> str:
    """The template with these values, as `current()` has it."""
    return current().filled(name, **values)


def source(*names: str) -> Markup:
    """Style sheets or scripts, one after the other, as `current()` has them."""
    return Markup("\n".join(map(current().read, names)))  # noqa: S704 (ours or the teacher's)


def words(language: str) -> Mapping[str, str]:
    """What quizgen itself says on a page in the language, as `current()` has it."""
    return current().words(language)


# --- Filling in ------------------------------------------------------------------------------------------------


class _Unindented(Extension):
    """Leaves the indentation of templates out of what is made of them: it is a tenth of a page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


class _Own(BaseLoader):
    """The teacher's files, which are read again when they were changed."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self.templates.own(template)
        if path is None:
            raise TemplateNotFound(template)
        mark = _mark(path)
        return read_template(path), str(path), lambda: _mark(path) == mark


def _mark(path: Path) -> int:
    """What changes when the file is saved; 0 where there is none."""
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=4)
def _environment(ours: Path, templates: Templates) -> Environment:
    """Where there are templates of a stranger's, all are filled in within a sandbox, which is slower by a third."""
    kind = ImmutableSandboxedEnvironment if templates.folder else Environment
    environment = kind(
        loader=ChoiceLoader([_Own(templates), FileSystemLoader(ours)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=[_Unindented],
    )
    environment.filters["fill"] = fill
    environment.filters["points"] = _points
    environment.filters["direction"] = direction
    environment.globals["letter"] = letter
    return environment


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _points(points: float, words: Mapping[str, str]) -> str:
    return counted("points", points, words)


# --- In a browser ----------------------------------------------------------------------------------------------


def page_policy(style: str, script: str | None) -> str:
    """What the page may do: apply its own style, run its own script, and nothing else."""
    allowed = f"script-src '{digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{digest(style)}'; {allowed}img-src data:; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def digest(content: str) -> str:
    """What a content security policy calls a style or a script."""
    return "sha256-" + b64encode(sha256(content.encode()).digest()).decode()
