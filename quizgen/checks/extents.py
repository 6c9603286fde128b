"""What options of numbers and times cover: `10 to 20`, `at least 5`, `a few weeks`, `in the 1850s`, `at dusk`, `half`.

Two options overlap if an amount could be in both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..items.quantity import Quantity, quantity
from .options import NUMBERS
from .reading import Wording

_LEAD = re.compile(
    r"^(?:between|from|about|around|roughly|some|exactly|(?:in|at|on|during)(?: the)?|the) ", re.IGNORECASE
)
_REACH = re.compile(r"(?:for|since|until|by) ", re.IGNORECASE)
_JOINT = re.compile(
    rf" ?[–—-] ?(?=[\d$€£])| (?:to|and|until|till) (?=[\d$€£]|(?:{'|'.join(sorted(NUMBERS))})\b)", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_ONE_IN = re.compile(r"(?:one|1) in ", re.IGNORECASE)
_BOUNDS = [
    (sign, strict, re.compile(pattern, re.IGNORECASE))
    for sign, strict, pattern in (
        (">", True, r"(?:more than|over|above|after|later than) (?P<rest>.+)"),
        (">", False, r"at least (?P<rest>.+)|(?P<rest2>.+?)(?: ?\+| (?:or|and) (?:more|over|above|older|later))"),
        ("<", True, r"(?:less than|fewer than|under|below|before|earlier than) (?P<rest>.+)"),
        ("<", False, r"(?:at most|up to|within|no(?:t)? more than) (?P<rest>.+)"
                     r"|(?P<rest2>.+?) (?:or|and) (?:less|fewer|under|below|younger|earlier)"),
    )
]  # fmt: skip
_ENDLESS = Decimal("Infinity")
_YEARS = (1000, 2100)
"""A number between these may be a year."""

_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "march april may june july august september october november december january february".split()
"""In the order of the seasons, so that winter is one piece."""
_NAMED = {
    **{name: ("day of the week", number, number) for number, name in enumerate(_WEEK)},
    "weekday": ("day of the week", 0, 4), "weekend": ("day of the week", 5, 6),
    **{name: ("day of the year", 100 * number, 100 * number + 99) for number, name in enumerate(_MONTHS)},
    "spring": ("day of the year", 0, 299), "summer": ("day of the year", 300, 599),
    "autumn": ("day of the year", 600, 899), "fall": ("day of the year", 600, 899),
    "winter": ("day of the year", 900, 1199),
    "dawn": ("light", 0, 0), "daybreak": ("light", 0, 0), "sunrise": ("light", 0, 0),
    "dusk": ("light", 1, 1), "nightfall": ("light", 1, 1), "sunset": ("light", 1, 1),
    "morning": ("clock", 300, 719), "noon": ("clock", 720, 720), "midday": ("clock", 720, 720),
    "afternoon": ("clock", 721, 1079), "evening": ("clock", 1080, 1259), "night": ("clock", 1260, 1439),
    "midnight": ("clock", 1440, 1440),
}  # fmt: skip
"""Times that have names: what they are of, and from where to where they go. Dawn has no hour."""
_SHARES = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}

_PERIODS = "hour day week month year decade century".split()
_OFTEN = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_HOW_OFTEN = re.compile(
    rf"(?:(?P<once>once|twice)|(?P<number>[\w-]+) times|every) ?(?:an?|each|per|every)? ?"
    rf"(?P<period>{'|'.join(_PERIODS)})",
    re.IGNORECASE,
)
_FEW = re.compile(r"(?:(?P<two>a couple of)|a few|several|a handful of) (?=\w)", re.IGNORECASE)
_PART = re.compile(
    r"(?:one |an? |(?P<number>two|three|four) )?(?P<part>half|(?<= )(?:halve|third|quarter|fifth|tenth))s?", re.I
)
_OF_IT = re.compile(r" of (?:it|them|the \w+)$", re.IGNORECASE)
_HALF_PAST = re.compile(r"(?P<part>half|a quarter|quarter) (?P<sign>past|to) (?P<hour>[\w-]+)", re.IGNORECASE)
_OCLOCK = re.compile(r"(?P<hour>[\w-]+) o'clock", re.IGNORECASE)
_DECADE = re.compile(r"(?P<year>\d{3}0)'?s", re.IGNORECASE)
_ONE_TIME = re.compile(
    rf"an? (?=(?:{'|'.join(_PERIODS)}|second|minute|fortnight)$|(?:hundred|thousand|million|billion)\b)", re.IGNORECASE
)

_DIGIT = re.compile(r"\d")
_SIZES = NUMBERS | _NAMED.keys() | _OFTEN.keys() | _SHARES.keys() | frozenset(_PERIODS) | frozenset("""
    once twice few several couple thirds quarters fortnight
""".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extent:
    """What an option covers: from `low` to `high` of one unit, the ends included or not."""

    unit: str
    low: Decimal
    high: Decimal
    open: bool = False
    bound: str = ""
    """`>` for "more than 20" or "at least 20", `<` for the contrary."""
    reach: str = ""
    """What makes another thing of a time: `since` 1914 is not in 1914."""

    def meets(self, other: "Extent") -> bool:
        """Whether an amount could be in both. Periods that follow each other may share the year between them."""
        one, other = self._beside(other), other._beside(self)
        if (one.unit != other.unit and one.unit and other.unit) or one.reach != other.reach:
            return False
        low, high = max(one.low, other.low), min(one.high, other.high)
        if low != high:
            return low < high
        if any(extent.open and low in (extent.low, extent.high) for extent in (one, other)):
            return False
        point = one.low == one.high or other.low == other.high
        return point or not (one.unit in ("", "year") and other.unit in ("", "year") and _is_year(low))

    def _beside(self, other: "Extent") -> "Extent":
        """The same in the unit of another extent: years as the dates in them, hours as minutes of the day."""
        if other.unit == "date" and self.unit in ("", "year") and all(map(_is_year, self._ends())):
            return replace(self, unit="date", low=self.low * 10_000, high=self.high * 10_000 + 9999)
        if other.unit == "clock" and self.unit == "" and all(0 <= end <= 24 for end in self._ends()):
            return replace(self, unit="clock", low=self.low * 60, high=self.high * 60)
        return self

    def _ends(self) -> list[Decimal]:
        return [end for end in (self.low, self.high) if end.is_finite()]


def _is_year(number: Decimal) -> bool:
    return _YEARS[0] <= number <= _YEARS[1]


def may_be_sizes(wording: Wording) -> bool:
    """Whether a text may be a number or a time, as its words tell in no time."""
    return _DIGIT.search(wording.text) is not None or not _SIZES.isdisjoint(wording.words)


def extents(wordings: Sequence[Wording]) -> list[Extent | None]:
    """What the options cover; nothing for those that are no numbers, and for all if they are rough in the same way.

    "More than 80" beside "more than 18" and "more than 800" is a figure, not a range.
    """
    found = [extent(wording.text) if may_be_sizes(wording) else None for wording in wordings]
    bounds = {known.bound if known else "" for known in found}
    return [None] * len(found) if bounds in ({">"}, {"<"}) else found


def extent(text: str) -> Extent | None:
    """What a text covers that is a number, a time, a range or a bound: `10 to 20 km`, `at least 5`, `one in eighty`."""
    plain = text.rstrip(".").replace("’", "'")
    if len(plain) > 60:
        return None
    for sign, strict, pattern in _BOUNDS:
        if match := pattern.fullmatch(plain):
            known = extent(match.groupdict().get("rest") or match["rest2"])
            if known is None or known.low != known.high:
                return None
            low, high = (known.low, _ENDLESS) if sign == ">" else (-_ENDLESS, known.high)
            return Extent(known.unit, low, high, strict, sign)
    if reach := _REACH.match(plain):
        known = _extent(plain[reach.end() :])
        return replace(known, reach=reach[0].strip().lower()) if known else None
    return _extent(plain)


def _extent(plain: str) -> Extent | None:
    """What a text without a bound covers."""
    plain = _LEAD.sub("", plain, count=1)
    if known := _named(plain):
        return known
    if match := _ONE_IN.match(plain):
        share = quantity(plain[match.end() :])
        return Extent("share", 1 / share.amount, 1 / share.amount) if share and share.amount > 0 else None
    if len(ends := _JOINT.split(plain)) == 2 and not _DATE.fullmatch(plain):
        return _range(*ends)
    size = quantity(_ONE_TIME.sub("1 ", plain) if plain[:1] in "aA" else plain)
    return _sized(size) if size and not size.unit.startswith(_NO_UNITS) else None


def _range(low: str, high: str) -> Extent | None:
    """From one amount to another; the first may have left its unit to the second: 10 to 14 days."""
    first, last = quantity(low), quantity(high)
    if first and last and first.unit == "" != last.unit:
        first = quantity(f"{low} {high.partition(' ')[2]}") or first
    if first and last and first.amount <= last.amount and first.unit in ("", last.unit):
        return Extent(last.unit, first.amount, last.amount)
    return None


_NO_UNITS = ("who ", "that ", "which ", "of ")


def _sized(size: Quantity) -> Extent:
    """A quantity: of a date without a day the month, of a century its years, of a percentage the share."""
    unit, amount = size
    if unit == "century":
        return Extent("year", 100 * (amount - 1), 100 * amount - 1)
    if unit in ("%", "per cent", "percent"):
        return Extent("share", amount / 100, amount / 100)
    if unit == "day of the year":
        return Extent(unit, (amount - 300) % 1200, (amount - 300) % 1200)
    if unit == "date" and amount % 100 == 0:
        return Extent(unit, amount, amount + 99)
    return Extent(unit, amount, amount)


def _named(text: str) -> Extent | None:
    """What is no plain quantity but has a name: `several weeks`, `a quarter of it`, `half past six`, `1850s`, `May`."""
    plain = text.lower()
    if known := _NAMED.get(plain.removeprefix("a ")):
        unit, low, high = known
        return Extent(unit, Decimal(low), Decimal(high))
    if match := _FEW.match(plain):
        few, many = (quantity(f"{number} {plain[match.end() :]}") for number in (2, 2 if match["two"] else 9))
        return Extent(few.unit, few.amount, many.amount) if few and many else None
    if match := _DECADE.fullmatch(plain):
        return Extent("year", Decimal(match["year"]), Decimal(match["year"]) + 9)
    if match := _HALF_PAST.fullmatch(plain) or _OCLOCK.fullmatch(plain):
        return _clock(match.groupdict())
    if match := _PART.fullmatch(_OF_IT.sub("", plain)):
        share = Decimal(_TIMES.get(match["number"], 1)) / _SHARES[match["part"]]
        return Extent("share", share, share)
    return _often(plain)


_TIMES = {"two": 2, "three": 3, "four": 4}


def _clock(match: dict[str, str]) -> Extent | None:
    """A time of the day in words, in minutes."""
    hour = quantity(match["hour"])
    if hour is None or hour.unit:
        return None
    minutes = (30 if match.get("part") == "half" else 15) * (1 if match.get("sign") == "past" else -1)
    time = hour.amount * 60 + (minutes if "sign" in match else 0)
    return Extent("clock", time, time)


def _often(plain: str) -> Extent | None:
    """So many times in a period: twice a day, weekly."""
    if plain in _OFTEN:
        return Extent(f"a {_OFTEN[plain]}", Decimal(1), Decimal(1))
    match = _HOW_OFTEN.fullmatch(plain)
    number = quantity(match["number"]) if match and match["number"] else None
    if match is None or (match["number"] and number is None):
        return None
    times = number.amount if number else Decimal(2 if match["once"] == "twice" else 1)
    return Extent(f"a {match['period']}", times, times)
