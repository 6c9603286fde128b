"""The exposure ledger: which class saw which item, and when. A text file with a line for each, made for git.

    2026-11-24  7B  rivers  1a2b3c4d  rivers/sea

are the date, the class, the quiz, its build and the item, with two or more spaces or a tab between; what follows a `#`
at the beginning of a line is a comment. The order of lines means nothing, so two branches merge by keeping all lines.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from .bank import Bank
from .blueprint import Avoid, Blueprint
from .diagnostics import Diagnostic, Span, error, warning
from .form import Form

_HEADER = "# Which class saw which item, by `quizgen build --ledger`: date, class, quiz, build, item.\n"
_BETWEEN = re.compile(r"[ \t]{2,}|\t")
_BUILD = re.compile(r"[0-9a-f]{8}")
_NAME = re.compile(r"[a-z0-9-]{1,100}")
_ITEM = re.compile(r"[a-z0-9-]{1,100}/[a-z0-9-]{1,100}")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class Build(NamedTuple):
    """What tells one build from another: the quiz, and the first 8 hexadecimal digits of the SHA-256 of its seed."""

    quiz: str
    id: str


def build_of(quiz: str, seed: str) -> Build:
    """The build of a quiz from a seed; building it again is the same build."""
    return Build(quiz, sha256(seed.encode()).hexdigest()[:8])


class Sighting(NamedTuple):
    """One line: an item that a class saw."""

    date: str
    group: str
    build: Build
    item: str
    """Its full name."""

    def __str__(self) -> str:
        """The line, as it is written."""
        return "  ".join((self.date, self.group, *self.build, self.item))


@dataclass(frozen=True)
class Ledger:
    """All that was seen."""

    sightings: tuple[Sighting, ...] = ()

    @cached_property
    def _by_group(self) -> dict[str, list[Sighting]]:
        groups: dict[str, list[Sighting]] = {}
        for sighting in self.sightings:
            groups.setdefault(_folded(sighting.group), []).append(sighting)
        return groups

    def seen(self, avoid: Avoid, except_build: Build | None = None) -> frozenset[str]:
        """Full names of the items that a class has seen since a date, but for those of one build.

        A build that is made again must not stay away from its own items: it would come out differently.
        """
        return frozenset(
            sighting.item
            for sighting in self._by_group.get(_folded(avoid.seen_by), ())
            if sighting.build != except_build and sighting.date >= (avoid.since or "")
        )

    def new(self, day: date, group: str, build: Build, forms: Iterable[Form]) -> tuple[Sighting, ...]:
        """What a class sees by these forms, in order of items; nothing that is in the ledger already."""
        known = {(sighting.build, sighting.item) for sighting in self._by_group.get(_folded(group), ())}
        items = {name for form in forms for name in _names(form)}
        return tuple(
            Sighting(day.isoformat(), group_name(group), build, name)
            for name in sorted(items)
            if (build, name) not in known
        )

    def followed_by(self, new: Iterable[Sighting]) -> "Ledger":
        """The ledger with more in it."""
        return Ledger((*self.sightings, *new))


def group_name(text: str) -> str:
    """The name of a class as a ledger can hold it: printable, single spaces. Empty where nothing is left of it."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _folded(group: str) -> str:
    """`7b` and `7B` are one class."""
    return group_name(group).casefold()


def _names(form: Form) -> Iterable[str]:
    return (f"{item_set.source.article.id}/{placed.item.id}" for item_set in form.sets for placed in item_set.items)


# --- The file ---------------------------------------------------------------------------------------------------


def parse(text: str, file: str) -> tuple[Ledger, list[Diagnostic]]:
    """The ledger that a text is, and which of its lines cannot be read."""
    sightings: dict[Sighting, None] = {}
    found = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        read = _sighting(content)
        if isinstance(read, Sighting):
            sightings.setdefault(read)
        else:
            message, hint = read
            place = Span(file, number, 1, len(content) + 1, line.rstrip("\r"))
            found.append(error("Q520", message, place, hint))
    return Ledger(tuple(sightings)), found


def _sighting(line: str) -> Sighting | tuple[str, str]:
    """The line as a sighting, or what is wrong with it and how to mend it."""
    if line.startswith(_CONFLICT):
        return "a merge was not finished here", "keep all lines of both sides, and take this one out"
    fields = _BETWEEN.split(line)
    if len(fields) != 5:
        hint = "date, class, quiz, build and item, with two spaces or a tab between"
        return f"{len(fields)} fields, where 5 were expected", hint
    day, group, quiz, build, item = fields
    try:
        sound = date.fromisoformat(day).isoformat() == day
    except ValueError:
        sound = False
    if not sound:
        return f"'{day}' is not a date", "write it as 2026-11-24"
    if not _NAME.fullmatch(quiz):
        return f"'{quiz}' is not the id of a quiz", "lower-case letters, digits and hyphens"
    if not _BUILD.fullmatch(build):
        return f"'{build}' is not a build", "8 hexadecimal digits, as `quizgen build --ledger` writes them"
    if not _ITEM.fullmatch(item):
        return f"'{item}' is not an item", "write article/item"
    return Sighting(day, group, Build(quiz, build), item)


def appended(text: str, new: Sequence[Sighting]) -> str:
    """The text of a ledger file with more lines at its end; a new file says first what it is."""
    if not new:
        return text
    start = text or _HEADER
    return start + ("" if start.endswith("\n") else "\n") + "".join(f"{sighting}\n" for sighting in new)


# --- Wear -------------------------------------------------------------------------------------------------------


def worn_out(
    ledger: Ledger, group: str, bank: Bank, blueprint: Blueprint, forms: Sequence[Form], at: Span
) -> list[Diagnostic]:
    """A warning where a class has seen so much that there is no other form of this size for it.

    `ledger` is the one after the build. Counted are the items of the articles that the blueprint draws from; whether
    what is left meets its other demands is not looked at.
    """
    seen = ledger.seen(Avoid(seen_by=group))
    left = [name for name in _drawn_from(bank, blueprint) if name not in seen]
    needed = max((sum(1 for _ in form.items) for form in forms), default=0)
    if len(left) >= needed:
        return []
    items = f"{len(left)} item{'' if len(left) == 1 else 's'}"
    message = f"{group_name(group)} has {items} left that it has not seen, and another form like this needs {needed}"
    hint = f"write {needed - len(left)} more, or let old ones come again: `avoid: seen by ... since` a date"
    return [warning("Q521", message, at, hint)]


def _drawn_from(bank: Bank, blueprint: Blueprint) -> Iterable[str]:
    lists = [demands.articles or blueprint.articles for demands in blueprint.plans]
    articles = {name for names in lists for name in names} if all(isinstance(n, tuple) and n for n in lists) else None
    return (
        f"{file.article.id}/{item.id}"
        for file in bank.files
        if articles is None or file.article.id in articles
        for item in file.items
    )
