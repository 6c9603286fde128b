"""Submissions -> results, by the manifest alone: banks may have changed since, or be gone."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TypeAlias

from ..form import FormRecord, ItemRecord, Manifest
from ..items import ITEM_TYPES
from ..items.scoring import Scoring, marked
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
    students = tuple(_result(one, forms[one.form.id], told.scoring, dropped, given) for one in ordered)
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


def _result(one: Submission, form: FormRecord, rules: Scoring, dropped: frozenset[str], by_hand: ByHand) -> Result:
    answers = {}
    for item in form.items:
        given = one.answers.get(item.number, ())
        earned = 0.0 if item.name in dropped else by_hand.get((one.attempt, item.name), _earned(item, given, rules))
        answers[item.name] = Answer(
            number=item.number, given=_told(item, given), earned=None if earned is None else round(earned, 4)
        )
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


def _earned(item: ItemRecord, given: tuple[str, ...], rules: Scoring) -> float | None:
    return marked(ITEM_TYPES[item.type], item.keyed, response(item, given), rules.rule(item.type))


def _told(item: ItemRecord, given: tuple[str, ...]) -> tuple[str, ...]:
    """An answer by ids, as results tell it."""
    found = response(item, given)
    if found is None:
        return ()
    if isinstance(found, Mapping):
        return tuple(f"{prompt}={match}" for prompt, match in sorted(found.items()))
    texts = (found,) if isinstance(found, str) else tuple(text or "" for text in found)
    if item.type == "multiple_response":
        return tuple(sorted(texts))
    return texts if any(text.strip() for text in texts) else ()
