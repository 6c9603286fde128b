"""The files in `faulty/` say what must be reported, and where; nothing else may be.

An expectation is a comment at the end of the faulty line: `# error[Q201] at 13`, several with `; ` between them. Where
the line can hold no comment it stands elsewhere, `# line 3: error[Q009] at 7`; where the file can hold none, in a file
beside it, `<name>.expected`.
"""

import os
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen import bank, blueprint, checks
from quizgen.assemble import assemble
from quizgen.cli.cache import Cache
from quizgen.cli.checking import check_files
from quizgen.codes import PAGES
from quizgen.diagnostics import Diagnostic, Span, error, in_order, warning
from quizgen.files import bank_paths

FAULTY = Path(__file__).parent / "faulty"
BLUEPRINT_BANK = FAULTY / "blueprints" / "bank.yaml"
CASES = sorted(
    path
    for path in [*FAULTY.iterdir(), *(FAULTY / "blueprints").glob("*.yaml")]
    if path != BLUEPRINT_BANK and (path.suffix == ".yaml" or (path.is_dir() and path.name != "blueprints"))
)


_ONE = r"(?:error|warning)\[Q\d{3}\] at \d+"
_EXPECTED = re.compile(rf"(?:# |^)(?:line (\d+): )?({_ONE}(?:; {_ONE})*)$")

Expectation = tuple[str, int, int, str]
"""File name, line, column, and `severity[code]`."""


def expected(path: Path) -> list[Expectation]:
    """What the comments of a file, or of a folder of files, say."""
    if path.is_dir():
        return [one for file in sorted(path.glob("*.yaml")) for one in expected(file)]
    beside = path.with_name(f"{path.name}.expected")
    text = (beside if beside.exists() else path).read_bytes().decode("utf-8", "replace")
    found: list[Expectation] = []
    for number, line in enumerate(text.splitlines() if beside.exists() else text.split("\n"), start=1):
        if match := _EXPECTED.search(line):
            for one in match[2].split("; "):
                code, _, column = one.partition(" at ")
                found.append((path.name, int(match[1] or number), int(column), code))
    return sorted(found)


def reported(path: Path) -> list[Diagnostic]:
    """What quizgen says of a bank file, a folder of them, or a blueprint."""
    if path.parent.name != "blueprints":
        return banks(path)
    read, found = blueprint.read(path)
    if read is not None and not found:
        sound, wrong = bank.read([BLUEPRINT_BANK])
        assert wrong == []
        _, found = assemble(sound, read.blueprint, "seed", 2, read.at)
    return in_order(found)


def banks(*paths: Path) -> list[Diagnostic]:
    """What quizgen says of bank files."""
    checked = check_files(bank_paths(paths), [], Cache(on=False), quiet=True, jobs=1)
    return in_order(checked.found)


def expectation(diagnostic: Diagnostic) -> Expectation:
    """A diagnostic as a comment would announce it."""
    span = diagnostic.span
    return Path(span.file).name, span.line, span.column, f"{diagnostic.severity}[{diagnostic.code}]"


def case(path: Path) -> object:
    """A file as a parameter of a test."""
    return pytest.param(path, id=path.relative_to(FAULTY).as_posix())


@pytest.mark.parametrize("path", [case(path) for path in CASES])
def test_a_faulty_file_is_reported_as_it_says(path: Path) -> None:
    assert sorted(map(expectation, reported(path))) == expected(path)


GOLDEN = Path(__file__).parent / "golden" / "diagnostics.txt"
"""What is said of all stored files, word for word. QUIZGEN_GOLDEN=1 writes it anew: read what changed, then keep it."""


def test_the_words_of_all_diagnostics_are_those_that_were_read_and_kept() -> None:
    """With the code, the place, the message, the hint, the excerpt, and what `--fix` would put there."""
    lines = []
    for path in CASES:
        for one in reported(path):
            name = Path(one.span.file).name
            fixes = [f"      + {edit.start - edit.end} {edit.text!r}" for edit in one.fix]
            lines += [str(one).replace(one.span.file, f"{path.parent.name}/{name}", 1), *fixes]
    text = "\n".join(lines).replace(str(FAULTY), "faulty") + "\n"
    if os.environ.get("QUIZGEN_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


# --- Files that cannot be kept --------------------------------------------------------------------------------


GOOD = BLUEPRINT_BANK.read_text()


def write(path: Path, content: bytes | str) -> Path:
    """A new file with this content."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def with_image(folder: Path, name: str) -> Path:
    """A bank file, sound but perhaps for the image that it shows."""
    stem = "Where are the boats at low water?"
    assert stem in GOOD
    return write(folder / "bank.yaml", GOOD.replace(stem, f"What is shown? ![a pier]({name})"))


def png(width: int, height: int) -> bytes:
    """A PNG file of a few bytes that claims to be so large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def codes(found: list[Diagnostic]) -> list[str]:
    """The codes of the diagnostics."""
    return [diagnostic.code for diagnostic in found]


def a_file_of_17_mebibytes(folder: Path) -> list[Diagnostic]:
    path = write(folder / "bank.yaml", GOOD)
    os.truncate(path, 17 * 2**20)
    return banks(path)


def a_folder_with_the_name_of_a_file(folder: Path) -> list[Diagnostic]:
    (folder / "bank.yaml").mkdir()
    return banks(folder)


def a_file_that_is_not_there(folder: Path) -> list[Diagnostic]:
    return banks(folder / "bank.yaml")


def a_name_that_no_file_can_have(folder: Path) -> list[Diagnostic]:
    return banks(folder / ("a" * 300))


def a_blueprint_that_no_file_can_have(folder: Path) -> list[Diagnostic]:
    return blueprint.read(folder / ("a" * 300))[1]


def a_blueprint_that_is_a_folder(folder: Path) -> list[Diagnostic]:
    return blueprint.read(folder)[1]


def a_file_that_may_not_be_read(folder: Path) -> list[Diagnostic]:
    path = write(folder / "bank.yaml", GOOD)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    return banks(path)


def a_zero_byte(folder: Path) -> list[Diagnostic]:
    return banks(write(folder / "bank.yaml", GOOD.replace("The old", "The\0old")))


def an_image_behind_a_link(folder: Path) -> list[Diagnostic]:
    write(folder / "pier.png", png(10, 10))
    (folder / "bank").mkdir()
    (folder / "bank" / "pier.png").symlink_to(folder / "pier.png")
    return banks(with_image(folder / "bank", "pier.png"))


def an_image_behind_a_linked_folder(folder: Path) -> list[Diagnostic]:
    write(folder / "pier.png", png(10, 10))
    (folder / "bank").mkdir()
    (folder / "bank" / "images").symlink_to(folder)
    return banks(with_image(folder / "bank", "images/pier.png"))


def an_image_that_links_to_itself(folder: Path) -> list[Diagnostic]:
    (folder / "pier.png").symlink_to(folder / "pier.png")
    return banks(with_image(folder, "pier.png"))


def an_image_with_a_name_that_no_file_can_have(folder: Path) -> list[Diagnostic]:
    return banks(with_image(folder, "a" * 300))


def an_image_that_is_a_folder(folder: Path) -> list[Diagnostic]:
    (folder / "pier.png").mkdir()
    return banks(with_image(folder, "pier.png"))


def an_image_of_11_mebibytes(folder: Path) -> list[Diagnostic]:
    os.truncate(write(folder / "pier.png", png(10, 10)), 11 * 2**20)
    return banks(with_image(folder, "pier.png"))


def an_image_that_is_cut_off(folder: Path) -> list[Diagnostic]:
    write(folder / "pier.png", png(10, 10)[:20])
    return banks(with_image(folder, "pier.png"))


def a_text_of_too_many_characters(folder: Path) -> list[Diagnostic]:
    return banks(write(folder / "bank.yaml", GOOD.replace("The old", "old " * 60_000)))


def a_text_of_too_many_marks(folder: Path) -> list[Diagnostic]:
    stem = "Where are the boats at low water?"
    assert stem in GOOD
    return banks(write(folder / "bank.yaml", GOOD.replace(stem, f"Where? {'*a* ' * 5_001}")))


def a_title_of_too_many_characters(folder: Path) -> list[Diagnostic]:
    return banks(write(folder / "bank.yaml", GOOD.replace("title: The old", f"title: {'old ' * 130}")))


MADE: list[tuple[Callable[[Path], list[Diagnostic]], str]] = [
    (a_file_of_17_mebibytes, "Q008"),
    (a_zero_byte, "Q011"),
    (a_text_of_too_many_characters, "Q014"),
    (a_text_of_too_many_marks, "Q127"),
    (a_title_of_too_many_characters, "Q128"),
    (a_folder_with_the_name_of_a_file, "Q012"),
    (a_file_that_is_not_there, "Q012"),
    (a_file_that_may_not_be_read, "Q012"),
    (a_name_that_no_file_can_have, "Q012"),
    (a_blueprint_that_no_file_can_have, "Q012"),
    (a_blueprint_that_is_a_folder, "Q012"),
    (an_image_behind_a_link, "Q121"),
    (an_image_behind_a_linked_folder, "Q121"),
    (an_image_that_links_to_itself, "Q121"),
    (an_image_with_a_name_that_no_file_can_have, "Q121"),
    (an_image_that_is_a_folder, "Q121"),
    (an_image_of_11_mebibytes, "Q122"),
    (an_image_that_is_cut_off, "Q122"),
]


def made(builder: Callable[[Path], list[Diagnostic]], code: str) -> object:
    """A builder as a parameter of a test."""
    return pytest.param(builder, code, id=builder.__name__)


@pytest.mark.parametrize(("builder", "code"), [made(builder, code) for builder, code in MADE])
def test_what_cannot_be_read_is_one_diagnostic(
    builder: Callable[[Path], list[Diagnostic]], code: str, tmp_path: Path
) -> None:
    found = builder(tmp_path)
    assert codes(found) == [code]
    assert well_worded(found[0])


def test_an_image_in_a_folder_below_is_read(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    write(tmp_path / "images" / "pier.png", png(40, 30))
    read, found = bank.read([with_image(tmp_path, "images/pier.png")])
    image = read.files[0].images["images/pier.png"]
    assert found == []
    assert (image.media_type, image.width, image.height) == ("image/png", 40, 30)


@pytest.mark.parametrize(
    "side",
    [
        6_000,
        13_000,
        40_000,
    ],
)
def test_an_image_that_claims_many_pixels_is_not_opened(side: int, tmp_path: Path) -> None:
    write(tmp_path / "pier.png", png(side, side))
    (found,) = banks(with_image(tmp_path, "pier.png"))
    assert (found.code, found.message) == ("Q122", "'pier.png' has more than 25 million pixels")


# --- The codes ------------------------------------------------------------------------------------------------


def every_diagnostic() -> list[Diagnostic]:
    """What is reported of all stored files."""
    return [diagnostic for path in CASES for diagnostic in reported(path)]


def well_worded(diagnostic: Diagnostic) -> bool:
    """Whether there is a message that starts in lower case and ends without a stop, and a hint."""
    message = diagnostic.message
    return bool(message) and not message[0].isupper() and not message.endswith(".") and bool(diagnostic.hint)


ELSEWHERE = {"Q199", "Q390", "Q507", "Q508", "Q509"} | {
    f"Q{number}"
    for number in (510, 511, 520, 521, 530, 531, 532, 533, 534, 540, 551, 552, 553, *range(570, 580), *range(701, 720))
}
"""Codes that a run of `check` has for a file with very many faults, and with `--since`: see test_check.py; and those of
several forms, rosters, ledgers, builds, printing, audits and responses: see test_conflicts.py, test_assemble.py, and
the test of each."""


def test_every_code_has_a_faulty_file() -> None:
    stored = {code for path in CASES for *_, code in expected(path)}
    shown = {re.sub(r"\w+\[|\]", "", code) for code in stored} | {code for _, code in MADE} | ELSEWHERE
    assert shown == set(PAGES) | set(checks.pages())


def test_every_code_in_the_source_has_one_page() -> None:
    folder = Path(bank.__file__).parent
    rooms = [path for path in folder.rglob("*.py") if path.parent.name != "codes"]
    raised = {code for path in rooms for code in re.findall(r"\"(Q[0-357]\d\d)\"", path.read_text(encoding="utf-8"))}
    assert raised - set(PAGES) - set(checks.pages()) == set()
    assert set(PAGES) & set(checks.pages()) == set()
    assert len(checks.pages()) == len(checks.FILE_CHECKS) + len(checks.BANK_CHECKS)


@pytest.mark.parametrize(("code", "page"), [*PAGES.items(), *checks.pages().items()])
def test_a_page_has_its_four_paragraphs(code: str, page: str) -> None:
    title, empty, *paragraphs = page.splitlines()
    assert empty == ""
    assert re.fullmatch(rf"{code}: [a-z0-9'].*\.", title)
    assert re.findall(r"^(\w+):", "\n".join(paragraphs), re.MULTILINE) == ["Found", "Why", "Example", "Mend"]
    assert all(line.startswith(("Found: ", "Why: ", "Example: ", "Mend: ", "         ")) for line in paragraphs)
    assert all(re.match(r".{8} \S", line) for line in paragraphs)
    assert max(map(len, page.splitlines())) <= 120


def test_a_code_is_always_an_error_or_always_a_warning() -> None:
    severities = {(diagnostic.code, diagnostic.severity) for diagnostic in every_diagnostic()}
    assert len(severities) == len({code for code, _ in severities})


def test_every_diagnostic_says_what_is_wrong_and_how_to_mend_it() -> None:
    assert [str(diagnostic) for diagnostic in every_diagnostic() if not well_worded(diagnostic)] == []


def test_no_diagnostic_shows_python() -> None:
    words = re.compile(r"\['|\{'|None|float|literal|pydantic|NoneType")
    wrong = "items: [{id: a, type: numeric, stem: b, answer: [1], points: [1], difficulty: {a: b}, skill: [infer]}]"
    found = bank.parse("article: {id: a, title: b, language: c}\n" + wrong, "bank.yaml")[1]
    assert [diagnostic.message for diagnostic in found if words.search(diagnostic.message + diagnostic.hint)] == []


def test_a_record_that_is_a_text_is_told_to_have_keys() -> None:
    _, found = bank.parse(GOOD.replace("  language: en", "  language: en\n  source: A guide"), "bank.yaml")
    assert [diagnostic.message for diagnostic in found] == ["'source' takes keys and values"]


# --- What a reader sees ---------------------------------------------------------------------------------------


def test_a_diagnostic_reads_like_this() -> None:
    text = """article: {id: rivers, title: Rivers, language: en}
items:
  - id: evening
    type: true_false
    stem: The river freezes in the evening.
    answer: dusk
    rationale: It is too warm.
    difficulty: easy
    skill: infer
"""
    _, (found,) = bank.parse(text, "question_bank/rivers.yaml")
    assert str(found) == "\n".join([
        "question_bank/rivers.yaml:6:13: error[Q201]: 'dusk' is not one of the options",
        "    6 |     answer: dusk",
        "      |             ^^^^",
        "      = hint: one of: true, false",
    ])  # fmt: skip


def underlined(diagnostic: Diagnostic) -> tuple[str, str]:
    """The line of the excerpt and the line of carets, without the gutter."""
    _, excerpt, carets, *_ = str(diagnostic).splitlines()
    return excerpt.partition(" | ")[2], carets.partition(" | ")[2]


def test_carets_stand_under_what_is_wrong() -> None:
    for diagnostic in every_diagnostic():
        span = diagnostic.span
        if span.source and span.source.isascii() and span.source.isprintable() and len(span.source) <= 110:
            excerpt, carets = underlined(diagnostic)
            start = len(carets) - len(carets.lstrip())
            assert excerpt == span.source.rstrip()
            assert start == span.column - 1
            assert set(carets[start:]) == {"^"}
            assert len(carets) <= max(len(excerpt), start + 1)


def test_a_wide_character_takes_two_columns() -> None:
    found = error("Q107", "wrong", Span("bank.yaml", 1, 5, 7, "潮汐: 潮汐"), "mend it")
    assert underlined(found) == ("潮汐: 潮汐", "      ^^^^")


def test_a_combining_mark_takes_no_column() -> None:
    found = error("Q107", "wrong", Span("bank.yaml", 1, 8, 10, "e\u0301te\u0301: no"), "mend it")
    assert underlined(found) == ("e\u0301te\u0301: no", "     ^^")


def test_a_long_line_is_shown_around_its_fault() -> None:
    found = error("Q107", "wrong", Span("bank.yaml", 1, 501, 506, "a" * 500 + "fault" + "b" * 500), "mend it")
    excerpt, carets = underlined(found)
    start, end = carets.index("^"), len(carets)
    assert excerpt[start:end] == "fault"
    assert len(excerpt) <= 110


def test_a_diagnostic_without_a_line_is_one_line_and_a_hint() -> None:
    found = warning("Q012", "this is not a file", Span("a.yaml"), "name a file")
    assert str(found) == "a.yaml:1:1: warning[Q012]: this is not a file\n      = hint: name a file"


_CONTROL = re.compile(r"[^\S \n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def test_no_control_character_reaches_a_terminal() -> None:
    assert [found for found in every_diagnostic() if _CONTROL.search(str(found))] == []


def test_a_line_cannot_be_turned_around() -> None:
    found = error("Q107", "'\u202egpj.exe'", Span("b\x1b[2J.yaml", 1, 1, 2, "\u2066x\x9b"), "\x07")
    assert not _CONTROL.search(str(found))


def test_a_text_cannot_forge_a_diagnostic() -> None:
    items = 'items: [{id: a, type: "x\\nother.yaml:1:1: error[Q001]: forged", stem: b}]\n'
    _, found = bank.parse("article: {id: a, title: b, language: en}\n" + items, "bank.yaml")
    assert all(line.startswith(("bank.yaml:", " ")) for one in found for line in str(one).splitlines())


# --- Faults hide no others ------------------------------------------------------------------------------------


def test_one_faulty_item_hides_no_other() -> None:
    text = (
        GOOD + "  - {id: one, type: essay, stem: A}\n  - {id: two, type: essay}\n  - {id: three, type: esay, stem: B}\n"
    )
    file, found = bank.parse(text, "bank.yaml")
    assert file is not None
    assert codes(found) == ["Q103", "Q105"]
    assert [item.id for item in file.items] == ["low-water", "pier", "one"]
    assert codes(checks.check(bank.Bank((file,)))) == ["Q401", "Q402", "Q403"]


def test_one_faulty_file_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "article: [")
    write(tmp_path / "b.yaml", GOOD.replace("answer: true", "answer: perhaps"))
    write(tmp_path / "c.yml", GOOD.replace("id: harbour", "id: haven").replace("    skill: retrieve\n", ""))
    (tmp_path / "blueprints").mkdir()
    write(tmp_path / "blueprints" / "d.yaml", "quiz: [")
    assert codes(banks(tmp_path)) == ["Q001", "Q201", "Q402", "Q431", "Q402"]


def test_one_run_tells_everything() -> None:
    found = reported(FAULTY / "everything.yaml")
    assert len({diagnostic.code for diagnostic in found}) >= 25


def test_the_bank_of_the_blueprints_is_sound() -> None:
    assert banks(BLUEPRINT_BANK) == []


def test_diagnostics_come_in_the_order_of_the_file_and_once() -> None:
    first, second = Span("a.yaml", 2, 1), Span("a.yaml", 10, 1)
    late, early = error("Q101", "one", second), error("Q102", "two", first)
    assert in_order([late, early, late]) == [early, late]
