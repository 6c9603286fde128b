"""The key of a form as a row of letters: whoever has it needs no other text."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..form import Form
from .texts import line_of, words

_ROW = 5
"""So many letters in a row are no chance; with their numbers three are enough."""


def key_rows(form: Form) -> list[str]:
    """The key in the ways in which it may be written, as lines of words."""
    one = [(str(placed.number), "".join(_letters(placed.item.written_key()))) for placed in form.items]
    one = [(number, mark.casefold()) for number, mark in one if mark]
    found = []
    if len(one) >= 3:
        found += [
            line_of([word for pair in one for word in pair]),
            line_of([f"{number}{mark}" for number, mark in one]),
        ]
    marks = [mark for _, mark in one]
    if len(marks) >= _ROW:
        found += [line_of(["".join(marks)])]
    if len(marks) > _ROW:
        found += [line_of(marks)]
    return found


def _letters(key: Any) -> list[str]:
    """The key of an item with options, in letters; nothing for others."""
    if isinstance(key, list) and all(isinstance(mark, str) and len(mark) == 1 and mark.isupper() for mark in key):
        return key
    return []


def keyed_record(value: Any, form: Form) -> bool:
    """Whether data hold a record from the numbers of items to what is right."""
    keys = {str(placed.number): placed.item.written_key() for placed in form.items}
    waiting, work = [value], 100_000
    while waiting and work:
        work -= 1
        node = waiting.pop()
        if isinstance(node, Mapping):
            told = {str(number).lstrip("qQ-_"): given for number, given in node.items()}
            about = [(given, keys[number]) for number, given in told.items() if keys.get(number) is not None]
            if about and all(_same(given, key) for given, key in about):
                return True
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return False


def _same(given: Any, key: Any) -> bool:
    if isinstance(given, Mapping):
        return any(_same(each, key) for each in given.values())
    return _words(given) == _words(key) != []


def _words(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return [word for part in parts if isinstance(part, str | int | float) for word in words(str(part))]


def texts_of(value: Any) -> Iterator[str]:
    """Every text in data, names too."""
    waiting, work = [value], 200_000
    while waiting and work:
        work -= 1
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, Mapping):
            yield from (str(name) for name in node)
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
