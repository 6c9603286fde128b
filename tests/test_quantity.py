"""Options that are quantities, and their order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import parse
from quizgen.items import MultipleChoice
from quizgen.items.quantity import quantities, quantity


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1931", "", "1931"),
        ("about 25,000 tons", "ton", "25000"),
        ("In 1931", "", "1931"),
        ("**12.5** km", "km", "12.5"),
        ("$50 million", "$", "50000000"),
        ("60 %", "%", "60"),
        ("three ships", "ship", "3"),
        ("seventeen", "", "17"),
        ("ninety", "", "90"),
        ("2 weeks", "time", "336"),
        ("one century", "time", "876600"),
        ("4 May 1870", "date", "18700504"),
        ("May 4th, 1870", "date", "18700504"),
        ("Sept. 1870", "date", "18700900"),
        ("1870-05-04", "date", "18700504"),
        ("4 May", "day of the year", "504"),
        ("12:30", "clock", "750"),
        ("5 p.m.", "clock", "1020"),
        ("12 a.m.", "clock", "0"),
        ("the 19th century", "century", "19"),
        ("3rd", "rd", "3"),
        ("-5 °C", "°c", "-5"),
    ],
)
def test_a_quantity_is_read(text: str, unit: str, amount: str) -> None:
    assert quantity(text) == (unit, Decimal(amount))


@pytest.mark.parametrize(
    "text", ["Turkey", "", "10–20", "None of these", "May", "a hundred years of war and peace", "C4"]
)
def test_what_is_no_quantity_is_none(text: str) -> None:
    assert quantity(text) is None


def test_quantities_have_one_unit() -> None:
    assert quantities(["5 km", "10", "15"]) is not None
    assert quantities(["two weeks", "ten days"]) is not None
    assert quantities(["5 km", "5 kg"]) is None
    assert quantities(["5 km", "far"]) is None
    assert quantities([]) is None


def bank(order: str, distractors: str) -> tuple[MultipleChoice | None, list[str]]:
    """A bank of one item with these distractors, and the codes of what is wrong in it."""
    item = f"{{id: i, type: multiple_choice, stem: When?, answer: 1931, distractors: {distractors}, order: {order}}}"
    file, found = parse(f"article: {{id: a, title: b, language: en}}\nitems:\n  - {item}\n", "a.yaml")
    item_ = file.items[0] if file and file.items else None
    return item_ if isinstance(item_, MultipleChoice) else None, [one.code for one in found]


def test_options_without_an_order_cannot_be_put_in_one() -> None:
    assert bank("ascending", "[1870, late]")[1] == ["Q209"]
    assert bank("ascending", "[1870, {text: None of these, pinned: last}]")[1] == []
    assert bank("shuffled", "[1870, late]")[1] == []


@given(st.lists(st.integers(1000, 1930), min_size=1, max_size=6, unique=True), st.binary(max_size=4))
def test_ascending_options_stand_by_size_on_every_form(years: list[int], seed: bytes) -> None:
    item, found = bank("ascending", str([*map(str, years)]).replace("'", ""))
    assert item is not None
    assert found == []
    for each in (item, item.shuffled(lambda name: seed + name[::-1].encode())):
        assert [choice.text for choice in each.printed] == [str(year) for year in sorted([*years, 1931])]
        assert each.score(each.correct_response()) == 1


def test_what_is_pinned_stays_at_its_end() -> None:
    item, _ = bank("ascending", "[1870, {text: None of these, pinned: last}, {text: 1990, pinned: first}]")
    assert item is not None
    assert [choice.text for choice in item.printed] == ["1990", "1870", "1931", "None of these"]
