"""Where a sentence makes its second claim: what joins two clauses, a claim and its reason, or two predicates."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ..language import sentences
from .english import (
    DETERMINERS,
    NOMINATIVES,
    PREPOSITIONS,
    REPORTING,
    SUBORDINATORS,
    goes_on,
    is_finite,
    tokens,
    verb_form,
    without_quotations,
)

_MAY_JOIN = re.compile(
    r";|\b(?:and|but|yet|nor|while|whereas|because|since|for|as|so|therefore|hence|thus|consequently|although|though)\b"
    r"|which is why|[.!?]\s",
    re.IGNORECASE,
)
_ALWAYS = frozenset("because whereas therefore hence consequently although nor".split())
_ADVERBS = frozenset("then later also soon still often never always thus so therefore now only once again even".split())
_BE = frozenset("is are was were be been being".split())
_CLAUSE_HEADS = frozenset("way day year time moment place reason".split())
"""Nouns behind which a clause may begin at once."""
_NO_SENTENCE = frozenset("nothing all anything none nobody everything last".split())


_LONGEST = 2_000
"""So many characters of a statement are looked at; nobody can judge a longer one anyway."""


def second_claim(text: str) -> tuple[str, str] | None:
    """What joins the second claim of a statement to the first, and the word behind it; `None` where it makes but one.

    Two sentences are joined by nothing.
    """
    if not _MAY_JOIN.search(text):
        return None
    parts = [tokens(sentence) for sentence in sentences(without_quotations(text[:_LONGEST]))]
    for part in parts:
        for place, word in enumerate(part[:-1]):
            joins = _JOINTS.get(word)
            if word in _ALWAYS or (joins is not None and joins(part, place)):
                return word, part[place + 1]
    return ("", "") if sum(_has_verb(part) for part in parts) > 1 else None


def _has_verb(part: Sequence[str]) -> bool:
    return any(is_finite(part, place) for place in range(len(part)))


def _semicolon(part: Sequence[str], place: int) -> bool:
    return _has_verb(part[:place]) and _has_verb(part[place:])


def _clause_follows(part: Sequence[str], place: int) -> bool:
    """Whether a subject with its verb stands behind the word."""
    behind = part[place + 1 :]
    if behind[0] in NOMINATIVES:
        return True
    for number, word in enumerate(behind[:9]):
        if word in SUBORDINATORS or (number and (word in NOMINATIVES or word in ",;:—")):
            return False
        if number and is_finite(behind, number):
            return True
    return False


def _after_a_comma(part: Sequence[str], place: int) -> bool:
    return part[place - 1] in ",—–" and _clause_follows(part, place)


def _since(part: Sequence[str], place: int) -> bool:
    """A reason; after a perfect tense `since` is a time."""
    return not {"has", "have", "had"} & {*(part[:place] or part)} and _clause_follows(part, place)


def _so(part: Sequence[str], place: int) -> bool:
    return part[place + 1] == "that" or _after_a_comma(part, place)


def _though(part: Sequence[str], place: int) -> bool:
    return place == 0 or part[place - 1] != "as"


def _while(part: Sequence[str], place: int) -> bool:
    """A contrast: with a comma, or with a subject of its own; `while it dances` is a time."""
    if place == 0 or part[place - 1] in ("a", "the"):
        return False
    contrast = part[place - 1] == "," or part[place + 1] not in NOMINATIVES
    clause = any(verb_form(word) not in ("", "ing") for word in part[place + 2 : place + 7])
    return contrast and clause and verb_form(part[place + 1]) != "ing" and part[place + 1] not in PREPOSITIONS


def _but(part: Sequence[str], place: int) -> bool:
    before, behind = part[place - 1], part[place + 1]
    if before in _NO_SENTENCE or behind in ("for", "one", "rather"):
        return False
    adds = before == "," or behind in ("not", "also", "only", "never")
    return adds or _predicate_follows(part, place) or _clause_follows(part, place)


def _and(part: Sequence[str], place: int) -> bool:
    """Two clauses or two predicates; not two names for one thing, two objects, two infinitives."""
    if part[place + 1] in NOMINATIVES or (part[place + 1] == "that" and "that" in part[:place]):
        return True
    return _predicate_follows(part, place) or (_clause_before(part, place) and _clause_follows(part, place))


def _predicate_follows(part: Sequence[str], place: int) -> bool:
    """Whether a verb follows that the subject before shares."""
    number = place + 1
    while number < len(part) - 1 and (part[number] in _ADVERBS or part[number].endswith("ly")):
        number += 1
    before, form = part[:place], verb_form(part[number])
    if form == "participle":
        shared = not _BE.isdisjoint(before)
        return shared and (number + 1 == len(part) or goes_on(part[number + 1]))
    if not is_finite(part, number) or (_opens_a_relative(before) and _has_verb(part[number + 1 :])):
        return False
    if form == "base" and any(one == "to" and verb_form(two) == "base" for one, two in pairwise(before)):
        return False
    return form != "base" or any(verb_form(word) not in ("", "ing") for word in before)


def _opens_a_relative(before: Sequence[str]) -> bool:
    """Whether a clause inside of the subject is still open: the dog that the hunters lost ..."""
    inside = [number for number, word in enumerate(before) if word in SUBORDINATORS]
    return bool(inside) and "," not in before[inside[-1] :] and not _has_verb(before[: inside[-1]])


def _clause_before(part: Sequence[str], place: int) -> bool:
    """Whether a whole clause stands before the word, so that what follows cannot be a part of its subject."""
    end = place - 1 if part[place - 1] == "," else place
    starts = [number + 1 for number, word in enumerate(part[:end]) if word == "," or word in SUBORDINATORS]
    clause = part[max(starts, default=0) : end]
    verbs = [number for number in range(len(clause)) if is_finite(clause, number)]
    if verbs and not _CLAUSE_HEADS.isdisjoint(clause[verbs[-1] : -1]) and clause[-1] not in _CLAUSE_HEADS:
        return False  # in the way light and heat do: a clause without a word that opens it
    if not verbs or _opens_a_relative(part[:end]) or clause[verbs[-1]] in REPORTING or "between" in clause:
        return False
    sure = part[place - 1] == "," or part[place + 1] in DETERMINERS or part[place + 1] == "others"
    return sure or any(is_finite(clause, number, free=True) for number in verbs)


_JOINTS = {
    ";": _semicolon, "and": _and, "but": _but, "yet": _after_a_comma, "while": _while, "since": _since,
    "for": _after_a_comma, "as": _after_a_comma, "so": _so, "thus": _after_a_comma, "though": _though,
}  # fmt: skip
