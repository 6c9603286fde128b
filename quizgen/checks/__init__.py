"""Checks: what needs two records to see, or what only a reader would mind.

A check is one function and one word in the `CHECKS` of its file; a file holds one family. Its docstring is its manual
page, and begins with its code. Most look at one bank file at a time (`FILE_CHECKS`), so that a run can read files side
by side and leave out those that have not changed; those that compare files (`BANK_CHECKS`) are given the gist of each.
"""

from collections.abc import Callable, Iterator, Sequence
from inspect import cleandoc
from typing import TypeAlias

from ..bank import Bank
from ..diagnostics import Diagnostic
from . import characters, completeness, cues, evidence, kinds, options, overlaps, pairs, robot, stems
from .gist import Gist, gist
from .reading import ArticleReading

FileCheck: TypeAlias = Callable[[ArticleReading], Iterator[Diagnostic]]
BankCheck: TypeAlias = Callable[[Sequence[Gist]], Iterator[Diagnostic]]

FILE_CHECKS: tuple[FileCheck, ...] = (
    *evidence.CHECKS,
    *completeness.CHECKS,
    *options.CHECKS,
    *overlaps.CHECKS,
    *kinds.CHECKS,
    *stems.CHECKS,
    *cues.CHECKS,
    *robot.CHECKS,
    *pairs.CHECKS,
    *characters.CHECKS,
)
"""What one file tells."""

BANK_CHECKS: tuple[BankCheck, ...] = pairs.BANK_CHECKS
"""What only several files tell."""


def check(bank: Bank) -> list[Diagnostic]:
    """What all checks find in the bank."""
    articles = [ArticleReading(file) for file in bank.files]
    found = [diagnostic for article in articles for diagnostic in check_article(article)]
    return found + check_gists([gist(article) for article in articles])


def check_article(article: ArticleReading) -> list[Diagnostic]:
    """What the checks of single files find in one."""
    return [diagnostic for function in FILE_CHECKS for diagnostic in function(article)]


def check_gists(gists: Sequence[Gist]) -> list[Diagnostic]:
    """What the checks that compare files find."""
    return [diagnostic for function in BANK_CHECKS for diagnostic in function(gists)]


def pages() -> dict[str, str]:
    """Code -> the check's manual page."""
    texts = (cleandoc(function.__doc__ or "") for function in (*FILE_CHECKS, *BANK_CHECKS))
    return {text[:4]: text for text in texts}
