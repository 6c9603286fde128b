"""Checks of options, one by one and against each other."""

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, warning
from .reading import ArticleReading

_ABOUT_THE_OTHERS = re.compile(
    r"(none|all|both|neither|either|any) of (these|those|them|the above|the others?|the options|the answers)\b"
    r"|(both|neither|either) (a|of) (and|or|nor) b\b",
    re.IGNORECASE,
)


def unpinned_none_of_these(article: ArticleReading) -> Iterator[Diagnostic]:
    """Q404: an option that speaks of the other options may be printed before them.

    Found:   an option like "None of these" without `pinned: last`.
    Why:     options are put in another order on every form; "None of these" above the others makes no sense.
    Example: distractors: [Turkey, None of these]
    Mend:    distractors: [Turkey, {text: None of these, pinned: last}]
    """
    for item in article.items:
        for option in item.options:
            if option.option.pinned is None and _ABOUT_THE_OTHERS.match(option.wording.text):
                text = option.wording.source
                hint = f"write {{text: {text}, pinned: last}}"
                yield warning("Q404", f"'{text}' is not pinned to the end", item.at_text(text, *option.path), hint)


CHECKS = (unpinned_none_of_these,)
