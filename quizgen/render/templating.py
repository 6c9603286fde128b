"""The templates: how they are filled in, and what a page that is made of them may do."""

import re
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from ..bundled import TEMPLATES
from ..items import letter

_RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


class _Unindented(Extension):
    """Leaves the indentation of templates out of what is made of them: it is a tenth of a page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE)


@lru_cache(maxsize=2)
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=[_Unindented],
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


def source(*names: str) -> Markup:
    """Style sheets or scripts of the templates, one after the other."""
    return Markup("\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names))  # noqa: S704 (ours)


def filled(name: str, **values: Any) -> str:
    """The template with these values."""
    return _environment(TEMPLATES).get_template(name).render(**values)


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
