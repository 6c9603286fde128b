"""Where no form can be had, the mends that are told do mend: for blueprints by chance, and for those in `infeasible/`.

`infeasible/answers.txt` holds what an author is told. To write it anew: QUIZGEN_GOLDEN=write.
"""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from quizgen import bank as banks_of
from quizgen import blueprint as blueprints_of
from quizgen.assemble import Seen, assemble
from quizgen.diagnostics import Diagnostic
from quizgen.source import parse as parse_yaml

from .plans import (
    Data,
    article,
    assembles,
    bank_of,
    banks,
    blueprints,
    conflicts_of,
    followed,
    inside,
    item,
    plan,
    shown,
    sound_forms,
)

INFEASIBLE = Path(__file__).parent / "infeasible"
ANSWERS = INFEASIBLE / "answers.txt"
CASES = sorted(INFEASIBLE.glob("*.yaml"))
SEEN = frozenset(f"mill/{name}" for name in ("year", "oak", "turns", "name", "years", "dam"))
"""What 7B has seen."""
FORMS = {"no-overlap": 3}


# --- By chance --------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(data=st.data())
def test_every_mend_mends(data: st.DataObject) -> None:
    """The first mends of all conflicts together, and where there is one conflict, each of its mends by itself."""
    files = data.draw(banks(6))
    wanted = data.draw(blueprints(files))
    if assembles(wanted, files):
        return
    found = conflicts_of(bank_of(*files), plan(**wanted))
    assert found
    event(f"conflicts: {len(found)}, mends of the first: {len(found[0].mends)}")
    first = [conflict.mends[0] for conflict in found if conflict.mends]
    if len(first) == len(found):
        assert assembles(*followed(first, wanted, files)), shown([wanted, [str(mend) for mend in first]])
    for mend in found[0].mends if len(found) == 1 else ():
        assert assembles(*followed([mend], wanted, files)), shown([wanted, str(mend)])


@settings(max_examples=200)
@given(data=st.data())
def test_a_conflict_is_one_and_no_smaller_one(data: st.DataObject) -> None:
    """A blueprint of these demands alone has no form; without any one of them, it has."""
    files = data.draw(banks(5))
    wanted = data.draw(blueprints(files, sections=1))
    bank = bank_of(*files)
    if any(sound_forms(bank, plan(**wanted))):
        return
    for conflict in conflicts_of(bank, plan(**wanted)):
        paths = {demand.path for demand in conflict.demands}
        told, of_the_bank = paths - {()}, () in paths
        if any(isinstance(inside(wanted, path), list) for path in told if path[0] != "enemies"):
            continue  # what the blueprint draws from
        known = bank if of_the_bank else bank_of(*map(_peaceful, files))
        assert not any(sound_forms(known, plan(**_only(told, wanted))))
        for path in told:
            assert any(sound_forms(known, plan(**_only(told - {path}, wanted)))), path


def _peaceful(file: Data) -> Data:
    """The bank file without enemies."""
    return {**file, "items": [{key: one[key] for key in one if key != "enemies"} for one in file["items"]]}


def _only(paths: set[tuple[str | int, ...]], wanted: Data, above: tuple[str | int, ...] = ()) -> Any:
    """The blueprint with these demands and no others; what it draws from stays."""
    kept: Data = {}
    for key, value in wanted.items():
        here = (*above, key)
        if key == "sections":
            kept[key] = [_only(paths, section, (key, number)) for number, section in enumerate(value)]
        elif key == "order" or here in paths:
            kept[key] = value
        elif isinstance(value, dict):
            some = {name: amount for name, amount in value.items() if (*here, name) in paths}
            kept |= {key: some} if some else {}
        elif isinstance(value, list):
            entries = key in ("must_have", "must_not_have", "enemies")
            some_ = [one for number, one in enumerate(value) if not entries or (*here, number) in paths]
            kept |= {key: some_} if some_ else {}
    return kept


# --- Fourteen that a teacher might write ------------------------------------------------------------------------


def told(path: Path) -> list[Diagnostic]:
    """What an author is told of a blueprint that no bank file here can meet."""
    file, wrong = blueprints_of.read(path)
    assert file is not None, wrong
    seen = Seen([SEEN] if file.blueprint.avoid else [])
    made, found = assemble(_bank(), file.blueprint, "seed", FORMS.get(path.stem, 1), file.at, seen)
    assert made == ()
    return found


def _bank() -> Any:
    bank, wrong = banks_of.read([INFEASIBLE / "bank"])
    assert wrong == []
    return bank


def _plain(path: Path) -> Any:
    """The data of a file as an author wrote it: every value a text."""
    document, wrong = parse_yaml(path.read_bytes(), str(path))
    assert document is not None, wrong
    return document.data


def test_authors_are_told_what_stands_in_the_way_and_how_to_mend_it() -> None:
    lines = []
    for path in CASES:
        for one in told(path):
            lines += [f"{path.name}:{one.span.line}:{one.span.column}: {one.code} {one.message}", f"    {one.hint}"]
    text = "\n".join(lines) + "\n"
    if os.environ.get("QUIZGEN_GOLDEN") == "write":
        ANSWERS.write_text(text, encoding="utf-8")
    assert text == ANSWERS.read_text(encoding="utf-8")


def _files() -> list[Data]:
    return [_plain(path) for path in sorted((INFEASIBLE / "bank").glob("*.yaml"))]


@pytest.mark.parametrize("path", [path for path in CASES if path.stem not in FORMS], ids=lambda path: path.stem)
def test_following_the_mend_makes_it_feasible(path: Path) -> None:
    wanted, files = _plain(path), _files()
    blueprint, bank = plan(**wanted), bank_of(*files)
    seen = SEEN if blueprint.avoid else frozenset()
    found = conflicts_of(bank, blueprint, seen)
    assert len(found) == len(told(path))
    assert assembles(*followed([conflict.mends[0] for conflict in found], wanted, files), seen)
    for mend in found[0].mends if len(found) == 1 else ():
        assert assembles(*followed([mend], wanted, files), seen), mend


def test_two_conflicts_are_told_apart_and_mending_one_leaves_the_other() -> None:
    path = INFEASIBLE / "two-conflicts.yaml"
    wanted, files = _plain(path), _files()
    found = conflicts_of(bank_of(*files), plan(**wanted))
    assert len(found) == 2
    for one, other in (found, found[::-1]):
        left = conflicts_of(bank_of(*files), plan(**followed([one.mends[0]], wanted, files)[0]))
        assert [[demand.path for demand in conflict.demands] for conflict in left] == [
            [demand.path for demand in other.demands]
        ]


def test_what_is_told_of_too_few_forms_gives_them() -> None:
    path = INFEASIBLE / "no-overlap.yaml"
    wanted, (one,) = _plain(path), told(path)
    assert one.code == "Q509"
    fewer = re.search(r"ask for (\d+) form", one.hint)
    larger = re.search(r"write `overlap: (\d+)`", one.hint)
    assert fewer
    assert larger
    assert assembles(wanted, _files(), forms=int(fewer[1]))
    assert not assembles(wanted, _files(), forms=int(fewer[1]) + 1)
    assert assembles({**wanted, "overlap": larger[1]}, _files(), forms=3)


def test_lists_that_let_nothing_in_are_named() -> None:
    """No item is an essay that asks to retrieve; that the list of levels stands there too has nothing to do with it."""
    files = [article("a", item("i", "essay", skill="evaluate"), item("j", skill="retrieve"))]
    wanted = {"types": ["essay"], "skills": ["retrieve"], "difficulty": ["easy", "medium", "hard"]}
    files[0]["items"] = [{**one, "difficulty": "easy"} for one in files[0]["items"]]
    (found,) = conflicts_of(bank_of(*files), plan(**wanted))
    assert [demand.path for demand in found.demands] == [("types",), ("skills",)]
    for mend in found.mends:
        assert assembles(*followed([mend], wanted, files))


@pytest.mark.parametrize(
    ("wanted", "missing"),
    [
        ({"passages": {"a/p1": "3"}}, "2 more items on 'p1'"),
        ({"articles": {"b": "2"}}, "1 more item on 'b'"),
        ({"types": ["essay"]}, "1 more essay item on 'p0'"),
        ({"difficulty": {"hard": "1"}, "items": "7"}, "2 more easy items on 'p0'"),
        ({"difficulty": {"hard": "2"}}, "1 more hard item on 'p0'"),
        ({"passages": "3"}, ""),
    ],
)
def test_what_is_missing_is_named(wanted: Data, missing: str) -> None:
    on_p0 = [item(f"i{n}", passage="p0", difficulty=level) for n, level in enumerate(["hard", "easy", "easy"])]
    files = [
        article("a", *on_p0, item("j", passage="p1", difficulty="medium"), words=(10, 10)),
        article("b", item("k", difficulty="easy")),
    ]
    (found,) = conflicts_of(bank_of(*files), plan(**wanted))
    new = [" and ".join(map(str, mend.items)) for mend in found.mends if mend.items]
    assert new == ([missing] if missing else [])
