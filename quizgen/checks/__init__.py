"""Checks: functions Bank -> diagnostics, for what needs two records to see, or what only a reader would mind.

A check is one function and one word in `CHECKS`. Its docstring is its manual page, and begins with its code.
"""

from inspect import cleandoc

from ..bank import Bank
from ..diagnostics import Diagnostic
from .characters import character_without_font
from .completeness import no_difficulty, no_evidence, no_passage, no_rationale, no_skill
from .evidence import evidence_not_in_passage, evidence_twice_in_passage, evidence_without_passage
from .options import unpinned_none_of_these

CHECKS = (
    evidence_not_in_passage,
    evidence_twice_in_passage,
    evidence_without_passage,
    no_passage,
    no_evidence,
    no_rationale,
    no_skill,
    no_difficulty,
    unpinned_none_of_these,
    character_without_font,
)


def check(bank: Bank) -> list[Diagnostic]:
    """What all checks find in the bank."""
    return [diagnostic for function in CHECKS for diagnostic in function(bank)]


def pages() -> dict[str, str]:
    """Code -> the check's manual page."""
    texts = (cleandoc(function.__doc__ or "") for function in CHECKS)
    return {text[:4]: text for text in texts}
