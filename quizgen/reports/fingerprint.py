"""By what a code host knows a diagnostic again after an edit."""

from collections import Counter
from hashlib import sha256

from .report import Report


def fingerprints(report: Report) -> list[str]:
    """One for each diagnostic, in order, no two alike.

    It stays when lines are added or removed elsewhere in the file, or when the line is indented anew: not the number
    of the line enters it, but its text. What is equal even so is numbered.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    prints = []
    for diagnostic in report.found:
        place = diagnostic.span
        known_by = (diagnostic.code, report.path(place.file), diagnostic.message, place.source.strip())
        text = "\x1f".join((*known_by, str(seen[known_by])))
        prints.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        seen[known_by] += 1
    return prints
