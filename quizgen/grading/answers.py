"""Answers as a page writes them, in printed letters, against what a form holds: what can be, and what it stands for."""

from collections.abc import Sequence

from ..form import ItemRecord
from ..items import Response

_ONE = ("multiple_choice", "true_false")


def fields(item: ItemRecord) -> int:
    """How many fields the item has on a page; 0 where options are picked."""
    match item.type:
        case "multiple_choice" | "multiple_response" | "true_false":
            return 0
        case "matching":
            return len(item.prompts)
        case "ordering":
            return len(item.options)
        case "cloze":
            return len(item.key) if isinstance(item.key, tuple) else 0
        case _:
            return 1


def fitted(item: ItemRecord, given: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The answer as far as the item can have it, and what it cannot have; empty where all is sound."""
    known, count = item.letters, fields(item)
    if not count:
        picked = tuple(dict.fromkeys(mark for mark in given if mark in known))
        others = [mark for mark in given if mark not in known]
        if len(picked) > 1 and item.type in _ONE:
            return (), "it has two answers where there can be one"
        return picked, f"'{others[0][:20]}' is none of its options" if others else ""
    wrong = f"it has {len(given)} answers where there can be {count}" if len(given) > count else ""
    kept = (*given[:count], *[""] * (count - len(given)))
    if item.type in ("matching", "ordering"):
        others = [mark for mark in kept if mark and mark not in known]
        wrong = wrong or (f"'{others[0][:20]}' is none of its options" if others else "")
        kept = tuple(mark if mark in known else "" for mark in kept)
    return kept, wrong


def response(item: ItemRecord, given: Sequence[str]) -> Response:
    """What was answered, by option ids, as an item scores it; `given` is fitted. Blank where nothing was."""
    if not given:
        return None
    known = item.letters
    match item.type:
        case "multiple_choice" | "true_false":
            return known[given[0]]
        case "multiple_response":
            return [known[mark] for mark in given]
        case "matching":
            return {prompt: known[mark] for prompt, mark in zip(item.prompts, given, strict=True) if mark}
        case "ordering":
            return [known.get(mark) for mark in given]
        case "cloze":
            return list(given)
        case _:
            return given[0]
