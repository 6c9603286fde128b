"""Which items and passages are to blame where a page cannot be set."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ...diagnostics import Diagnostic, Span, error
from ...images import ImageError
from .tasks import Died, Done, Executor, Failed, Outcome, OverMemory, OverTime, Task


@dataclass(frozen=True)
class Part:
    """An item or a passage: its full name (`article/item`), and where it stands."""

    name: str
    span: Span


@dataclass(frozen=True)
class Guilty:
    """A part that cannot be set, and what there is to say of it."""

    part: Part
    diagnostic: Diagnostic


class NobodysFaultError(RuntimeError):
    """A page without any part cannot be set either; the cause is what was raised."""


Trial: TypeAlias = Callable[[Sequence[Part]], Task[Any]]  # Any: only how it ends matters

_BATCH = 16
"""How many parts are tried together first: most are innocent, and quick to set."""
_BREAKERS = 3
"""So many of a batch can be at fault together with others; each takes a few trials to find."""


def blame(parts: Sequence[Part], try_: Trial, executor: Executor) -> list[Guilty]:
    """The parts that cannot be set, in order, each with a Q552; without them, each batch of the rest can be.

    `try_` gives the task that sets a page with only these parts, which may be none. A part is guilty if it cannot be
    set alone; or, where all of a batch can be, if it cannot be set together with those before it. So nobody is guilty
    where only the whole is too much. Raises `NobodysFaultError` where not even a page without a part can be set.
    """
    [empty] = executor.map([try_(())])
    if not isinstance(empty, Done):
        raise NobodysFaultError(str(empty)) from (empty.error if isinstance(empty, Failed) else None)
    batches = [parts[start : start + _BATCH] for start in range(0, len(parts), _BATCH)]
    failing = _failing(batches, try_, executor) if len(batches) > 1 else batches  # few: the caller knows that they fail
    suspects = [part for batch in failing for part in batch]
    alone = executor.map(try_([part]) for part in suspects)
    found: dict[Part, Outcome[Any]] = {
        part: outcome for part, outcome in zip(suspects, alone, strict=True) if not isinstance(outcome, Done)
    }
    rests = [[part for part in batch if part not in found] for batch in failing]
    for rest in _failing(filter(None, rests), try_, executor):
        found |= _breakers(rest, try_, executor)
    return [Guilty(part, _diagnostic(part, found[part])) for part in parts if part in found]


def _failing(batches: Iterable[Sequence[Part]], try_: Trial, executor: Executor) -> list[Sequence[Part]]:
    known = list(batches)
    outcomes = executor.map(try_(batch) for batch in known)
    return [batch for batch, outcome in zip(known, outcomes, strict=True) if not isinstance(outcome, Done)]


def _breakers(parts: Sequence[Part], try_: Trial, executor: Executor) -> dict[Part, Outcome[Any]]:
    """Of parts that fail together and not alone: those with which a page fails that without them did not.

    None where that would be more than a few: it is their number that is too much.
    """
    found: dict[Part, Outcome[Any]] = {}
    left = list(parts)
    while not isinstance(whole := _tried(left, try_, executor), Done):
        if len(found) == _BREAKERS:
            return {}
        sound, broken, reason = 0, len(left), whole  # so many of the first can be set, and so many cannot
        while broken - sound > 1:
            middle = (sound + broken) // 2
            outcome = _tried(left[:middle], try_, executor)
            if isinstance(outcome, Done):
                sound = middle
            else:
                broken, reason = middle, outcome
        found[left.pop(broken - 1)] = reason
    return found


def _tried(parts: Sequence[Part], try_: Trial, executor: Executor) -> Outcome[Any]:
    [outcome] = executor.map([try_(parts)])
    return outcome


def _diagnostic(part: Part, outcome: Outcome[Any]) -> Diagnostic:
    if isinstance(outcome, Failed) and isinstance(outcome.error, ImageError):
        return error(outcome.error.code, f"{outcome.error}", part.span, outcome.error.hint)
    return error("Q552", f"'{part.name}' cannot be set: {outcome}", part.span, _hint(outcome))


def _hint(outcome: Outcome[Any]) -> str:
    match outcome:
        case OverTime() | OverMemory():
            return "make it smaller: fewer or shorter cells, entries and formulas, or smaller images"
        case Failed(RecursionError()) | Died():
            return "make it simpler: fewer lists, quotations or formulas inside each other"
        case _:
            return "look at its images, formulas and tables; take them out one by one to see which it is"
