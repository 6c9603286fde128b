"""The coverage of a bank as one HTML page: tables that are pictures, and pictures that are tables."""

from math import sqrt

from ..pace import reading
from ..statistics import Coverage, Tally
from .templating import filled, page_policy, source


def stats_page(covered: Coverage) -> bytes:
    """The page. It is one file, asks for nothing, and tells what a bank holds but no key."""
    style = source("stats.css")
    most = max((n for a in covered.articles for p in a.passages for n in p.counts.skills.values()), default=0)

    def radius(number: int) -> float:
        """Of a mark whose area goes with the number, the most being 1."""
        return round(sqrt(number / most), 3) if most else 0.0

    return filled(
        "stats.html.j2",
        bank=covered,
        css=style,
        policy=page_policy(style, None),
        radius=radius,
        share=_share,
        minutes=lambda words: round(reading(words)),
    ).encode()


def _share(number: int, tally: Tally) -> float:
    """How long the bar of a number is beside the others of its table, the longest being 100."""
    return round(100 * number / max(*tally.values(), 1), 1)
