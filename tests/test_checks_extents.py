"""What options of numbers and times cover, and whether they meet."""

from decimal import Decimal

import pytest

from quizgen.checks.extents import Extent, extent

COVERED = [
    ("about 12", "", 12, 12),
    ("10 to 20 km", "km", 10, 20),
    ("10 to 14 days", "time", 240, 336),
    ("10 to 20 square miles", "square mile", 10, 20),
    ("10 km to 12 km", "km", 10, 12),
    ("from 10 to 10", "", 10, 10),
    ("10.", "", 10, 10),
    ("one in one", "share", 1, 1),
    ("25 percent", "share", "0.25", "0.25"),
    ("Seven o’clock", "clock", 420, 420),
    ("between one and two weeks", "time", 168, 336),
    ("a fortnight", "time", 336, 336),
    ("over a hundred", "", 100, "Infinity"),
    ("within ten days", "time", "-Infinity", 240),
    ("a couple of miles", "mile", 2, 2),
    ("several hundred metres", "metre", 200, 900),
    ("A few kilometres", "kilometre", 2, 9),
    ("half of it", "share", "0.5", "0.5"),
    ("three quarters of the land", "share", "0.75", "0.75"),
    ("a fifth", "share", "0.2", "0.2"),
    ("25 per cent", "share", "0.25", "0.25"),
    ("one in ten", "share", "0.1", "0.1"),
    ("In the 1850s", "year", 1850, 1859),
    ("in the 19th century", "year", 1800, 1899),
    ("May 1884", "date", 18840500, 18840599),
    ("On 4 May", "day of the year", 204, 204),
    ("In May", "day of the year", 200, 299),
    ("in spring", "day of the year", 0, 299),
    ("during the winter", "day of the year", 900, 1199),
    ("on a weekday", "day of the week", 0, 4),
    ("On Tuesday", "day of the week", 1, 1),
    ("at noon", "clock", 720, 720),
    ("At half past six", "clock", 390, 390),
    ("a quarter to nine", "clock", 525, 525),
    ("a quarter past nine", "clock", 555, 555),
    ("three o'clock", "clock", 180, 180),
    ("at dusk", "light", 1, 1),
    ("twice a day", "a day", 2, 2),
    ("three times a week", "a week", 3, 3),
    ("every year", "a year", 1, 1),
    ("Annually", "a year", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit", "low", "high"), COVERED)
def test_what_a_text_covers(text: str, unit: str, low: float | str, high: float | str) -> None:
    found = extent(text)
    assert found is not None
    assert (found.unit, found.low, found.high) == (unit, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text",
    ["a ship", "one who hopes", "the third", "early spring", "half past me", "me o'clock", "no times a day", "20 to 10",
     "Osh to 20 km", "one in none", "one in zero", "a few of the men who came", "since they came",
     "more than 10 to 20", "1850s and later", "nights", "x" * 61],
)  # fmt: skip
def test_what_covers_nothing(text: str) -> None:
    assert extent(text) is None


def test_since_and_until_make_another_thing_of_a_time() -> None:
    assert [found and found.reach for found in map(extent, ["since 1914", "By the 1980s", "forty", "in 1914"])] == [
        "since", "by", "", ""
    ]  # fmt: skip


MEETING = [
    ("in the 1850s", "in the 19th century"), ("1883", "27 August 1883"), ("1883", "in the 1880s"),
    ("at seven", "at 7 o'clock"), ("before eight", "at 7.59"), ("at noon", "12.00"), ("dusk", "nightfall"),
    ("in the morning", "at 11.59"), ("in summer", "in July"), ("in winter", "in February"),
    ("in winter", "in December"),
    ("on a weekday", "on Friday"), ("a few hundred", "about 900"), ("a quarter", "25%"),
    ("9 kilometres and more", "a few kilometres"),
    ("990–999", "999–1020"), ("2050–2101", "2101–2150"), ("10–20 km", "20–30 km"), ("10–20", "20–30"),
    ("1000–1500 km", "1500–2000 km"), ("in the 1880s", "27 August 1883"),
    ("at 0", "at 0.00"), ("at 24", "at midnight"), ("at 10 to 12", "at 11.59"),
    ("twice a day", "two times a day"), ("daily", "every day"), ("31 December 1883", "in 1883"),
]  # fmt: skip
APART = [
    ("in the 1850s", "1860"), ("in the 1850s", "in the 1860s"), ("1883", "1 January 1884"),
    ("1883", "31 December 1882"), ("before 1883", "1 January 1884"), ("at 10 to 12", "at 12.05"),
    ("at 24", "at 23.00"), ("at 25", "at 1.00"), ("at noon", "in the morning"), ("in the afternoon", "at noon"),
    ("in spring", "in June"), ("in summer", "in May"), ("on Saturday", "on a weekday"), ("at the weekend", "on Friday"),
    ("a few hundred", "about 901"), ("twice a day", "twice a week"), ("by 1900", "1900"), ("1800–1850", "1850–1900"),
    ("900–1000", "1000–1100"), ("2000–2100", "2100–2200"),
    ("1800–1850", "in the 1850s"),
    ("999", "1 May 999"), ("dawn", "dusk"), ("dawn", "6.00"), ("a third", "30 per cent"),
]  # fmt: skip


def _pair(texts: tuple[str, str]) -> tuple[Extent, Extent]:
    one, other = map(extent, texts)
    assert one is not None
    assert other is not None
    return one, other


@pytest.mark.parametrize("texts", MEETING)
def test_extents_that_meet(texts: tuple[str, str]) -> None:
    one, other = _pair(texts)
    assert one.meets(other)
    assert other.meets(one)


@pytest.mark.parametrize("texts", APART)
def test_extents_that_do_not(texts: tuple[str, str]) -> None:
    one, other = _pair(texts)
    assert not one.meets(other)
    assert not other.meets(one)
