"""Every script is printed so that it can be read, also by a program; and what no font has is said before."""

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import page as page_validation
import pikepdf
import pypdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen import fonts
from quizgen.assemble import assemble
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.bundled import TEMPLATES
from quizgen.diagnostics import Diagnostic, Span
from quizgen.form import Candidate, Form
from quizgen.render import pdf
from quizgen.render.glyphs import lacking, uncovered
from quizgen.render.media import Assets
from quizgen.render.unicode_map import mend, readable

from .prints import needs_pango

STYLE = (TEMPLATES / "paper.css").read_text()

# Words with all that a script does to letters: forms by place, marks, conjuncts, vowels before their consonant.
SCRIPTS = {
    "en": "The office of a fjord: naïve, efficient, affluent",
    "vi": "Cafe\u0301 ố ợ e\u0323 Việt Nam g\u0303",
    "grc": "Ἐν ἀρχῇ ἦν ὁ λόγος καὶ ὁ λόγος ἦν",
    "ru": "Съешь ещё этих мягких булок",
    "ky": "Кыргыз тилиндеги жаңы сөздөр өтө көп",
    "ar": "كَتَبَ الوَلَدُ الدَّرْسَ فِي بَيْتِهِ وَقَرَأَ لِلْمُعَلِّمِ لا إله إلا الله",
    "ar-x-plain": "ذهب الولد إلى المدرسة في الصباح الباكر ثم بحث تحت الشجرة",
    "fa": "پرنده\u200cها چگونه به گنجشک می\u200cگویند",
    "ur": "ٹیپو سلطان ڈاکٹر کے گھر میں",
    "he": "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם",
    "hi": "क्षत्रिय विद्यार्थी कर्म किताब हिन्दी ज्ञान श्री द्वितीय र्कि",
    "th": "น้ำท่วมที่กรุงเทพฯ ผู้ใหญ่กำลังทำนา ปั๊ม",
    "zh": "她在图书馆里读了一本书。",
    "zh-Hant": "她在圖書館裡讀了一本書。",
    "ja": "図書館で本を読みました。カタカナ",
    "ko": "도서관에서 책을 읽었습니다",
}


def page(texts: Iterable[tuple[str, str]], own: tuple[fonts.Face, ...] = ()) -> pdf.PrintPage:
    body = "".join(
        f'<p lang="{tag}" dir="{"rtl" if tag[:2] in ("ar", "fa", "ur", "he") else "ltr"}">{text}</p>'
        for tag, text in texts
    )
    html = f'<!DOCTYPE html><html lang="en"><title>t</title><style>{STYLE}</style><body>{body}'
    return pdf.PrintPage(html, fonts.needed(html, [tag for tag, _ in texts], own), Assets())


def printed(what: pdf.PrintPage) -> bytes:
    """The page as WeasyPrint prints it for readers."""
    made = BytesIO()
    with pdf.quiet(), readable():
        pdf.lay_out(what).write_pdf(made, pdf_variant="pdf/ua-1", finisher=mend)
    return made.getvalue()


def found_by_pypdf(content: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(content)).pages)


def found_by_pdfium(content: bytes) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(content))


def in_order(text: str) -> str:
    """The text with its marks in the order that Unicode calls equal, and without what directs the line only."""
    return unicodedata.normalize("NFD", "".join(char for char in text if char not in "\u2066\u2069\u2060")).strip()


# --- What is read ----------------------------------------------------------------------------------------------


@needs_pango
@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("reader", [found_by_pypdf, found_by_pdfium])
def test_a_text_is_read_from_the_pdf_as_it_was_typed(language: str, reader: object) -> None:
    assert callable(reader)
    text = SCRIPTS[language]
    read = in_order(reader(printed(page([(language, text)]))))
    assert read == in_order(text)


@needs_pango
def test_all_scripts_on_one_page_are_accessible() -> None:
    content = printed(page(SCRIPTS.items()))
    found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]
    read = in_order(found_by_pypdf(content)).splitlines()
    assert [line.strip() for line in read if line.strip()] == [in_order(text) for text in SCRIPTS.values()]


@needs_pango
@settings(max_examples=15)
@given(
    words=st.lists(
        st.sampled_from([word for text in SCRIPTS.values() for word in text.split()]), min_size=1, max_size=8
    )
)
def test_words_of_any_scripts_can_be_read_on_any_page(words: list[str]) -> None:
    """One glyph stands for other letters on other lines: each line has to say its own."""
    lines = [("en", word) for word in words]
    content = printed(page(lines))
    assert [in_order(line) for line in found_by_pypdf(content).splitlines() if line.strip()] == list(
        map(in_order, words)
    )
    assert page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1).is_compliant


@needs_pango
def test_what_can_be_read_looks_as_it_did() -> None:
    """The way of WeasyPrint and ours differ by the fractions of a pixel to which it rounds, and nowhere by a letter."""
    what = page(SCRIPTS.items())
    before, after = BytesIO(), printed(what)
    with pdf.quiet():
        pdf.lay_out(what).write_pdf(before, pdf_variant="pdf/ua-1")
    inks = []
    for content in (before.getvalue(), after):
        picture = pypdfium2.PdfDocument(content)[0].render(scale=100 / 72).to_pil().convert("L")
        inks.append([[int(dot < 128) for dot in row] for row in _blocks(picture)])
    for row, other in zip(*inks, strict=True):
        assert abs(sum(row) - sum(other)) <= 2


def _blocks(picture: object, size: int = 12) -> list[list[int]]:
    """The mean grey of the squares of a picture, row by row."""
    from PIL.Image import Image

    assert isinstance(picture, Image)
    small = picture.reduce(size)
    return [[int(small.getpixel((x, y)) or 0) for x in range(small.width)] for y in range(small.height)]  # type: ignore[arg-type]


@needs_pango
@pytest.mark.parametrize(
    "rule", ["", "letter-spacing: 0.08em; word-spacing: 0.2em", "text-align: justify; width: 60mm"]
)
def test_lines_from_right_to_left_begin_at_the_right_margin(rule: str) -> None:
    """What is drawn is as long as the line that was laid out: no glyph's place is lost."""
    edges = []
    for language in ("ar", "fa", "ur", "he"):
        what = page([(language, SCRIPTS[language])])
        content = printed(replace(what, html=what.html.replace("</style>", f"p {{ {rule} }}</style>")))
        picture = pypdfium2.PdfDocument(content)[0].render(scale=100 / 72).to_pil().convert("L")
        edges.append(picture.point(lambda grey: 255 * (grey < 128)).getbbox()[2])
    assert max(edges) - min(edges) <= 2


@needs_pango
def test_the_same_page_gives_the_same_bytes() -> None:
    what = page(SCRIPTS.items())
    assert printed(what) == printed(what)


@needs_pango
def test_a_page_in_plain_letters_is_as_weasyprint_makes_it() -> None:
    what, made = page([("en", SCRIPTS["en"]), ("ru", SCRIPTS["ru"]), ("ja", SCRIPTS["ja"])]), BytesIO()
    with pdf.quiet():
        pdf.lay_out(what).write_pdf(made, pdf_variant="pdf/ua-1")
    assert printed(what) == made.getvalue()


# --- What no font has ------------------------------------------------------------------------------------------

BANK = r"""article: {id: a, title: "Tibet ཀ", language: en}
passages:
  - {id: p, text: "A crab 🦀 and \u0441\u0332."}
  - {id: idle, text: "ꦗ"}
items:
  - {id: private, type: true_false, passage: p, stem: "\ue000 or \u0378", answer: true}
  - {id: seal, type: multiple_choice, stem: 葛󠄀, answer: 𝕏 ∑ სა, distractors: [ⴰ, ok]}
"""


def forms_of(text: str) -> tuple[Form, ...]:
    file, found = parse(text, "a.yaml")
    assert file, found
    return assemble(Bank((file,)), Blueprint(quiz="a"), "seed", 1)[0]


def told(found: list[Diagnostic]) -> str:
    assert {each.code for each in found} == {"Q551"}
    return "\n".join(map(str, found))


def test_every_character_without_a_font_is_told_with_its_item_and_a_font_that_has_it() -> None:
    said = told(uncovered(forms_of(BANK)))
    for part in (
        "a.yaml:1:32: error[Q551]: no font has 'ཀ' (U+0F40 TIBETAN LETTER KA), in the article",
        "Noto Serif Tibetan (https://notofonts.github.io)",
        "a.yaml:3:27: error[Q551]: no font has '🦀' (U+1F980 CRAB), in passage 'p'",
        "add Noto Emoji (black and white)",
        "(U+E000), in item 'private'",
        "a private-use character means something in one font only",
        "(U+0378), in item 'private'",
        "has no such character",
        "(U+E0100 VARIATION SELECTOR-17), in item 'seal'",
        "take the variation selector out",
        "'𝕏' (U+1D54F MATHEMATICAL DOUBLE-STRUCK CAPITAL X), in item 'seal'",
        "Noto Sans Math",
        "'ა' (U+10D0 GEORGIAN LETTER AN), 'ს' (U+10E1 GEORGIAN LETTER SAN)",
        "Noto Serif Georgian",
        "'ⴰ' (U+2D30 TIFINAGH LETTER YA)",
        "Noto Sans Tifinagh",
    ):
        assert part in said
    assert "∑" not in {char for line in said.splitlines() if "no font has" in line for char in line.split(", in ")[0]}


def test_what_is_not_in_a_form_does_not_matter() -> None:
    """Passages that no item of the form is about may hold what cannot be printed."""
    assert "JAVANESE" not in told(uncovered(forms_of(BANK)))


def test_a_letter_with_a_mark_that_no_font_has_together_is_told() -> None:
    bank = 'article: {id: a, title: A, language: en}\nitems:\n  - {id: i, type: true_false, stem: "%s", answer: true}\n'
    for sound in ("e\u0301", "q\u0303", "ḗ", "שָּׁ", "كَ"):
        assert not uncovered(forms_of(bank % sound)), sound
    said = told(uncovered(forms_of(bank % "ก\u0307")))
    assert (
        "no font has 'ก\u0307' as one (U+0E01 THAI CHARACTER KO KAI with U+0307 COMBINING DOT ABOVE), in item 'i'"
        in said
    )


def test_names_of_candidates_and_texts_of_the_blueprint_are_looked_at() -> None:
    bank = (
        "article: {id: a, title: A, language: en}\nitems:\n  - {id: i, type: true_false, stem: Is it?, answer: true}\n"
    )
    form = forms_of(bank)[0]
    some = [
        replace(form, header="ខ្មែរ", candidate=Candidate("7b-01", "Ω")),
        replace(form, header="ខ្មែរ", candidate=Candidate("7b-02", "Wayan ꦮ")),
    ]
    found = uncovered(
        some,
        blueprint=lambda *path: Span("plan.yaml", 7) if path == ("header",) else Span("plan.yaml"),
        roster=("7b.csv", "id,name\n7b-01,Ω\n7b-02,Wayan ꦮ\n"),
    )
    assert [(each.span.file, each.span.line) for each in found] == [("plan.yaml", 7), ("7b.csv", 3)]
    assert "in the header of the form" in found[0].message
    assert "in the name of '7b-02'" in found[1].message
    assert found[1].span.column == 13


# --- A school's own fonts --------------------------------------------------------------------------------------


def font_with(path: Path, family: str, characters: str, *, weight: int = 400, width: int = 5) -> None:
    """A font in which each of the characters is a square."""
    pen = TTGlyphPen(None)
    for place, corner in enumerate(((100, 0), (100, 700), (800, 700), (800, 0))):
        (pen.lineTo if place else pen.moveTo)(corner)
    pen.closePath()
    names = [".notdef", *(f"g{ord(char)}" for char in characters)]
    made = FontBuilder(1000)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(char): f"g{ord(char)}" for char in characters})
    made.setupGlyf({name: pen.glyph() for name in names})
    made.setupHorizontalMetrics(dict.fromkeys(names, (900, 100)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": family, "styleName": "Regular"})
    made.setupOS2(usWeightClass=weight, usWidthClass=width)
    made.setupPost()
    made.font["head"].created = made.font["head"].modified = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(path)


def test_of_a_folder_only_the_families_are_taken_that_have_what_is_missing(tmp_path: Path) -> None:
    font_with(tmp_path / "deep" / "tib.ttf", "My Tibetan", "ཀཁ")
    font_with(tmp_path / "tib-bold.ttf", "My Tibetan", "ཀཁ", weight=700)
    font_with(tmp_path / "narrow.ttf", "My Tibetan", "ཀཁ", width=3)
    font_with(tmp_path / "other.ttf", "Other Tibetan", "ཀ")
    font_with(tmp_path / "house.ttf", "House", "ab")
    (tmp_path / "broken.ttf").write_bytes(b"no font at all")
    taken = [(face.family, face.file, face.weight) for face in fonts.own_faces(tmp_path, "ཀ")]
    assert taken == [("My Tibetan", "deep/tib.ttf", 400), ("My Tibetan", "tib-bold.ttf", 700)]
    assert [face.family for face in fonts.own_faces(tmp_path, "", 'h1 { font-family: "House" }')] == ["House"]
    assert not fonts.own_faces(tmp_path, "")
    assert not fonts.missing("ཀཁ", fonts.own_faces(tmp_path, "ཀ"))


def test_what_the_schools_fonts_have_is_not_told(tmp_path: Path) -> None:
    font_with(tmp_path / "own.ttf", "Own", "".join(lacking(forms_of(BANK)) - {"🦀"}))
    said = told(uncovered(forms_of(BANK), fonts.own_faces(tmp_path, lacking(forms_of(BANK)))))
    assert said.count("no font has") == 1
    assert "CRAB" in said


@needs_pango
def test_a_character_that_only_the_schools_font_has_is_printed_in_it(tmp_path: Path) -> None:
    family = 'Own "quoted" \\ font'
    font_with(tmp_path / "own.ttf", family, "🦀ཀ")
    own = fonts.own_faces(tmp_path, "🦀ཀ")
    content = printed(page([("en", "a crab 🦀 and ཀ")], own))
    assert found_by_pypdf(content).strip() == "a crab 🦀 and ཀ"
    with pikepdf.open(BytesIO(content)) as document:
        used = {
            str(obj.FontFamily)
            for obj in document.objects
            if isinstance(obj, pikepdf.Dictionary) and "/FontFamily" in obj
        }
    assert family in used
    assert "Own" not in fonts.css(page([("en", "a crab")], own).faces)
