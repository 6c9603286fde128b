"""Editions: the same items, numbers, letters and keys in all of them; and what each is for."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import chain
from typing import Any

import page as page_validation
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen import fonts
from quizgen.assemble import assemble
from quizgen.assemble.reduced import reduced
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.editions import NAMES, STANDARD, Edition, EditionError, made, parse, parse_list
from quizgen.form import Form, Settings, record
from quizgen.items import MultipleChoice, letter
from quizgen.render import aloud, pages, plain
from quizgen.render.linear import WIDTH, wrapped
from quizgen.render.pdf import typeset
from quizgen.render.spoken import spoken
from quizgen.render.templating import source, words

from .prints import needs_pango, pages_of
from .strategies import bank_records, file_of, rekeyed, seeds

STYLED = ["large-print", "dyslexia-friendly", "high-contrast", "one-item-per-page"]


def forms_of(data: dict[str, Any], seed: str = "s", number: int = 1) -> tuple[Form, ...]:
    """Forms of a bank of plain data."""
    forms, found = assemble(Bank((file_of(data),)), Blueprint(quiz="editions"), seed, number)
    assert not found
    return forms


# --- Names ------------------------------------------------------------------------------------------------------


@given(names=st.lists(st.sampled_from(list(NAMES)), min_size=1), space=st.sampled_from(["", " "]))
def test_names_are_joined_in_any_order(names: list[str], space: str) -> None:
    text = f"{space}+{space}".join(names)
    if "standard" in names and not {*STYLED, "reduced-options"}.isdisjoint(names):
        with pytest.raises(EditionError, match="is not the standard edition"):
            parse(text)
        return
    edition = parse(text)
    assert edition.names == tuple(name for name in NAMES if name in names)
    assert parse(str(edition)) == edition
    assert edition.booklet or edition.script or edition.text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("large print", "write large-print"),
        ("Large-Print", "write large-print"),
        ("large-prnt", "did you mean 'large-print'?"),
        ("large-print, high-contrast", "write large-print+high-contrast"),
        ("standard+read-aloud+high-contrast", "write high-contrast+read-aloud"),
    ],
)
def test_who_writes_another_name_is_told_the_right_one(text: str, hint: str) -> None:
    with pytest.raises(EditionError) as told:
        parse(text)
    assert told.value.hint == hint


def test_a_list_of_editions() -> None:
    assert parse_list("standard, large-print ,large-print") == (STANDARD, Edition(("large-print",)))
    assert parse_list("") == (STANDARD,)


def test_a_candidates_own_edition_takes_the_place_of_the_standard_one() -> None:
    assert list(map(str, made(None, ["standard", "plain-text"]))) == ["standard", "plain-text"]
    assert list(map(str, made("large-print", ["standard", "plain-text"]))) == ["large-print", "plain-text"]
    assert list(map(str, made("large-print", ["large-print"]))) == ["large-print"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("standard", "booklet"),
        ("read-aloud", "booklet script"),
        ("large-print+read-aloud", "booklet script"),
        ("plain-text", "text"),
        ("standard+plain-text", "booklet text"),
        ("reduced-options+plain-text", "text"),
        ("reduced-options", "booklet"),
    ],
)
def test_what_an_edition_consists_of(text: str, what: str) -> None:
    edition = parse(text)
    assert [name for name in ("booklet", "script", "text") if getattr(edition, name)] == what.split()


# --- Nothing that a student gets depends on the key; all have the same letters ------------------------------------


@settings(max_examples=40)
@given(data=bank_records(), seed=seeds, change=st.integers(0, 10**6))
def test_text_and_script_are_the_same_bytes_when_the_key_changes(data: dict[str, Any], seed: str, change: int) -> None:
    twin = {**data, "items": [rekeyed(item, change + n) for n, item in enumerate(data["items"])]}
    for one, other in zip(forms_of(data, seed, 2), forms_of(twin, seed, 2), strict=True):
        assert plain.text(one) == plain.text(other)
        assert aloud.text(one) == aloud.text(other)
        assert aloud.page(one, "").html == aloud.page(other, "").html


@settings(max_examples=40)
@given(data=bank_records(["multiple_choice", "multiple_response", "ordering"]), seed=seeds)
def test_text_and_script_have_the_numbers_and_letters_of_the_manifest(data: dict[str, Any], seed: str) -> None:
    (form,) = forms_of(data, seed)
    told = record(form)
    for content in (plain.text(form), aloud.text(form)):
        numbers: list[int] = []
        letters: list[list[str]] = []
        for line in content.decode().split("\n"):
            if number := re.match(r"Question (\d+)\b", line):
                numbers.append(int(number[1]))
                letters.append([])
            elif option := re.match(r"([A-Z]): ", line):
                letters[-1].append(option[1])
        assert numbers == [item.number for item in told.items]
        assert letters == [[letter(place) for place, _ in enumerate(item.options)] for item in told.items]


EVERY_TYPE = {
    "article": {"id": "all", "title": "All of them", "language": "en", "license": "CC0-1.0"},
    "passages": [
        {"id": "river", "heading": "A river", "text": "It *rises* in the hills.\n\n`x = 1  # note`\n\n"
         "```python\nx = 1  # note\n```\n\n| Year | Depth |\n|--|--|\n| 1931 | 2 m |\n| 1932 | 3 m |\n\n"
         "1. first\n2. second\n\nIt is \\(d^2\\) deep “here” – and there."},
    ],
    "items": [
        {"id": "mc", "type": "multiple_choice", "stem": "Pick **one**.", "answer": "Day", "passage": "river",
         "distractors": ["Night", "Dawn", {"text": "None", "pinned": "last"}]},
        {"id": "mr", "type": "multiple_response", "stem": "Pick some.", "answers": ["Ink", "Oil"],
         "distractors": ["Ash", "Tar", "Mud", "Fog"]},
        {"id": "tf", "type": "true_false", "stem": "It is so.", "answer": "true"},
        {"id": "sa", "type": "short_answer", "stem": "Say it.", "answers": ["word"]},
        {"id": "nu", "type": "numeric", "stem": "Reckon.", "answer": "3", "unit": "km"},
        {"id": "ma", "type": "matching", "stem": "Match.", "pairs": {"Ore": "Iron", "Log": "Wood"},
         "distractors": ["Wool"]},
        {"id": "or", "type": "ordering", "stem": "Order.", "sequence": ["Egg", "Hen"]},
        {"id": "cl", "type": "cloze", "stem": "Fill in.", "text": "The {{sun}} and the {{moon}}."},
        {"id": "es", "type": "essay", "stem": "Write.", "lines": "3", "rubric": []},
    ],
}  # fmt: skip


# --- Print ------------------------------------------------------------------------------------------------------


def printed(edition: str, data: dict[str, Any] = EVERY_TYPE) -> bytes:
    """The booklet of an edition."""
    (form,) = forms_of(data)
    page = pages.booklet(form, Settings())
    html = page.html.replace("</style>", f"{source(*parse(edition).styles)}</style>", 1)
    return typeset([replace(page, html=html, faces=fonts.needed(html, [form.language]))])[0]


def sizes(content: bytes) -> set[float]:
    """The sizes of all that is written, in points."""
    found: set[float] = set()

    def note(text: str, cm: list[float], tm: list[float], _: Any, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * tm[3] * cm[3]), 1))

    for page in pypdf.PdfReader(BytesIO(content)).pages:
        page.extract_text(visitor_text=note)
    return found


def faces(content: bytes) -> set[str]:
    """The names of the fonts in the file."""
    sheets = pypdf.PdfReader(BytesIO(content)).pages
    return {str(font["/BaseFont"]) for page in sheets for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]


@needs_pango
@pytest.mark.parametrize("edition", [*STYLED, "dyslexia-friendly+large-print", "large-print+high-contrast"])
def test_a_booklet_has_the_same_words_in_every_edition(edition: str) -> None:
    def told(content: bytes) -> Counter[str]:
        """The letters: where one word ends and the next begins is for the eye."""
        found = " ".join(pages_of(content))
        for furniture in (r"Page \d+ of \d+", "Form A", "All of them"):
            found = re.sub(furniture, " ", found)
        return Counter("".join(found.split()))

    assert told(printed(edition)) == told(printed("standard"))


@needs_pango
@pytest.mark.parametrize("edition", ["large-print", "dyslexia-friendly+large-print", "large-print+high-contrast"])
def test_large_print_has_nothing_below_18_point(edition: str) -> None:
    assert min(sizes(printed(edition))) >= 18


@needs_pango
@pytest.mark.parametrize("edition", ["large-print", "dyslexia-friendly", "high-contrast"])
def test_there_are_no_italics(edition: str) -> None:
    assert any("Italic" in name for name in faces(printed("standard")))
    assert not any("Italic" in name for name in faces(printed(edition)))


def drawn(content: bytes) -> bytes:
    """The drawing of all pages, as PDF operators."""
    streams = (page.get_contents() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return b"".join(stream.get_data() for stream in streams if stream is not None)


@needs_pango
def test_high_contrast_is_black_and_bolder() -> None:
    def thinnest(content: bytes) -> float:
        """The width of the thinnest line, in points."""
        return min(float(width) for width in re.findall(rb"([\d.]+) w\b", drawn(content))) * 72 / 96

    content = printed("high-contrast")
    colours = re.findall(rb"([\d. ]+) (?:rg|RG|scn|SCN)\b", drawn(content))
    assert {colour.strip() for colour in colours} == {b"0 0 0"}
    assert thinnest(printed("standard")) < 1 <= thinnest(content)
    assert any("Medium" in name for name in faces(content))


@needs_pango
def test_each_item_has_a_page_of_its_own() -> None:
    starts = [re.findall(r"(?m)^(\d) 1 point", sheet) for sheet in pages_of(printed("one-item-per-page"))]
    assert list(chain(*starts)) == list("123456789")
    assert max(map(len, starts)) == 1


@needs_pango
def test_scripts_and_editions_are_accessible_pdf() -> None:
    (form,) = forms_of(EVERY_TYPE)
    for content in (typeset([aloud.page(form, "@page { size: a4; }")])[0], printed("large-print+high-contrast")):
        found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
        assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]


# --- Text -------------------------------------------------------------------------------------------------------


def test_the_text_is_linear_and_of_a_keyboard() -> None:
    content = plain.text(forms_of(EVERY_TYPE)[0]).decode()
    for told in (
        "Passage 1: A river\n------------------\n",
        "It _rises_ in the hills.\n",
        "[Table. Columns: 2. Rows: 2.]\n\nRow 1: Year: 1931; Depth: 2 m\nRow 2: Year: 1932; Depth: 3 m\n",
        "1. first\n2. second\n",
        'It is \\(d^2\\) deep "here" - and there.\n',
        "Pick *one*.\n",
        "T: True\nF: False\nAnswer: ____\n",
        "Answer: ____ km\n",
        ": ____, ____\n",
        "The [gap 1: ____] and the [gap 2: ____].\n",
    ):
        assert told in content
    assert content.count("\nD: None\n") == 1


@settings(max_examples=40)
@given(data=bank_records(), seed=seeds)
def test_no_line_is_longer_than_80_columns_that_can_be_parted(data: dict[str, Any], seed: str) -> None:
    (form,) = forms_of(data, seed)
    for content in (plain.text(form), aloud.text(form)):
        lines = content.decode().split("\n")
        assert all(len(line) <= WIDTH or " " not in line.strip() for line in lines)
        assert not re.search("[\u00ad\u200b\u2066-\u2069]", plain.text(form).decode())


@given(text=st.text(st.sampled_from("ab 日。"), min_size=1).map(lambda text: " ".join(text.split())))
def test_wrapping_loses_nothing(text: str) -> None:
    lines = list(wrapped(text * 9, "A: "))
    assert "".join("".join(lines).split()) == "A:" + "".join((text * 9).split())
    assert all(line.startswith("   ") for line in lines[1:])


def test_braille_users_get_gaps_in_one_piece() -> None:
    data = {**EVERY_TYPE, "items": [{"id": "c", "type": "cloze", "stem": "s", "text": "x" * 70 + " {{sun}} z"}]}
    assert "\n[gap 1: ____] z\n" in plain.text(forms_of(data)[0]).decode()


# --- Reading aloud ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        (r"T = 2\pi\sqrt{L}", "T equals 2 pi the square root of L"),
        (r"\frac{L}{g}", "L over g"),
        (r"\frac{x+1}{2}", "the fraction x plus 1, over 2, end of fraction"),
        (r"x^2 + y^3 \le z^{n+1}", "x squared plus y cubed is at most z to the power n plus 1, end of power"),
        (r"\sum_{i=1}^n a_i", "the sum from i equals 1 to n, of a sub i"),
        (r"30^\circ", "30 degrees"),
        (r"\vec{v} \cdot \bar{x}", "v with an arrow times x bar"),
    ],
)
def test_a_formula_is_read_in_words(tex: str, told: str) -> None:
    assert spoken(tex, words("en")) == told


def test_a_script_says_what_is_read_and_what_is_done() -> None:
    content = aloud.text(forms_of(EVERY_TYPE)[0]).decode()
    assert "[Read the passage once" in content
    assert "It is d squared deep “here” – and there.\n" in content
    assert "Table. Columns: 2. Rows: 2.\nRow 1: Year: 1931; Depth: 2 m\n" in content
    assert "The *gap 1* and the *gap 2*.\n" in content
    assert "The answer is in km.\n" in content
    assert content.endswith("[End of the form.]\n")


# --- Reduced options ----------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(data=bank_records(), seed=seeds)
def test_a_reduced_form_is_the_form_with_a_distractor_fewer(data: dict[str, Any], seed: str) -> None:
    for form in forms_of(data, seed, 2):
        fewer = reduced(form, seed)
        assert fewer.points == form.points
        for whole, part in zip(form.items, fewer.items, strict=True):
            item, twin = whole.item, part.item
            assert part.number == whole.number
            assert twin.correct_response() == item.correct_response()
            assert item.hand_scored or twin.score(twin.correct_response()) == item.points
            ids = [choice.id for choice in item.printed]
            gone = [choice for choice in item.printed if choice.id not in {left.id for left in twin.printed}]
            assert [choice.id for choice in twin.printed] == [name for name in ids if name not in [c.id for c in gone]]
            spare = isinstance(item, MultipleChoice) and len(item.distractors) > 2
            assert len(gone) == spare
            assert all(choice.pinned is None for choice in gone)
            assert sorted(choice.id for choice in twin.offered) == sorted(choice.id for choice in twin.printed)


@settings(max_examples=60)
@given(data=bank_records(["multiple_choice"]), seed=seeds, change=st.integers(0, 10**6))
def test_what_is_left_out_tells_no_more_than_that_it_is_wrong(data: dict[str, Any], seed: str, change: int) -> None:
    """Two keys that both stay leave the same one out, and so does every form of a build."""
    twin = {**data, "items": [rekeyed(item, change + n) for n, item in enumerate(data["items"])]}
    left: dict[str, list[frozenset[str]]] = {}
    keys: dict[str, set[Any]] = {}
    for form in (*forms_of(data, seed, 3), *forms_of(twin, seed, 1)):
        for placed in reduced(form, seed).items:
            left.setdefault(placed.item.id, []).append(frozenset(choice.id for choice in placed.item.printed))
            keys.setdefault(placed.item.id, set()).add(placed.item.correct_response())
    for name, kept in left.items():
        assert len(set(kept[:3])) == 1
        if keys[name] <= kept[0] & kept[3]:
            assert kept[3] == kept[0]


def test_a_reduced_form_has_letters_of_its_own() -> None:
    (form,) = forms_of(EVERY_TYPE)
    told = record(reduced(form, "s"))
    assert told.id == "A-reduced"
    before, now = record(form).items[0], told.items[0]
    assert len(before.options) == 4
    assert len(now.options) == 3
    assert now.options[-1] == "none"
    assert now.key == (letter(now.options.index("day")),)
    assert told.items[1:] == record(form).items[1:]
