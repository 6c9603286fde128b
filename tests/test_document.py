"""Changing a value in its place, and telling comments from texts: the rest of a file stays as it was typed."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizgen.cli.fixing import edited
from quizgen.document import Data, Document, Path, lines_of
from quizgen.source import parse

_texts = st.text(st.sampled_from("ab: #'\"-{}[],|>&*!%@`\n\u0301日é"), max_size=12)
_keys = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
_values = st.recursive(
    _texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3), max_leaves=8
)
_documents = st.dictionaries(_keys, _values, min_size=1, max_size=4)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A document as YAML, in block or flow style, with texts quoted as it happens."""
    return yaml.safe_dump(
        draw(_documents),
        default_flow_style=draw(st.sampled_from([False, True, None])),
        default_style=draw(st.sampled_from([None, '"', "'", "|", ">"])),
        width=draw(st.sampled_from([20, 80])),
        indent=draw(st.sampled_from([2, 4])),
        allow_unicode=True,
        sort_keys=False,
    )


def mappings(data: Data, path: Path = ()) -> list[Path]:
    """The ways to all mappings that have a key."""
    found = [path] if isinstance(data, dict) and data else []
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return found + [way for step, value in inner for way in mappings(value, (*path, step))]


def read(text: str) -> Document | None:
    """The document, if nothing is wrong with it."""
    document, found = parse(text, "a.yaml")
    return document if not found else None


@given(written(), st.data())
def test_a_key_is_added_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    document = read(text)
    if document is None:
        return
    path = data.draw(st.sampled_from(mappings(document.data)))
    edits = document.inserted(path, "zzzzzzz", "new", after=data.draw(_keys))
    after = read(edited(text, edits))
    assert after is not None
    wanted: Any = after.data
    for step in path:
        wanted = wanted[step]
    assert wanted.pop("zzzzzzz", "new") == "new"
    assert after.data == document.data
    assert edits == () or len(edits) == 1


@given(written(), st.data())
def test_a_text_on_one_line_is_replaced_and_nothing_else_changes(text: str, data: st.DataObject) -> None:
    document = read(text)
    if document is None or not isinstance(document.data, dict):
        return
    key = data.draw(st.sampled_from([*document.data]))
    edits = document.replaced((key,), "new")
    after = read(edited(text, edits))
    assert after is not None
    assert after.data == (document.data | {key: "new"} if edits else document.data)


@given(st.text(st.sampled_from("a\n\r\x85\u2028\x0b\x0c\x1c\t ")))
def test_lines_are_counted_as_libyaml_counts_them(text: str) -> None:
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    assert lines_of(text) == joined.split("\n")


LAYOUT = """\
article: {id: a, title: b}  # the head
items:
  # before the first
  - id: one  # first
    stem: >-  # folded
      a text # not a comment

    answer: x

  - id: two
    text: "a # b"  # second
    list:
      - p
      - {q: r}  # third
"""


def at(text: str) -> tuple[int, int]:
    """The line and the column, from 0, of a comment of the layout."""
    line = next(number for number, line in enumerate(LAYOUT.split("\n")) if text in line)
    return line, LAYOUT.split("\n")[line].index(text)


def test_a_comment_is_told_from_a_text() -> None:
    document = read(LAYOUT)
    assert document is not None
    comments = {text: document.is_comment(*at(f"# {text}")) for text in
                ("the head", "before", "first", "folded", "not a comment", 'b"', "second", "third")}  # fmt: skip
    assert [text for text, is_comment in comments.items() if not is_comment] == ["not a comment", 'b"']


def test_a_comment_speaks_of_what_begins_on_its_line() -> None:
    document = read(LAYOUT)
    assert document is not None
    lines = {text: document.begins_at(at(f"# {text}")[0]) for text in
             ("the head", "before", "first", "folded", "second", "third")}  # fmt: skip
    assert lines == {
        "the head": (0, 0), "before": (3, 7), "first": (3, 7), "folded": (4, 5), "second": (10, 10), "third": (13, 13),
    }  # fmt: skip


def test_a_comment_is_taken_out_with_its_line_where_it_stands_alone() -> None:
    document = read(LAYOUT)
    assert document is not None
    alone = edited(LAYOUT, document.without_comment(*at("# before")))
    assert alone == LAYOUT.replace("  # before the first\n", "")
    behind = edited(LAYOUT, document.without_comment(*at("# third")))
    assert behind == LAYOUT.replace("  # third", "")


# --- Where words stand ----------------------------------------------------------------------------------------------


def located(text: str, path: Path, words: str) -> tuple[int, int, int]:
    """Line, column and end, from 1, of where words are found in a value."""
    document = read(text)
    assert document is not None
    span = document.locate(path, words)
    return span.line, span.column, span.end


def test_words_are_found_inside_their_own_value() -> None:
    text = "a: boats\nb: the boats\nc: |\n  first\n  boats here\n"
    assert located(text, ("a",), "boats") == (1, 4, 9)
    assert located(text, ("b",), "boats") == (2, 8, 13)
    assert located(text, ("c",), "boats") == (5, 3, 8)
    assert located(text, ("c",), "first\nboats here") == (4, 3, 8)  # the first line of what is looked for
    assert located(text, ("c",), "boats here\nand\nmore") == (5, 3, 13)


def test_words_are_looked_for_from_where_the_value_begins() -> None:
    assert located("boats: boats\n", ("boats",), "boats") == (1, 8, 13)
    assert located('["boats", boats]', (1,), "boats") == (1, 11, 16)
    assert located('a: "one\nboats"\n', ("a",), "boats") == (2, 1, 6)


def test_what_is_not_found_is_the_value_itself() -> None:
    text = "a: boats\nb: c\n"
    assert located(text, ("a",), "mud") == located(text, ("a",), "") == (1, 4, 9)
    assert located(text, ("a", "x"), "boats") == (1, 4, 9)
    assert located(text, ("z",), "boats") == (1, 1, 2)


# --- Edits, at the edges --------------------------------------------------------------------------------------------


def added(text: str, path: Path, after: str = "") -> str:
    """The text with `k: v` in the mapping at a path."""
    document = read(text)
    assert document is not None
    return edited(text, document.inserted(path, "k", "v", after))


def test_a_key_is_written_as_its_neighbour_is() -> None:
    assert added("a: 1\nb: 2\n", ()) == "a: 1\nk: v\nb: 2\n"
    assert added("a: 1\nb: 2\n", (), "b") == "a: 1\nb: 2\nk: v\n"
    assert added("a: 1\nb: 2\n", (), "z") == "a: 1\nk: v\nb: 2\n"
    assert added("{a: 1, b: [2, 3]}", (), "b") == "{a: 1, b: [2, 3], k: v}"
    assert added("a: 1  # why\r\nb: 2", ()) == "a: 1  # why\r\nk: v\r\nb: 2"
    assert added("- a:\n    b: 1\n  c: 2\n", (0,)) == "- a:\n    b: 1\n  k: v\n  c: 2\n"
    assert added("x:\n  - |\n    text\n\n  - a: >-\n      more\n\n    b: 1\n", ("x", 1)) == (
        "x:\n  - |\n    text\n\n  - a: >-\n      more\n    k: v\n\n    b: 1\n"
    )


def test_where_there_is_no_mapping_nothing_is_added() -> None:
    for text, path in (("a: 1", ("a",)), ("[1]", ()), ("a: {}", ("a",)), ("a: 1", ("z",))):
        assert added(text, path) == text


@pytest.mark.parametrize(
    ("text", "sign", "is_comment"),
    [
        ("a: x # one", 5, True),
        ("a: x# one", 4, False),
        ("a: 'x # one'", 6, False),
        ("a: 'x' # one", 7, True),
        ("a: 'x\n  # one'", 2, False),
        ("a: >- # one\n  text", 6, True),
        ("a: | # one\n  text", 5, True),
        ("a: |\n  # one\n", 2, False),
        ("# one\na: x", 0, True),
        ("  # one\na: x", 2, True),
        ("a:\n  # one\n  b: c", 2, True),
        ("a: |\n  text\n# one\nb: c", 0, True),
        ("a: [x, # one\n y]", 7, True),
        ("'# one': x", 1, False),
    ],
)
def test_a_sign_begins_a_comment_or_does_not(text: str, sign: int, is_comment: bool) -> None:
    document = read(text)
    assert document is not None
    line = next(number for number, one in enumerate(text.split("\n")) if "# one" in one)
    assert document.is_comment(line, sign) is is_comment


def test_what_begins_below_the_last_line_is_that_line() -> None:
    document = read("a: x\n# one\n# two")
    assert document is not None
    assert document.begins_at(1) == (2, 2)
    assert document.begins_at(0) == (0, 0)
    nothing = read("a: x\n  # c\nb: |\n  y\n  z\n")
    assert nothing is not None
    assert nothing.begins_at(1) == (2, 4)
    assert nothing.begins_at(3) == (3, 3)  # inside a text nothing begins


@pytest.mark.parametrize(
    ("text", "line", "column", "after"),
    [
        ("a: x\n# one", 1, 0, "a: x\n"),
        ("# one\na: x", 0, 0, "a: x"),
        ("a: x\n  # one\n", 1, 2, "a: x\n"),
        ("a: x  # one\nb: y", 0, 6, "a: x\nb: y"),
        ("a: x # one", 0, 5, "a: x"),
    ],
)
def test_a_comment_goes_and_leaves_no_trace(text: str, line: int, column: int, after: str) -> None:
    document = read(text)
    assert document is not None
    assert edited(text, document.without_comment(line, column)) == after
