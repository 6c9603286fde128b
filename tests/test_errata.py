"""`quizgen errata`: a wrong key is mended in what grading obeys and in what teachers hold, and nowhere else."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from quizgen.assemble import assemble
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.form import Manifest, Settings, record
from quizgen.form import manifest as written_manifest
from quizgen.items import letter
from quizgen.items.rekeying import can_be_rekeyed, rekeyed
from quizgen.render.correction import corrected_form
from quizgen.render.pages import key_page
from quizgen.trail import Correction, Entry

from .prints import needs_pango, pages_of
from .rebuilt import Done, built, copied, quizgen, told, tree
from .strategies import bank_records, file_of, items

WHY = "--reason", "The *sea* has <no> end & that is it."


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two forms."""
    return built(tmp_path_factory.mktemp("whole"), "--forms", 2)


@pytest.fixture
def manifest(untouched: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copied(untouched, tmp_path)


def errata(manifest: Path, *words: object) -> Done:
    return quizgen("errata", manifest, *WHY, *words)


def key_on(manifest: Path, form: str, item: str) -> Any:
    """What grading takes for right."""
    forms = {told_form.id: told_form for told_form in told(manifest).corrected().forms}
    return next(entry.key for entry in forms[form].items if entry.id == item)


def letter_on(manifest: Path, form: str, item: str, option: str) -> str:
    """How an option is lettered on a form."""
    forms = {told_form.id: told_form for told_form in told(manifest).forms}
    return letter(next(entry.options.index(option) for entry in forms[form].items if entry.id == item))


def page(path: Path) -> Any:
    return html.fromstring(path.read_text(encoding="utf-8"))


def entry_of(path: Path, number: int) -> str:
    """All that a key says of one item, on one line."""
    (found,) = [one for one in page(path).find_class("entry") if one.find_class("number")[0].text == f"{number}"]
    return " ".join(found.text_content().split())


def number_of(manifest: Path, form: str, item: str) -> int:
    forms = {told_form.id: told_form for told_form in told(manifest).forms}
    return next(entry.number for entry in forms[form].items if entry.id == item)


# --- What is meant ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["in-a-lake", "In a lake", "in a lake"])
def test_an_option_is_known_by_its_id_or_its_text_whatever_its_letter(option: str, manifest: Path) -> None:
    before = tree(manifest.parent.parent)
    done = errata(manifest, "--rekey", f"sea={option}")
    assert (done.code, done.codes) == (0, [])
    for form in ("A", "B"):
        assert key_on(manifest, form, "sea") == (letter_on(manifest, form, "sea", "in-a-lake"),)
    after = tree(manifest.parent.parent)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "teacher/form-A-key.html", "teacher/form-B-key.html", "teacher/correction.html", "teacher/manifest.json",
    }  # fmt: skip
    assert before.keys() < after.keys()


@pytest.mark.parametrize("form", ["A", "B"])
def test_an_option_is_known_by_its_letter_where_a_form_is_named(form: str, manifest: Path) -> None:
    wanted = letter_on(manifest, form, "sea", "in-town")
    assert errata(manifest, "--rekey", f"sea={wanted}", "--form", form).code == 0
    for each in ("A", "B"):
        assert key_on(manifest, each, "sea") == (letter_on(manifest, each, "sea", "in-town"),)


def test_a_letter_without_a_form_is_enough_where_there_is_one(tmp_path: Path) -> None:
    path = built(tmp_path)
    wanted = letter_on(path, "A", "sea", "in-town").lower()
    assert errata(path, "--rekey", f"rivers/sea={wanted}").code == 0
    assert key_on(path, "A", "sea") == (wanted.upper(),)


@pytest.mark.parametrize("option", ["F", "false", "False"])
def test_a_judgement_has_the_same_letter_everywhere(option: str, manifest: Path) -> None:
    assert errata(manifest, "--rekey", f"day={option}").code == 0
    assert [key_on(manifest, form, "day") for form in ("A", "B")] == [("F",), ("F",)]


def test_several_options_and_several_items_at_once(manifest: Path) -> None:
    assert errata(manifest, "--rekey", "wet=Sand, rain", "--drop", "name", "--drop", "rivers/day").code == 0
    right = {letter_on(manifest, "A", "wet", option) for option in ("sand", "rain")}
    assert set(key_on(manifest, "A", "wet")) == right
    corrected = told(manifest).corrected()
    assert corrected.dropped == {"rivers/name", "rivers/day"}
    assert [form.points for form in corrected.forms] == [3, 3]
    assert key_on(manifest, "A", "sea") == (letter_on(manifest, "A", "sea", "in-the-sea"),)


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--drop", "see"), "no form has an item 'see'", "did you mean 'sea'?"),
        (("--rekey", "sea=In a lade"), "'sea' has no option 'In a lade'", "did you mean 'in-a-lake'?"),
        (("--rekey", "sea=B"), "'sea' has no option 'B'", "letters differ from form to form: say which with --form"),
        (("--rekey", "sea=Z", "--form", "A"), "'sea' has no option 'Z'", "one of: "),
        (("--rekey", "sea=In a lake,In town"), "'sea' has no option 'In a lake,In town'", "one of: "),
        (("--rekey", "wet=Sand,Sea"), "'wet' has no option 'Sea'", "one of: "),
        (("--rekey", "name=a brook"), "'name' has no options of which another could be right", "write --drop name"),
        (("--rekey", "sea=in-the-sea"), "'in-the-sea' is the key of 'sea' already", "name the option that is right"),
        (("--rekey", "sea=In town", "--drop", "sea"), "'sea' is corrected twice", "say once"),
        (("--rekey", "sea=B", "--form", "C"), "no form is called 'C'", "one of: A, B"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(
    words: tuple[str, ...], message: str, hint: str, manifest: Path
) -> None:
    before = tree(manifest.parent.parent)
    done = errata(manifest, *words)
    assert (done.code, done.codes) == (1, ["Q540"])
    assert f"{manifest}:1:1: error[Q540]: {message}\n      = hint: {hint}" in done.told
    assert "nothing was written" in done.told
    assert tree(manifest.parent.parent) == before


def test_all_that_cannot_be_meant_is_said_at_once(manifest: Path) -> None:
    assert errata(manifest, "--drop", "see", "--rekey", "sea=Z", "--rekey", "day=F").codes == ["Q540", "Q540"]


@pytest.mark.parametrize("words", [(), ("--rekey", "sea"), ("--rekey", "=B"), ("--drop", "sea", "--reason", " ")])
def test_a_wrong_use_is_one_line(words: tuple[str, ...], manifest: Path) -> None:
    done = errata(manifest, *words)
    assert (done.code, done.out) == (2, "")
    assert "\n" not in done.told


# --- What is written --------------------------------------------------------------------------------------------


def test_a_key_says_what_is_right_and_that_it_was_corrected(manifest: Path) -> None:
    errata(manifest, "--rekey", "sea=In a lake", "--drop", "day")
    for form in ("A", "B"):
        path = manifest.parent / f"form-{form}-key.html"
        sea = entry_of(path, number_of(manifest, form, "sea"))
        assert f"{letter_on(manifest, form, 'sea', 'in-a-lake')} In a lake" in sea
        assert re.search(r"Corrected\. \(\d{4}-\d\d-\d\d\) The \*sea\* has <no> end & that is it\.", sea)
        assert "Where it is salt" not in sea
        day = entry_of(path, number_of(manifest, form, "day"))
        assert "0 points" in day
        assert "Does not count." in day
        assert "True" not in day
        wet = entry_of(path, number_of(manifest, form, "wet"))
        assert "Corrected" not in wet
        assert "corrected 20" in page(path).findtext(".//h1")


def test_the_slip_says_what_was_wrong_for_each_form(manifest: Path) -> None:
    errata(manifest, "--rekey", "sea=In a lake")
    errata(manifest, "--rekey", "sea=In town", "--drop", "name")
    slip = page(manifest.parent / "correction.html")
    assert [one.text_content() for one in slip.find_class("reason")] == [WHY[1]] * 2
    sea, name, again = slip.find_class("item")
    for item, was, now in ((sea, "in-the-sea", "in-a-lake"), (again, "in-a-lake", "in-town")):
        rows = [[cell.text_content() for cell in row] for row in item.findall(".//tbody/tr")]
        assert rows == [
            [f"Form {form}", f"{number_of(manifest, form, 'sea')}"]
            + [letter_on(manifest, form, "sea", option) for option in (was, now)]
            for form in ("A", "B")
        ]
    assert "The key said: In the sea" in sea.text_content()
    assert "Right is: In a lake" in sea.text_content()
    assert "The key said: In a lake" in again.text_content()
    assert "Does not count." in name.text_content()
    assert "a river, rivers" in name.text_content()


def test_verify_accepts_a_build_after_errata_and_refuses_a_flipped_byte_of_it(manifest: Path) -> None:
    for words in (("--rekey", "sea=In a lake"), ("--drop", "day"), ("--rekey", "day=F")):
        assert errata(manifest, *words).code == 0
        done = quizgen("verify", manifest)
        assert (done.code, done.codes) == (0, [])
    assert [entry.action for entry in told(manifest).audit] == ["build", "errata", "errata", "errata"]
    assert told(manifest).corrected().dropped == frozenset()
    assert key_on(manifest, "A", "day") == ("F",)
    for path in sorted(manifest.parent.iterdir()):
        content = path.read_bytes()
        for place in range(7, len(content), 701):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert quizgen("verify", manifest).code == 1
        path.write_bytes(content)


def test_the_time_is_in_the_trail(manifest: Path) -> None:
    errata(manifest, "--drop", "sea")
    entry = told(manifest).audit[-1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.time or "")
    assert (entry.reason, entry.corrections) == (WHY[1], (Correction(item="rivers/sea"),))


def test_what_others_put_into_the_folder_stays(manifest: Path) -> None:
    key = manifest.parent / "form-A-key.html"
    key.write_text("my own remarks")
    (manifest.parent / "notes.txt").write_text("notes")
    student = manifest.parent.parent / "students" / "form-A.html"
    student.write_text("edited")
    assert errata(manifest, "--drop", "sea").code == 0
    assert (manifest.parent / "form-A-key.html.edited").read_text() == "my own remarks"
    assert (manifest.parent / "notes.txt").read_text() == "notes"
    assert student.read_text() == "edited"
    assert "Does not count" in key.read_text()


def test_a_new_build_leaves_nothing_of_the_errata(tmp_path: Path) -> None:
    path = built(tmp_path)
    before = tree(path.parent.parent)
    errata(path, "--drop", "sea")
    source = tmp_path / "question_bank"
    assert quizgen("build", source, "--format", "html", "--seed", "s", "--out", tmp_path / "dist").code == 0
    assert tree(path.parent.parent) == before


def test_without_the_bank_as_it_was_nothing_is_written(tmp_path: Path) -> None:
    path = built(tmp_path)
    file = tmp_path / "question_bank" / "rivers.yaml"
    old = file.read_text()
    file.write_text(old.replace("In a lake", "In a bog"))
    before = tree(path.parent.parent)
    done = errata(path, "--rekey", "sea=In a lake")
    assert (done.code, done.codes) == (1, ["Q531"])
    assert "take it as it was from version control, and name it with --bank PATH" in done.told
    assert tree(path.parent.parent) == before
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "rivers.yaml").write_text(old)
    (tmp_path / "old" / "map.png").write_bytes((file.parent / "map.png").read_bytes())
    assert errata(path, "--rekey", "sea=In a lake", "--bank", tmp_path / "old").code == 0


def test_a_manifest_that_was_changed_is_not_built_upon(manifest: Path) -> None:
    manifest.write_text(manifest.read_text().replace('"seed": "s"', '"seed": "t"'))
    done = errata(manifest, "--drop", "sea")
    assert (done.code, done.codes) == (1, ["Q534"])


def test_a_manifest_away_from_its_build_is_refused(manifest: Path, tmp_path: Path) -> None:
    alone = tmp_path / "manifest.json"
    alone.write_bytes(manifest.read_bytes())
    assert errata(alone, "--drop", "sea").code == 2


@needs_pango
def test_keys_and_slip_are_printed(tmp_path: Path) -> None:
    path = built(tmp_path, "--forms", 2, formats="html,pdf")
    before = tree(path.parent.parent)
    assert errata(path, "--rekey", "sea=In a lake").code == 0
    after = tree(path.parent.parent)
    assert {name for name in after if after[name] != before.get(name)} == {
        f"teacher/{name}"
        for name in (
            "form-A-key.html", "form-A-key.pdf", "form-B-key.html", "form-B-key.pdf", "keys.pdf", "grid.pdf",
            "correction.html", "correction.pdf", "manifest.json",
        )
    }  # fmt: skip
    for form in "AB":
        assert "Corrected." in "\n".join(pages_of(after[f"teacher/form-{form}-key.pdf"]))
    assert all("(corrected " in sheet for sheet in pages_of(after["teacher/keys.pdf"]))
    slip = "\n".join(pages_of(after["teacher/correction.pdf"]))
    for words in ("The key said: In the sea", "Right is: In a lake", "Form A", "Form B", WHY[1]):
        assert words in slip
    assert quizgen("verify", path).code == 0


@needs_pango
def test_a_build_with_answer_sheets_and_fewer_options_is_corrected_as_any_other(tmp_path: Path) -> None:
    path = built(tmp_path, "--forms", 2, "--sheets", "--edition", "standard,reduced-options", formats="pdf")
    before = tree(path.parent.parent)
    assert errata(path, "--rekey", "sea=In a lake").code == 0
    after = tree(path.parent.parent)
    assert after["teacher/overlays.pdf"] != before["teacher/overlays.pdf"]
    assert after["students/sheets.pdf"] == before["students/sheets.pdf"]
    assert quizgen("verify", path).code == 0


# --- Laws -------------------------------------------------------------------------------------------------------


@given(item=items().filter(can_be_rekeyed), data=st.data())
def test_another_key_is_right_and_nothing_moves(item: Any, data: st.DataObject) -> None:
    options = [choice.id for choice in item.offered]
    most = len(options) - 1 if item.type == "multiple_response" else 1
    right = data.draw(st.lists(st.sampled_from(options), min_size=1, max_size=most, unique=True))
    shuffled = item.shuffled(lambda option: option[::-1].encode())
    twin = rekeyed(shuffled, right)
    assert twin.printed == shuffled.printed
    assert twin.shown() == shuffled.shown()
    answer: Any = twin.correct_response()
    assert ({answer} if isinstance(answer, str) else set(answer)) == set(right)
    assert twin.score(answer) == item.points


@settings(max_examples=40)
@given(data=bank_records(["multiple_choice", "true_false", "multiple_response", "essay"]), chosen=st.data())
def test_manifest_and_key_agree_on_every_correction(data: dict[str, Any], chosen: st.DataObject) -> None:
    whole = Bank((file_of(data),))
    forms, found = assemble(whole, Blueprint(quiz="quiz"), "seed", 2)
    assert found == []
    entries = []
    for told_item in record(forms[0]).items:
        if chosen.draw(st.booleans()):
            continue
        key: tuple[str, ...] | None = None
        rekeys: bool = chosen.draw(st.booleans())
        if told_item.options and rekeys:
            key = (chosen.draw(st.sampled_from(told_item.options)),)
        correction = Correction(item=told_item.name, key=key)
        entries.append(
            Entry(action="errata", time="2026-11-24T12:00:00Z", corrections=(correction,), files={}, previous="")
        )
    content = written_manifest(
        version="1", quiz="quiz", seed="seed", blueprint={}, settings=Settings(), bank=whole, forms=forms, files={}
    )
    told_all = Manifest.model_validate_json(content)
    for entry in entries:
        told_all = told_all.followed_by(entry)
    corrected = told_all.corrected()
    assert Manifest.model_validate_json(told_all.to_json()).fits(told_all.to_json())
    for form, told_form in zip(forms, corrected.forms, strict=True):
        twin = corrected_form(form, told_all.audit) if entries else form
        for placed, told_item in zip(twin.items, told_form.items, strict=True):
            if told_item.name not in corrected.dropped and isinstance(told_item.key, tuple):
                assert placed.item.written_key() == list(told_item.key)
        assert told_form.points == twin.points
        assert key_page(twin)
