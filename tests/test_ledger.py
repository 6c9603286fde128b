"""The ledger: a text that people and git can merge, and what a class is kept from seeing again."""

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.assemble import Seen, assemble
from quizgen.bank import Bank
from quizgen.blueprint import Avoid, Blueprint
from quizgen.diagnostics import Severity, Span
from quizgen.form import Form
from quizgen.ledger import Ledger, Sighting, appended, build_of, group_name, parse, worn_out

from .strategies import file_of

DAY = date(2026, 11, 24)
LINE = "2026-11-24  7B  rivers  1a2b3c4d  rivers/sea"

groups = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(group_name)
days = st.dates(date(1000, 1, 1)).map(str)
names = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
sightings = st.builds(
    Sighting,
    days,
    groups.map(group_name),
    st.builds(build_of, names, st.text(max_size=5)),
    st.builds("{}/{}".format, names, names),
)


def bank(count: int, article: str = "a") -> Bank:
    """A bank of one article with so many items."""
    items = [{"id": f"i{n}", "type": "true_false", "stem": f"s{n}", "answer": "true"} for n in range(count)]
    return Bank((file_of({"article": {"id": article, "title": "t", "language": "en"}, "items": items}),))


def forms(whole: Bank, seed: str = "s", count: int = 1, seen: Seen | None = None, **demands: Any) -> tuple[Form, ...]:
    made, found = assemble(whole, Blueprint(quiz="quiz", **demands), seed, count, seen=seen or Seen())
    assert not found
    return made


def items_of(*made: Form) -> set[str]:
    return {f"a/{placed.item.id}" for form in made for placed in form.items}


# --- The file ---------------------------------------------------------------------------------------------------


@given(st.lists(sightings, max_size=8))
def test_what_is_written_is_read_back(new: list[Sighting]) -> None:
    ledger, found = parse(appended("", new), "ledger.txt")
    assert found == []
    assert ledger.sightings == tuple(dict.fromkeys(new))


@given(st.lists(sightings, min_size=1, max_size=4), st.lists(sightings, min_size=1, max_size=4), st.randoms())
def test_the_order_of_lines_means_nothing(one: list[Sighting], other: list[Sighting], chance: Any) -> None:
    lines = appended(appended("", one), other).splitlines()
    chance.shuffle(lines)
    ledger, found = parse("\r\n".join(lines), "ledger.txt")
    assert found == []
    assert set(ledger.sightings) == {*one, *other}


def test_a_line_reads_as_a_person_expects() -> None:
    for text in (LINE, LINE.replace("  ", "\t"), LINE.replace("  ", "     "), f"\ufeff# a comment\n\n  {LINE} \r\n"):
        ledger, found = parse(text, "ledger.txt")
        assert found == []
        assert [str(sighting) for sighting in ledger.sightings] == [LINE]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("2026-11-24 7B rivers 1a2b3c4d rivers/sea", "1 fields, where 5 were expected"),
        (LINE.replace("11-24", "11-31"), "'2026-11-31' is not a date"),
        (LINE.replace("2026-11-24", "20261124"), "'20261124' is not a date"),
        (LINE.replace("1a2b3c4d", "xyz"), "'xyz' is not a build"),
        (LINE.replace("rivers/sea", "sea"), "'sea' is not an item"),
        (LINE.replace("  rivers  ", "  The rivers  "), "'The rivers' is not the id of a quiz"),
        ("<<<<<<< HEAD", "a merge was not finished here"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_count(line: str, message: str) -> None:
    ledger, found = parse(f"{LINE}\n{line}\n{LINE.replace('7B', '8A')}\n", "ledger.txt")
    assert [(one.code, one.message, one.span.line) for one in found] == [("Q520", message, 2)]
    assert [sighting.group for sighting in ledger.sightings] == ["7B", "8A"]


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_a_ledger_or_faulty(text: str) -> None:
    ledger, found = parse(text, "ledger.txt")
    written = [line for line in text.removeprefix("\ufeff").split("\n") if line.strip() and line.strip()[0] != "#"]
    assert len(ledger.sightings) + len(found) <= len(written)
    assert bool(written) == bool(ledger.sightings or found)


def test_a_line_of_blanks_is_read_at_once() -> None:
    assert len(parse("x" + " " * 10**6 + "y\n", "ledger.txt")[1]) == 1


def test_git_merges_what_two_teachers_append(tmp_path: Path) -> None:
    """As docs/ledger.md says: with `merge=union` nobody has to do anything."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    file, old = tmp_path / "ledger.txt", parse(LINE, "")[0].sightings
    git("init")
    (tmp_path / ".gitattributes").write_text("ledger.txt merge=union\n")
    file.write_text(appended("", old))
    git("add", ".")
    git("commit", "-m", "one")
    git("branch", "other")
    sides = [[old[0]._replace(group=group)] for group in ("8A", "8B")]
    file.write_text(appended(file.read_text(), sides[0]))
    git("commit", "-am", "two")
    git("checkout", "other")
    file.write_text(appended(file.read_text(), sides[1]))
    git("commit", "-am", "three")
    git("merge", "main", "-m", "both")
    ledger, found = parse(file.read_text(), "ledger.txt")
    assert found == []
    assert {sighting.group for sighting in ledger.sightings} == {"7B", "8A", "8B"}


# --- What was seen ----------------------------------------------------------------------------------------------


def test_a_class_has_seen_what_all_forms_held() -> None:
    made = forms(bank(6), count=2, items=2, overlap="none")
    ledger = Ledger().followed_by(Ledger().new(DAY, " 7B ", build_of("quiz", "s"), made))
    assert ledger.seen(Avoid(seen_by="7b")) == items_of(*made)
    assert ledger.seen(Avoid(seen_by="7C")) == frozenset()
    assert ledger.seen(Avoid(seen_by="7B", since="2026-11-24")) == items_of(*made)
    assert ledger.seen(Avoid(seen_by="7B", since="2026-11-25")) == frozenset()


def test_nothing_is_written_twice() -> None:
    made, build = forms(bank(4)), build_of("quiz", "s")
    new = Ledger().new(DAY, "7B", build, made)
    assert [sighting.item for sighting in new] == sorted(items_of(*made))
    again = Ledger(new).new(date(2027, 1, 1), "7b", build, made)
    assert again == ()
    assert appended("as it is", again) == "as it is"
    assert len(Ledger(new).new(DAY, "7C", build, made)) == 4
    assert len(Ledger(new).new(DAY, "7B", build_of("quiz", "t"), made)) == 4


def test_lines_are_appended_below_a_line_without_an_end() -> None:
    new = parse(LINE, "")[0].sightings
    assert appended("# mine", new) == f"# mine\n{LINE}\n"


def test_the_same_build_again_does_not_avoid_its_own_items() -> None:
    whole, build, avoid = bank(6), build_of("quiz", "s"), Avoid(seen_by="7B")
    first = forms(whole, items=3)
    ledger = Ledger(Ledger().new(DAY, "7B", build, first))
    again = forms(whole, items=3, seen=Seen((ledger.seen(avoid, build),)), avoid=(avoid,))
    assert items_of(*again) == items_of(*first)
    assert ledger.seen(avoid, build_of("another", "s")) == items_of(*first)


def test_a_retake_has_nothing_of_the_first_form() -> None:
    whole, avoid = bank(6), Avoid(seen_by="7B")
    first = forms(whole, items=3)
    ledger = Ledger(Ledger().new(DAY, "7B", build_of("quiz", "s"), first))
    seen = ledger.seen(avoid, build_of("quiz", "retake"))
    retake = forms(whole, "retake", items=3, seen=Seen((seen,)), avoid=(avoid,))
    assert not items_of(*retake) & items_of(*first)


# --- Wear -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "left"), [(6, None), (5, 2), (4, 1), (3, 0)])
def test_a_worn_bank_is_reported_with_what_is_left(count: int, left: int | None) -> None:
    whole, plan, place = bank(count), Blueprint(quiz="quiz", items=3), Span("plan.yaml", 2)
    made = forms(whole, items=3)
    ledger = Ledger(Ledger().new(DAY, "7B", build_of("quiz", "s"), made))
    found = worn_out(ledger, "7B", whole, plan, made, place)
    if left is None:
        assert found == []
        return
    (one,) = found
    assert (one.code, one.severity, one.span) == ("Q521", Severity.WARNING, place)
    items = "1 item" if left == 1 else f"{left} items"
    assert one.message == f"7B has {items} left that it has not seen, and another form like this needs 3"
    assert one.hint.startswith(f"write {3 - left} more")


def test_only_the_articles_of_the_blueprint_count() -> None:
    whole = Bank((*bank(4).files, *bank(9, "b").files))
    made = forms(whole, items=3, articles=("a",))
    ledger = Ledger(Ledger().new(DAY, "7B", build_of("quiz", "s"), made))
    assert worn_out(ledger, "7B", whole, Blueprint(quiz="quiz", articles=("a",)), made, Span(""))
    assert worn_out(ledger, "7B", whole, Blueprint(quiz="quiz", articles=("a", "b")), made, Span("")) == []
    assert worn_out(ledger, "7B", whole, Blueprint(quiz="quiz"), made, Span("")) == []
