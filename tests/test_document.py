"""Changing a value in its place, and telling comments from texts: the rest of a file stays as it was typed."""

from typing import Any

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
