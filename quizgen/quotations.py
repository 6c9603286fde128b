"""Where quoted words stand in a text: marks, white space and soft hyphens do not count, nor where lines are broken."""

import re
from functools import lru_cache

from . import markup

_INSIDE = re.compile(r"(?<=\w)(?=\w)")


def places(words: str, text: str) -> list[range]:
    """Where the words stand in a text, as ranges of its `letters`.

    Where they stand as whole words, parts of longer ones do not count: `tide` stands once in `the tide of tides`.
    """
    wanted, found = letters(markup.to_plain(words)), []
    plain, where, at = _read(text)
    start = where.find(wanted) if wanted else -1
    while start >= 0:
        found.append(range(start, start + len(wanted)))
        start = where.find(wanted, start + 1)
    whole = [one for one in found if not (_INSIDE.match(plain, at[one[0]]) or _INSIDE.match(plain, at[one[-1]] + 1))]
    return whole or found


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[str, str, tuple[int, ...]]:
    """What a reader sees of a text, its letters, and where each of them stands in it: a form asks often."""
    plain = markup.to_plain(text)
    return plain, letters(plain), tuple(place for place, char in enumerate(plain) if letters(char))


def letters(text: str) -> str:
    """What is left of a text without white space and soft hyphens."""
    return "".join(text.split()).replace("\u00ad", "")
