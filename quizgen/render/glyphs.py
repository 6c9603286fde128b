"""Whether there is a font for everything that a build prints: asked before anything is set."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any
from unicodedata import name, normalize

from .. import fonts
from ..bank import BankFile, texts
from ..diagnostics import Diagnostic, Span, error
from ..fonts import Face
from ..form import Form
from .families import WHERE, advice

_NAMED = 8
"""So many characters are named at most."""
_STACK = re.compile(
    r"[^\W\d_][\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0]+"
)
"""A letter with marks above or below it."""


@dataclass(frozen=True)
class _Text:
    """A text that is printed: what it belongs to, and where each stretch of it stands."""

    of: str
    text: str
    at: Callable[[str], Span]


def lacking(forms: Sequence[Form]) -> set[str]:
    """The characters of the forms that no font has that comes with quizgen: what a school's own are wanted for."""
    return {char for text in _texts(forms) for char in fonts.missing(text.text)}


def uncovered(
    forms: Sequence[Form],
    own: Sequence[Face] = (),
    *,
    blueprint: Callable[..., Span] | None = None,
    roster: tuple[str, str] = ("roster", ""),
) -> list[Diagnostic]:
    """A Q551 for each text with a character that no font has, neither ours nor the school's own.

    All texts of the forms are looked at, and of their keys: those of the items and passages that they hold, of the
    blueprint (`blueprint` tells where the value at the end of keys stands), and the names of candidates (`roster` is
    the name of the file and its text).
    """
    found: dict[Diagnostic, None] = {}
    for text in _texts(forms, blueprint, roster):
        if not text.text.isascii():
            found.update(dict.fromkeys(_found(text, own)))
    return list(found)


def _found(text: _Text, own: Sequence[Face]) -> Iterator[Diagnostic]:
    single = sorted(fonts.missing(text.text, own), key=lambda char: (advice(char), char))
    for said, group in groupby(single, key=advice):
        chars = list(group)
        source = f" ({WHERE}), in the folder that `fonts` in [print] names" if " add " in said else ""
        yield error("Q551", f"no font has {_named(chars)}, in {text.of}", text.at(chars[0]), said + source)
    for stack in dict.fromkeys(match[0] for match in _STACK.finditer(text.text)):
        if not set(stack) & set(single) and not any(
            fonts.together(form, own) for form in (stack, normalize("NFC", stack))
        ):
            parts = " with ".join(map(_character, stack))
            hint = f"say it otherwise, or add a font that has all of it: Noto Sans ({WHERE})"
            yield error("Q551", f"no font has '{stack}' as one ({parts}), in {text.of}", text.at(stack), hint)


def _named(chars: Sequence[str]) -> str:
    shown = ", ".join(f"'{char}' ({_character(char)})" for char in chars[:_NAMED])
    return f"{shown} and {len(chars) - _NAMED} more" if len(chars) > _NAMED else shown


def _character(char: str) -> str:
    return f"U+{ord(char):04X} {name(char, '')}".rstrip()


# --- What is printed -------------------------------------------------------------------------------------------


def _texts(
    forms: Sequence[Form], blueprint: Callable[..., Span] | None = None, roster: tuple[str, str] = ("", "")
) -> Iterator[_Text]:
    held: dict[int, tuple[BankFile, set[str]]] = {}
    for form in forms:
        for item_set in form.sets:
            file, ids = held.setdefault(id(item_set.source), (item_set.source, set()))
            ids.update(f"items/{placed.item.id}" for placed in item_set.items)
            ids.update([f"passages/{item_set.passage.id}"] if item_set.passage else [])
    for file, ids in held.values():
        yield from _of_bank(file, ids)
    if forms:
        yield from _of_blueprint(forms[0], blueprint or _nowhere)
    for form in forms:
        if form.candidate:
            yield _Text(
                f"the name of '{form.candidate.id}'", form.candidate.name, _in_roster(form.candidate.name, roster)
            )


def _of_bank(file: BankFile, ids: set[str]) -> Iterator[_Text]:
    """The texts of the items and passages that are held, and of the article."""
    data: Any = file.document.data  # read without a fault, so it has the shape of a bank
    for path, text in texts(file):
        part, number = str(path[0]), path[1] if len(path) > 1 else None
        own = str(data[part][number].get("id", "")) if isinstance(number, int) else ""
        if part == "article" or f"{part}/{own}" in ids:
            of = f"{part.removesuffix('s')} '{own}'" if own else "the article"
            yield _Text(of, text, partial(file.document.locate, path))
    for passage in file.passages:  # their text may be in a file of its own
        if f"passages/{passage.id}" in ids:
            yield _Text(f"passage '{passage.id}'", passage.text, partial(file.document.locate, ("passages",)))


def _of_blueprint(form: Form, at: Callable[..., Span]) -> Iterator[_Text]:
    articles = {item_set.source.article.title for item_set in form.sets}
    for key in ("header", "instructions") if form.title in articles else ("title", "header", "instructions"):
        yield _Text(f"the {key} of the form", getattr(form, key) or "", _always(at, key))
    for number, section in enumerate(form.sections):
        told = f"{section.title or ''}\n{section.instructions or ''}"
        yield _Text("a section of the form", told, _always(at, "sections", number))


def _always(at: Callable[..., Span], *path: str | int) -> Callable[[str], Span]:
    return lambda some: at(*path)


def _nowhere(*path: str | int) -> Span:
    return Span("blueprint")


def _in_roster(person: str, roster: tuple[str, str]) -> Callable[[str], Span]:
    file, content = roster

    def at(some: str) -> Span:
        """The line with the name."""
        for number, line in enumerate(content.splitlines(), 1):
            if person in line:
                column = line.index(person) + person.find(some) + 1
                return Span(file, number, column, column + len(some), line)
        return Span(file)

    return at
