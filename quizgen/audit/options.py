"""Whether the options of an item are written alike: whatever tells one from the others may tell the key."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from markupsafe import escape

from .. import markup
from ..items import Shown, letter
from ..render.lean import lean_text
from .html import Element, Page
from .texts import line_of, words

_TOKEN = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>|[^<]+|<")
_VALUE = re.compile(r"""(?<=[\s"'])([^\s"'<>/=]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_ATOM = re.compile(r"<math\b.*?</math>|<img\b[^>]*>", re.DOTALL | re.IGNORECASE)
_NAMES = frozenset("id for name value href aria-labelledby aria-describedby aria-controls aria-owns".split())
_FIXED = frozenset("class type role dir lang tabindex autocomplete".split())


@dataclass(frozen=True)
class Odd:
    """An option that is not written as the others: its place in the form's order, and where it differs."""

    number: int
    at: int
    moved: bool = False
    """Whether it is another option that stands there."""


def odd_options(page: Page, container: Element, shown: Shown) -> Iterator[Odd]:
    """The options (matches, entries, prompts) of an item that are not written as the others of their list."""
    for texts, lettered in ((shown.choices, True), (shown.prompts, False)):
        if len(texts) > 1:
            lines = [line_of(words(markup.to_plain(text))) for text in texts]
            for group in _groups(container, len(texts)):
                if _is_list(page, group, lines, shown.type, lettered=lettered):
                    yield from _odd(page, group, texts, lines, _signs(shown.type, group, lettered=lettered))


def _signs(kind: str, group: Sequence[Element], *, lettered: bool) -> Sequence[str | None]:
    """What tells the entries apart even where all is well: their letters; numbers do not count anyway."""
    if kind == "true_false":
        return "TF"
    return [letter(number) if lettered else None for number in range(len(group))]


def _is_list(page: Page, group: Sequence[Element], lines: Sequence[str], kind: str, *, lettered: bool) -> bool:
    """Whether elements are the entries of a list of these texts, though one of them may be spoilt."""
    if all(each.tag == "option" for each in group):
        return lettered
    if kind == "true_false":
        return all("<input" in page.source[each.at : each.end] for each in group)
    read = [line_of(words(unescape(_visible(page.source[each.at : each.end])))) for each in group]
    spoilt = 1 if len(lines) > 2 and len({each.tag for each in group}) == 1 else 0
    return sum(_holds_one(here, lines) for here in read) >= len(lines) - spoilt


def _holds_one(here: str, lines: Sequence[str]) -> bool:
    """Whether one of the texts stands there, and others only as a part of it."""
    there = [line for line in lines if line in here]
    return bool(there) and all(line in max(there, key=len) for line in there)


def _groups(container: Element, count: int) -> Iterator[list[Element]]:
    """Lists of so many entries; in a list to choose from, an empty entry may stand first."""
    for node in container.all():
        if not isinstance(node, Element) or len(node.elements) < count:
            continue
        children = [child for child in node.elements if child.tag != "option" or child.get("value") or child.children]
        children = [child for child in children if not (child.tag == "option" and _emptied(child))]
        alike: dict[str, list[Element]] = defaultdict(list)
        for child in children:
            alike[child.tag].append(child)
        group = next((some for some in alike.values() if len(some) == count), children)
        if (
            len(group) == count
            and group[0].tag != "legend"
            and all(child.children or child.tag == "option" for child in group)
        ):
            yield group


def _emptied(option: Element) -> bool:
    return any(each.name == "value" and not each.value for each in option.attributes)


def _odd(
    page: Page, group: Sequence[Element], texts: Sequence[str], lines: Sequence[str], signs: Sequence[str | None]
) -> Iterator[Odd]:
    raw = [_ATOM.sub("\1", page.source[each.at : each.end]) for each in group]
    read = [_visible(each) for each in raw]
    judged = signs == "TF"
    if not judged and group[0].tag != "option":
        moved = [number for number, _ in enumerate(group) if _is_another(read[number], lines, number)]
        if moved:
            yield Odd(moved[0], group[moved[0]].at, moved=True)
            return
    free = judged or any("](line" in text for text in texts)  # what stands there, the page alone knows
    written = [None if free else _author(text) for text in texts]
    shapes = [_shapes(*each) for each in zip(raw, written, texts, signs, read, strict=True)]
    exact = all(shape.found for shape in shapes) or not any(shape.found for shape in shapes)
    if not exact:
        yield from (Odd(number, group[number].at) for number, shape in enumerate(shapes) if not shape.found)
        return
    found = min(([*_minority(ways)] for ways in zip(*(shape.ways for shape in shapes), strict=True)), key=len)
    between = [page.source[one.end : other.at] for one, other in pairwise(group)]
    yield from (Odd(number, group[number].at) for number in found)
    if not found and len(between) > 1:
        yield from (Odd(number + 1, group[number].end) for number in _minority(between))


def _minority(shapes: Sequence[str]) -> Iterator[int]:
    """Which of them are not as most are."""
    most = max(shapes, key=lambda shape: (shapes.count(shape), -shapes.index(shape)))
    return (number for number, shape in enumerate(shapes) if shape != most)


def _visible(raw: str) -> str:
    return "".join(token for token in _TOKEN.findall(raw) if token[0] != "<")


def _is_another(read: str, lines: Sequence[str], number: int) -> bool:
    """Whether another of the texts stands there, and this one does not."""
    here = line_of(words(unescape(read)))
    if lines[number] in here or not lines[number].strip() or not here.strip():
        return False
    return any(len(line.strip()) > 1 and line in here for place, line in enumerate(lines) if place != number)


class _Atoms:
    """A medium in which formulas and images are as in `_ATOM`."""

    def image(self, source: str, alt: str) -> str:
        return "\1"

    def formula(self, tex: str, *, display: bool) -> str:
        return "\1"

    def gap(self, number: int) -> str:
        return "\1"


def _author(text: str) -> str:
    """An option as quizgen writes it."""
    return lean_text(str(markup.to_html(text, _Atoms(), inline=True)))


@dataclass(frozen=True)
class _Shape:
    """All of an option but what makes it this one: twice, since its text may stand in attributes, too."""

    found: bool
    ways: tuple[str, str]


def _shapes(raw: str, author: str | None, text: str, sign: str | None, read: str) -> _Shape:
    if author is None:
        place = None
        tokens = [_blanked(token) if token[0] != "<" else token for token in _TOKEN.findall(raw)]
    else:
        place = _place(raw, author)
        start, end = (place, place + len(author)) if place is not None else (len(raw), len(raw))
        blanked = raw[:start] + "\2" + raw[end:] if place is not None else raw
        tokens = _TOKEN.findall(blanked)
        if place is None:
            tokens = [_blanked(token) if token[0] != "<" else token for token in tokens]
    said = {lean_text(str(escape(markup.to_plain(text)))), author or "", " ".join(read.split())} - {""}
    ways = tuple("".join(_told(token, sign, names) for token in tokens) for names in ((), tuple(said)))
    return _Shape(place is not None or author is None, (ways[0], ways[1]))


def _blanked(text: str) -> str:
    """A text with its blanks alone."""
    return re.sub(r"\S(?:.*\S)?", "\2", text, count=1, flags=re.DOTALL)


def _place(raw: str, author: str) -> int | None:
    """Where the author's text stands by itself between tags; the last place, since its letter stands before it."""
    at = raw.rfind(author)
    while at >= 0:
        outside = raw.rfind("<", 0, at) <= raw.rfind(">", 0, at)
        before, after = raw[at - 1 : at], raw[at + len(author) : at + len(author) + 1]
        if outside and (before in (">", "") or before.isspace()) and (after in ("<", "") or after.isspace()):
            return at
        at = raw.rfind(author, 0, at + len(author) - 1) if at else -1
    return None


def _told(token: str, sign: str | None, said: tuple[str, ...]) -> str:
    """A tag or a text without numbers, the option's letter, and in attributes its text."""
    if token[0] != "<":
        return re.sub(r"\d+", "#", re.sub(rf"(?<![^\W\d]){sign}(?![^\W\d])", "#", token) if sign else token)
    return _VALUE.sub(lambda match: _valued(match, sign, said), token)


def _valued(match: re.Match[str], sign: str | None, said: tuple[str, ...]) -> str:
    name, value = match[1].lower(), match[3]
    if name not in _FIXED:
        for text in said:
            if name not in _NAMES:
                value = value.replace(text, "#")
        if sign:
            flags = re.IGNORECASE if name in _NAMES else 0
            value = re.sub(rf"(?<![^\W\d]){sign}(?![^\W\d])", "#", value, flags=flags)
    return f"{match[1]}{match[2]}{re.sub(r'[0-9]+', '#', value)}"
