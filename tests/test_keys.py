"""What teachers mark with, read back: the answers on one page, all forms side by side, overlays."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import page as page_validation
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from quizgen.assemble import assemble
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.bundled import TEMPLATES
from quizgen.form import Candidate, Form, Settings, record
from quizgen.items import ITEM_TYPES
from quizgen.render import pages, prints
from quizgen.render.keys import MOST_FORMS, answers, answers_alike, grid
from quizgen.render.overlay import RING, overlays, right
from quizgen.render.pdf import PrintPage, typeset
from quizgen.render.sheet import sheets
from quizgen.render.teacher import key_item
from quizgen.render.templating import Templates, using
from quizgen.sheet_geometry import Bubble

from .prints import items_of, needs_pango, pages_of
from .strategies import bank_records, file_of, item_of, plain_bank, records, rekeyed
from .test_page import form_of, framed
from .test_pdf import real_forms

pytestmark = needs_pango
PAPER = Settings(formats=("pdf",))


def printed(*found: PrintPage) -> list[bytes]:
    return typeset(found)[: len(found)]


def forms_from(record: dict[str, Any], forms: int = 1) -> tuple[Form, ...]:
    return assemble(Bank((file_of(record),)), Blueprint(quiz="keys"), "keys", forms)[0]


# --- The answers of one form on one page --------------------------------------------------------------------------


def answers_of(content: bytes) -> dict[int, str]:
    """The lines of a page of answers, by number."""
    (page,) = pages_of(content)
    lines = (re.fullmatch(r"(\d+) (.*?) [\d.]+", line) for line in page.split("\n"))
    return {int(line[1]): line[2] for line in lines if line}


def test_the_answers_name_the_text_that_the_bank_says_is_right() -> None:
    """The letters on the page are looked up in the quiz; what stands there must be what the bank says."""
    form = forms_from(plain_bank(24))[0]
    quiz_pdf, key_pdf = printed(pages.booklet(form, PAPER), answers(form, PAPER))
    quiz, told = items_of(quiz_pdf), answers_of(key_pdf)
    assert len(quiz) == len(told) == 24
    for placed in form.items:
        item: Any = placed.item
        texts = [quiz[placed.number].options[letter] for letter in told[placed.number].split(", ")]
        if item.type == "multiple_choice":
            assert texts == [item.answer.text]
        elif item.type == "multiple_response":
            assert set(texts) == {option.text for option in item.answers}
        else:
            assert texts == [option.text for option in item.sequence]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("size", [1, 20, 90, 200])
def test_answers_stand_on_one_page(size: int, paper: Any) -> None:
    (content,) = printed(answers(forms_from(plain_bank(size))[0], Settings(paper=paper)))
    assert sorted(answers_of(content)) == list(range(1, size + 1))


def test_long_answers_are_wrapped_or_cut_and_still_stand_on_one_page() -> None:
    long = "a rather long answer that goes on and on, as some teachers accept it"
    items = [{"id": f"i{n}", "type": "short_answer", "stem": "?", "answers": [f"{long} {n}"]} for n in range(200)]
    record = {"article": {"id": "long", "title": "Long", "language": "en"}, "items": items}
    few, many = printed(
        answers(forms_from({**record, "items": items[:30]})[0], PAPER), answers(forms_from(record)[0], PAPER)
    )
    assert long in " ".join(pages_of(few)[0].split())
    assert len(pages_of(few)) == len(pages_of(many)) == 1
    assert "a rather…" in pages_of(many)[0] or "a rather" in pages_of(many)[0]


def people_of(record_: dict[str, Any], count: int) -> tuple[Form, ...]:
    """A form for each of so many candidates."""
    people = [Candidate(f"7b-{n:02}", f"Jérôme Łoś №{n}") for n in range(count)]
    return assemble(Bank((file_of(record_),)), Blueprint(quiz="keys"), "keys", people)[0]


def stamped_lines(page: str) -> dict[int, tuple[str, str]]:
    """Answer and points by number, on a page of one of many forms."""
    return {int(n): (text, points) for n, text, points in re.findall(r"^(\d+)\n(.*)\n([\d.]+)$", page, re.MULTILINE)}


def test_the_answers_of_forty_forms_say_what_the_manifest_says() -> None:
    forms = people_of(plain_bank(24), 40)
    made = prints.answers(forms, PAPER)
    content = made.whole()
    for form, page, one in zip(forms, pages_of(content), made.each(), strict=True):
        keys = {entry.number: (entry.key, f"{entry.points:g}") for entry in record(form).items}
        expected = {n: (", ".join(key), points) for n, (key, points) in keys.items() if isinstance(key, tuple)}
        assert len(expected) == 24
        assert stamped_lines(page) == expected
        assert form.candidate is not None
        assert f"{form.candidate.id} · {form.candidate.name}" in page
        assert pages_of(one) == [page]
    found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]


def test_answers_of_many_forms_have_one_line_each() -> None:
    """What is too long for it is cut; what is not stands there whole, beside it."""
    words = "a rather long answer that goes on and on, as some teachers accept it"
    texts = [f"{words}, {words}, {n}" if n % 3 else f"short {n}" for n in range(30)]
    items = [{"id": f"i{n}", "type": "short_answer", "stem": "?", "answers": [text]} for n, text in enumerate(texts)]
    forms = people_of({"article": {"id": "long", "title": "Long", "language": "en"}, "items": items}, 25)
    for form, page in zip(forms, pages_of(prints.answers(forms, PAPER).whole()), strict=True):
        told = stamped_lines(page)
        for placed in form.items:
            item: Any = placed.item
            text, whole = told[placed.number][0], item.answers[0]
            assert text == whole if len(whole) < 30 else text.endswith("…") and whole.startswith(text[:-1])


def test_an_answer_runs_in_its_own_direction() -> None:
    """Letters on an Arabic page from left to right, Arabic on an English one from right to left (UAX #9, 2.4)."""
    (arabic,) = answers_alike([form_of("arabic")], PAPER)
    (every,) = answers_alike([form_of("all")], PAPER)
    for line in (*arabic.lines, *every.lines):
        letters, foreign = re.search("[A-F]|marked", line.text), re.search("[\u0600-\u06ff]", line.text)
        if foreign:
            assert line.text[0] + line.text[-1] == "\u2068\u2069"
        elif letters and line in arabic.lines:
            assert line.text[0] + line.text[-1] == "\u2066\u2069"
        elif line in every.lines:
            assert line.text[0] not in "\u2066\u2068"
    assert any("\u2068" in line.text for line in every.lines)


def test_a_template_without_slots_still_gives_each_form_its_own_page(tmp_path: Path) -> None:
    ours = (TEMPLATES / "answers.html.j2").read_text(encoding="utf-8")
    forms = people_of(plain_bank(3), 22)
    for name, text in (
        ("bare", re.sub(r' data-slot="\w+"', "", ours)),
        ("name", ours.replace("<h1>", "<h1>{{ head.name }}: ")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "answers.html.j2").write_text(text, encoding="utf-8")
        with using(Templates(tmp_path / name)):
            pages = pages_of(prints.answers(forms, PAPER).whole())
        for form, page in zip(forms, pages, strict=True):
            assert form.candidate is not None
            assert page.count(form.candidate.name) == (2 if name == "name" else 1)
            for entry in record(form).items:
                assert isinstance(entry.key, tuple)
                assert f"{entry.number} {', '.join(entry.key)} " in page


# --- All forms side by side ----------------------------------------------------------------------------------------


def _said(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def tables_of(found: PrintPage) -> tuple[dict[str, dict[str, str]], dict[int, dict[str, str]]]:
    """The cells of the grid: by item and form, and by number and form."""
    by_item: dict[str, dict[str, str]] = {}
    by_number: dict[int, dict[str, str]] = {}
    for table in html.fromstring(found.html).iter("table"):
        labels = [_said(cell) for cell in table.findall("thead/tr/th")][1:]
        for row in table.findall("tbody/tr"):
            first, *others = row
            cells = dict(zip(labels, map(_said, others), strict=True))
            if name := first.findtext("b"):
                by_item.setdefault(name, {}).update(cells)
            else:
                by_number.setdefault(int(_said(first)), {}).update(cells)
    return by_item, by_number


def test_a_grid_has_every_item_of_thirty_forms_both_ways() -> None:
    forms = real_forms(24, 30)
    by_item, by_number = tables_of(grid(forms, PAPER))
    for form in forms:
        label = f"Form {form.id}"
        for entry in record(form).items:
            key = ", ".join(entry.key) if isinstance(entry.key, tuple) else ""
            lettered = entry.type in ("multiple_choice", "multiple_response", "matching", "ordering")
            assert by_item[entry.name][label] == (f"{entry.number} {key}" if lettered else f"{entry.number}")
            if lettered:
                assert by_number[entry.number][label] == key


def test_a_grid_of_a_thousand_says_where_it_ends() -> None:
    form = form_of("tides")
    forms = [replace(form, id=f"s{n}", candidate=Candidate(f"s{n}", "Somebody")) for n in range(1000)]
    page = grid(forms, PAPER)
    assert f"{MOST_FORMS} of 1000 forms" in page.html
    assert len(tables_of(page)[1][1]) == MOST_FORMS


def test_dealt_forms_have_one_column_for_each_version() -> None:
    form = form_of("tides")
    dealt = [
        replace(form, id=f"s{n}", candidate=Candidate(f"s{n}", "Somebody"), version="AB"[n % 2]) for n in range(1000)
    ]
    page = grid(dealt, PAPER)
    assert list(tables_of(page)[1][1]) == ["Form A", "Form B"]
    assert len(overlays(dealt[:50], PAPER).pages) == 2


# --- Overlays ------------------------------------------------------------------------------------------------------


def ringed(form: Form, settings: Settings) -> list[Bubble]:
    """The bubbles that have a ring on the picture of the overlay, by the geometry of the sheet."""
    sheet = sheets([form], settings, quiz="keys", seed="keys").geometries[0]
    found = overlays([form], settings)
    scale = 10.0  # pixels in a millimetre
    circle = [(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 36, endpoint=False)]
    marked = []
    document = pypdfium2.PdfDocument(found.whole)
    for composed, page in zip(found.pages[0], document, strict=True):
        pixels = np.asarray(page.render(scale=scale * 25.4 / 72).to_pil().convert("L"))
        for bubble in sheet.pages[composed.common].bubbles:
            dark = [
                pixels[round((bubble.y + y * RING) * scale), round((bubble.x + x * RING) * scale)] < 128
                for x, y in circle
            ]
            if all(dark):
                marked.append(bubble)
    return marked


@settings(max_examples=12, deadline=None)
@given(record_=bank_records(), paper=st.sampled_from(["a4", "letter"]))
def test_an_overlay_marks_what_the_manifest_says_is_right(record_: dict[str, Any], paper: Any) -> None:
    """The rings are found in the picture at the places of the sheet, and compared with the key in the record."""
    form = forms_from(record_)[0]
    marked: dict[int, list[tuple[int | None, str]]] = {}
    for bubble in ringed(form, Settings(paper=paper)) if any(map(right, record(form).items)) else ():
        assert bubble.item is not None
        marked.setdefault(bubble.item, []).append((bubble.part, bubble.value))
    for entry in record(form).items:
        here = sorted(marked.pop(entry.number, []), key=lambda mark: mark[0] or 0)
        match entry.type:
            case "multiple_choice" | "multiple_response" | "true_false":
                assert tuple(value for _, value in here) == entry.key
            case "matching":
                assert tuple(f"{part}-{value}" for part, value in here) == entry.key
            case "ordering":
                assert tuple(value for _, value in here) == entry.key
            case "numeric":
                assert isinstance(entry.key, int | float)
                written = "".join(value for _, value in here)
                assert float(written) == entry.key if here else len(f"{entry.key}") > 6
            case _:
                assert not here
    assert not marked


def test_an_overlay_lies_on_the_sheet_and_is_none() -> None:
    """The frames stand round the places of the codes, the page is as large, what is read by a person is written out."""
    form = framed(None)
    found = overlays([form], PAPER)
    sheet = sheets([form], PAPER, quiz="keys", seed="keys")
    assert found.geometries == sheet.geometries
    with pikepdf.open(BytesIO(found.whole)) as one, pikepdf.open(BytesIO(sheet.whole)) as other:
        assert one.pages[0].mediabox == other.pages[0].mediabox
    text = pages_of(found.whole)[0]
    for words in ("For teachers only".upper(), "Form A", "the Moon / Luna", "twice / two times", "16.1 ± 0.1 m"):
        assert words in text
    geometry, pixels = (
        found.geometries[0],
        pypdfium2.PdfDocument(found.whole)[0].render(scale=10 * 25.4 / 72).to_numpy(),
    )
    half = geometry.code / 2
    for x, y in geometry.corners:
        for place in np.linspace(-half * 0.9, half * 0.9, 9):
            edge = pixels[round((y + place) * 10), round((x - half) * 10) - 2 : round((x - half) * 10) + 5]
            assert edge.min() < 128


# --- Together ------------------------------------------------------------------------------------------------------


def test_all_of_it_says_that_it_is_for_teachers_and_can_be_read_by_everyone() -> None:
    forms = [framed(None), replace(form_of("tides"), id="B")]
    made = printed(answers(forms[0], PAPER), grid(forms, PAPER), pages.key(forms[0], PAPER))
    made.append(overlays(forms, PAPER).whole)
    for content in made:
        assert "for teachers only" in pages_of(content)[0].lower()
        found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
        assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]


def test_another_key_changes_what_teachers_get() -> None:
    one = plain_bank(3)
    two = {**one, "items": [rekeyed(item, 7) for item in one["items"]]}
    made = [[answers(form, PAPER).html, overlays([form], PAPER).whole] for form in (*forms_from(one), *forms_from(two))]
    assert made[0][0] != made[1][0]
    assert made[0][1] != made[1][1]


# --- The full key ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(ITEM_TYPES))
@given(data=st.data())
def test_what_moves_in_a_key_has_one_id_for_each_entry(kind: str, data: st.DataObject) -> None:
    """The typesetter of many forms puts the entries of a list in order by these ids, so they must be the entries'."""
    item = item_of(data.draw(records(kind)))
    twin = item.shuffled(lambda name: name[::-1].encode())
    form = form_of("tides")
    source, placed = next(form.sets).source, next(form.items)
    keys = [key_item(replace(placed, item=found), source) for found in (item, twin)]
    for name in ("lines", "others"):
        entries = [
            dict(zip(key.orders[name], (e.text for e in getattr(key, name)), strict=True)) if name in key.orders else {}
            for key in keys
        ]
        assert entries[0] == entries[1]
        if not entries[0]:
            assert [e.text for e in getattr(keys[0], name)] == [e.text for e in getattr(keys[1], name)]
