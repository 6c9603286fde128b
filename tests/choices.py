"""Choice items of few words, and what a check says of them."""

import json
from collections.abc import Callable, Iterator, Sequence

from quizgen.bank import parse
from quizgen.checks.reading import ArticleReading
from quizgen.diagnostics import Diagnostic, Edit

Check = Callable[[ArticleReading], Iterator[Diagnostic]]


def choice(right: str | Sequence[str], *wrong: str, stem: str = "Which of them was it?", more: str = "") -> str:
    """An item as an author writes it: multiple_choice for one right option, multiple_response for several."""
    key = f"answer: {written(right)}" if isinstance(right, str) else f"answers: [{', '.join(map(written, right))}]"
    kind = "multiple_choice" if isinstance(right, str) else "multiple_response"
    lines = [f"type: {kind}", f"stem: {written(stem)}", key, f"distractors: [{', '.join(map(written, wrong))}]"]
    return "\n    ".join([*lines, *more.splitlines()])


def written(text: str) -> str:
    """A text in quotes; what starts with a brace is written as it is."""
    return text if text.startswith("{") else json.dumps(text, ensure_ascii=False)


def article(*items: str, language: str = "en", passage: str = "") -> ArticleReading:
    """An article with these items."""
    head = f"article: {{id: a, title: A, language: {language}}}\n"
    text = f"passages: [{{id: p, text: {json.dumps(passage)}}}]\n" if passage else ""
    body = "".join(f"  - id: i{number}\n    {item}\n" for number, item in enumerate(items))
    file, wrong = parse(f"{head}{text}items:\n{body}", "bank.yaml")
    assert file is not None, wrong
    assert wrong == []
    return ArticleReading(file)


def said(check: Check, *items: str, language: str = "en", passage: str = "") -> list[tuple[str, str]]:
    """What a check says of the items: the words that are underlined, and the message."""
    found = check(article(*items, language=language, passage=passage))
    return [(one.span.source[one.span.column - 1 : one.span.end - 1], one.message) for one in found]


def mended(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
