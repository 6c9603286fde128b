"""Numbers, dates and durations as options: what has a natural order."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .. import markup
from .numeric import readings


class Quantity(NamedTuple):
    """How much of what: amounts of one unit can be put in order."""

    unit: str
    amount: Decimal


_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,"
        "october oct,november nov,december dec".split(","),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<monthnumber>\d\d)-(?P<day>\d\d)",
        rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{3,4}}))?",
        rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{3,4}}))?",
        rf"{_MONTH},? (?P<year>\d{{3,4}})",
    )
]
_CLOCK = re.compile(r"(?:at )?(\d{1,2})[:.](\d\d)(?: ?([ap])\.?m\.?)?|(?:at )?(\d{1,2}) ?([ap])\.?m\.?", re.IGNORECASE)
_CENTURY = re.compile(r"(?:in )?(?:the )?(\d{1,2})(?:st|nd|rd|th) centur(?:y|ies)", re.IGNORECASE)
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_ONES += "seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBER_WORDS = {word: number for number, word in enumerate(_ONES)} | {
    f"{tens}{joint}{word}": 10 * number + unit
    for number, tens in enumerate(_TENS, start=2)
    for unit, word in enumerate(["", *_ONES[1:10]])
    for joint in ("-", " ")[: 2 * bool(word)] or [""]
}
_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_AMOUNT = re.compile(
    r"(?:(?:about|around|roughly|nearly|almost|some|over|under|approximately|circa|in|by|at|after|for|since|until|"
    r"more than|less than|fewer than|at least|at most|up to|as much as|as many as|exactly|only|just) )*"
    r"(?P<sign>[$€£¥]?|USD |EUR |GBP )"
    r"(?P<number>[+−-]?\d[\d.,\s\u202f]*(?:[eE][+-]?\d+)?|(?:" + _WORDS + r")\b)(?P<ordinal>st|nd|rd|th)?"
    r"(?:[ -]?(?P<scale>hundred|thousand|million|billion|trillion))?"
    r"(?P<unit>(?: ?[%‰°²³µ°/\w-]+){0,3})\.?",
    re.IGNORECASE,
)  # fmt: skip
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_HOURS = {
    "second": "0.00027778", "minute": "0.0166667", "hour": "1", "day": "24", "week": "168", "fortnight": "336",
    "month": "730.5", "year": "8766", "decade": "87660", "century": "876600", "centurie": "876600",
}  # fmt: skip


def quantity(text: str) -> Quantity | None:
    """The quantity that the whole of a text is, or `None`: `about 25,000 tons`, `1931`, `4 May 1870`, `two weeks`."""
    plain = markup.fold(markup.to_plain(text)).rstrip(".")
    if not plain or len(plain) > 48:
        return None
    for pattern in _DATES:
        if match := pattern.fullmatch(plain):
            return _date(match)
    if match := _CLOCK.fullmatch(plain):
        hour, minute = int(match[1] or match[4]), int(match[2] or 0)
        half = (match[3] or match[5] or "").lower()
        return Quantity("clock", Decimal((hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute))
    if match := _CENTURY.fullmatch(plain):
        return Quantity("century", Decimal(match[1]))
    match = _AMOUNT.fullmatch(plain)
    return _amount(match) if match else None


def _date(match: re.Match[str]) -> Quantity:
    parts = match.groupdict()
    month = int(parts.get("monthnumber") or 0) or _MONTHS[parts["month"].lower()]
    year, day = int(parts.get("year") or 0), int(parts.get("day") or 0)
    return Quantity("date" if year else "day of the year", Decimal(10_000 * year + 100 * month + day))


def _amount(match: re.Match[str]) -> Quantity | None:
    typed = match["number"].strip().rstrip(",.")
    word = _NUMBER_WORDS.get(typed.lower())
    known = [Decimal(word)] if word is not None else readings(typed)
    if not known:
        return None
    amount = known[0].scaleb(_SCALES.get((match["scale"] or "").lower(), 0))
    unit = match["unit"].strip().lower().replace("-", " ")
    unit = " ".join(part[:-1] if len(part) > 3 and part.endswith("s") else part for part in unit.split())
    if unit in _HOURS:
        return Quantity("time", amount * Decimal(_HOURS[unit]))
    return Quantity(f"{match['sign'].strip()}{unit}{match['ordinal'] or ''}"[:24], amount)


def quantities(texts: Sequence[str]) -> list[Quantity] | None:
    """The quantities that all the texts are, where they can be put in one order; else `None`.

    One unit may be left out where the others have it: `5 km`, `10`, `15`.
    """
    found = [known for text in texts if (known := quantity(text)) is not None]
    units = {known.unit for known in found if known.unit}
    return found if found and len(found) == len(texts) and len(units) <= 1 else None
