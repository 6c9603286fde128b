"""One item in a bank of its own, and what a check says of it."""

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from quizgen.bank import parse
from quizgen.checks.reading import ArticleReading
from quizgen.diagnostics import Diagnostic

PASSAGE = """The old pier of Moynaq was founded in 1870, and usually two ships a week put in there before the lake
withdrew. Most fishermen dried their nets on the long wall beside the harbour office."""

Check = Callable[[ArticleReading], Iterator[Diagnostic]]


def choice(stem: str, answer: str | list[str], *distractors: str | dict[str, str], **more: Any) -> dict[str, Any]:
    """A multiple_choice item, or with several answers a multiple_response item."""
    kind = "multiple_response" if isinstance(answer, list) else "multiple_choice"
    key = "answers" if isinstance(answer, list) else "answer"
    return {"type": kind, "stem": stem, key: answer, "distractors": [*distractors], **more}


def statement(stem: str, answer: bool = True, **more: Any) -> dict[str, Any]:
    """A true_false item."""
    return {"type": "true_false", "stem": stem, "answer": answer, **more}


def written(stem: str, *answers: str, **more: Any) -> dict[str, Any]:
    """A short_answer item."""
    return {"type": "short_answer", "stem": stem, "answers": [*answers], **more}


def cloze(text: str, stem: str = "Fill in the gaps.", **more: Any) -> dict[str, Any]:
    """A cloze item."""
    return {"type": "cloze", "stem": stem, "text": text, **more}


def reports(
    check: Check,
    *items: dict[str, Any],
    language: str = "en",
    passage: str = PASSAGE,
    more: dict[str, str] | None = None,
) -> list[Diagnostic]:
    """What a check says of items on one passage; there may be `more`, and an item whose passage is "" is on none."""
    article = {"id": "harbour", "title": "The harbour", "language": language}
    named = [{"id": f"item-{number}", "passage": "pier", **item} for number, item in enumerate(items)]
    passages = [{"id": name, "text": text} for name, text in {"pier": passage, **(more or {})}.items()]
    on_one = [{key: value for key, value in item.items() if (key, value) != ("passage", "")} for item in named]
    record = {"article": article, "passages": passages, "items": on_one}
    text = yaml.safe_dump(record, allow_unicode=True, width=100_000, sort_keys=False)
    file, found = parse(text, "bank.yaml")
    assert file is not None
    assert found == []
    return [*check(ArticleReading(file))]


def underlined(diagnostic: Diagnostic) -> str:
    """The words that a diagnostic points at."""
    span = diagnostic.span
    return span.source[span.column - 1 : span.end - 1]


def marked(diagnostic: Diagnostic) -> str:
    """The line that a diagnostic points at, with a bar before and behind the words meant."""
    span = diagnostic.span
    return f"{span.source[: span.column - 1]}|{underlined(diagnostic)}|{span.source[span.end - 1 :]}".strip()


def said(item: dict[str, Any], *checks: Check) -> tuple[str, str, str]:
    """All that checks say of an item of which they say one thing: where, what, and how to mend it.

    The item is written backwards, so that a rationale that says the same stands before the stem.
    """
    (found,) = [one for check in checks for one in reports(check, dict(reversed(item.items())))]
    return marked(found), f"{found.code}: {found.message}", found.hint
