"""What a candidate earns who knows nothing, and what a rule about the key tells them."""

from collections.abc import Iterator, Sequence
from math import comb

from ..items import ItemBase, Matching, MultipleChoice, MultipleResponse, Ordering, Response, TrueFalse, lettered
from ..items.scoring import Scoring, ScoringRule, earned


def chance(item: ItemBase, rule: ScoringRule) -> float:
    """The points that a blind guess earns, on average: all answers are equally likely that a candidate can mark.

    Whoever does not know what to write leaves the line blank.
    """
    guesses = list(_guesses(item))
    total = sum(weight for weight, _ in guesses)
    return sum(weight / total * (earned(item, response, rule) or 0) for weight, response in guesses)  # 200! is no float


def _guesses(item: ItemBase) -> Iterator[tuple[int, Response]]:
    """Answers that stand for all others, with how many there are of each."""
    match item:
        case MultipleChoice() | TrueFalse():
            yield from ((1, choice.id) for choice in item.offered)
        case MultipleResponse():
            right = sorted(item.keys)
            wrong = [choice.id for choice in item.offered if choice.id not in item.keys]
            for r in range(len(right) + 1):
                for w in range(not r, len(wrong) + 1):
                    yield comb(len(right), r) * comb(len(wrong), w), (*right[:r], *wrong[:w])
        case Matching():  # any match for any prompt, also twice
            key, others = item.correct_response(), len(item.offered) - 1
            for r in range(len(key) + 1):
                answers = {prompt: right if n < r else "?" for n, (prompt, right) in enumerate(key.items())}
                yield comb(len(key), r) * others ** (len(key) - r), answers
        case Ordering():
            order = item.correct_response()
            for kept in range(len(order)):
                yield _orders(len(order), kept), (*reversed(order[kept + 1 :]), *order[: kept + 1])
        case _:
            yield 1, None


def _orders(length: int, kept: int) -> int:
    """In how many orders exactly so many neighbours stay together (OEIS A123513)."""
    deranged = [1, 0]
    for n in range(2, length + 1):
        deranged.append((n - 1) * (deranged[-1] + deranged[-2]))
    return comb(length - 1, kept) * (deranged[length - kept] + deranged[length - kept - 1])


def given_away(keys: Sequence[tuple[ItemBase, str]], scoring: Scoring, max_run: int) -> float:
    """The points that are gained by leaving out, after the longest run that is allowed, its letter."""
    gained = 0.0
    for place in range(max_run, len(keys)):
        before = {name for _, name in keys[place - max_run : place]}
        item = keys[place][0]
        if len(before) == 1 and isinstance(item, MultipleChoice | TrueFalse) and before < _marks(item):
            options = len(item.printed)
            gained += item.points * (1 - scoring.rule(item.type).wrong) * (1 / (options - 1) - 1 / options)
    return gained


def _marks(item: ItemBase) -> set[str]:
    """What may be written as the answer to an item with one key."""
    return {"T", "F"} if isinstance(item, TrueFalse) else set(lettered(item.printed).values())
