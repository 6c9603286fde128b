"""Printed forms and keys, read back as a person would read them."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen import fonts
from quizgen.assemble import assemble
from quizgen.bank import Bank, read
from quizgen.blueprint import Blueprint
from quizgen.form import Candidate, Form, Section, Settings
from quizgen.render import pages, pdf, student_files, teacher_files
from quizgen.render.media import Assets

from .prints import needs_pango, pages_of
from .strategies import bank_records, file_of, plain_bank, rekeyed
from .test_page import form_of, framed

pytestmark = needs_pango

REPOSITORY = Path(__file__).parent.parent
PAPER = Settings(formats=("pdf",))


def real_forms(items: int | None = None, forms: int = 1) -> tuple[Form, ...]:
    bank, found = read([REPOSITORY / "question_bank" / "kyrgyzstan-2010.yaml"])
    assert not found
    return assemble(bank, Blueprint(quiz="real", items=items), "seed", forms)[0]


@pytest.fixture(scope="module")
def whole() -> tuple[Form, dict[str, bytes]]:
    """One form with every item of the real bank, and all that is printed of it."""
    forms = real_forms()
    return forms[0], dict(student_files(forms, PAPER)) | dict(teacher_files(forms, PAPER))


def test_every_key_of_the_real_bank_is_printed(whole: tuple[Form, dict[str, bytes]]) -> None:
    form, files = whole
    text = " ".join(" ".join(pages_of(files["teacher/form-A-key.pdf"])).split())
    for placed in form.items:
        item = placed.item
        assert item.evidence is not None
        assert item.rationale is not None
        assert " ".join((item.evidence[0].quote or "").split())[:40] in text
        for line in item.key_lines():
            assert f"{line.mark} {line.text}".strip()[:40] in text


# --- The page ---------------------------------------------------------------------------------------------------


def test_a_form_reads_in_the_order_in_which_it_is_meant(whole: tuple[Form, dict[str, bytes]]) -> None:
    form, files = whole
    text = " ".join(" ".join(pages_of(files["students/form-A.pdf"])).split())
    place = 0
    for item_set in form.sets:
        assert item_set.passage is not None
        assert item_set.passage.heading is not None
        place = text.index(item_set.passage.heading, place)
        for placed in item_set.items:
            place = text.index(" ".join(placed.item.stem.replace("*", "").split())[:30], place)
            for choice in placed.item.printed:
                place = text.index(choice.text[:30], place)


def test_items_are_never_split_over_two_pages(whole: tuple[Form, dict[str, bytes]]) -> None:
    form, files = whole
    sheets = [" ".join(sheet.split()) for sheet in pages_of(files["students/form-A.pdf"])]
    for placed in form.items:
        stem = " ".join(placed.item.stem.replace("*", "").split())[:40]
        parts = [stem, *(choice.text[:40] for choice in placed.item.printed)]
        assert any(all(part in sheet for part in parts) for sheet in sheets), placed.item.id


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_pages_are_counted_on_either_paper(paper: Any, size: tuple[int, int]) -> None:
    files = dict(student_files(real_forms(8, 2), Settings(formats=("pdf",), paper=paper)))
    sheets = pages_of(files["students/form-B.pdf"])
    for number, sheet in enumerate(sheets, start=1):
        assert f"Form B Page {number} of {len(sheets)}" in " ".join(sheet.split())
    with pikepdf.open(BytesIO(files["students/form-B.pdf"])) as document:
        assert tuple(round(float(edge)) for edge in document.pages[0].mediabox[2:]) == size


def test_a_form_for_a_candidate_is_printed_with_all_that_is_told() -> None:
    """From the head to the last section, in the order of reading, in files that are named by the candidate's id."""
    form = framed()
    booklet, key = dict(student_files([form], PAPER)), dict(teacher_files([form], PAPER))
    assert set(booklet) == {"students/7b-04.pdf", "students/booklet.pdf"}
    assert set(key) == {"teacher/7b-04-key.pdf", "teacher/keys.pdf"}
    head = ["7b-04", "School No. 5 & friends", "25 minutes", "Name Aigerim <T.>"]
    rules = "A wrong answer costs a quarter of the question’s points."
    in_booklet = [
        *head,
        "Write in pen only.",
        "A question that is left blank",
        "Part 1: the sea",
        "Look twice at the table.",
    ]
    in_key = [*head, rules, "Part 1: the sea"]
    for content, told in ((booklet["students/7b-04.pdf"], in_booklet), (key["teacher/7b-04-key.pdf"], in_key)):
        sheets = pages_of(content)
        text = " ".join(" ".join(sheets).split())
        places = [text.index(words) for words in [*told, "Part 2: the rest"]]
        assert places == sorted(places)
        assert all(f"7b-04 Page {number} of" in sheet for number, sheet in enumerate(sheets, start=1))


def test_a_section_title_is_never_the_last_thing_on_a_page() -> None:
    """Sections of random length, so that titles come to stand everywhere."""
    bank = Bank((file_of(plain_bank(36)),))
    (item_set,) = assemble(bank, Blueprint(quiz="ends"), "seed", 1)[0][0].sets
    parts = [
        Section((replace(item_set, items=item_set.items[n : n + 1 + n % 3]),), f"Title {n}!", "Go.") for n in range(30)
    ]
    form = replace(framed(None), sections=tuple(parts))
    sheets = pages_of(dict(student_files([form], PAPER))["students/form-A.pdf"])
    assert len(sheets) > 5
    for sheet in sheets:
        for title in re.finditer(r"Title \d+!", sheet):
            assert re.match(r"Go\. \d+ ", " ".join(sheet[title.end() :].split())), sheet


def test_the_booklet_holds_every_form() -> None:
    files = dict(student_files(real_forms(6, 3), PAPER))
    booklet = pages_of(files["students/booklet.pdf"])
    forms = [pages_of(files[f"students/form-{form}.pdf"]) for form in "ABC"]
    assert [sheet for sheet in booklet if sheet] == [sheet for form in forms for sheet in form]
    assert all(len(form) % 2 == 0 or booklet[len(form)] == "" for form in forms[:1])  # the next begins on a right page


def test_every_pdf_is_accessible(whole: tuple[Form, dict[str, bytes]]) -> None:
    odd = dict(student_files(odd_forms(), PAPER))
    told = [framed(None, "tides"), framed(name="tides")]
    for name, content in (whole[1] | odd | dict(student_files(told, PAPER)) | dict(teacher_files(told, PAPER))).items():
        found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
        assert found.is_compliant, (name, [(fault.rule_id, fault.message) for fault in found.failures])


def test_what_a_text_may_hold_is_printed() -> None:
    """A table, a list, code, money, HTML as typed; formulas and images as figures with their text; three scripts."""
    content = dict(student_files(odd_forms(), PAPER))["students/form-A.pdf"]
    text = " ".join(pages_of(content))
    for words in ("Length Period", "first entry", "print(1)", "$5 … $10", "<b>not bold</b>", "日本語", "Ωmega"):
        assert words in text
    with pikepdf.open(BytesIO(content)) as document:
        figures = [
            str(obj.get("/Alt")) for obj in document.objects if isinstance(obj, pikepdf.Dictionary) and "/Alt" in obj
        ]
    assert r"x^2 + \frac{1}{2}" in figures


def odd_forms() -> tuple[Form, ...]:
    """A form with everything that a text may hold, in three scripts."""
    text = (
        "| Length | Period |\n|---|--:|\n| 1 m | 2 s |\n\n- first entry\n- second entry\n\n```python\nprint(1)\n```\n\n"
        "It costs $5 … $10, <b>not bold</b>, \\(x^2 + \\frac{1}{2}\\).\n\n$$\\sqrt{2}$$\n\n"
        "日本語 and Ωmega, שלום, ↦, ①."
    )
    items = [{"id": f"i{n}", "type": "true_false", "stem": text, "answer": "true"} for n in range(2)]
    bank = Bank((file_of({"article": {"id": "odd", "title": "Odd", "language": "en"}, "items": items}),))
    return assemble(bank, Blueprint(quiz="odd"), "seed", 1)[0]


def test_every_script_is_set_in_a_font_of_ours_wherever_it_stands() -> None:
    """Also in names, headers, titles and labels, where a machine's own font would do, and look different elsewhere."""
    name = "محمد 山田 Жээнбек שרה अमर ไทย"
    told = replace(framed(Candidate("c", name), "tides"), header=name, title=name, instructions=name)
    made = [content for form in (told, form_of("arabic")) for files in (student_files, teacher_files)
            for _, content in files([form], PAPER)]  # fmt: skip
    ours = tuple(face.family.replace(" ", "-") for face in fonts.faces())
    for content in made:
        with pikepdf.open(BytesIO(content)) as document:
            dictionaries = [obj for obj in document.objects if isinstance(obj, pikepdf.Dictionary)]
            names = {str(obj.BaseFont).partition("+")[2] for obj in dictionaries if "/BaseFont" in obj}
        assert names
        assert not [font for font in names if not font.startswith(ours)]


# --- Same bytes -------------------------------------------------------------------------------------------------


@settings(max_examples=6)
@given(record=bank_records(), change=st.integers(0, 10**6))
def test_printed_exams_are_the_same_bytes_when_the_key_changes(record: dict[str, Any], change: int) -> None:
    twin = {**record, "items": [rekeyed(item, change + number) for number, item in enumerate(record["items"])]}
    made = [
        dict(student_files(assemble(Bank((file_of(data),)), Blueprint(quiz="law"), "seed", 1)[0], PAPER))
        for data in (record, twin)
    ]
    assert made[0] == made[1]


_BUILD = """
import sys
from hashlib import sha256
from tests.test_pdf import PAPER, real_forms, odd_forms, student_files, teacher_files
for forms in (real_forms(6, 2), odd_forms()):
    for files in (student_files, teacher_files):
        for name, content in files(forms, PAPER):
            print(name, sha256(content).hexdigest())
"""


def _digests(environment: dict[str, str], folder: Path) -> list[str]:
    command = [sys.executable, "-W", "ignore", "-c", _BUILD]
    whole = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    made = subprocess.run(command, env=whole, cwd=folder, capture_output=True, text=True, check=True)
    return made.stdout.split("\n")


def test_the_same_seed_prints_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """On another day, in another folder, with other hashes, and on a machine that has no fonts at all."""
    nothing = tmp_path / "fonts.conf"
    nothing.write_text(f'<?xml version="1.0"?><fontconfig><cachedir>{tmp_path}/cache</cachedir></fontconfig>')
    here = [
        f"{name} {sha256(content).hexdigest()}"
        for forms in (real_forms(6, 2), odd_forms())
        for files in (student_files, teacher_files)
        for name, content in files(forms, PAPER)
    ]
    elsewhere = _digests(
        {
            "PYTHONHASHSEED": "7",
            "TZ": "Asia/Bishkek",
            "LANG": "C",
            "HOME": str(tmp_path),
            "FONTCONFIG_FILE": str(nothing),
        },
        tmp_path,
    )
    assert elsewhere == [*here, ""]


# --- Safety -----------------------------------------------------------------------------------------------------

_LEAKS = [
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="http://127.0.0.1:9/x.png" alt="x">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<p style="background: url(file:///etc/passwd)">x</p>',
    '<style>@import url("http://127.0.0.1:9/a.css");</style>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<img src="asset:///fonts/../../etc/passwd" alt="x">',
    '<img src="data:image/svg+xml,%3Csvg%3E" alt="x">',
]


@pytest.mark.parametrize("leak", _LEAKS)
def test_a_page_can_ask_for_nothing_but_its_own(leak: str) -> None:
    """Even if an author's text could become HTML, WeasyPrint would get no file and no address from it."""
    page = pdf.PrintPage(f"<!DOCTYPE html><title>x</title><body>{leak}", (), Assets())
    try:
        printed = pdf.typeset([page])[0]
    except BaseException as refusal:
        assert "not its own" in str(refusal) or "could not be set" in str(refusal)  # noqa: PT017 (it need not be raised: an SVG is left out instead)
    else:
        assert "root:" not in "".join(pages_of(printed))
        assert b"/EmbeddedFile" not in printed


def test_a_printed_form_has_no_attachment_no_script_and_no_name_of_an_item(
    whole: tuple[Form, dict[str, bytes]],
) -> None:
    form, files = whole
    with pikepdf.open(BytesIO(files["students/form-A.pdf"])) as document:
        assert not document.attachments
        raw = b"\n".join(
            obj.read_bytes() if isinstance(obj, pikepdf.Stream) else obj.unparse() for obj in document.objects
        )
        for name in ("/JavaScript", "/OpenAction", "/EmbeddedFile", "/Launch"):
            assert name.encode() not in raw
        for placed in form.items:
            if len(placed.item.id) > 8:
                assert placed.item.id.encode() not in raw


def test_nothing_of_the_key_is_in_a_printed_form(whole: tuple[Form, dict[str, bytes]]) -> None:
    """The rationales and the reasons why options are wrong stand in the key and nowhere else."""
    form, files = whole
    student = " ".join(" ".join(pages_of(files["students/form-A.pdf"])).split())
    teacher = " ".join(" ".join(pages_of(files["teacher/form-A-key.pdf"])).split())
    for placed in form.items:
        rationale = " ".join((placed.item.rationale or "").split())[:50]
        assert rationale in teacher
        assert rationale not in student


def test_html_for_print_is_made_of_the_key_free_view_only() -> None:
    form = real_forms(20)[0]
    html = pages.booklet(form, PAPER).html
    assert "rationale" not in html
    assert "evidence" not in html
