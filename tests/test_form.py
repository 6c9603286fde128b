"""The manifest is what graders and other programs rely on: its shape is /design/cli.md's and does not change."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quizgen.assemble import assemble
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.form import Form, Manifest, Settings, manifest, record
from quizgen.items import letter

from .strategies import bank_records, file_of, seeds
from .test_assemble import GOLDEN, HARBOUR

SCHEMA: dict[str, Any] = Manifest.model_json_schema()


def written(bank: Bank, seed: str, forms: int = 2) -> tuple[tuple[Form, ...], dict[str, Any]]:
    """The forms of a bank, and their manifest as another program reads it."""
    made, found = assemble(bank, Blueprint(quiz="quiz"), seed, forms)
    assert found == []
    content = manifest(
        version="0.1.0",
        quiz="quiz",
        seed=seed,
        blueprint={},
        settings=Settings(mode="practice", formats=("html",)),
        bank=bank,
        forms=made,
        files={"teacher/b": "2", "students/a": "1"},
    )
    assert content.endswith(b"}\n")
    data: dict[str, Any] = json.loads(content)
    return made, data


@pytest.fixture(scope="module")
def harbour() -> dict[str, Any]:
    """The manifest of a bank with every type."""
    file, found = parse(HARBOUR.read_bytes(), "harbour.yaml")
    assert file is not None
    assert found == []
    return written(Bank((file,)), "seed")[1]


@settings(max_examples=40)
@given(data=bank_records(), seed=seeds, forms=st.integers(1, 3))
def test_a_manifest_says_what_the_forms_hold(data: dict[str, Any], seed: str, forms: int) -> None:
    made, told = written(Bank((file_of(data),)), seed, forms)
    Draft202012Validator(SCHEMA).validate(told)
    assert Manifest.model_validate(told).model_dump(mode="json") == told
    assert told["seed"] == seed
    for form, entry in zip(made, told["forms"], strict=True):
        assert record(form).model_dump(mode="json") == entry
        assert entry["points"] == sum(item["points"] for item in entry["items"])
        for placed, item in zip(form.items, entry["items"], strict=True):
            assert item["number"] == placed.number
            assert item["key"] == placed.item.written_key()
            assert item["options"] == [choice.id for choice in placed.item.printed]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_golden_manifest_fits_the_schema() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(SCHEMA).iter_errors(golden)) == []
    assert list(Draft202012Validator(SCHEMA).iter_errors({**golden, "forms": "none"})) != []


def test_a_manifest_has_the_shape_that_is_promised(harbour: dict[str, Any]) -> None:
    assert list(harbour) == [
        "manifest", "quizgen", "quiz", "quiz_id", "title", "seed", "blueprint", "settings", "scoring", "banks",
        "avoided", "seats", "versions", "sheets", "templates", "libraries", "forms", "files", "audit",
    ]  # fmt: skip
    assert (harbour["manifest"], harbour["quizgen"], harbour["quiz"]) == (1, "0.1.0", "quiz")
    assert harbour["title"] == "The old harbour"
    assert list(harbour["files"].items()) == [("students/a", "1"), ("teacher/b", "2")]
    assert [list(bank) for bank in harbour["banks"]] == [["file", "sha256", "images"]]
    settings = harbour["settings"]
    assert list(settings) == ["mode", "formats", "paper", "layout", "screen", "colour", "editions"]
    assert (settings["mode"], settings["formats"], settings["paper"]) == ("practice", ["html"], "a4")
    assert settings["editions"] == ["standard"]
    assert [form["id"] for form in harbour["forms"]] == ["A", "B"]
    assert [item["number"] for item in harbour["forms"][0]["items"]] == list(range(1, 11))


def entry(told: dict[str, Any], name: str) -> dict[str, Any]:
    """What a manifest says of one item on form A."""
    found: dict[str, Any] = next(item for item in told["forms"][0]["items"] if item["id"] == name)
    return found


def test_an_item_has_the_keys_that_are_promised(harbour: dict[str, Any]) -> None:
    item = entry(harbour, "low-water")
    assert list(item) == [
        "number",
        "id",
        "article",
        "passage",
        "type",
        "points",
        "options",
        "prompts",
        "key",
        "marking",
    ]
    assert (item["article"], item["passage"], item["type"], item["points"]) == (
        "harbour",
        "tides",
        "multiple_choice",
        1,
    )
    assert entry(harbour, "years")["passage"] is None


def test_keys_are_letters_as_they_are_printed(harbour: dict[str, Any]) -> None:
    def printed(name: str, *right: str) -> list[str]:
        return [letter(entry(harbour, name)["options"].index(option)) for option in right]

    assert entry(harbour, "low-water")["key"] == printed("low-water", "on-the-mud")
    assert entry(harbour, "colours")["key"] == sorted(printed("colours", "red", "white", green(harbour)))
    assert entry(harbour, "tide")["key"] == printed("tide", "low-water", "flood", "high-water", "ebb")
    assert entry(harbour, "twice")["key"] == ["T"]
    right = {"the-pier": "1931", "the-lighthouse": "1870", "its-lamp": "1870"}
    prompts = entry(harbour, "years")["prompts"]
    assert entry(harbour, "years")["key"] == [
        f"{number}-{printed('years', right[prompt])[0]}" for number, prompt in enumerate(prompts, start=1)
    ]


def green(told: dict[str, Any]) -> str:
    """The id of an option without a Latin letter."""
    (name,) = (option for option in entry(told, "colours")["options"] if option.startswith("option-"))
    return str(name)


def test_other_keys_are_what_is_written(harbour: dict[str, Any]) -> None:
    assert entry(harbour, "bottom")["key"] == ["mud", "the mud"]
    assert entry(harbour, "gaps")["key"] == ["pier", "1931"]
    assert entry(harbour, "height")["key"] == 25
    assert isinstance(entry(harbour, "height")["key"], int)
    assert entry(harbour, "tell")["key"] is None
    assert entry(harbour, "tell")["options"] == []


def test_what_a_later_version_adds_is_passed_over(harbour: dict[str, Any]) -> None:
    more = {**harbour, "colour": "red", "forms": [{**form, "colour": "red"} for form in harbour["forms"]]}
    assert Manifest.model_validate(more) == Manifest.model_validate(harbour)


@pytest.mark.parametrize("path", ["manifest", "seed", "forms", "files"])
def test_a_manifest_without_one_of_its_parts_is_none(path: str, harbour: dict[str, Any]) -> None:
    broken = {**harbour, path: 2}
    assert list(Draft202012Validator(SCHEMA).iter_errors(broken))


def test_a_manifest_is_the_same_bytes_wherever_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, _ = parse(HARBOUR.read_bytes(), "harbour.yaml")
    assert file is not None
    here = written(Bank((file,)), "seed")[1]
    monkeypatch.chdir(tmp_path)
    assert written(Bank((file,)), "seed")[1] == here
