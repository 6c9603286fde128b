"""What an editor tells an author: the published schemas take every sound bank, and say of every key what it is for.

An editor reads YAML 1.2 with its core schema, in which `1931` is a number and `true` a truth value, where quizgen keeps
the text that was typed. What quizgen takes, an editor must not underline.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quizgen.bank import parse
from quizgen.diagnostics import Severity, has_errors
from quizgen.items import ITEM_TYPES

from .strategies import bank_records
from .test_cli import REPOSITORY

SCHEMAS = {name: json.loads((REPOSITORY / f"schema/{name}.schema.json").read_text()) for name in ("bank", "blueprint")}
BANK = Draft202012Validator(SCHEMAS["bank"])
BANKS = sorted((REPOSITORY / "question_bank").glob("*.yaml"))
BLUEPRINTS = sorted((REPOSITORY / "question_bank" / "blueprints").glob("*.yaml"))
HEAD = "article: {id: rivers, title: Rivers, language: en}\nitems:\n"


class _Core(yaml.SafeLoader):
    """YAML 1.2 with its core schema (https://yaml.org/spec/1.2.2/#103-core-schema)."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own)


for _tag, _pattern, _first in (
    ("null", r"null|Null|NULL|~|", [*"nN~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", [*"-+.0123456789"]),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})\\Z"), _first)
_Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(re.sub("^0+(?=[0-9])", "", node.value), 0))
_Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def as_an_editor_reads(text: str) -> Any:
    """The values of a YAML text, with texts for keys, as JSON has them."""
    return json.loads(json.dumps(yaml.load(text, _Core)))


def underlined(text: str) -> list[str]:
    """What an editor says is wrong in a bank file."""
    return [problem.json_path for problem in BANK.iter_errors(as_an_editor_reads(text))]


def fields(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema, with its place."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "properties":
            yield from ((f"{place}/{name}", field) for name, field in value.items())
        yield from fields(value, f"{place}/{key}")


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_an_editor_can_tell_of_every_key_what_it_is_for(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    known = dict(fields(SCHEMAS[name]))
    assert len(known) >= 5
    assert [place for place, field in known.items() if not field.get("description")] == []


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_an_editor_never_offers_null_which_would_be_a_word(name: str) -> None:
    assert "null" not in json.dumps(SCHEMAS[name])
    assert underlined(HEAD + "  - {id: day, type: true_false, stem: A river., answer: true, skill: null}\n")


def test_an_editor_can_tell_the_types_of_items_apart() -> None:
    types = [field for place, field in fields(SCHEMAS["bank"]) if place.endswith("/type")]
    assert {field["const"] for field in types} == set(ITEM_TYPES)
    assert len({field["description"] for field in types}) == len(ITEM_TYPES)


@pytest.mark.parametrize("path", BANKS, ids=lambda path: str(path.stem))
def test_a_stored_bank_is_sound_in_an_editor_and_says_which_schema_it_has(path: Path) -> None:
    text = path.read_text()
    assert underlined(text) == []
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named
    assert (path.parent / named[1]).resolve() == REPOSITORY / "schema" / "bank.schema.json"


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: str(path.stem))
def test_a_stored_blueprint_is_sound_in_an_editor(path: Path) -> None:
    faults = Draft202012Validator(SCHEMAS["blueprint"]).iter_errors(as_an_editor_reads(path.read_text()))
    assert [fault.message for fault in faults] == []


FAULTY = sorted(path for path in (REPOSITORY / "tests" / "faulty").glob("*.yaml"))


def test_a_file_in_which_quizgen_finds_no_error_is_sound_in_an_editor() -> None:
    sound = [path for path in FAULTY if not has_errors(parse(path.read_bytes(), path.name)[1])]
    assert len(sound) >= 10
    assert {path.name: found for path in sound if (found := underlined(path.read_text()))} == {}


@given(bank_records(), st.data())
def test_what_quizgen_takes_is_sound_in_an_editor(record: dict[str, Any], data: st.DataObject) -> None:
    texts = ["1931", "010", "1e3", ".5", "0x1F", "-7", "true", "No", "12:30", "2010-04-17", "null and void", "~5"]
    word = data.draw(st.sampled_from(texts))
    for item in record["items"]:
        item["stem"] = word
    text = _plain(record)
    file, found = parse(text, "random.yaml")
    assert file is not None
    assert not has_errors(found), text
    assert all(item.stem == word for item in file.items)
    assert underlined(text) == []


def test_a_number_may_stand_wherever_a_text_or_an_id_may() -> None:
    text = """\
article: {id: 1931, title: 1931, language: en, source: {title: 1, author: 2, publisher: 3, date: 2010}, license: 1}
passages:
  - {id: 1, heading: 1, text: "At 1 and 2 and 3"}
items:
  - {id: 1, type: multiple_choice, passage: 1, evidence: 2, stem: 1, answer: 1, distractors: [2, {text: 3, id: 3}]}
  - {id: 2, type: short_answer, evidence: [2, {quote: 3}], passage: 1, stem: 1, answers: [1, true], tags: [1]}
  - {id: 3, type: matching, stem: 1, pairs: {4: 2, true: 3}, distractors: [4], rationale: 1}
  - {id: true, type: ordering, stem: true, sequence: [1, 2, {text: 3}]}
  - {id: 0, type: essay, stem: 1, rubric: [1, {text: 2}]}
  - {id: 5, type: numeric, passage: 1, evidence: {lines: 1, digest: 12345678}, stem: 1, answer: 1e3, unit: 1}
"""
    found = [str(each) for each in parse(text, "1931.yaml")[1] if each.severity is Severity.ERROR]
    assert found == []
    assert underlined(text) == []


def _plain(value: Any) -> str:
    """YAML in one line, with no quotes where YAML needs none: a number is typed as an author would."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_plain(key)}: {_plain(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return value if re.fullmatch(r"-?[\w.+~][\w.+:-]*\w|\w", value) else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ("{id: day, type: true_fals, stem: A river., answer: true}", "$.items[0]"),
        ("{id: day, type: true_false, stem: A river., anwser: true}", "$.items[0]"),
        ("{id: day, type: true_false, answer: true}", "$.items[0]"),
        ("{id: day, type: true_false, stem: A river., answer: perhaps}", "$.items[0]"),
        ("{id: Day 1, type: true_false, stem: A river., answer: true}", "$.items[0]"),
        ("{id: day, type: true_false, stem: A river., answer: true, points: 0}", "$.items[0]"),
        ("{id: day, type: true_false, stem: A river., answer: true, difficulty: 2}", "$.items[0]"),
        ("{id: day, type: multiple_choice, stem: A river., answer: 1, distractors: []}", "$.items[0]"),
        ("{id: day, type: ordering, stem: A river., sequence: [1, {text: 2, pinned: end}]}", "$.items[0]"),
        ("{id: day, type: essay, stem: A river., lines: many}", "$.items[0]"),
    ],
)  # fmt: skip
def test_an_editor_underlines_what_cannot_be(item: str, place: str) -> None:
    assert has_errors(parse(f"{HEAD}  - {item}\n", "rivers.yaml")[1])
    assert underlined(f"{HEAD}  - {item}\n") == [place]
