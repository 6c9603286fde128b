"""Q31x, Q40x and Q43x: what an item or an article lacks."""

import pytest

from quizgen.bank import parse
from quizgen.checks import check_article
from quizgen.checks.reading import ArticleReading

HEAD = "article: {id: harbour, title: Harbour, language: en}\npassages: [{id: pier, text: A pier was built.}]\nitems:\n"
WHOLE = {
    "type": "true_false", "passage": "pier", "evidence": "A pier was built", "stem": "A pier was built of oak.",
    "answer": "true", "rationale": "It was built.", "difficulty": "easy", "skill": "infer",
}  # fmt: skip
STEMS = "Boats wait. Nets dry. Gulls cry. Lamps burn. Ropes rot. Tides turn. Sails flap. Bells ring.".split(". ")


def found(*items: dict[str, str], head: str = HEAD) -> list[tuple[str, str]]:
    """Which of these codes are reported of a bank of such items, and what is said."""
    text = "".join(
        f"  - {{id: i{n}, {', '.join(f'{k}: {v}' for k, v in item.items())}}}\n" for n, item in enumerate(items)
    )
    file, wrong = parse(head + text, "a.yaml")
    assert file is not None
    assert wrong == []
    mine = ("Q310", "Q311", "Q312", "Q401", "Q402", "Q403", "Q432", "Q433")
    return [(one.code, one.message) for one in check_article(ArticleReading(file)) if one.code in mine]


def test_a_whole_item_lacks_nothing() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("key", "code", "message"),
    [
        ("evidence", "Q311", "item 'i0' has no evidence"),
        ("rationale", "Q401", "item 'i0' has no rationale"),
        ("skill", "Q402", "item 'i0' has no skill"),
        ("difficulty", "Q403", "item 'i0' has no difficulty"),
    ],
)
def test_what_an_item_lacks_is_named(key: str, code: str, message: str) -> None:
    assert found({name: value for name, value in WHOLE.items() if name != key}) == [(code, message)]


def test_an_item_without_a_passage_is_tied_to_nothing() -> None:
    item = {name: value for name, value in WHOLE.items() if name not in ("passage", "evidence")}
    assert found(item) == [
        ("Q310", "item 'i0' is tied to no passage"),
        ("Q312", "no item asks about passage 'pier'"),
    ]
    assert found(item, head=HEAD.replace("passages: [{id: pier, text: A pier was built.}]\n", "")) == []


@pytest.mark.parametrize(("key", "code", "word", "other"), [("skill", "Q432", "infer", "evaluate"),
                                                            ("difficulty", "Q433", "easy", "0.5")])  # fmt: skip
def test_eight_items_of_one_kind_are_reported_and_seven_are_not(key: str, code: str, word: str, other: str) -> None:
    varied = "difficulty" if key == "skill" else "skill"
    values = {"skill": ["infer", "evaluate"], "difficulty": ["easy", "hard"]}[varied]
    items = [WHOLE | {"stem": stem, key: word, varied: values[n % 2]} for n, stem in enumerate(STEMS)]
    assert found(*items) == [(code, f"all 8 items have the {key} '{word}'")]
    assert found(*items[:7]) == []
    assert found(*items[:7], items[7] | {key: other}) == []
    assert found(*items, {name: value for name, value in (WHOLE | {"stem": "More.", varied: values[0]}).items()
                          if name != key})[-1] == (code, f"all 8 items have the {key} '{word}'")  # fmt: skip
