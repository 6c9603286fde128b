"""Q390: which items an edit of an article touches; and what a run finds in one file, all together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bank import BankFile, parse
from quizgen.checks.changes import touched_items
from quizgen.checks.examine import examine
from quizgen.diagnostics import Severity
from quizgen.ignores import apply

PARAGRAPHS = ["Boats lie on the mud.", "A pier was *opened* in 1931.", "It reaches deep water."]
ITEMS = """\
  - {id: mud, type: true_false, passage: all, evidence: lie on the mud, stem: Boats lie on mud., answer: true}
  - {id: pier, type: true_false, passage: all, evidence: pier was opened, stem: It opened., answer: true}
  - {id: both, type: true_false, passage: all, evidence: [on the mud, deep water], stem: Both., answer: true}
  - {id: third, type: true_false, passage: all, evidence: {paragraph: 3}, stem: Third., answer: true}
  - {id: none, type: true_false, passage: all, stem: Without., answer: true}
  - {id: loose, type: true_false, stem: Loose., answer: true}
"""


def file_of(*paragraphs: str, passage: str = "all") -> BankFile:
    """A bank file on these paragraphs."""
    text = "\n\n".join(paragraphs).replace("\n", "\n      ")
    items = ITEMS.replace("passage: all", f"passage: {passage}")
    content = (
        "article: {id: a, title: b, language: en}\n"
        f"passages:\n  - id: {passage}\n    text: |\n      {text}\nitems:\n{items}"
    )
    file, found = parse(content, "a.yaml")
    assert file is not None
    assert found == []
    return file


def touched(*after: str) -> list[str]:
    """The items that a change of the paragraphs touches."""
    new = file_of(*after)
    names = [item.id for item in new.items]
    first = new.at(new.items[0]).line
    return [names[one.span.line - first] for one in touched_items(file_of(*PARAGRAPHS), new, "v1")]


@pytest.mark.parametrize(
    ("after", "names"),
    [
        (PARAGRAPHS, []),
        (["Boats   lie\non the mud.", *PARAGRAPHS[1:]], []),  # only laid out anew
        ([PARAGRAPHS[0], "A pier was opened in 1931.", PARAGRAPHS[2]], []),  # only marks
        (["Boats lie on the mud, all of them.", *PARAGRAPHS[1:]], ["mud", "both", "none"]),
        ([PARAGRAPHS[0], "A new pier was opened in 1931.", PARAGRAPHS[2]], ["pier", "none"]),
        ([*PARAGRAPHS[:2], "It reaches deep water always."], ["both", "third", "none"]),
        ([*PARAGRAPHS, "Nobody sails at night."], ["none"]),
        (["Nobody sails at night.", *PARAGRAPHS], ["none"]),
        (PARAGRAPHS[:2], ["both", "third", "none"]),  # evidence that is gone
    ],
)
def test_an_edit_touches_what_rests_on_it(after: list[str], names: list[str]) -> None:
    assert touched(*after) == names


def test_a_note_says_where_and_since_when() -> None:
    (first, *_) = touched_items(file_of(*PARAGRAPHS), file_of("Boats lie on the mud!", *PARAGRAPHS[1:]), "v1")
    assert (first.code, first.severity) == ("Q390", Severity.NOTE)
    assert first.message == "passage 'all' was edited here since v1"
    assert first.hint == "read the item once more beside its passage"
    assert first.span.source[first.span.column - 1 : first.span.end - 1] == "lie on the mud"
    *_, last = touched_items(file_of(*PARAGRAPHS), file_of("Boats lie on the mud!", *PARAGRAPHS[1:]), "v1")
    assert last.span.source[last.span.column - 1 : last.span.end - 1] == "Without."


def test_a_new_passage_touches_nothing() -> None:
    assert list(touched_items(file_of(*PARAGRAPHS, passage="old"), file_of("Else.", *PARAGRAPHS[1:]), "v1")) == []


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=4))
def test_the_same_article_touches_nothing(paragraphs: list[str]) -> None:
    assert list(touched_items(file_of(*paragraphs), file_of(*paragraphs), "v1")) == []


# --- One file, all together -----------------------------------------------------------------------------------------

COMMENTED = """\
article: {id: a, title: b, language: en}
items:
  - id: one  # quizgen: ignore[Q401, Q402, Q403] a draft
    type: true_false
    stem: Boats lie on mud. ![a boat](boat.png)
    answer: true
"""


def test_a_file_is_examined_whole() -> None:
    result = examine(Path("a.yaml"), COMMENTED.encode())
    assert sorted(one.code for one in result.found) == ["Q121", "Q401", "Q402", "Q403"]
    assert [(comment.codes, comment.first, comment.last) for comment in result.ignores] == [
        (("Q401", "Q402", "Q403"), 3, 6)
    ]
    assert (result.items, result.beside) == (1, ("boat.png",))
    assert result.gist is not None
    assert [stem.item for stem in result.gist.stems] == ["one"]
    assert [one.code for one in apply(result.found, result.ignores)] == ["Q121"]


def test_what_cannot_be_read_has_no_gist() -> None:
    result = examine(Path("a.yaml"), b"article: [")
    assert [one.code for one in result.found] == ["Q001"]
    assert (result.ignores, result.gist, result.items, result.beside) == ((), None, 0, ())
