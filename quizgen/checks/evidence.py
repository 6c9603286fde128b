"""Checks that the words given as evidence stand in the passage."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from .. import markup
from ..bank import Bank, BankFile
from ..diagnostics import Diagnostic, error
from ..items import ItemBase


def evidence_not_in_passage(bank: Bank) -> Iterator[Diagnostic]:
    """Q301: the words given as evidence do not stand in the passage.

    Found:   `evidence:` that is not, letter for letter, a part of the item's passage. White space and marks such as
             *emphasis* do not count.
    Why:     the passage was edited and the item was not, or the quotation was typed from memory; either way the key
             can no longer be shown to be right.
    Example: evidence: boats lay on the mud       (the passage says: boats lie on the mud)
    Mend:    copy the words from the passage. The hint shows the nearest words that do stand there.
    """
    for file, item, evidence, passage in _quoted(bank):
        if evidence not in passage:
            near = _nearest(evidence, passage)
            hint = f"the nearest words there: {near}" if near else "copy the words from the passage"
            yield error(
                "Q301", f"these words do not stand in passage '{item.passage}'", file.at(item, "evidence"), hint
            )


def evidence_twice_in_passage(bank: Bank) -> Iterator[Diagnostic]:
    """Q302: the words given as evidence stand in the passage more than once.

    Found:   `evidence:` that fits two places of the passage.
    Why:     a key that is proved by one of two places is proved by neither; a reader who is sent back to the passage
             must find the right words at once.
    Example: evidence: the pier                   (the passage names two piers)
    Mend:    quote a few more words.
    """
    for file, item, evidence, passage in _quoted(bank):
        if (times := passage.count(evidence)) > 1:
            message = f"these words stand {times} times in passage '{item.passage}'"
            yield error("Q302", message, file.at(item, "evidence"), "quote a few more words")


def evidence_without_passage(bank: Bank) -> Iterator[Diagnostic]:
    """Q304: the item quotes evidence, and has no passage.

    Found:   `evidence:` in an item without `passage:`.
    Why:     nobody can tell where the words should stand, so nobody can tell whether they do.
    Example: evidence: boats lie on the mud       (and no `passage:` in the item)
    Mend:    name the passage that the words are from, or take the evidence out.
    """
    for file in bank.files:
        for item in file.items:
            if item.evidence and not item.passage:
                span = file.at(item, "evidence", key=True)
                yield error("Q304", "evidence without a passage", span, "name the passage that the words are from")


def _quoted(bank: Bank) -> Iterator[tuple[BankFile, ItemBase, str, str]]:
    """Every item with evidence and a known passage, with the words of both."""
    for file in bank.files:
        words = {name: markup.fold(markup.to_plain(passage.text)) for name, passage in file.by_id.items()}
        for item in file.items:
            if item.evidence and item.passage in words:
                yield file, item, markup.fold(markup.to_plain(item.evidence)), words[item.passage]


def _nearest(quotation: str, passage: str) -> str:
    """The words of the passage that are most like the quotation; nothing where none are."""
    match = SequenceMatcher(None, quotation.lower(), passage.lower(), autojunk=False).find_longest_match()
    if match.size < min(5, len(quotation)):
        return ""
    start = passage.rfind(" ", 0, max(0, match.b - match.a) + 1) + 1
    end = passage.find(" ", min(len(passage), start + len(quotation) - 1))
    return passage[start : end if end >= 0 else len(passage)]
