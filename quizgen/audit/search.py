"""Looks for what only teachers may have in texts, however they are written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .secrets import Needle, neighbours, places
from .texts import line_of


@dataclass(frozen=True)
class Hit:
    """Words that stand where students may not read them, and before which word of the text they stand."""

    needle: Needle
    place: int


class Searcher:
    """Looks for needles in texts that are given as words."""

    def __init__(self, needles: Sequence[Needle]) -> None:
        """Each needle is filed under its longest word: only if a text has that, it is looked for."""
        self._filed: dict[str, list[Needle]] = defaultdict(list)
        self.lines = {needle.line for needle in needles}
        for needle in needles:
            self._filed[max(needle.line.split(), key=len)].append(needle)

    def hits(self, found: Sequence[str], *, printed: bool = False) -> Iterator[Hit]:
        """What stands in a text that students may not read there.

        On a `printed` page numbers tell nothing, and where a page begins and ends a text may be cut.
        """
        marked = self._filed.keys() & set(found)
        if not marked:
            return
        text = line_of(found)
        for word in sorted(marked):
            for needle in self._filed[word]:
                if needle.line not in text or (printed and not any(map(str.isalpha, needle.line))):
                    continue
                for place in places(text, needle.line):
                    if not _allowed(needle, found, place, printed=printed):
                        yield Hit(needle, place)
                        break


_EDGE = 20
"""So many words from the edge of a page its text may be cut, by a foot or by the number of a question."""


def _allowed(needle: Needle, found: Sequence[str], place: int, *, printed: bool) -> bool:
    """Whether students read these words there: by themselves, or behind or before the words that they stand between."""
    if not needle.known:
        return False
    if needle.open:
        return True
    end = place + needle.line.count(" ") - 1
    if printed and (place < _EDGE or end > len(found) - _EDGE):
        return True
    earlier, later = found[max(0, place - 8) : place][::-1], found[end : end + 8]
    if printed:  # the points of an item and the number of a line may stand between two words
        return _among(needle.before, earlier) or _among(needle.after, later)
    before, after = neighbours(earlier), neighbours(later)
    return any(before[: len(words)] == words for words in needle.before) or any(
        after[: len(words)] == words for words in needle.after
    )


def _among(wanted: frozenset[tuple[str, ...]], found: Sequence[str]) -> bool:
    return any(set(words) <= set(found) for words in wanted)
