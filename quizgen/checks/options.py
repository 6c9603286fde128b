"""Checks of options, one by one and against each other."""

import re
from collections.abc import Iterator

from ..bank import Bank
from ..diagnostics import Diagnostic, warning
from ..items import MultipleChoice, MultipleResponse

_ABOUT_THE_OTHERS = re.compile(
    r"(none|all|both|neither|either|any) of (these|those|them|the above|the others?|the options|the answers)\b"
    r"|(both|neither|either) (a|of) (and|or|nor) b\b",
    re.IGNORECASE,
)


def unpinned_none_of_these(bank: Bank) -> Iterator[Diagnostic]:
    """Q404: an option that speaks of the other options may be printed before them.

    Found:   an option like "None of these" without `pinned: last`.
    Why:     options are put in another order on every form; "None of these" above the others makes no sense.
    Example: distractors: [Turkey, None of these]
    Mend:    distractors: [Turkey, {text: None of these, pinned: last}]
    """
    for file in bank.files:
        for item in file.items:
            if isinstance(item, MultipleChoice | MultipleResponse):
                for choice in item.offered:
                    if choice.pinned is None and _ABOUT_THE_OTHERS.match(choice.text):
                        span = file.document.locate(file.path(item), choice.text)
                        hint = f"write {{text: {choice.text}, pinned: last}}"
                        yield warning("Q404", f"'{choice.text}' is not pinned to the end", span, hint)
