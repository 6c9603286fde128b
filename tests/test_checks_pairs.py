"""Q430 and Q431: items that tell or repeat each other."""

from collections import Counter
from math import log, sqrt
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.bank import BankFile, parse
from quizgen.checks import check_gists
from quizgen.checks.gist import Gist, StemGist, gist
from quizgen.checks.pairs import gives_away, near_duplicate_stem
from quizgen.checks.reading import ArticleReading
from quizgen.diagnostics import Span

HEAD = """\
article: {id: harbour, title: Harbour, language: en}
passages:
  - {id: pier, text: A new pier was opened in 1931. It reaches deep water. Boats lie on the mud.}
  - {id: quay, text: The quay is old.}
items:
"""


def file_of(*items: str, name: str = "a.yaml") -> BankFile:
    """A bank file of these items, in braces."""
    file, found = parse(HEAD + "".join(f"  - {{{item}}}\n" for item in items), name)
    assert file is not None
    assert found == []
    return file


OPENED = "id: opened, type: numeric, passage: pier, stem: In which year was the new pier opened?, answer: 1931"


def told(*items: str) -> list[tuple[int, str]]:
    """Which items (by their line) have their answer given away, and what is said of it."""
    file = file_of(OPENED, *items)
    return [(one.span.line - 6, one.message) for one in gives_away(ArticleReading(file))]


@pytest.mark.parametrize(
    "other",
    [
        "id: why, type: essay, passage: pier, stem: Why was the new pier of 1931 so long?",
        "id: why, type: essay, passage: quay, stem: Why was the new pier of 1931 so long?",
        "id: why, type: true_false, passage: pier, stem: The pier opened in 1931 is long., answer: true",
        "id: why, type: cloze, passage: pier, stem: Fill in., text: 'The pier opened in 1931 reaches {{deep}} water.'",
    ],
)
def test_a_stem_that_tells_the_key_is_reported_at_the_item_that_suffers(other: str) -> None:
    assert told(other) == [(0, "item 'why' gives the answer away: 1931")]


@pytest.mark.parametrize(
    "other",
    [
        "id: why, type: essay, passage: pier, stem: What else happened in 1931?",  # no word of the question
        "id: why, type: essay, passage: pier, stem: Which pier stood in 1931?",  # only one
        "id: why, type: true_false, passage: pier, stem: The pier opened in 1931 is long., answer: false",
        "id: why, type: essay, passage: pier, stem: Why was the new pier so long?",
    ],
)
def test_a_stem_that_does_not_tell_is_not(other: str) -> None:
    assert told(other) == []


def test_one_shared_word_is_enough_where_the_evidence_is_the_same() -> None:
    item = OPENED + ", evidence: A new pier was opened in 1931"
    other = "id: why, type: essay, passage: pier, stem: Which pier stood in 1931?, evidence: {}"
    same, another = (
        file_of(item, other.format(words)) for words in ("pier was opened in 1931", "Boats lie on the mud")
    )
    assert len(list(gives_away(ArticleReading(same)))) == 1
    assert list(gives_away(ArticleReading(another))) == []


def test_what_a_distractor_holds_too_tells_nothing() -> None:
    choice = (
        "id: opened, type: multiple_choice, passage: pier, stem: When was the new pier opened?, answer: In March 1931, "
        "distractors: [{}]"
    )
    other = "id: why, type: essay, passage: pier, stem: Why was the new pier opened in March 1931?"
    for distractor, times in (("In June 1931", 1), ("On 3 March 1931", 0)):
        file = file_of(choice.format(distractor), other)
        assert len(list(gives_away(ArticleReading(file)))) == times


def test_a_word_that_every_item_has_gives_nothing_away() -> None:
    others = [
        f"id: i{n}, type: essay, passage: pier, stem: How was the new pier of 1931 at place {n}x?" for n in range(9)
    ]
    assert told(*others[:4]) == [(0, "item 'i0' gives the answer away: 1931")]
    assert told(*others[:5]) == []


# --- Asked twice --------------------------------------------------------------------------------------------------


def repeated(*items: str) -> list[tuple[int, str, str]]:
    """Which items (by their line) ask what an earlier one asks, what is said of it, and the hint."""
    return [
        (one.span.line - 6, one.message, one.hint)
        for one in near_duplicate_stem([gist(ArticleReading(file_of(*items)))])
    ]


FILLING = [
    f"id: f{n}, type: short_answer, passage: quay, stem: {stem}, answers: [{key}]"
    for n, (stem, key) in enumerate([
        ("Who repaired the wooden crane?", "Alba"), ("What colour were the sails?", "Red"),
        ("Where did the ferry turn?", "At the island"), ("How many sailors drowned?", "Twelve"),
        ("What did the mayor promise?", "A lamp"), ("Which boat left first?", "The Gull"),
    ])
]  # fmt: skip


def test_nearly_the_same_question_is_reported_at_the_later_item() -> None:
    stem = "In which year was the new pier of the harbour opened?"
    again = f"id: again, type: numeric, passage: pier, stem: {stem}, answer: 1931"
    assert repeated(OPENED, *FILLING, again) == [
        (7, "nearly the same question as 'opened'", "the other is in line 6; take one out, or ask something else")
    ]


@pytest.mark.parametrize(
    "other",
    [
        "id: other, type: numeric, passage: pier, stem: In which year was the new pier closed?, answer: 1980",
        "id: other, type: numeric, passage: pier, stem: In which year was the old pier opened?, answer: 1870",
        "id: other, type: numeric, passage: pier, stem: In which year was the new pier sold and opened?, answer: 1870",
        "id: other, type: numeric, passage: pier, stem: In which year was the old crane sold?, answer: 1931",
    ],
)
def test_a_template_that_asks_something_else_is_not(other: str) -> None:
    assert repeated(OPENED, *FILLING, other) == []


def test_where_key_and_evidence_are_the_same_less_likeness_is_enough() -> None:
    proof = "evidence: A new pier was opened in 1931"
    other = "id: other, type: numeric, passage: pier, stem: When was the new pier first opened to ships?, answer: 1931"
    assert repeated(OPENED, *FILLING, other) == []
    assert [line for line, *_ in repeated(f"{OPENED}, {proof}", *FILLING, f"{other}, {proof}")] == [7]


def test_the_same_question_with_another_key_is_one_too_many() -> None:
    other = "id: other, type: numeric, passage: pier, stem: In which year was the new pier opened?, answer: 1870"
    assert len(repeated(OPENED, *FILLING, other)) == 1


def test_keys_may_say_the_same_in_other_words() -> None:
    lost = "id: {}, type: short_answer, passage: quay, stem: What did the {} mayor promise?, answers: [{}]"
    assert len(repeated(*FILLING, lost.format("again", "town", "Better light"))) == 1
    one, other = lost.format("a", "first", "A bell"), lost.format("b", "last", "Better light")
    assert repeated(*FILLING[:4], one, other) == []


def test_instructions_ask_for_what_stands_below_them() -> None:
    order = "id: {}, type: ordering, passage: quay, stem: Put the events in their order., sequence: [{}]"
    one, other = order.format("a", "The boats left, The rain began"), order.format("b", "The crane fell, A bell rang")
    assert repeated(one, other) == []
    assert len(repeated(one, order.format("b", "The boats left, The rain began"))) == 1


def test_the_same_words_in_another_order_are_the_same_question() -> None:
    other = "id: other, type: numeric, passage: pier, stem: The new pier was opened in which year?, answer: 1931"
    assert len(repeated(OPENED, *FILLING, other)) == 1


def test_files_are_compared_too() -> None:
    first = file_of(OPENED, *FILLING, name="a.yaml")
    second = file_of(OPENED, name="b.yaml")
    (one,) = check_gists([gist(ArticleReading(first)), gist(ArticleReading(second))])
    assert (one.span.file, one.hint.split(";")[0]) == ("b.yaml", "the other is in a.yaml:6")
    (other,) = check_gists([gist(ArticleReading(second)), gist(ArticleReading(first))])
    assert (other.span.file, other.hint.split(";")[0]) == ("a.yaml", "the other is in b.yaml:6")


@given(
    st.lists(
        st.lists(st.sampled_from("pier tide boat mud crane sail rope".split()), min_size=1, max_size=5), max_size=8
    )
)
def test_the_index_finds_what_a_comparison_of_all_pairs_finds(stems: list[list[str]]) -> None:
    """Exact copies are always found, and what shares no word never is."""
    items = [f"id: i{n}, type: essay, stem: {' '.join(words)}" for n, words in enumerate(stems)]
    if not items:
        return
    lines = {one.span.line - 6 for one in near_duplicate_stem([gist(ArticleReading(file_of(*items)))])}
    for number, words in enumerate(stems):
        before = [set(earlier) for earlier in stems[:number]]
        if len(set(words)) >= 2 and set(words) in before:
            assert number in lines
        if all(not set(words) & earlier for earlier in before):
            assert number not in lines


def test_the_gist_is_small_and_plain() -> None:
    read = gist(ArticleReading(file_of(OPENED)))
    assert (read.article, [stem.words for stem in read.stems]) == ("harbour", [("year", "new", "pier", "open")])
    assert read.stems[0].key == ("1931",)
    assert Path(read.span.file).name == "a.yaml"


# --- The index against a comparison of all pairs ----------------------------------------------------------------------

_WORDS = "pier tide boat mud crane sail rope lamp bell gull".split()


@st.composite
def gists(draw: st.DrawFn) -> list[Gist]:
    """Two files of a few stems, keys and evidences of few words."""
    some = st.lists(st.sampled_from(_WORDS), max_size=2, unique=True).map(lambda words: tuple(sorted(words)))
    asked = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5).map(tuple)
    made = []
    for name in ("a.yaml", "b.yaml"):
        stems = draw(st.lists(st.tuples(asked, some, some), max_size=6))
        listed = tuple(StemGist(f"{name}{n}", *stem, Span(name, n + 1)) for n, stem in enumerate(stems))
        made.append(Gist(name, Span(name), listed))
    return made


def likeness(one: StemGist, other: StemGist, all_stems: list[StemGist]) -> float:
    """The cosine of two stems, each word weighted by how few stems have it."""
    spread = Counter(word for stem in all_stems for word in set(stem.words))
    weight = {word: log(1 + len(all_stems) / times) for word, times in spread.items()}
    a, b = set(one.words), set(other.words)
    lengths = [sqrt(sum(weight[word] ** 2 for word in words)) for words in (a, b)]
    return sum(weight[word] ** 2 for word in a & b) / (lengths[0] * lengths[1])


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two have half of the shorter one's words in common."""
    return bool(one) and bool(other) and 2 * len(set(one) & set(other)) >= min(len(one), len(other))


def least(one: StemGist, other: StemGist) -> float:
    """How alike the two must be, as the page of Q431 says."""
    evidence = agree(one.evidence, other.evidence)
    if not one.key or not other.key:
        return 0.75
    if agree(one.key, other.key):
        return 0.45 if evidence else 0.6
    return 0.6 if evidence or set(one.words) <= set(other.words) or set(other.words) <= set(one.words) else 0.9


@given(gists())
@example([
    Gist("a.yaml", Span("a.yaml"), (StemGist("one", ("pier", "tide", "boat"), ("mud",), (), Span("a.yaml", 1)),)),
    Gist("b.yaml", Span("b.yaml"), (StemGist("two", ("pier", "tide", "boat"), ("mud",), (), Span("b.yaml", 1)),)),
])  # fmt: skip
def test_what_is_reported_is_alike_and_what_is_very_alike_is_reported(made: list[Gist]) -> None:
    stems = [stem for each in made for stem in each.stems if len(set(stem.words)) >= 2]
    reported = {(one.span.file, one.span.line) for one in near_duplicate_stem(made)}
    for number, stem in enumerate(stems):
        before = [(likeness(stem, other, stems), least(stem, other), other) for other in stems[:number]]
        here = (stem.span.file, stem.span.line)
        if here in reported:
            assert any(alike >= needed - 1e-9 for alike, needed, _ in before)
        if any(alike >= max(needed, 0.75) + 1e-9 for alike, needed, _ in before):
            assert here in reported


def test_one_word_of_contrast_asks_for_something_else() -> None:
    def asked(*words: str, key: str) -> StemGist:
        return StemGist(key, words, (key,), ("proof",), Span("a.yaml", len(key)))

    def duplicates(*stems: StemGist) -> int:
        filling = tuple(StemGist(f"f{n}", (f"x{n}", f"y{n}"), (f"z{n}",), (), Span("a.yaml", 50 + n)) for n in range(9))
        return len(list(near_duplicate_stem([Gist("a", Span("a.yaml"), (*filling, *stems))])))

    same = ("mayor", "promis", "town", "winter")
    assert duplicates(asked(*same, "lamp", key="a"), asked(*same, "light", key="bb")) == 1
    assert duplicates(asked(*same, "first", key="a"), asked(*same, "last", key="bb")) == 0
    assert duplicates(asked(*same, "last", key="a"), asked(*same, "first", key="bb")) == 0
    assert duplicates(asked(*same, "1870", key="a"), asked(*same, "1931", key="bb")) == 0
    assert duplicates(asked(*same, "1870", key="a"), asked(*same, "light", key="bb")) == 1
    assert duplicates(asked(*same, "lamp", key="1"), asked(*same, "light", key="22")) == 0  # numbers do differ
    assert duplicates(asked(*same, "lamp", key="a"), asked(*same, "light", key="2b")) == 0


def test_a_word_that_very_many_stems_have_leads_to_none_in_another_file() -> None:
    """But to those of its own file; and rare words lead everywhere."""

    def file(name: str, *stems: tuple[str, ...]) -> Gist:
        listed = tuple(StemGist(f"{name}{n}", words, ("key",), (), Span(name, n + 1)) for n, words in enumerate(stems))
        return Gist(name, Span(name), listed)

    for times, found in ((24, 1), (25, 0)):
        crowd = [("common", f"a{n}", f"b{n}", f"c{n}", f"d{n}") for n in range(times - 1)]
        first = file("a.yaml", *crowd, ("common", "other"))
        assert len(list(near_duplicate_stem([first, file("b.yaml", ("common", "other"))]))) == 1
        first = file("a.yaml", *crowd, ("common", "common2"))
        second = file("b.yaml", *[("common2", f"e{n}", f"f{n}", f"g{n}", f"h{n}") for n in range(times - 1)],
                      ("common", "common2"))  # fmt: skip
        assert len(list(near_duplicate_stem([first, second]))) == found
