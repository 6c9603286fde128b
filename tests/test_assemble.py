"""Forms hold what the blueprint demands, in an order that only the seed decides."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations, groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizgen import blueprint as blueprints
from quizgen import files
from quizgen.article import Passage
from quizgen.assemble import SET_SIZE, assemble, rank
from quizgen.bank import Bank, BankFile, parse, read
from quizgen.blueprint import Blueprint
from quizgen.bundled import QUESTION_BANK
from quizgen.diagnostics import Diagnostic
from quizgen.form import Form, record

from .strategies import bank_records, file_of, seeds

HARBOUR = Path(__file__).parent / "golden" / "harbour.yaml"
GOLDEN = Path(__file__).parent / "golden" / "manifest.json"


def forms_of(bank: Bank, seed: str = "seed", forms: int = 1, **demands: Any) -> tuple[Form, ...]:
    """Forms that can be assembled."""
    made, found = assemble(bank, Blueprint(quiz="quiz", **demands), seed, forms)
    assert found == []
    assert len(made) == forms
    return made


def refused(bank: Bank, **demands: Any) -> Diagnostic:
    """Why there are no forms."""
    made, (found,) = assemble(bank, Blueprint(quiz="quiz", **demands), "seed", 1)
    assert made == ()
    return found


def names(form: Form) -> list[str]:
    """The items of a form in order, by their full names."""
    return [f"{item_set.source.article.id}/{placed.item.id}" for item_set in form.sets for placed in item_set.items]


def worth(*points: str, passages: Sequence[str] = (), article: str = "a") -> BankFile:
    """A file with an item for each of these points, the first of them on these passages."""
    items = []
    for number, point in enumerate(points):
        items.append({"id": f"i{number}", "type": "true_false", "stem": "s", "answer": "true", "points": point})
        if number < len(passages):
            items[-1]["passage"] = passages[number]
    known = [{"id": name, "text": f"Text {name}."} for name in sorted(set(passages))]
    head = {"id": article, "title": f"On {article}", "language": "en"}
    return file_of({"article": head, "passages": known, "items": items})


@pytest.fixture(scope="module")
def stored() -> Bank:
    """All banks that come with quizgen."""
    return read([QUESTION_BANK])[0]


banks = st.lists(bank_records(), min_size=1, max_size=2).map(
    lambda records: Bank(
        tuple(file_of({**data, "article": {**data["article"], "id": f"a{n}"}}) for n, data in enumerate(records))
    )
)

# --- Which items ------------------------------------------------------------------------------------------------


@settings(max_examples=25)  # two files each are slow to make
@given(bank=banks, seed=seeds, data=st.data())
def test_a_form_has_as_many_items_as_asked_for_and_none_twice(bank: Bank, seed: str, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, bank.size))
    for form in forms_of(bank, seed, 3, items=count):
        assert len(names(form)) == len(set(names(form))) == count


@settings(max_examples=25)  # two files each are slow to make
@given(bank=banks, seed=seeds)
def test_without_a_demand_a_form_has_all_items(bank: Bank, seed: str) -> None:
    (form,) = forms_of(bank, seed)
    assert sorted(names(form)) == sorted(f"{file.article.id}/{item.id}" for file in bank.files for item in file.items)


@settings(max_examples=25)  # two files each are slow to make
@given(bank=banks, seed=seeds, data=st.data())
def test_all_forms_have_the_same_items(bank: Bank, seed: str, data: st.DataObject) -> None:
    made = forms_of(bank, seed, 4, items=data.draw(st.integers(1, bank.size)))
    assert len({frozenset(names(form)) for form in made}) == 1
    assert len({form.points for form in made}) == 1
    assert [form.id for form in made] == ["A", "B", "C", "D"]


def test_forms_have_their_items_and_options_in_different_orders(stored: Bank) -> None:
    made = forms_of(stored, forms=4)
    assert len({tuple(names(form)) for form in made}) == 4
    assert len({record(form).model_dump_json() for form in made}) == 4


def test_the_28th_form_has_two_letters(stored: Bank) -> None:
    made = forms_of(stored, forms=28, items=2)
    assert [form.id for form in made[25:]] == ["Z", "AA", "AB"]


def test_a_passage_brings_no_more_than_a_set_while_there_are_others() -> None:
    bank = Bank((worth(*["1"] * 24, passages=["p"] * 8 + ["q"] * 8 + ["r"] * 8),))
    for number in range(20):
        (form,) = forms_of(bank, f"{number}", items=3 * SET_SIZE)
        assert [len(item_set.items) for item_set in form.sets] == [SET_SIZE] * 3
    (form,) = forms_of(bank, items=3 * SET_SIZE + 5)
    assert sum(len(item_set.items) for item_set in form.sets) == 3 * SET_SIZE + 5


def test_a_passage_that_is_read_is_asked_about_more_than_once() -> None:
    bank = Bank((worth(*["1"] * 16, passages=["p"] * 4 + ["q"] * 4 + ["r"] * 4 + ["s"] * 4),))
    for number in range(20):
        (form,) = forms_of(bank, f"{number}", items=SET_SIZE + 2)
        assert sorted(len(item_set.items) for item_set in form.sets) == [2, SET_SIZE]


def test_every_item_has_its_turn() -> None:
    bank = Bank((worth(*["1"] * 10, passages=["p"] * 5),))
    drawn = {name for number in range(60) for name in names(forms_of(bank, f"{number}", items=2)[0])}
    assert len(drawn) == 10


def test_a_blueprint_names_its_articles_and_their_order() -> None:
    bank = Bank((worth("1", article="a"), worth("1", article="b"), worth("1", article="c")))
    (form,) = forms_of(bank, articles=("c", "a"))
    assert names(form) == ["c/i0", "a/i0"]
    assert form.title == "On c · On a"
    assert forms_of(bank, articles=("c",), title="Mine")[0].title == "Mine"


def test_an_article_that_is_named_twice_is_asked_about_once() -> None:
    (form,) = forms_of(Bank((worth("1", article="a"),)), articles=("a", "a"))
    assert names(form) == ["a/i0"]


def test_an_unknown_article_is_refused() -> None:
    found = refused(Bank((worth("1", article="harbour"),)), articles=("harbor",))
    assert (found.code, found.message) == ("Q502", "no article is called 'harbor'")
    assert found.hint == "did you mean 'harbour'?"


@pytest.mark.parametrize("bank", [Bank(), Bank((worth("1"),))], ids=["no file", "a file"])
def test_too_many_items_are_refused(bank: Bank) -> None:
    found = refused(bank, items=3)
    if bank.files:
        assert (found.code, found.message) == ("Q501", "3 items are asked for, and at most 1 can be had")
        assert found.hint == "write `items: 1`; or write 2 more items on 'a'"
    else:
        assert found.code == "Q112"


# --- Points -----------------------------------------------------------------------------------------------------

_points = st.sampled_from(["1", "2", "3", "0.5", "0.25", "0.33", "0.34", "5"])


def sums(file: BankFile, count: int | None) -> set[int]:
    """All sums of points that items can have, in hundredths, by trying all."""
    hundredths = [round(item.points * 100) for item in file.items]
    sizes = range(1, len(hundredths) + 1) if count is None else [count]
    return {sum(chosen) for size in sizes for chosen in combinations(hundredths, size)}


@settings(max_examples=200)
@given(
    points=st.lists(_points, min_size=1, max_size=8),
    count=st.none() | st.integers(1, 8),
    wanted=st.integers(1, 1200),
    seed=seeds,
    data=st.data(),
)
def test_the_points_are_met_exactly_or_not_at_all(
    points: list[str], count: int | None, wanted: int, seed: str, data: st.DataObject
) -> None:
    file = worth(*points, passages=["p"] * (len(points) // 2))
    assume(count is None or count <= len(points))
    possible = sums(file, count)
    if data.draw(st.booleans()):
        wanted = data.draw(st.sampled_from(sorted(possible)))
    demands = Blueprint(quiz="quiz", items=count, points=wanted / 100)
    made, found = assemble(Bank((file,)), demands, seed, 2)
    if wanted in possible:
        for form in made:
            assert sum(round(placed.item.points * 100) for placed in form.items) == wanted
            assert count is None or len(names(form)) == count
        assert len(made) == 2
    else:
        near = [max(filter(wanted.__gt__, possible), default=0), min(filter(wanted.__lt__, possible), default=0)]
        (only,) = found
        assert only.code in ("Q503", "Q506")
        said = re.findall(r"`points: ([0-9.]+)`", only.hint)
        assert said == [f"{total / 100:g}" for total in near if total]


def test_points_that_cannot_be_reached_are_refused_with_the_nearest() -> None:
    bank = Bank((worth("2", "2", "2"),))
    assert refused(bank, points=3).message == "no items of this bank have 3 points together"
    assert refused(bank, points=3).hint.startswith("write `points: 2` or `points: 4`")
    assert refused(bank, points=0.5).hint == "write `points: 2`"
    assert refused(bank, points=100).hint.startswith("write `points: 6`")
    assert refused(bank, points=2, items=2).message == "`items: 2` and `points: 2` cannot both be met"
    assert refused(bank, points=2, items=2).hint.startswith("write `items: 1`; or write `points: 4`")


def test_of_the_choices_that_have_the_points_the_seed_takes_one() -> None:
    bank = Bank((worth("1", "1", "1", "2", "2", "2"),))
    drawn = {tuple(names(forms_of(bank, f"{number}", points=3)[0])) for number in range(60)}
    assert len(drawn) > 5


def test_the_points_of_a_form_are_those_of_its_items(stored: Bank) -> None:
    (form,) = forms_of(stored, points=20, items=12)
    assert form.points == 20


def test_tenths_of_a_point_add_up() -> None:
    assert forms_of(Bank((worth("0.1", "0.1", "0.1"),)))[0].points == 0.3


def test_a_point_has_no_thousandths() -> None:
    """They would be lost when points are added up."""
    item = {"id": "i", "type": "true_false", "stem": "s", "answer": "true", "points": "0.333"}
    data = {"article": {"id": "a", "title": "t", "language": "en"}, "items": [item]}
    found = parse(json.dumps(data), "bank.yaml")[1]
    assert [(diagnostic.code, diagnostic.hint) for diagnostic in found] == [("Q109", "write 0.33")]


# --- The order --------------------------------------------------------------------------------------------------


@settings(max_examples=25)  # two files each are slow to make
@given(bank=banks, seed=seeds, data=st.data())
def test_items_stand_with_their_passage_and_passages_in_the_order_of_their_article(
    bank: Bank, seed: str, data: st.DataObject
) -> None:
    for form in forms_of(bank, seed, 2, items=data.draw(st.integers(1, bank.size))):
        order = []
        for item_set in form.sets:
            assert item_set.items
            assert {placed.item.passage for placed in item_set.items} == {item_set.passage and item_set.passage.id}
            order.append(place(bank, item_set.source, item_set.passage))
        assert order == sorted(set(order))
        assert [placed.number for placed in form.items] == list(range(1, len(names(form)) + 1))
        numbers = [item_set.number for item_set in form.sets if item_set.passage]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(item_set.number is None for item_set in form.sets if not item_set.passage)


def place(bank: Bank, file: BankFile, passage: Passage | None) -> tuple[int, int]:
    """Where a passage stands in a bank; items without a passage come at the end of their article."""
    return bank.files.index(file), file.numbers[passage.id] if passage else len(file.passages) + 1


@settings(max_examples=25)  # two files each are slow to make
@given(bank=banks, seed=seeds)
def test_the_same_seed_gives_the_same_forms(bank: Bank, seed: str) -> None:
    assert list(map(record, forms_of(bank, seed, 2))) == list(map(record, forms_of(bank, seed, 2)))


def test_another_seed_gives_another_order(stored: Bank) -> None:
    made = {record(forms_of(stored, f"seed {number}")[0]).model_dump_json() for number in range(20)}
    assert len(made) == 20


def test_the_seed_and_the_names_are_told_apart() -> None:
    assert rank("a", "b") != rank("ab") != rank("a", "", "b")
    assert rank("a", "b") == rank("a", "b")


def orders(form: Form) -> dict[str, tuple[str, ...]]:
    """Full name -> the ids of options and prompts in printed order."""
    placed = [placed.item for placed in form.items]
    return {
        name: tuple(choice.id for choice in (*item.printed, *item.prompts))
        for name, item in zip(names(form), placed, strict=True)
    }


@settings(max_examples=40)
@given(data=bank_records(), seed=seeds, chosen=st.data())
def test_taking_an_item_out_moves_no_option_of_another(data: dict[str, Any], seed: str, chosen: st.DataObject) -> None:
    assume(len(data["items"]) > 1)
    gone = chosen.draw(st.integers(0, len(data["items"]) - 1))
    rest = {**data, "items": data["items"][:gone] + data["items"][gone + 1 :]}
    before, after = (forms_of(Bank((file_of(some),)), seed)[0] for some in (data, rest))
    assert {name: order for name, order in orders(before).items() if name in orders(after)} == orders(after)
    assert [name for name in names(before) if name in orders(after)] == names(after)


@settings(max_examples=40)
@given(data=bank_records(), seed=seeds)
def test_other_words_in_a_stem_move_nothing(data: dict[str, Any], seed: str) -> None:
    reworded = {**data, "items": [{**item, "stem": "Other words", "points": "7"} for item in data["items"]]}
    before, after = (forms_of(Bank((file_of(some),)), seed)[0] for some in (data, reworded))
    assert orders(before) == orders(after)
    assert names(before) == names(after)


def test_a_set_is_never_split(stored: Bank) -> None:
    for form in forms_of(stored, forms=5, items=30):
        passages = [(item_set.source.file, placed.item.passage) for item_set in form.sets for placed in item_set.items]
        runs = [passage for passage, _ in groupby(passages)]
        assert len(runs) == len(set(runs))


# --- For ever ---------------------------------------------------------------------------------------------------

SCRIPT = """
import sys
from pathlib import Path
from quizgen.assemble import assemble
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.form import Settings, manifest
file, found = parse(Path(sys.argv[1]).read_bytes(), "golden/harbour.yaml")
assert file and not found, found
bank, plan = Bank((file,)), Blueprint(quiz="harbour", items=9, points=12)
forms, found = assemble(bank, plan, "Hafen \\u2693", 3)
assert not found, found
sys.stdout.buffer.write(manifest(
    version="1", quiz=plan.quiz, seed="Hafen \\u2693", blueprint={"items": "9", "points": "12"},
    settings=Settings(), bank=bank, forms=forms, files={"b": "2", "a": "1"},
))
"""


def printed_manifest(folder: Path, hash_seed: str) -> bytes:
    """The manifest of three forms on the harbour, by a new process with another hash seed in another folder."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(QUESTION_BANK.parent)}
    command = [sys.executable, "-c", SCRIPT, str(HARBOUR)]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True).stdout


def test_the_forms_are_the_same_in_every_process_and_for_ever(tmp_path: Path) -> None:
    """Frozen: a change here would print other forms from the seeds that teachers have kept.

    To freeze a change that is meant: QUIZGEN_GOLDEN=write.
    """
    one, other = printed_manifest(tmp_path, "1"), printed_manifest(Path.cwd(), "2")
    assert one == other
    if os.environ.get("QUIZGEN_GOLDEN") == "write":
        GOLDEN.write_bytes(one)
    assert one == GOLDEN.read_bytes()


def test_the_frozen_forms_have_every_type() -> None:
    forms = json.loads(GOLDEN.read_text(encoding="utf-8"))["forms"]
    assert [len({item["type"] for item in form["items"]}) for form in forms] == [9, 9, 9]
    assert [form["points"] for form in forms] == [12, 12, 12]


# --- Blueprints -------------------------------------------------------------------------------------------------


def test_a_blueprint_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("quiz: short\ntitle: Short\narticles: [a]\nitems: 5\npoints: 2.5\n")
    file, found = blueprints.read(path)
    assert found == []
    assert file is not None
    assert file.blueprint == Blueprint(quiz="short", title="Short", articles=("a",), items=5, points=2.5)
    assert (file.at("items").line, file.at("points").column) == (4, 9)
    assert file.at("nothing").line == 1


def test_a_demand_that_cannot_be_met_is_reported_where_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("quiz: short\narticles: [a, b, c]\nitems: 5\npoints: 7\n")
    file, _ = blueprints.read(path)
    assert file is not None
    bank = Bank((worth("1", "2"),))
    made, found = assemble(bank, file.blueprint, "seed", 1, file.at)
    assert (made, [(one.code, one.span.line) for one in found]) == ((), [("Q502", 2), ("Q502", 2)])
    for demands, code, line in (({"items": 5}, "Q501", 3), ({"points": 7}, "Q503", 4)):
        made, found = assemble(bank, Blueprint(quiz="short", **demands), "seed", 1, file.at)
        assert (made, [(one.code, one.span.line) for one in found]) == ((), [(code, line)])


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("", ["Q101"]),
        ("quiz: [", ["Q001"]),
        ("- quiz", ["Q104"]),
        ("items: 5", ["Q103"]),
        ("quiz: Q\nitems: 0\npoints: x\nitem: 3", ["Q107", "Q109", "Q104", "Q102"]),
        ("quiz: q\nitems: 2.5", ["Q104"]),
        ("quiz: q\npoints: 0", ["Q109"]),
    ],
)
def test_a_faulty_blueprint_is_reported(content: str, codes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text(content)
    assert sorted(found.code for found in blueprints.read(path)[1]) == sorted(codes)


def test_blueprints_are_found_in_folders_of_that_name(tmp_path: Path) -> None:
    for name in ("a.yaml", "blueprints/b.yaml", "deep/blueprints/c.yml", "blueprints/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("quiz: q\n")
    b, c = tmp_path / "blueprints" / "b.yaml", tmp_path / "deep" / "blueprints" / "c.yml"
    assert files.blueprint_paths([tmp_path]) == [b, c]
    assert files.blueprint_paths([b, tmp_path / "a.yaml", tmp_path]) == [b, c]


def test_a_blueprint_in_a_folder_below_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "blueprints" / "grade-8" / "a.yaml"
    deep.parent.mkdir(parents=True)
    deep.write_text("quiz: q\n")
    assert files.blueprint_paths([tmp_path]) == [deep]
