"""Submissions -> results, by the manifest alone: banks may have changed since, or be gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from ..form import FormRecord, ItemRecord, Manifest
from ..items import ITEM_TYPES, ItemBase, Keyed, Response
from ..items.scoring import Scoring, ScoringRule, marked
from .answers import response
from .responses import Submission
from .results import Answer, ItemInfo, Result, Results

ByHand: TypeAlias = Mapping[tuple[str, str], float]
"""(Attempt of a submission, full name of an item) -> what a person gave for it."""


def results(submissions: Iterable[Submission], told: Manifest, by_hand: ByHand | None = None) -> Results:
    """What everybody earned, in the order of forms and students, whatever the order of the submissions.

    Errata are obeyed: keys are those that are right now, and items that do not count are worth nothing.
    """
    corrected = told.corrected()
    forms = {form.id: form for form in corrected.forms}
    ordered = sorted(submissions, key=lambda one: (one.form.id, one.student.id, one.student.name, one.attempt))
    dropped, given = corrected.dropped, by_hand or {}
    markers = {form.id: _markers(form, told.scoring) for form in corrected.forms}
    students = tuple(_result(one, forms[one.form.id], markers[one.form.id], dropped, given) for one in ordered)
    return Results(
        quizgen=told.quizgen,
        quiz=told.quiz,
        quiz_id=told.quiz_id,
        title=told.title,
        manifest=sha256(told.to_json()).hexdigest(),
        seats=told.seats,
        items=tuple(_items(corrected.forms, dropped)),
        students=students,
    )


def _items(forms: Iterable[FormRecord], dropped: frozenset[str]) -> list[ItemInfo]:
    """All items that are on some form, by name."""
    found = {item.name: item for form in forms for item in form.items}
    return [_info(found[name], name in dropped) for name in sorted(found)]


def _info(item: ItemRecord, dropped: bool) -> ItemInfo:
    key = item.keyed
    right = tuple(f"{prompt}={match}" for prompt, match in sorted(key.matches.items())) or key.right
    return ItemInfo(
        name=item.name,
        type=item.type,
        points=item.points,
        options=tuple(sorted(item.options)),
        right=right if item.type == "ordering" else tuple(sorted(right)),
        dropped=dropped,
    )


@dataclass(frozen=True, slots=True)
class _Marker:
    """What marks the responses to one item on one form: made once for all who have it."""

    item: ItemRecord
    key: Keyed
    kind: type[ItemBase]
    rule: ScoringRule

    def earned(self, given: Response) -> float | None:
        found = marked(self.kind, self.key, given, self.rule)
        return None if found is None else round(found, 4)


def _markers(form: FormRecord, rules: Scoring) -> list[_Marker]:
    return [_Marker(item, item.keyed, ITEM_TYPES[item.type], rules.rule(item.type)) for item in form.items]


def _result(
    one: Submission, form: FormRecord, markers: Iterable[_Marker], dropped: frozenset[str], by_hand: ByHand
) -> Result:
    answers = {}
    for marker in markers:
        item = marker.item
        given = response(item, one.answers.get(item.number, ()))
        earned = by_hand.get((one.attempt, item.name))
        if item.name in dropped:
            earned = 0.0
        elif earned is None:
            earned = marker.earned(given)
        answers[item.name] = Answer.model_construct(number=item.number, given=_told(item, given), earned=earned)
    return Result(
        id=one.student.id,
        name=one.student.name,
        form=form.id,
        version=form.version,
        file=one.file,
        receipt=one.receipt,
        late=one.claims.late,
        answers=answers,
        earned=round(sum(answer.earned or 0 for answer in answers.values()), 2),
        points=form.points,
    )


def _told(item: ItemRecord, found: Response) -> tuple[str, ...]:
    """A response by ids, as results tell it."""
    if found is None:
        return ()
    if isinstance(found, Mapping):
        return tuple(f"{prompt}={match}" for prompt, match in sorted(found.items()))
    texts = (found,) if isinstance(found, str) else tuple(text or "" for text in found)
    if item.type == "multiple_response":
        return tuple(sorted(texts))
    return texts if any(text.strip() for text in texts) else ()
