"""Response files from strangers: what is refused and why, what is kept, and that no file can spoil another."""

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quizgen.assemble import Sitting, assemble
from quizgen.bank import Bank, read
from quizgen.blueprint import Blueprint
from quizgen.bundled import QUESTION_BANK
from quizgen.codes import PAGES
from quizgen.diagnostics import Diagnostic, Severity, has_errors
from quizgen.files import bank_paths
from quizgen.form import Candidate, Form, FormRecord, ItemRecord, Manifest, Screen, Settings, manifest
from quizgen.grading.answers import fitted, response
from quizgen.grading.keys import PrivateKey, PublicKey, new_key
from quizgen.grading.response_file import receipt
from quizgen.grading.responses import Desk, Submission
from quizgen.grading.sealing import sealed, to_base64url
from quizgen.identity import form_digest, quiz_id, token
from quizgen.items.scoring import PLAIN, earned

from .rebuilt import Done, quizgen

SEED = "a seed that nobody guesses"
PEOPLE = (Candidate("7b-01", "Ann Lee"), Candidate("7b-02", "Bo"))
KEY, OTHER = new_key(), new_key()
ATTEMPT = "abcdefghijklmnopqrstuvwxy2"
TIMES = {"started": "2026-12-01T08:00:00Z", "submitted": "2026-12-01T08:40:00Z", "resumes": 1, "late": False}


@dataclass(frozen=True)
class Build:
    """Forms, and the manifest that they were built with."""

    forms: tuple[Form, ...]
    told: Manifest

    def record(self, form: str) -> FormRecord:
        return next(record for record in self.told.forms if record.id == form)


@cache
def whole_bank() -> Bank:
    """The bank that comes with quizgen; it has all types of items."""
    bank, _ = read(bank_paths([QUESTION_BANK]))
    return bank


@cache
def build(recipients: tuple[PublicKey, ...] = (), people: tuple[Candidate, ...] = (), seed: str = SEED) -> Build:
    """Two forms, or one for each of the people."""
    plan = Blueprint(quiz="rivers")
    forms, found = assemble(whole_bank(), plan, seed, Sitting(people) if people else 2)
    assert not has_errors(found)
    quiz = quiz_id(seed, plan.quiz)
    content = manifest(
        version="0",
        quiz=plan.quiz,
        seed=seed,
        blueprint=plan.model_dump(mode="json", exclude_defaults=True),
        settings=Settings(screen=Screen(recipients=tuple(key.point for key in recipients))),
        bank=whole_bank(),
        forms=forms,
        files={},
        quiz_id=quiz,
        digests=[form_digest(form, quiz) for form in forms],
    )
    return Build(forms, Manifest.model_validate_json(content))


SEALED = (KEY.public,)


def perfect(form: FormRecord) -> dict[str, list[str]]:
    """What a perfect candidate puts into a page: nothing for an essay but a text."""
    answers = {}
    for item in form.items:
        key = item.key
        if item.type == "matching":
            assert isinstance(key, tuple)
            answers[str(item.number)] = [mark.partition("-")[2] for mark in key]
        elif isinstance(key, tuple):
            answers[str(item.number)] = list(key[:1] if item.type == "short_answer" else key)
        else:
            answers[str(item.number)] = ["Much could be said." if key is None else f"{key}"]
    return answers


def payload(made: Build, form: str, /, **changes: Any) -> dict[str, Any]:
    """What a page of the form hands in."""
    record = made.record(form)
    assert made.told.quiz_id
    person = record.candidate
    said: dict[str, Any] = {
        "v": 1,
        "quiz": made.told.quiz_id,
        "digest": record.digest,
        "form": form,
        "attempt": ATTEMPT,
        "student": {"name": person.name, "id": person.id} if person else {"name": "Ann", "id": ""},
        "token": token(made.told.seed, made.told.quiz_id, person.id) if person else None,
        "answers": perfect(record),
        "claims": TIMES,
    }
    return said | changes


def written(said: dict[str, Any], recipients: Sequence[PublicKey] = (), **outside: Any) -> bytes:
    """The file that a page makes of it."""
    names = ("quiz", "digest", "form", "attempt")
    file: dict[str, Any] = {"quizgen": "response", "v": 1, **{name: said[name] for name in names}}
    text = as_json(said)
    if recipients:
        content = sealed(text.encode(), ("quizgen/response/v1", *(said[name] for name in names)), recipients)
        keys = [
            {"id": each.id, "enc": to_base64url(each.enc), "cek": to_base64url(each.cek)} for each in content.recipients
        ]
        file |= {"sealed": True, "recipients": keys, "iv": to_base64url(content.iv), "body": to_base64url(content.body)}
    else:
        file |= {"sealed": False, "sum": sha256(text.encode()).hexdigest(), "body": text}
    return as_json(file | outside).encode()


def as_json(thing: Any) -> str:
    return json.dumps(thing, separators=(",", ":"), ensure_ascii=False)


def opened(
    made: Build, *contents: bytes, keys: Sequence[PrivateKey] = (KEY,), allow: bool = False
) -> tuple[list[Submission], list[Diagnostic]]:
    """What comes of the files, which are called 0.qgr, 1.qgr and so on."""
    return Desk(made.told, tuple(keys), allow).opened((f"{n}.qgr", content) for n, content in enumerate(contents))


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return sorted(diagnostic.code for diagnostic in found)


# --- What is sound ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("recipients", [(), SEALED, (OTHER.public, KEY.public)], ids=["open", "sealed", "for two"])
def test_what_was_handed_in_comes_out(recipients: tuple[PublicKey, ...]) -> None:
    made = build(recipients)
    content = written(payload(made, "B"), recipients)
    (one,), found = opened(made, content)
    assert found == []
    assert (one.form.id, one.student.name, one.attempt, one.sealed) == ("B", "Ann", ATTEMPT, bool(recipients))
    assert {str(number): list(given) for number, given in one.answers.items()} == perfect(made.record("B"))
    assert one.answered == len(made.record("B").items)
    assert one.claims.model_dump() == TIMES
    assert one.receipt == receipt(content)


def test_a_perfect_response_earns_all_the_points() -> None:
    made = build()
    form = made.forms[0]
    (one,), _ = opened(made, written(payload(made, form.id)))
    seen = set()
    for told, placed in zip(made.record(form.id).items, form.items, strict=True):
        got = earned(placed.item, response(told, one.answers[told.number]), PLAIN)
        assert got == (None if told.type == "essay" else told.points), told.name
        seen.add(told.type)
    assert len(seen) == 9


def test_a_file_that_a_mail_program_ended_with_a_line_is_the_same_file() -> None:
    made = build()
    content = written(payload(made, "A"))
    (one,), found = opened(made, b"\xef\xbb\xbf" + content + b"\r\n")
    assert (found, one.receipt) == ([], receipt(content))


def test_each_of_two_recipients_opens_it() -> None:
    made = build((KEY.public, OTHER.public))
    content = written(payload(made, "A"), (KEY.public, OTHER.public))
    for key in (KEY, OTHER):
        assert opened(made, content, keys=[key])[1] == []


def test_the_published_schema_describes_what_is_handed_in() -> None:
    published = json.loads((Path(__file__).parent.parent / "schema" / "response.schema.json").read_text())
    Draft202012Validator.check_schema(published)
    made = build()
    said = payload(made, "A")
    for content in (written(said), written(said, SEALED)):
        Draft202012Validator(published).validate(json.loads(content))
    inside = published["$defs"]["OpenFile"]["properties"]["body"]["contentSchema"]
    whole = Draft202012Validator({**inside, "$defs": published["$defs"]})
    whole.validate(said)
    assert not whole.is_valid(said | {"answers": {"1": "A"}})
    assert not Draft202012Validator(published).is_valid(json.loads(written(said)) | {"sealed": True})


# --- What is refused, each with its reason ----------------------------------------------------------------------


def changed(content: bytes, old: str, new: str) -> bytes:
    assert content.count(old.encode()) >= 1
    return content.replace(old.encode(), new.encode(), 1)


def refused_cases() -> dict[str, tuple[str, str, Callable[[], tuple[Build, list[bytes]]]]]:
    """Name -> the code, a part of what is said, and how it comes about."""
    plain, shut, class_ = build(), build(SEALED), build((), PEOPLE)
    sound = written(payload(plain, "A"))
    closed = written(payload(shut, "A"), SEALED)
    later = build(seed="another seed")
    other = b"A" if closed[-9:-8] != b"A" else b"B"
    copied = payload(plain, "A", student={"name": "Bo", "id": ""})

    def case(code: str, said: str, made: Build, *contents: bytes) -> Any:
        return code, said, lambda: (made, list(contents))

    ann, bo = payload(class_, "7b-01"), payload(class_, "7b-02")
    return {
        "too large": case("Q701", "larger than", plain, b" " * 2**20 + sound),
        "a picture": case("Q701", "no response", plain, b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        "other JSON": case("Q701", "no response", plain, b'{"quizgen":"manifest"}'),
        "a list": case("Q701", "no response", plain, b"[" * 100_000),
        "a review": case("Q701", "a review", plain, b'{"quizgen":"review","v":1}'),
        "a later version": case("Q701", "another version", plain, b'{"quizgen":"response","v":2}'),
        "empty": case("Q702", "empty", plain, b" \n"),
        "cut off": case("Q702", "its end is missing", plain, sound[:-1]),
        "cut off, sealed": case("Q702", "its end is missing", shut, closed[: len(closed) // 2]),
        "a name twice": case("Q702", "twice", plain, changed(sound, '"v":1', '"v":1,"v":1')),
        "not a number": case("Q702", "NaN", plain, changed(sound, '"v":1', '"v":NaN')),
        "a huge number": case("Q702", "digits", plain, changed(sound, '"v":1', '"v":' + "1" * 5000)),
        "infinite": case("Q702", "too large", plain, changed(sound, '"v":1', '"v":1e999')),
        "deep": case("Q702", "brackets", plain, changed(sound, '"v":1', '"v":' + "[" * 200_000)),
        "half a character": case("Q702", "damaged", plain, changed(sound, '"form":"A"', '"form":"\\ud800"')),
        "not UTF-8": case("Q702", "UTF-8", plain, sound[:30] + b"\xff" + sound[30:]),
        "one thing more": case("Q702", "'more'", plain, changed(sound, '"v":1', '"v":1,"more":1')),
        "a text for a number": case("Q701", "another version", plain, changed(sound, '"v":1', '"v":"1"')),
        "bad inside": case("Q702", "'answers'", plain, written(payload(plain, "A", answers=[]))),
        "a number inside": case("Q702", "'answers/1/0'", plain, written(payload(plain, "A", answers={"1": [1]}))),
        "changed": case("Q703", "changed", plain, changed(sound, "Ann", "Bob")),
        "changed, sealed": case("Q703", "changed", shut, closed[:-9] + other + closed[-8:]),
        "inside another": case("Q703", "outside", plain, written(payload(plain, "A"), attempt=26 * "z")),
        "another quiz": case("Q704", "another quiz", plain, written(payload(later, "A"))),
        "another version": case("Q705", "another one", plain, written(payload(plain, "A", digest="0" * 64))),
        "no such form": case("Q706", "no form 'C'", plain, written(payload(plain, "A", form="C"))),
        "for another": case("Q707", OTHER.public.fingerprint, shut, written(payload(shut, "A"), [OTHER.public])),
        "not sealed": case("Q709", "not sealed", shut, written(payload(shut, "A"))),
        "no token": case("Q710", "has no token", class_, written(ann | {"token": None})),
        "another's token": case("Q710", "another page", class_, written(ann | {"token": bo["token"]})),
        "another's name": case("Q710", "'7b-02'", class_, written(ann | {"student": bo["student"]})),
        "copied": case("Q711", "several names", plain, sound, written(copied)),
        "copied to another form": case("Q711", "several names", plain, sound, written(payload(plain, "B"))),
    }  # fmt: skip


CASES = refused_cases()


@pytest.mark.parametrize("name", CASES)
def test_what_is_refused_says_why_and_what_to_do(name: str) -> None:
    code, said, make = CASES[name]
    made, contents = make()
    submissions, found = opened(made, *contents)
    assert submissions == []
    assert {diagnostic.code for diagnostic in found} == {code}
    for diagnostic in found:
        assert said in diagnostic.message
        assert diagnostic.severity is Severity.ERROR
        assert diagnostic.hint
        assert not diagnostic.message[0].isupper()
        assert code in PAGES


def test_without_a_key_a_sealed_response_stays_closed() -> None:
    made = build(SEALED)
    submissions, found = opened(made, written(payload(made, "A"), SEALED), keys=[])
    assert (submissions, codes(found)) == ([], ["Q708"])
    assert KEY.public.fingerprint in found[0].message


def test_a_wrong_key_is_named_beside_the_right_one() -> None:
    made = build(SEALED)
    _, found = opened(made, written(payload(made, "A"), SEALED), keys=[OTHER])
    assert KEY.public.fingerprint in found[0].message
    assert OTHER.public.fingerprint in found[0].message


def test_an_unsealed_response_is_taken_where_a_teacher_says_so() -> None:
    made = build(SEALED)
    (one,), found = opened(made, written(payload(made, "A")), allow=True)
    assert (one.sealed, found) == (False, [])


def test_no_student_can_hand_in_for_another() -> None:
    """Bo knows his own page, and whom it is sealed for; not Ann's token."""
    made = build(SEALED, PEOPLE)
    forged = payload(made, "7b-01") | {"token": payload(made, "7b-02")["token"]}
    submissions, found = opened(made, written(forged, SEALED), written(payload(made, "7b-02"), SEALED))
    assert [one.student.id for one in submissions] == ["7b-02"]
    assert codes(found) == ["Q710"]


# --- What is handed in more than once ---------------------------------------------------------------------------


def test_the_same_file_twice_counts_once() -> None:
    made = build()
    content = written(payload(made, "A"))
    submissions, found = opened(made, content, content)
    assert [one.file for one in submissions] == ["0.qgr"]
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in found] == [("Q711", Severity.NOTE)]


def test_the_same_response_sealed_twice_counts_once() -> None:
    made = build(SEALED)
    twice = [written(payload(made, "A"), SEALED) for _ in range(2)]
    assert twice[0] != twice[1]
    submissions, found = opened(made, *twice)
    assert (len(submissions), codes(found)) == (1, ["Q711"])


@pytest.mark.parametrize("attempt", [ATTEMPT, "z" * 26], ids=["of the same attempt", "of another"])
def test_of_two_responses_of_one_student_none_is_guessed(attempt: str) -> None:
    made = build()
    second = payload(made, "A", attempt=attempt, answers={})
    submissions, found = opened(made, written(payload(made, "A")), written(second))
    assert len(submissions) == 2
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in found] == [("Q712", Severity.WARNING)] * 2


def test_two_students_without_a_name_are_two() -> None:
    made = build()
    nobody = {"name": "", "id": ""}
    contents = [written(payload(made, "A", student=nobody, attempt=letter * 26)) for letter in "ab"]
    submissions, found = opened(made, *contents)
    assert (len(submissions), found) == (2, [])


def test_a_long_name_is_cut_and_many_files_are_told_in_a_line() -> None:
    made = build()
    contents = [
        written(payload(made, "A", attempt=f"{number:b}".replace("0", "a").replace("1", "b").rjust(26, "a"),
                        student={"name": "n" * 5_000, "id": ""}))
        for number in range(40)
    ]  # fmt: skip
    submissions, found = opened(made, *contents)
    assert {one.student.name for one in submissions} == {"n" * 200}
    assert codes(found) == ["Q712"] * 40
    assert all(diagnostic.message.count("'") == 12 and diagnostic.message.endswith(" ...") for diagnostic in found)


# --- Answers that a form cannot have ----------------------------------------------------------------------------


def of_type(kind: str) -> ItemRecord:
    return next(item for item in build().record("A").items if item.type == kind)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("multiple_choice", ["Z"], None),
        ("multiple_choice", ["A", "B"], None),
        ("multiple_choice", ["a"], None),
        ("multiple_response", ["A", "Z", "A"], ["A"]),
        ("true_false", ["A"], None),
        ("true_false", ["true"], None),
        ("matching", ["Z"], None),
        ("matching", ["Z"] * 30, None),
        ("ordering", ["A", "Z"], ["A"]),
        ("short_answer", ["a", "b"], ["a"]),
        ("numeric", ["1", "2"], ["1"]),
        ("essay", ["a", "b"], ["a"]),
    ],
)
def test_what_a_form_cannot_have_is_left_out_and_the_rest_counts(kind: str, given: list[str], kept: Any) -> None:
    made, item = build(), of_type(kind)
    answers = perfect(made.record("A")) | {str(item.number): given}
    (one,), found = opened(made, written(payload(made, "A", answers=answers)))
    assert [(diagnostic.code, diagnostic.severity) for diagnostic in found] == [("Q713", Severity.WARNING)]
    left = [text for text in one.answers.get(item.number, ()) if text]
    assert left == (kept or [])
    assert one.answered == len(answers) - (kept is None)


@pytest.mark.parametrize("number", ["0", "999", "01", "-1", "x", "", "١"])
def test_a_number_that_the_form_does_not_have_is_left_out(number: str) -> None:
    made = build()
    (one,), found = opened(made, written(payload(made, "A", answers={number: ["A"]})))
    assert (dict(one.answers), codes(found)) == ({}, ["Q713"])


def test_a_flood_of_answers_is_a_few_lines() -> None:
    made = build()
    answers = perfect(made.record("A")) | {f"x{number}": ["A"] for number in range(5_000)}
    (one,), found = opened(made, written(payload(made, "A", answers=answers)))
    assert one.answered == len(made.record("A").items)
    assert codes(found) == ["Q713"] * 6
    assert found[-1].message == "4995 more answers that the form cannot have"


_MARKS = st.sampled_from(["", "A", "B", "T", "F", "Z", "AA"]) | st.text(max_size=5)


@given(st.sampled_from(build().record("A").items), st.lists(_MARKS, max_size=8))
def test_whatever_was_answered_can_be_scored(item: ItemRecord, given_: list[str]) -> None:
    kept, _ = fitted(item, given_)
    assert fitted(item, kept) == (kept, "")
    placed = next(placed.item for placed in build().forms[0].items if placed.number == item.number)
    got = earned(placed, response(item, kept), PLAIN)
    assert got is None or 0 <= got <= item.points
    assert set(item.letters.values()) == set(item.options)


# --- Laws -------------------------------------------------------------------------------------------------------

_SHUT = build(SEALED, PEOPLE)
_SEALED = [written(payload(_SHUT, person.id, answers={"1": ["A"]}), SEALED) for person in PEOPLE]
_FOR_TWO = build((KEY.public, OTHER.public))
_TWO = written(payload(_FOR_TWO, "A", answers={}), (KEY.public, OTHER.public))


@given(st.data())
def test_a_sealed_file_with_any_byte_changed_is_refused(data: st.DataObject) -> None:
    made, content = data.draw(st.sampled_from([(_SHUT, _SEALED[0]), (_FOR_TWO, _TWO)]))
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    submissions, found = opened(made, content[:place] + bytes([byte]) + content[place + 1 :])
    assert submissions == []
    assert len(found) == 1


def test_no_byte_of_a_sealed_file_can_be_changed() -> None:
    for place, byte in enumerate(_TWO):
        submissions, found = opened(_FOR_TWO, _TWO[:place] + bytes([byte ^ 1]) + _TWO[place + 1 :])
        assert (submissions, len(found)) == ([], 1), place


@given(st.sampled_from([_SEALED[0], _TWO, written(payload(build(), "A"))]), st.data())
def test_a_file_that_ends_early_is_refused(content: bytes, data: st.DataObject) -> None:
    made = _SHUT if content is _SEALED[0] else _FOR_TWO if content is _TWO else build()
    submissions, found = opened(made, content[: data.draw(st.integers(0, len(content) - 1))])
    assert submissions == []
    assert codes(found) in (["Q701"], ["Q702"])


@given(st.binary(max_size=2000) | st.text(max_size=500).map(str.encode))
def test_no_garbage_ends_in_anything_but_one_diagnostic(content: bytes) -> None:
    submissions, found = opened(build(), content)
    assert (submissions, len(found)) == ([], 1)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(_TEXTS, _TEXTS, st.lists(_TEXTS, min_size=1, max_size=1), st.booleans())
def test_a_payload_comes_out_as_it_went_in(name: str, id: str, answer: list[str], shut: bool) -> None:
    made = build(SEALED) if shut else build()
    number = str(of_type("essay").number)
    said = payload(made, "A", student={"name": name, "id": id}, answers={number: answer})
    (one,), found = opened(made, written(said, SEALED if shut else ()))
    assert found == []
    assert (one.student.name, one.student.id) == (" ".join(name.split()), " ".join(id.split()))
    assert list(one.answers.get(int(number), ("",))) == answer


def test_neither_the_order_of_files_nor_a_bad_one_matters_to_the_others() -> None:
    made = build()
    bad = [content for _, _, make in CASES.values() for content in make()[1]]
    good = [written(payload(made, "A", student={"name": f"S{n}", "id": ""}, attempt=letter * 26))
            for n, letter in enumerate("cdef")]  # fmt: skip
    files = [(f"{n:03}.qgr", content) for n, content in enumerate([*bad, *good])]
    first = Desk(made.told, (KEY,)).opened(files)
    assert {one.student.name for one in first[0]} >= {"S0", "S1", "S2", "S3"}
    for number in range(5):
        random.Random(number).shuffle(files)
        again = Desk(made.told, (KEY,)).opened(files)
        assert again[0] == first[0]
        assert set(again[1]) == set(first[1])


# --- The command ------------------------------------------------------------------------------------------------


def folder_of(tmp_path: Path, made: Build, *contents: bytes) -> tuple[Path, Path]:
    (tmp_path / "in").mkdir()
    (tmp_path / "manifest.json").write_bytes(made.told.to_json())
    (tmp_path / "key.pem").write_bytes(KEY.to_pem(b"pass"))
    (tmp_path / "pass").write_bytes(b"pass\n")
    for number, content in enumerate(contents):
        (tmp_path / "in" / f"{number}.qgr").write_bytes(content)
    return tmp_path / "manifest.json", tmp_path / "in"


def open_(tmp_path: Path, made: Build, *contents: bytes, words: Sequence[object] = ()) -> Done:
    told, files = folder_of(tmp_path, made, *contents)
    key = ("--key", tmp_path / "key.pem", "--passphrase-file", tmp_path / "pass")
    return quizgen("open", told, files, *key, *words)


def test_open_prints_a_line_of_each_response(tmp_path: Path) -> None:
    made = build(SEALED, PEOPLE)
    contents = [
        written(payload(made, person.id, attempt=letter * 26), SEALED)
        for person, letter in zip(PEOPLE, "ab", strict=True)
    ]
    done = open_(tmp_path, made, *contents, b"nothing")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["id"], row["name"], row["receipt"]) for row in rows] == [
        (person.id, person.name, receipt(content)) for person, content in zip(PEOPLE, contents, strict=True)
    ]
    assert all(row["answered"] == row["of"] for row in rows)
    assert (done.code, done.codes) == (1, ["Q701"])


def test_a_file_that_cannot_be_read_stops_none_of_the_others(tmp_path: Path) -> None:
    made = build(SEALED)
    told, files = folder_of(tmp_path, made, written(payload(made, "A"), SEALED))
    (tmp_path / "folder.qgr").mkdir()
    (files / "link.qgr").symlink_to(tmp_path / "nowhere")
    words = ("--key", tmp_path / "key.pem", "--passphrase-file", tmp_path / "pass")
    done = quizgen("open", told, files, files / "0.qgr", *words)
    assert (done.code, done.codes, len(done.out.splitlines())) == (0, [], 2)
    unreadable = "/proc/self/mem"  # also for root
    if Path(unreadable).exists():
        done = quizgen("open", told, files, unreadable, *words)
        assert (done.code, done.codes, len(done.out.splitlines())) == (1, ["Q701"], 2)


def test_open_prints_json_with_the_answers(tmp_path: Path) -> None:
    made = build(SEALED)
    done = open_(tmp_path, made, written(payload(made, "A"), SEALED), words=["--json"])
    (row,) = json.loads(done.out)
    assert (done.code, row["answers"], row["sealed"]) == (0, perfect(made.record("A")), True)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-2", "@x", "\tx", "\x1b[31mred", "a\nb", "\u202egnp"])
def test_a_name_does_nothing_in_a_spreadsheet_or_a_terminal(tmp_path: Path, name: str) -> None:
    made = build()
    again = [
        written(payload(made, "A", attempt=letter * 26, student={"name": name, "id": ""}, answers={number: ["A"]}))
        for letter, number in (("a", "x"), ("b", "\x1b]0;x\x07"))
    ]
    done = open_(tmp_path, made, *again)
    for text in (done.out, done.told):
        assert not set(text) & set("\x1b\x07\t\r\u202e")
    cell = next(csv.DictReader(io.StringIO(done.out)))["name"]
    assert cell[0] not in "=+-@\t\r"
    assert len(done.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["open", "manifest.json", "nowhere.qgr"], "there is no response 'nowhere.qgr'"),
        (["open", "manifest.json", "empty"], "there is no .qgr file in 'empty'"),
        (["open", "manifest.json", "in", "--key", "nokey.pem"], "there is no key 'nokey.pem'"),
        (["open", "manifest.json", "in", "--key", "key.pem"], "under a passphrase"),
        (["open", "manifest.json", "in", "--key", "key.pem", "--passphrase-file", "in/0.qgr"], "not the passphrase"),
        (["open", "manifest.json", "in", "--key", "key.pub.pem"], "holds a public key"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, words: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(tmp_path, build(SEALED), b"x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "key.pub.pem").write_bytes(KEY.public.to_pem())
    monkeypatch.chdir(tmp_path)
    done = quizgen(*words)
    assert done.code == 2
    assert said in done.told
    assert "\n" not in done.told.strip()


def test_a_build_without_pages_has_no_responses(tmp_path: Path) -> None:
    made = build()
    paper = made.told.model_copy(update={"quiz_id": None, "audit": ()}).followed_by(made.told.audit[0])
    told, files = folder_of(tmp_path, Build(made.forms, paper), written(payload(made, "A")))
    done = quizgen("open", told, files)
    assert done.code == 2
    assert "was built without pages for a screen, so there are no responses to it" in done.told


def test_a_manifest_that_was_changed_grades_nothing(tmp_path: Path) -> None:
    made = build()
    told, files = folder_of(tmp_path, made, written(payload(made, "A")))
    told.write_bytes(told.read_bytes().replace(b'"rivers"', b'"others"'))
    done = quizgen("open", told, files)
    assert (done.code, done.codes, done.out) == (1, ["Q534"], "")
