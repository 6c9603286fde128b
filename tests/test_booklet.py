"""The printed booklet: what a candidate finds on its pages, and what those who set many forms at once rely on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page as page_validation
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, tostring

from quizgen.assemble import assemble
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.form import Candidate, Form, Layout, Settings
from quizgen.items.base import Shown
from quizgen.render import pages, pdf
from quizgen.render.screen import quiz_page
from quizgen.render.student import StudentItem, StudentPassage
from quizgen.render.templating import words as words_of

from .prints import needs_pango, pages_of
from .strategies import bank_records, file_of, seeds
from .test_page import form_of, framed, said

TEMPLATES = Path(__file__).parent.parent / "templates"
PLAIN = Settings(formats=("pdf",))


def laid_out(**layout: bool) -> Settings:
    """Settings with a layout."""
    return Settings(formats=("pdf",), layout=Layout(**layout))


def booklet_of(form: Form, made_with: Settings = PLAIN) -> HtmlElement:
    """The booklet before it is set, parsed."""
    return document_fromstring(pages.booklet(form, made_with).html)


def printed(form: Form, made_with: Settings = PLAIN) -> list[str]:
    """The text of each page of the booklet."""
    return pages_of(pdf.typeset([pages.booklet(form, made_with)])[0])


def forms_of(record: dict[str, Any], seed: str = "seed", number: int = 1) -> tuple[Form, ...]:
    """Forms with all items of a bank file that is given as plain data."""
    return assemble(Bank((file_of(record),)), Blueprint(quiz="booklet"), seed, number)[0]


def bank_of(*items: dict[str, Any], passages: tuple[dict[str, str], ...] = ()) -> dict[str, Any]:
    """A bank file as plain data."""
    named = [{"id": f"i{number}", "stem": f"Stem {number}?", **item} for number, item in enumerate(items)]
    return {"article": {"id": "a", "title": "The sea", "language": "en"}, "passages": list(passages), "items": named}


# --- What a candidate finds -------------------------------------------------------------------------------------


@needs_pango
def test_a_cover_has_a_sheet_of_its_own() -> None:
    """Its front tells all that must be known before the start, its back is blank, the form begins on a right page."""
    front, back, first, *_ = printed(framed(), laid_out(cover=True))
    told = ["School No. 5 & friends", "Tides", "20 questions", "Name Aigerim", "Write in pen only",
            "A wrong answer costs", "Do not open this booklet until you are told to."]  # fmt: skip
    text = " ".join(front.split())
    assert [text.index(words) for words in told] == sorted(text.index(words) for words in told)
    assert "Part 1" not in front
    assert re.fullmatch(r"Tides .* Aigerim <T.> 7b-04 Page 2 of \d", back.strip())
    assert first.strip().startswith("Part 1: the sea")


@needs_pango
def test_a_form_without_a_cover_begins_below_its_head() -> None:
    first = printed(framed())[0]
    assert "Do not open" not in first
    assert first.index("Name Aigerim") < first.index("Part 1: the sea")


_LONG = "\n\n".join(["The sea rises and falls twice a day, and nobody who lives beside it asks why. " * 4] * 6)
_SHORT = "The sea rises and falls."


def _read_and_judged(*texts: str) -> dict[str, Any]:
    """A bank with a passage and two statements for each text."""
    passages = tuple({"id": f"p{n}", "text": text, "heading": f"Heading {n}"} for n, text in enumerate(texts))
    items = [{"type": "true_false", "answer": "true", "passage": f"p{n // 2}"} for n in range(2 * len(texts))]
    return bank_of(*items, passages=passages)


@needs_pango
@pytest.mark.parametrize("cover", [True, False])
def test_a_long_passage_faces_its_items(cover: bool) -> None:
    (form,) = forms_of(_read_and_judged(_LONG, _SHORT, _LONG))
    sheets = printed(form, laid_out(facing=True, cover=cover))
    for heading, stems in (("Heading 0", ("Stem 0", "Stem 1")), ("Heading 2", ("Stem 4", "Stem 5"))):
        (left,) = [number for number, sheet in enumerate(sheets, start=1) if heading in sheet]
        assert left % 2 == 0
        assert all(stem in sheets[left] for stem in stems)  # the page after it
    (short,) = [sheet for sheet in sheets if "Heading 1" in sheet]
    assert "Stem 2" in short
    assert len(printed(form)) < len(sheets)


@needs_pango
def test_a_passage_of_two_pages_begins_on_the_left_and_its_items_follow_it() -> None:
    (form,) = forms_of(_read_and_judged("\n\n".join([_LONG] * 2)))
    _, left, right, *_ = printed(form, laid_out(facing=True))
    assert "Heading 0" in left
    assert "Stem 0" in right


@pytest.mark.parametrize(
    ("text", "facing"),
    [
        (_SHORT, ""),
        (_LONG, "page"),
        (_LONG * 3, "pages"),
        ("![A pier](pier.png)\n\n" + "word " * 60, "page"),
        ("海が満ちる。" * 130, "page"),
        ("\n".join(f"| {row} | wide |" for row in range(20)), "page"),
        ("Lines that\nan author broke,\nbecause an editor\nis narrow.\n" * 5, ""),
    ],
)
def test_the_text_decides_whether_a_passage_is_to_face_its_items(text: str, facing: str) -> None:
    assert StudentPassage(1, None, text, "en").facing == facing


def options(*texts: str) -> int:
    """The number of columns in which these options are printed."""
    return StudentItem(1, Shown("multiple_choice", "Which?", 1, choices=texts)).columns


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (("1931", "1932", "1933", "1934"), 4),
        (("yes", "no"), 4),
        (("one", "two", "three", "four", "five"), 2),
        (("on the mud", "in the water", "on a pier", "at sea"), 2),
        (("on the mud", "in the water", "on a pier"), 1),
        (("on the mud", "in the water", "on a pier", "where it was left a day ago"), 1),
        (("1", "2", "3", "![A pier](pier.png)"), 1),
        (("1", "2", "3", "$$x$$"), 1),
        (("1", "2", "3", "[](line)"), 1),
        ((r"\(x\)", r"\(y\)", r"\(z\)", r"\(xy\)"), 4),
        ((r"\(x\)", r"\(y\)", r"\(z\)", r"\(\frac{x}{2}\)"), 2),
        (("海", "月", "海と月", "満ち潮"), 4),
        (("海が満ちる。" * 3, "海", "月", "潮"), 1),
    ],
)
def test_options_stand_in_columns_where_all_are_short(texts: tuple[str, ...], columns: int) -> None:
    assert options(*texts) == columns


@needs_pango
@pytest.mark.parametrize(
    ("letter", "mark"),
    [("W", ""), ("m", ""), ("n", ""), ("8", ""), ("海", ""), ("%", ""), ("Ж", ""), ("W", "**"), ("m", "`")],
)
@pytest.mark.parametrize("columns", [2, 4])
def test_an_option_in_a_column_never_takes_two_lines(letter: str, mark: str, columns: int) -> None:
    """As many of the widest letters as an option may have that stands in so many columns."""

    def texts(number: int) -> list[str]:
        return [f"{mark}{letter * (number - fewer)}{mark}" for fewer in range(4)]

    number = max(number for number in range(4, 40) if options(*texts(number)) == columns)
    answer, *distractors = texts(number)
    (form,) = forms_of(bank_of({"type": "multiple_choice", "answer": answer, "distractors": distractors}))
    lines = [line for line in printed(form)[0].split("\n") if re.match("[A-D] ", line)]
    assert len(lines) == 4 // columns
    assert sum(line.count(letter) for line in lines) == 4 * number - 6


def test_there_is_room_for_every_kind_of_answer() -> None:
    record = bank_of(
        {"type": "essay", "lines": "7"},
        {"type": "numeric", "answer": "3", "unit": "km"},
        {"type": "short_answer", "answers": ["mud"]},
        {"type": "ordering", "sequence": ["low", "rising", "high"]},
        {"type": "matching", "pairs": {"pier": "1931", "wall": "1870"}, "distractors": ["1906"]},
        {"type": "cloze", "text": "On the {{mud}} by the {{pier}}.", "word_bank": ["sand", "clay"]},
    )
    (form,) = forms_of(record)
    shown: Any = booklet_of(form).xpath("//div[@class='answer']")
    answers: dict[str, Any] = {placed.item.type: answer for placed, answer in zip(form.items, shown, strict=True)}
    assert len(answers["essay"].xpath(".//div[@class='line']")) == 7
    assert said(answers["numeric"]) == "Answer km"
    assert said(answers["short_answer"]) == "Answer"
    assert said(answers["ordering"].xpath("p[@class='places']")[0]) == "Letters in order 1 2 3"
    assert len(answers["ordering"].xpath(".//*[@class='box']")) == 3
    assert said(answers["matching"]).startswith("Write a letter in each box. 1")
    assert len(answers["matching"].xpath(".//ol[@class='prompts']//*[@class='box']")) == 2
    assert len(answers["matching"].xpath(".//ol[@class='matches']/li")) == 3
    assert said(answers["cloze"]) == "clay mud pier sand On the 1 by the 2 ."


@needs_pango
@pytest.mark.parametrize("layout", [{}, {"cover": True, "facing": True}])
def test_a_booklet_is_accessible(layout: dict[str, bool]) -> None:
    """Also with a cover, a passage that faces its items, options in columns and a word bank."""
    record = _read_and_judged(_LONG)
    record["items"] += bank_of(
        {"id": "c", "type": "cloze", "text": "On the {{mud}} by the {{pier}}.", "word_bank": ["sand"]},
        {"id": "m", "type": "multiple_choice", "answer": "1931", "distractors": ["1932", "1933", "1934"]},
    )["items"]
    content = pdf.typeset([pages.booklet(forms_of(record)[0], laid_out(**layout))])[0]
    found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert found.is_compliant, [fault.message for fault in found.failures]


def test_a_word_bank_is_on_the_screen_too() -> None:
    (form,) = forms_of(bank_of({"type": "cloze", "text": "On the {{mud}}.", "word_bank": ["clay"]}))
    page: Any = document_fromstring(quiz_page(form, Settings()).decode())
    assert said(page.xpath("//p[@class='how']")[0]) == "Words: clay · mud"


@given(change=st.permutations(["mud", "sand", "clay", "pier"]), gaps=st.integers(1, 4))
def test_a_form_with_a_word_bank_is_the_same_whichever_word_belongs_to_which_gap(change: list[str], gaps: int) -> None:
    made = []
    for words in (["clay", "mud", "pier", "sand"], change):
        text = "The " + " and the ".join(f"{{{{{word}}}}}" for word in words[:gaps]) + "."
        (form,) = forms_of(bank_of({"type": "cloze", "text": text, "word_bank": words[gaps:]}))
        made.append(pages.booklet(form, PLAIN).html)
    assert made[0] == made[1]


def test_a_reader_is_told_where_things_belong_and_where_they_end() -> None:
    """Which items are about a passage; the end of each part but the last, and of the test; the sources of the texts."""
    page = booklet_of(framed())
    about = [said(line) for line in page.xpath("//p[@class='about']")]
    assert about[:2] == ["Questions 1–9 are about this passage.", "Question 10 is about this passage."]
    ends = [said(line) for line in page.xpath("//p[@class='end']")]
    assert ends == ["End of this part. Go on to the next one."] * 2 + ["End of the test"]
    assert said(page.xpath("//footer/p")[0]).startswith("Tides and pendulums: N. N.")


@needs_pango
@pytest.mark.parametrize("name", ["arabic", "japanese", "framed"])
def test_every_part_of_the_foot_is_on_every_page(name: str) -> None:
    form = form_of(name)
    sheets, spoken = printed(form), words_of(form.language)
    label = form.candidate.id if form.candidate else spoken["form"].format(id="A")
    for number, sheet in enumerate(sheets, start=1):
        foot = sheet.strip().split("\n")[-1]  # in the order of the page, from right to left too
        told = f"{label} {spoken['page']} {number} {spoken['of']} {len(sheets)}"
        assert all(part in foot for part in re.findall(r"[^\W\d]+|\d+", told)), foot


# --- What those who set many forms at once rely on ----------------------------------------------------------------


def _alike(block: HtmlElement) -> str:
    """A block without what may differ between forms: the texts of its slots, and the order of what moves."""
    copy: HtmlElement = document_fromstring(tostring(block, encoding="unicode", with_tail=False))
    for slot in copy.xpath("//*[@data-slot]"):
        assert len(slot) == 0  # a slot is a text
        slot.text = None
    for moving in copy.xpath("//*[@data-move]"):
        entries = sorted(moving, key=lambda entry: tostring(entry, encoding="unicode", with_tail=False))
        for entry in list(moving):
            moving.remove(entry)
        for entry in entries:
            entry.tail = None
            moving.append(entry)
        moving.text = None
    return str(tostring(copy, encoding="unicode"))


def _blocks(form: Form, made_with: Settings) -> Iterator[tuple[str, str]]:
    """The items, passages and sections' ends of a booklet: what each is, and what does not differ between forms."""
    page = booklet_of(form, made_with)
    for placed, block in zip(form.items, page.xpath("//div[@class='item']"), strict=True):
        yield placed.item.id, _alike(block)
    passages = [item_set.passage.id for item_set in form.sets if item_set.passage]
    for name, block in zip(passages, page.xpath("//div[@class='passage']"), strict=True):
        yield name, _alike(block)
    for block in page.xpath("//header | //footer | //p[@class='end'] | //div[@class='foot']"):
        yield str(block.get("class") or block.tag), _alike(block)


@settings(max_examples=40)
@given(record=bank_records(), seed=seeds, facing=st.booleans(), cover=st.booleans())
def test_forms_differ_only_in_slots_and_in_order(record: dict[str, Any], seed: str, facing: bool, cover: bool) -> None:
    first, second = forms_of(record, seed, 2)
    second = replace(second, candidate=Candidate("7b-04", "Aigerim", 0.5))
    made_with = laid_out(facing=facing, cover=cover)
    assert sorted(_blocks(first, made_with)) == sorted(_blocks(second, made_with))


@given(record=bank_records(), seed=seeds)
def test_a_booklet_names_no_item_and_no_option(record: dict[str, Any], seed: str) -> None:
    """Nothing becomes a named place of the PDF; slots and what moves are all that is marked."""
    page = booklet_of(forms_of(record, seed)[0])
    marks = {str(value.attrname) for value in page.xpath("//@*")}
    assert marks <= {
        "lang",
        "dir",
        "class",
        "style",
        "src",
        "alt",
        "charset",
        "scope",
        "data-slot",
        "data-move",
        "data-lines",
    }
    assert {str(slot) for slot in page.xpath("//@data-slot")} <= {
        "form", "name", "facts", "passage", "untitled", "about", "number", "letter", "foot-name", "foot-form", "folio",
    }  # fmt: skip
    for entry in page.xpath("//*[@data-move]/*"):
        assert [part.get("class") for part in entry] == ["letter", "body"]


def test_no_look_depends_on_what_stands_before_or_after() -> None:
    """But between the paragraphs of one text, which never move."""
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", (TEMPLATES / "paper.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    odd = [line for line in rules.split("\n") if re.search(r"[+~]|:(first|last|nth|only)", line)]
    assert [rule.strip() for rule in odd] == ["p + p", "p > .picture:only-child"]


def _items(form: Form) -> list[Any]:
    """The boxes of the items of a booklet, on one endless page."""
    (sheet,) = pdf.lay_out(pages.booklet(form, PLAIN), endless=True).pages
    return [
        box for box in sheet._page_box.descendants() if box.element_tag == "div" and box.element.get("class") == "item"
    ]


@needs_pango
@settings(max_examples=8, deadline=None)
@given(record=bank_records(), seed=seeds)
def test_an_item_is_as_high_wherever_it_stands(record: dict[str, Any], seed: str) -> None:
    first, second = (
        {placed.item.id: box.height for placed, box in zip(form.items, _items(form), strict=True)}
        for form in forms_of(record, seed, 2)
    )
    assert first == pytest.approx(second)


@needs_pango
def test_what_is_in_a_slot_moves_nothing() -> None:
    """No name, no id and no number is so short or so long that anything else comes to stand elsewhere."""
    candidates = [None, Candidate("1", "I"), Candidate("a-long-id-of-a-school-in-Bishkek", "Ж" * 60, 1.0)]
    places = []
    for candidate in candidates:
        form = replace(framed(candidate), minutes_given=20)
        places.append([(box.position_x, box.position_y, box.height) for box in _items(form)])
    assert len(places[0]) == 20
    assert places[0] == places[1] == places[2]
