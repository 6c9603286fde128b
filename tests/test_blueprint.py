"""The blueprint language: ranges, lists and mappings, what is wrong with a blueprint and where, and its way to JSON."""

import json
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.blueprint import Blueprint, Range, parse
from quizgen.items.scoring import Scoring

from .plans import Data, banks, blueprints, plan


def read(text: str) -> Blueprint:
    """A sound blueprint from the text of its file."""
    file, found = parse(f"quiz: q\n{text}\n", "q.yaml")
    assert found == []
    assert file is not None
    return file.blueprint


# --- Ranges -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("8", 8, 8), ("3-5", 3, 5), ("3 - 5", 3, 5), ("3–5", 3, 5), ("3+", 3, inf), ("3 +", 3, inf), ("4-4", 4, 4),
        ("012", 12, 12),
    ],
)  # fmt: skip
def test_a_range_is_read(written: str, low: float, high: float) -> None:
    assert read(f"items: {written}").items == Range(low, high)
    assert read(f"skills: {{infer: {written}}}").skills == {"infer": Range(low, high)}


@pytest.mark.parametrize("key", ["points", "minutes", "facility"])
def test_amounts_have_two_decimals_and_counts_none(key: str) -> None:
    assert getattr(read(f"{key}: 0.25-0.5"), key) == Range(0.25, 0.5)
    for wrong in ("items: 2.5", f"{key}: 0.125"):
        assert [one.code for one in parse(f"quiz: q\n{wrong}\n", "q.yaml")[1]] == ["Q104"]


@given(low=st.integers(0, 999), more=st.one_of(st.none(), st.integers(0, 99)))
def test_a_range_is_written_as_it_is_read(low: int, more: int | None) -> None:
    wanted = Range(low, inf if more is None else low + more)
    assert read(f"passages: {wanted}").passages == wanted


@given(low=st.integers(0, 50), more=st.integers(0, 50), number=st.integers(0, 120))
def test_a_range_holds_what_lies_between_its_ends(low: int, more: int, number: int) -> None:
    assert (number in Range(low, low + more)) == (low <= number <= low + more)
    assert (number in Range(low, inf)) == (low <= number)
    assert "3" not in Range(low, inf)


# --- Lists and mappings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["articles", "types", "skills", "difficulty", "tags", "passages"])
def test_a_list_says_from_which_and_a_mapping_how_many_of_each(key: str) -> None:
    one, other = {
        "types": ("essay", "cloze"), "skills": ("infer", "evaluate"), "difficulty": ("hard", "easy"),
    }.get(key, ("a", "b"))  # fmt: skip
    assert getattr(read(f"{key}: [{one}, {other}]"), key) == (one, other)
    assert getattr(read(f"{key}: {{{one}: 2, {other}: 1+}}"), key) == {one: Range(2, 2), other: Range(1, inf)}


def test_passages_may_be_a_number_too() -> None:
    assert read("passages: 2-4").passages == Range(2, 4)


@pytest.mark.parametrize(
    ("written", "meant"), [("all", "all"), ("any", "any"), ("none", "none"), ("0", 0), ("3", 3)]
)  # fmt: skip
def test_overlap_is_a_word_or_a_number(written: str, meant: Any) -> None:
    assert read(f"overlap: {written}").overlap == meant


def test_what_a_class_has_seen_is_avoided_from_a_day_on() -> None:
    (one,) = read("avoid: seen by 7B").avoid
    assert (one.seen_by, one.since) == ("7B", None)
    first, last = read("avoid: [seen by year 7 red since 2026-01-02, seen by 8C]").avoid
    assert (first.seen_by, first.since, last.seen_by) == ("year 7 red", "2026-01-02", "8C")


def test_five_lines_do_for_a_quiz_of_five_minutes() -> None:
    blueprint = read("articles: [mill]\nitems: 5\nminutes: 5")
    assert (blueprint.articles, blueprint.items, blueprint.minutes) == (("mill",), Range(5, 5), Range(5, 5))
    assert len(blueprint.plans) == 1


def test_paces_and_rules_of_types_are_added_to_the_usual_ones() -> None:
    blueprint = read("pace: {words_a_minute: 100, minutes: {essay: 20}}\nscoring: {wrong: -0.25}")
    assert (blueprint.tempo.words_a_minute, blueprint.tempo.minutes["essay"]) == (100, 20)
    assert blueprint.tempo.minutes["true_false"] == Blueprint(quiz="q").tempo.minutes["true_false"]
    assert blueprint.scoring == Scoring(wrong=-0.25, types={})


# --- What is wrong, and where -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("items: 5-3", "Q104", (2, 8), "'5-3' runs from the larger to the smaller", "write 3-5"),
        ("items: many", "Q104", (2, 8), "'many' is not a number or a range", "such as 3+"),
        ("items: 0", "Q109", (2, 8), "'0' is out of range", "more than 0"),
        ("items: {a: 3}", "Q104", (2, 9), "a list or a mapping is not a number or a range", "such as 4"),
        ("skills:\n  retrive: 3", "Q105", (3, 3), "'retrive' is not a word for 'skills'", "did you mean 'retrieve'?"),
        ("skills:\n  infer: x", "Q104", (3, 10), "'x' is not a number or a range", "such as 4"),
        ("types: [esay]", "Q105", (2, 9), "'esay' is not a word for 'types'", "did you mean 'essay'?"),
        ("types: essay", "Q104", (2, 8), "'types' takes a list", "write [essay]"),
        ("must_have: year", "Q104", (2, 12), "'must_have' takes a list", "write [year]"),
        ("passages: [The wheel]", "Q107", (2, 12), "'The wheel' cannot be an id", "article/id"),
        (
            "overlap: lots",
            "Q105",
            (2, 10),
            "'lots' is not a word for 'overlap'",
            "all, any, none, or a number of items",
        ),
        ("avoid: 7B", "Q104", (2, 8), "'7B' is not what 'avoid' takes", "`seen by 7B`"),
        ("order: random", "Q105", (2, 8), "'random' is not a word for 'order'", "one of: by_passage"),
        ("sections:\n  - items: 3\n  - item: 3", "Q102", (4, 5), "'item' is not a key here", "did you mean 'items'?"),
        ("sections: [{quiz: b}]", "Q102", (2, 13), "'quiz' is not a key here", "one of: items"),
        ("enemies: [[year]]", "Q204", (2, 12), "'enemies' needs at least 2", "add one more"),
        ("max_run: 0", "Q109", (2, 10), "'0' is out of range", "at least 1"),
        ("tolerance: {difficulty: -1}", "Q109", (2, 25), "'-1' is out of range", "at least 0"),
        ("scoring: {wrong: 0.5}", "Q109", (2, 18), "'0.5' is out of range", "at most 0"),
        ("pace: {minutes: {esay: 3}}", "Q105", (2, 18), "'esay' is not a word", "did you mean 'essay'?"),
        ("foo: 1", "Q102", (2, 1), "'foo' is not a key here", "one of: items"),
    ],
)
def test_a_fault_is_reported_at_its_place(
    text: str, code: str, place: tuple[int, int], message: str, hint: str
) -> None:
    _, (found,) = parse(f"quiz: q\n{text}\n", "q.yaml")
    assert (found.code, (found.span.line, found.span.column)) == (code, place)
    assert message in found.message
    assert found.hint
    assert hint in found.hint


def test_all_faults_of_a_blueprint_are_reported_at_once() -> None:
    text = "items: x\nskills: {infer: 5-3}\noverlap: lots\nfoo: 1\nsections: [{item: 3}]"
    _, found = parse(f"quiz: Q\n{text}\n", "q.yaml")
    assert sorted((one.span.line, one.code) for one in found) == [
        (1, "Q107"), (2, "Q104"), (3, "Q104"), (4, "Q105"), (5, "Q102"), (6, "Q102"),
    ]  # fmt: skip


# --- To JSON and back -------------------------------------------------------------------------------------------

_MORE: dict[str, st.SearchStrategy[Any]] = {
    "title": st.just("The mill"), "header": st.just("A school"), "instructions": st.just("Read first."),
    "overlap": st.sampled_from(["all", "any", "none", "0", "3"]), "options": st.sampled_from(["shuffled", "fixed"]),
    "avoid": st.sampled_from(["seen by 7B", ["seen by 7B since 2026-01-02", "seen by 8C"]]),
    "max_run": st.sampled_from(["1", "4"]), "tolerance": st.sampled_from([{}, {"difficulty": "5", "skills": "2"}]),
    "pace": st.sampled_from([{"words_a_minute": "120"}, {"minutes": {"essay": "20"}}]),
    "scoring": st.sampled_from([{"wrong": "-0.25"}, {"types": {"essay": {"partial": "false"}}}, {"partial": "false"}]),
}  # fmt: skip


@st.composite
def whole_blueprints(draw: st.DrawFn) -> Data:
    """Blueprints in which any key may be."""
    kept = draw(st.sets(st.sampled_from(sorted(_MORE))))
    return draw(blueprints(draw(banks()))) | {key: draw(_MORE[key]) for key in sorted(kept)}


@given(data=whole_blueprints())
def test_what_a_manifest_says_of_a_blueprint_is_the_blueprint(data: Data) -> None:
    blueprint = plan(**data)
    dumped = json.loads(json.dumps(blueprint.model_dump(mode="json", exclude_defaults=True)))
    again = Blueprint.model_validate(dumped)
    assert again == blueprint
    assert again.model_dump(mode="json", exclude_defaults=True) == dumped


@given(data=whole_blueprints())
def test_a_blueprint_is_the_same_from_a_file_as_from_a_program(data: Data) -> None:
    file, found = parse(json.dumps({"quiz": "law", **data}), "law.yaml")  # JSON is YAML
    assert found == []
    assert file is not None
    assert file.blueprint == plan(**data)


def test_a_demand_is_found_at_its_line() -> None:
    file, _ = parse("quiz: q\nskills:\n  infer: 3\nsections:\n  - items: 4\n    tags:\n      a: 1\n", "q.yaml")
    assert file is not None
    assert file.at("skills", "infer").line == 3
    assert file.at("sections", 0, "tags", "a").line == 7
    assert file.at("sections", 0, "points").line == 5
