"""What `source` makes of YAML: the same as libyaml's own loader where that is safe, a diagnostic where it is not."""

import gc
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quizgen import bank, checks
from quizgen.diagnostics import Diagnostic, in_order
from quizgen.document import Data, Document, Path
from quizgen.source import MAX_ENTRIES, MAX_LINE, MAX_LINES, MAX_RECORDS, MAX_TEXT, parse

from .strategies import records


def read(content: bytes | str) -> Document:
    """The document in a sound text."""
    document, found = parse(content, "bank.yaml")
    assert found == []
    assert document is not None
    return document


def report(content: bytes | str) -> list[tuple[str, int, int]]:
    """What is wrong in a text: code, line and column."""
    return [(found.code, found.span.line, found.span.column) for found in parse(content, "bank.yaml")[1]]


def told(content: bytes | str) -> list[Diagnostic]:
    """All that quizgen says of a bank file."""
    file, found = bank.parse(content, "bank.yaml")
    return in_order(found + (checks.check(bank.Bank((file,))) if file else []))


# --- Anything at all ------------------------------------------------------------------------------------------

_marks = st.text(st.sampled_from("-:?[]{}&*!|>'\"%@`#,<=~.\\ \t\n\r\x85\u2028\ufeffab1é\U0001f600"), max_size=60)
_pieces = st.sampled_from([
    "- ", "a: ", "? ", ": ", "[", "]", "{", "}", ", ", "&a ", "*a", "!t ", "|\n", ">-\n", "'", '"', "---\n", "...\n",
    "# c\n", "\n", "  ", "\t", "<<: ", "x", "\\u0007", "%YAML 1.1\n", "\x00", "\ud800", "\x85", "{{x}}", "é",
])  # fmt: skip
texts = st.one_of(st.text(max_size=80), _marks, st.lists(_pieces, max_size=30).map("".join))


def sane(found: list[Diagnostic]) -> bool:
    """Whether every diagnostic points into a line and can be printed."""
    return all(one.span.line >= 1 and 1 <= one.span.column < one.span.end and str(one) for one in found)


@given(st.one_of(st.binary(max_size=200), texts.map(lambda text: text.encode("utf-8", "surrogatepass")), texts))
@example(b"")
@example("\ufeff")
@example("\ufeff\ufeffa: b")
@example("? ")
@example("?\n:")
@example("? *a\n\n: b")
@example("a: !!str\n--- b\n--- c")
def test_anything_is_a_document_or_a_diagnostic(content: bytes | str) -> None:
    document, found = parse(content, "bank.yaml")
    assert document is not None or found
    assert sane(found)


@given(st.one_of(st.binary(max_size=200), texts))
def test_anything_is_a_bank_or_a_diagnostic(content: bytes | str) -> None:
    file, found = bank.parse(content, "bank.yaml")
    assert file is not None or found
    assert sane(told(content))


BANK = """article:
  id: harbour
  title: "The old harbour"
  language: en
  source: {title: Guide, url: https://example.org}
passages:
  - id: tides
    text: |
      At low water, boats lie on the mud.
items:
  - id: mud
    type: multiple_choice
    passage: tides
    evidence: boats lie on the mud
    stem: Where are the boats? \\(x^2\\)
    answer: On the mud
    distractors: [In deep water, {text: None of these, why: "no", pinned: last}]
    points: 2
    difficulty: 0.5
  - {id: pier, type: matching, stem: When?, pairs: {Old: 1870, New: 1931}, distractors: [1906]}
  - {id: gap, type: cloze, stem: Fill in., text: "on the {{mud|sand}}", ignore: [case]}
  - {id: tell, type: essay, stem: Tell., lines: 9, rubric: [{text: piers, points: 1}]}
"""


@given(
    st.integers(0, len(BANK)), st.integers(0, 12), st.one_of(_pieces, _marks, st.sampled_from(["\n", "[x]", "{x: y}"]))
)
def test_a_bank_with_a_slip_is_read_or_reported(start: int, length: int, slip: str) -> None:
    assert sane(told(BANK[:start] + slip + BANK[start + length :]))


_keys = st.sampled_from(
    "article passages items id title language source license url author text heading type stem passage evidence "
    "rationale difficulty skill tags points answer answers distractors pairs sequence ignore tolerance unit lines "
    "rubric why pinned [key] float".split()
)
_values = st.recursive(
    st.one_of(
        st.sampled_from(["", "x", "1", "-1", "0.5", "nan", "1e999", "true", "easy", "[key]", "\\(\\nope\\)", "{{x}}"]),
        st.sampled_from(["multiple_choice", "matching", "cloze", "essay", "numeric", "true_false", "ordering"]),
        st.text(st.characters(exclude_categories=["C"]), max_size=6),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=4)),
    max_leaves=6,
)
_wild_items = st.builds(lambda record, more: record | more, records(), st.dictionaries(_keys, _values, max_size=3))


@given(
    st.one_of(
        st.fixed_dictionaries(
            {
                "article": st.just({"id": "a", "title": "b", "language": "en"}) | _values,
                "items": st.lists(_wild_items | _values, max_size=3) | _values,
                "passages": st.lists(_values, max_size=2) | _values,
            }
        ),
        _values,
    )
)
def test_a_bank_of_wrong_values_is_reported(data: Any) -> None:  # Any: it may be anything that YAML can hold
    assert sane(told(yaml.safe_dump(data, allow_unicode=True, sort_keys=False)))


@given(st.lists(_wild_items, max_size=3), st.lists(_values, max_size=2))
def test_a_record_is_there_or_reported(items: list[dict[str, Any]], passages: list[Any]) -> None:
    data = {"article": {"id": "a", "title": "b", "language": "en"}, "passages": passages, "items": items}
    file, found = bank.parse(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "bank.yaml")
    assert file is not None
    assert found or (len(file.items), len(file.passages)) == (len(items), len(passages))


# --- The same as libyaml's loader -----------------------------------------------------------------------------


class Dumper(yaml.SafeDumper):
    """Writes the same list twice rather than an alias to it."""

    def ignore_aliases(self, data: Any) -> bool:  # Any: as in PyYAML
        return True


_printable = st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\x85\u2028\u2029")
_written = st.text(_printable, max_size=30)
_lines = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], include_characters="\n"), max_size=30)
_one_line = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
_typed = st.sampled_from(
    ["No", "12:30", "010", "1e3", "2010-04-17", "~", "null", "0x1F", "<<", "=", "1_000", "yes", ""]
)
_style = {
    "default_flow_style": st.sampled_from([True, False, None]),
    "default_style": st.sampled_from([None, None, "'", '"', "|", ">"]),
    "width": st.sampled_from([20, 80, 10**6]),
    "indent": st.integers(2, 6),
    "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
    "allow_unicode": st.booleans(),
    "explicit_start": st.booleans(),
    "explicit_end": st.booleans(),
    "sort_keys": st.just(False),
}


def nested(leaves: st.SearchStrategy[Any], keys: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Lists and mappings of such leaves."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=12,
    )


@given(
    nested(st.one_of(_written, _typed, st.integers(), st.floats(), st.booleans(), st.none(), st.dates()), _written),
    st.fixed_dictionaries(_style),
)
def test_data_is_what_libyaml_loads_as_texts(data: Any, style: dict[str, Any]) -> None:
    text = yaml.dump(data, Dumper=Dumper, **style)
    try:
        known = yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        assume(False)  # PyYAML writes some texts that it cannot read
    assume("!" not in text)  # with a style for everything, PyYAML writes tags at numbers
    assert read(text).data == known
    assert read(text.encode()).data == known


@given(nested(_lines, _lines), st.booleans(), st.sampled_from([None, "'", '"']))
def test_a_text_comes_back_as_it_was(data: Any, flow: bool, style: str | None) -> None:
    text = yaml.dump(data, Dumper=Dumper, allow_unicode=True, default_flow_style=flow, default_style=style)
    assert read(text).data == data


@pytest.mark.parametrize(
    "word",
    [
        "No",
        "yes",
        "12:30",
        "010",
        "1e3",
        "0x1F",
        "1_000",
        "2010-04-17",
        "~",
        "null",
        "true",
        "Null",
        ".5",
        "1:2:3",
        "=",
    ],
)
def test_a_scalar_stays_what_was_typed(word: str) -> None:
    assert read(f"{word}: [{word}, {word}]").data == {word: [word, word]}
    assert read(f"- {word}").data == [word]


# --- Places ---------------------------------------------------------------------------------------------------


def leaves(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text with the way to it."""
    if isinstance(data, str):
        yield path, data
    else:
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, step))


def under(document: Document, path: Path, *, key: bool = False) -> str:
    """What stands at a place, from its first column to its last."""
    span = document.span(path, key=key)
    assert span.source == document.lines[span.line - 1]
    return span.source[span.column - 1 : span.end - 1]


@given(nested(st.one_of(_one_line, _typed), _one_line), st.booleans(), st.sampled_from([None, "'", '"']))
def test_a_place_holds_its_own_text(data: Any, flow: bool, style: str | None) -> None:
    document = read(
        yaml.dump(data, Dumper=Dumper, allow_unicode=True, default_flow_style=flow, default_style=style, width=10**6)
    )
    for path, text in leaves(document.data):
        shown = under(document, path)
        assert shown == text or yaml.load(shown, Loader=yaml.CBaseLoader) == text
        if path and isinstance(path[-1], str):
            key = under(document, path, key=True)
            assert key == path[-1] or yaml.load(key, Loader=yaml.CBaseLoader) == path[-1]


def test_places_are_those_of_keys_values_and_entries() -> None:
    document = read("a:\n  - b: one\n    c: [two, 'three']\n  - |\n    four\n    five\nd:\ne: []\n")
    assert under(document, ("a", 0, "b")) == "one"
    assert under(document, ("a", 0, "c", 1)) == "'three'"
    assert under(document, ("a", 0, "c"), key=True) == "c"
    assert under(document, ("a", 0, "c")) == "two"
    assert under(document, ("a", 0)) == "b"
    assert under(document, ("a", 1)) == "|"
    assert under(document, ("a",)) == "b"
    assert document.span(("d",)).column == 3
    assert document.span(("e",)).column == 4
    assert under(document, ()) == "a"


@pytest.mark.parametrize(
    "path", [("x",), ("a", "x"), ("a", 5), ("a", 0, "x"), ("a", 0, "b", "c"), (0,), ("a", "0", "b")]
)
def test_where_nothing_stands_the_nearest_place_above_is_named(path: Path) -> None:
    document = read("a:\n  - b: one\n")
    above = next(path[:end] for end in range(len(path), -1, -1) if path[:end] in [(), ("a",), ("a", 0), ("a", 0, "b")])
    assert document.span(path) == document.span(above)


def located(document: Document, path: Path, text: str) -> tuple[int, int, int]:
    """Line, column and end of a stretch of text."""
    span = document.locate(path, text)
    return span.line, span.column, span.end


def test_a_stretch_of_a_text_is_found_in_its_lines() -> None:
    document = read("a: ruin and in\nb: |\n  one in\n  two out\nc: |\n  out\n")
    assert located(document, ("a",), "in") == (1, 6, 8)
    assert located(document, ("b",), "in") == (3, 7, 9)
    assert located(document, ("b",), "out") == (4, 7, 10)
    assert located(document, ("b",), "two out\nmore") == (4, 3, 10)


@pytest.mark.parametrize(
    ("path", "text"), [(("a",), "b"), (("a",), ""), (("x",), "one"), (("a", "x"), "one"), ((), "")]
)
def test_a_stretch_that_is_not_there_is_where_its_text_is(path: Path, text: str) -> None:
    document = read("a: one\nb: b\n")
    assert document.locate(path, text) == document.span(path)


def test_a_stretch_is_found_below_its_record() -> None:
    document = read("a:\n  - b: one\n    c: [two, three]\n")
    assert located(document, ("a", 0), "three") == (3, 14, 19)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_end_counts_as_one(end: str) -> None:
    document = read(f"a: one{end}{end}b:{end}  - two{end}  - [x, three]{end}")
    assert document.data == {"a": "one", "b": ["two", ["x", "three"]]}
    assert document.span(("b", 0)).line == 4
    assert (document.span(("b", 1, 1)).line, under(document, ("b", 1, 1))) == (5, "three")


@pytest.mark.parametrize("content", ["\ufeffa: b", b"\xef\xbb\xbfa: b", b"\xef\xbb\xbfa: b\r\n"])
def test_a_byte_order_mark_is_no_part_of_the_text(content: bytes | str) -> None:
    document = read(content)
    assert document.data == {"a": "b"}
    assert document.span(("a",), key=True).column == 1
    assert document.span(("a",)).source == "a: b"


def test_columns_are_counted_in_characters() -> None:
    document = read("{🛥️: é, 潮汐: ebb}")
    assert under(document, ("潮汐",)) == "ebb"
    assert under(document, ("🛥️",)) == "é"


# --- What is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "\ufeff", "---\n", "--- ''\n"])
def test_an_empty_file_is_an_empty_text(text: str) -> None:
    assert read(text).data == ""


@pytest.mark.parametrize(
    ("text", "left", "found"),
    [
        ("a: &x b", {"a": "b"}, [("Q003", 1, 4)]),
        ("a: &x [b]", {"a": ["b"]}, [("Q003", 1, 4)]),
        ("&x a: b", {"a": "b"}, [("Q003", 1, 1)]),
        ("a: !x b", {"a": "b"}, [("Q005", 1, 4)]),
        ("a: !!map {b: c}", {"a": {"b": "c"}}, [("Q005", 1, 4)]),
        ("a: &x !y b", {"a": "b"}, [("Q003", 1, 4), ("Q005", 1, 4)]),
        ("a: b\na: c", {"a": "b"}, [("Q002", 2, 1)]),
        ("a: b\n<<: {c: d}", {"a": "b"}, [("Q004", 2, 1)]),
        ("a: b\n---\nc: d", {"a": "b"}, [("Q006", 2, 1)]),
        ('a: "x\\x07y"', {"a": "xy"}, [("Q011", 1, 4)]),
    ],
)
def test_a_refused_value_leaves_the_others(text: str, left: Data, found: list[tuple[str, int, int]]) -> None:
    document, _ = parse(text, "bank.yaml")
    assert report(text) == found
    assert document is not None
    assert document.data == left


@pytest.mark.parametrize("text", ["a: b\n'<<': {c: d}", 'a: b\n"<<": {c: d}'])
def test_a_quoted_merge_key_is_a_key(text: str) -> None:
    assert read(text).data == {"a": "b", "<<": {"c": "d"}}


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "message"),
    [
        ("a: b: c", "Q001", 1, 5, "a colon and a space where no key can stand"),
        ("a: b\nc\nd: e", "Q001", 3, 1, "a line that is neither a key nor part of a text"),
        ("a: @b", "Q001", 1, 4, "a text cannot start with this character"),
        ("a: `b`", "Q001", 1, 4, "a text cannot start with this character"),
        ("a: 'b' c", "Q001", 1, 8, "a key was expected here"),
        ("- a\nb: c", "Q001", 2, 1, "a list entry was expected here"),
        ("a: {b: c]", "Q001", 1, 9, "the brace { is not closed here, or a text in it needs quotes"),
        ('a: b\nc: "d\ne', "Q001", 2, 4, "the quotation mark is never closed"),
        ("a: 'b\n---\nc'", "Q001", 2, 1, "a document marker inside a quoted text"),
        ("a: - b", "Q001", 1, 4, "a list entry cannot stand here"),
        ('a: "\\d"', "Q001", 1, 5, "an unknown escape in double quotes"),
        ('a: "\\uD800"', "Q001", 1, 7, "an escape that is no character"),
        ("a: !b!c d", "Q001", 1, 4, "a tag that is not defined"),
        ("a: !<b c", "Q001", 1, 7, "a tag that is not closed"),
        ("a: b\n%c", "Q001", 2, 3, "a line that starts with %"),
        ("%YAML 1.1\n%YAML 1.1\n---", "Q001", 2, 1, "a line that starts with %"),
        ("a: b\n\tc: d", "Q010", 2, 1, "a tab in the indentation"),
        ("a:\n  b: c\n \t d: e", "Q010", 3, 2, "a tab in the indentation"),
        ("? [a]\n: b", "Q013", 1, 3, "a key must be a text"),
        ("? {a: b}\n: c", "Q013", 1, 3, "a key must be a text"),
        ("? - a\n: c", "Q013", 1, 3, "a key must be a text"),
        ("a: {{b}}", "Q013", 1, 5, "a key must be a text"),
        ("*a : b", "Q013", 1, 1, "a key must be a text"),
    ],
)
def test_what_cannot_be_read_is_said_in_an_authors_words(
    text: str, code: str, line: int, column: int, message: str
) -> None:
    document, (found,) = parse(text, "bank.yaml")
    assert document is None
    assert (found.code, found.span.line, found.span.column, found.message) == (code, line, column, message)


@pytest.mark.parametrize(
    "text", ["a: |x\n b", "a: [b\nc: d", "%YAML 2.0\n--- a", "a: *b*", "a: ? b", "a: ,", "[a", "..."]
)
def test_every_other_slip_is_reported_where_it_is(text: str) -> None:
    document, (found,) = parse(text, "bank.yaml")
    assert document is None
    assert (found.code, found.span.source in text.split("\n")) == ("Q001", True)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [(b"a: b\nc: d\xe9", 2, 5), (b"\xff\xfea\x00", 1, 1), ("é: é".encode() + b"\xc3", 1, 5), (b"a\r\nb\x85", 2, 2)],
)
def test_the_first_byte_that_is_not_utf8_is_named(content: bytes, line: int, column: int) -> None:
    assert report(content) == [("Q009", line, column)]


@pytest.mark.parametrize("char", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\ufffe", "\uffff"])
def test_a_control_character_is_named_with_its_place(char: str) -> None:
    document, (found,) = parse(f"a: b\nc: d{char}", "bank.yaml")
    assert document is None
    assert (found.code, found.span.line, found.span.column) == ("Q011", 2, 5)
    assert found.message.endswith(f"U+{ord(char):04X}")


def test_a_control_character_cannot_hide_in_a_key() -> None:
    assert report('pairs: {"a\\x07": b}') == [("Q011", 1, 9)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "Q007"),
        ("- " * 100_000, "Q007"),
        ("{a: " * 100_000, "Q007"),
        ("\n".join(" " * depth + "a:" for depth in range(2_000)), "Q007"),
        ("\n".join(" " * depth + "-" for depth in range(2_000)), "Q007"),
        ("? " * 100_000, "Q013"),
        ("a: " + "x" * 20_000_000, "Q008"),
        ("&a " * 100_000, "Q003"),
        ("a: &a [x]\n" + "".join(f"b{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(30)), "Q003"),
        ("".join(f"b{n}:\n  <<: [*a, *a]\n" for n in range(100)), "Q003"),
        ("".join(f"b{n}:\n  <<: {{b: c}}\n" for n in range(200)), "Q004"),
        ("a: b\n" * 100_000, "Q002"),
        ("- !t a\n" * 100_000, "Q005"),
        ("\x01" * 1_000_000, "Q011"),
        ("[" + "a," * 2_000_001 + "[]]", "Q008"),
        ("[" + "a,\n" * 400_000 + "[]]", "Q014"),
        ("- " + "[a, a, a, a, a, a, a, a]\n- " * 30_000, "Q014"),
        ("- " + f"[{'a, ' * 190}]\n- " * 1500, "Q008"),
        ("".join(f"k{n}:\n" for n in range(100_000)), "Q014"),
        ("a: b\n" + "\u2028" * 600_000, "Q008"),
    ],
    ids=lambda value: value if len(value) == 4 else value[:6].strip(),
)
def test_a_bomb_ends_in_at_most_a_hundred_diagnostics(text: str, code: str) -> None:
    document, found = parse(text, "bank.yaml")
    assert document is None
    assert code in {one.code for one in found}
    assert len(found) <= 100
    assert sane(found)


def test_a_list_at_the_top_may_be_long_and_one_in_a_record_may_not() -> None:
    assert report(f"items: [{'a, ' * MAX_RECORDS}]") == []
    assert [code for code, *_ in report(f"items: [{'a, ' * MAX_RECORDS}b]")] == ["Q014"]
    assert report(f"items: [{{tags: [{'a, ' * MAX_ENTRIES}]}}]") == []
    assert report(f"items: [{{tags: [{'a, ' * MAX_ENTRIES}b]}}]") == [("Q014", 1, 17 + 3 * MAX_ENTRIES)]


def test_a_mapping_has_at_most_two_hundred_keys() -> None:
    keys = "".join(f"k{number}: a\n" for number in range(MAX_ENTRIES))
    assert report(keys) == []
    assert report(f"{keys}one more: a") == [("Q014", MAX_ENTRIES + 1, 1)]


def test_a_text_may_be_long_and_not_longer() -> None:
    assert report("a: " + "x" * MAX_TEXT) == []
    assert report("a: " + "x" * (MAX_TEXT + 1)) == [("Q014", 1, 4)]
    assert report(f"{'x' * (MAX_TEXT + 1)}") == [("Q014", 1, 1)]


@pytest.mark.parametrize("line_break", ["\n", "\r", "\x85", "\u2028", "\u2029"])
def test_half_a_million_lines_are_read(line_break: str) -> None:
    text = line_break * MAX_LINES
    assert report(text) == []
    assert report(text + line_break) == [("Q008", 1, 1)]


def test_a_line_may_be_long_and_not_longer() -> None:
    line = f"# {'x' * (MAX_LINE - 2)}"
    assert report(f"{line}\n{line}\n") == []
    assert report(f"{line}\n{line}{line}x") == [("Q008", 1, 1)]


@pytest.mark.parametrize("text", ["? )", "?", "? a", "a:\n ? b", "a", "a:", "- ", "-", "a:\n- ", "{}\n", "a: &b"])
def test_a_value_that_the_end_of_the_file_leaves_out_stands_in_the_last_line(text: str) -> None:
    for end in ("", "\n"):
        document, _ = parse(text + end, "bank.yaml")
        assert document is not None
        for path in [(), *(path for path, _ in leaves(document.data))]:
            span = document.span(path)
            assert span.line <= len(document.lines)
            assert span.column <= len(document.lines[span.line - 1]) + 1


def test_thirty_two_levels_are_read() -> None:
    assert report("[" * 32 + "]" * 32) == []
    assert report("[" * 33 + "]" * 33) == [("Q007", 1, 33)]


def test_sixteen_mebibytes_are_read() -> None:
    text = ("#" + "x" * 1022 + "\n") * (16 * 1024)
    assert report(text) == []
    assert report(text + "x") == [("Q008", 1, 1)]


@pytest.mark.parametrize("text", ["a: b", "a: [", "[" * 40])
def test_the_garbage_collector_is_left_as_it_was(text: str) -> None:
    parse(text, "bank.yaml")
    assert gc.isenabled()
    gc.disable()
    try:
        parse(text, "bank.yaml")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_no_message_is_libyamls_own_where_an_author_may_often_meet_it() -> None:
    slips = ["a: b: c", "a: 'b", "a: [b", "a: {b", "a: @b", 'a: "\\d"', "a: b\n  c: d", "a: 'b' c", "- a\n b: c"]
    messages = [found.message for text in slips for found in parse(text, "bank.yaml")[1]]
    assert len(messages) == len(slips)
    assert not any(re.search("this is not YAML|token|node|scalar|mapping", message) for message in messages)


# --- What libyaml says in words that we do not know -------------------------------------------------------------------


def test_a_complaint_without_words_of_ours_is_told_as_it_is() -> None:
    _, (found,) = parse('a: "\\xZZ"\n', "bank.yaml")
    assert (found.code, found.span.line, found.hint) == (
        "Q001", 1, "look at the indentation and the quotation marks",
    )  # fmt: skip
    assert found.message.startswith("this is not YAML: did not find expected hex")


def test_libyaml_own_bound_on_depth_is_ours() -> None:
    _, (found,) = parse("[" * 2000, "bank.yaml")
    assert (found.code, found.message, found.hint) == ("Q007", "more than 32 levels deep", "a bank needs six")


@pytest.mark.parametrize(
    ("content", "line", "column"), [(b"a: caf\xe9", 1, 7), (b"a: b\nc: \xe9t\xe9", 2, 4), (b"\xff", 1, 1)]
)
def test_a_byte_that_is_not_utf8_is_pointed_at(content: bytes, line: int, column: int) -> None:
    _, (found,) = parse(content, "bank.yaml")
    assert (found.code, found.span.line, found.span.column, found.span.end) == ("Q009", line, column, column + 1)
