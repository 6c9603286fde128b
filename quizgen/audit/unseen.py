"""Texts that no reader sees: attributes, comments, scripts, metadata, names, attachments; as written and as hidden."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .encodings import hidden
from .own import Own
from .search import Searcher
from .secrets import Known, Needle, tells
from .texts import fragments, letters, line_of, words

_MANY = 50_000
"""So many texts are remembered as harmless."""


@dataclass(frozen=True)
class Find:
    """What is wrong with a text: the code, and what is said of it, with `{where}` for what the text is."""

    code: str
    message: str
    words: tuple[str, ...] = ()
    """The words of it that tell, by which its place is found."""


class Unseen:
    """Judges texts that no reader sees. What all pages have is judged once."""

    def __init__(self, told: Known, own: Own, searcher: Searcher, allowed: frozenset[str]) -> None:
        """`allowed` are names that files may have for other reasons, such as that of the quiz."""
        self._own, self._searcher = own, searcher
        self._allowed = sorted((word for word in allowed if "-" in word), key=len, reverse=True)
        self._ids = {name: what for name, what in told.ids.items() if _names(name, own, told, allowed)}
        self._first = {re.split(r"-", name)[0] for name in self._ids}
        self._harmless: set[tuple[str, bool]] = set()
        self.options = Searcher(list(_distinct(told, own)))
        self._keyed = told.keyed
        self._named: dict[str, list[tuple[str, str]]] = {}

    def judged(self, text: str, *, name: bool = False, code: bool = False) -> list[Find]:
        """What a text tells, by itself and by what is hidden in it.

        A `name` is not for reading: a class, the name of a file. In `code`, words that the templates have tell
        nothing.
        """
        known = (text, name)
        if known in self._harmless:
            return []
        found = [*self._told(text, "", name=name, code=code)]
        for how, said in hidden(text):
            found += self._told(said, f", {how}", name=True, code=False)
        if not found and len(self._harmless) < _MANY:
            self._harmless.add(known)
        return found

    def _told(self, text: str, how: str, *, name: bool, code: bool) -> Iterator[Find]:
        said = words(text)
        for hit in self._searcher.hits(said):
            needle = hit.needle
            if code and needle.line.count(" ") < 5 and self._own.codes(needle.line):
                continue
            yield Find("Q570", f"{said_of(needle)} {{where}}{how}", tuple(needle.line.split()))
        if name and "-" in text:
            for word in self._allowed:
                text = text.replace(word, " ") if word in text else text
        lowered = set(re.split(r"[^a-z0-9]+", text.casefold())) if name else set()
        if lowered & self._first:
            for tells_of, what in self._ids.items():
                if "-" not in tells_of and " " in text.strip():
                    continue  # a word among others
                if re.search(rf"(?<![a-z0-9]){tells_of}(?![a-z0-9])", text):
                    yield Find("Q571", f"the id of {what}, '{tells_of}', {{where}}{how}", (tells_of,))

    def only_right(self, texts: Iterable[str]) -> Iterator[tuple[str, Find]]:
        """Among all texts of a file: of which items the right options are named, and some others are not."""
        named: dict[str, dict[str, str]] = {}
        for text in texts:
            for item, line in self._options_in(text):
                named.setdefault(item, {}).setdefault(line, text)
        for item, there in named.items():
            keyed = self._keyed[item]
            right, wrong = ({*map(option_line, some)} & self.options.lines for some in (keyed.right, keyed.wrong))
            first = next((line for line in there if line in right), None)
            if first and wrong - there.keys():
                message = f"the right option of '{item}' is named {{where}}, and others are not"
                yield there[first], Find("Q572", message, tuple(first.split()))

    def _options_in(self, text: str) -> list[tuple[str, str]]:
        if text not in self._named:
            if len(self._named) > _MANY:
                self._named.clear()
            said = [text, *(said for _, said in hidden(text))]
            hits = (hit.needle for each in said for hit in self.options.hits(words(each)))
            self._named[text] = [(needle.item, needle.line) for needle in hits]
        return self._named[text]

    @property
    def distinct(self) -> set[str]:
        """Options that nothing else in the quiz is called, as lines of words."""
        return self.options.lines


def said_of(needle: Needle) -> str:
    """What was found, for a message."""
    turned = ", spelt backwards," if needle.turned else ""
    return f"{needle.what} of '{needle.item}'{turned} stands"


def _names(name: str, own: Own, told: Known, allowed: frozenset[str]) -> bool:
    """Whether an id tells something where it stands: not if it is a word as any other, or stands in a text anyway."""
    if letters(name) < _FEWEST_LETTERS or name in allowed:
        return False
    if own.writes(name) or own.writes(name.rstrip("0123456789").rstrip("-")):
        return False
    return "-" in name or line_of([name]) not in own.said


_FEWEST_LETTERS = 3


def option_line(text: str) -> str:
    """An option as a line of words."""
    return line_of([word for run in fragments(text, inline=True) for word in words(run)])


def _distinct(told: Known, own: Own) -> Iterator[Needle]:
    """Options that nothing else in the quiz is called."""
    lines = {item.name: [*map(option_line, (*item.right, *item.wrong))] for item in told.keyed.values()}
    often = Counter(line for some in lines.values() for line in some)
    for name, some in lines.items():
        for line in some:
            if (
                often[line] == 1
                and tells(line.split())
                and line not in own.said
                and not own.codes(line)
                and told.open_lines.count(line) == 1
            ):
                yield Needle("an option", name, line)
