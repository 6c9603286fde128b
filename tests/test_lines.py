"""Lines of passages as they are printed, the numbers beside them, and what cites them."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import page as page_validation
import pypdfium2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import html

from quizgen import fonts, markup
from quizgen.quotations import letters, places
from quizgen.render import pdf
from quizgen.render.lines import Lines, Ruler, citing, number, passages_only, read
from quizgen.render.margins import Kept
from quizgen.render.margins import numbered as numbered_on_screen
from quizgen.render.media import Assets, Paper, Screen, TextSetter
from quizgen.render.student import student_form
from quizgen.render.templating import direction, source, words

from .prints import needs_pango, pages_of
from .test_page import form_of

SAID = words("en")


def said(text: str) -> str:
    """A text with plain spaces."""
    return " ".join(text.split())


# --- Where words stand ------------------------------------------------------------------------------------------

HARBOUR = """The tide leaves *twice* a day,
and then boats lie on the mud.

A new pier was opened in 1931; no tides keep ships from it.

| pier | opened |
|---|---|
| old | 1870 |"""


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        ("twice a day", ["twiceaday"]),
        ("day, and then", ["day,andthen"]),
        ("tide", ["tide"]),
        ("ide", ["ide", "ide"]),
        ("pier", ["pier", "pier"]),
        ("the *mud*. A new", ["themud.Anew"]),
        ("the sea", []),
        ("", []),
    ],
)
def test_words_are_found_wherever_lines_and_marks_are(quoted: str, found: list[str]) -> None:
    whole = letters(markup.to_plain(HARBOUR))
    assert [whole[place.start : place.stop] for place in places(quoted, HARBOUR)] == found


@given(st.data())
def test_what_was_taken_from_a_text_stands_in_it(data: st.DataObject) -> None:
    text = data.draw(st.text("ab \n\u00adéж日,", min_size=1).filter(str.strip))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    assume(letters(text[start:end]))
    found = places(text[start:end], text)
    assert found
    assert all(letters(text)[place.start : place.stop] == letters(text[start:end]) for place in found)


# --- What is cited ----------------------------------------------------------------------------------------------


def shown(text: str, cited: markup.Citing | None, *, inline: bool = False) -> str:
    """What a reader of a page finds in a text."""
    setter = TextSetter(Screen({}), cited)
    whole = html.fromstring(f"<div>{setter.line(text) if inline else setter.block(text)}</div>")
    return said("".join(map(str, whole.itertext())))


IN_PARAGRAPHS = citing(HARBOUR, SAID)


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("The word [“pier was”](line) means", "The word “pier was” (paragraph 2) means"),
        ("The word [*tide*](line) means", "The word tide (paragraph 1) means"),
        ('The [second pier](line "A new pier") is', "The second pier (paragraph 2) is"),
        ("As used in [](line 'boats\nlie'), it", "As used in paragraph 1, it"),
        ('See [](line "mud. A new").', "See paragraphs 1–2."),
        ('See [](line "opened in 1931") and [“mud”](line).', "See paragraph 2 and “mud” (paragraph 1)."),
        ('See [](line "1870").', "See paragraph 3."),
        ('The [sea](line) and [](line "the sea")', "The sea and “the sea”"),
        ("See [a <b>](line)", "See a <b>"),
        ("[more](https://example.org) is [there](line)", "more is there"),
    ],
)
def test_a_citation_says_where_its_words_are(typed: str, read_as: str) -> None:
    assert shown(typed, IN_PARAGRAPHS) == read_as
    assert shown(typed, IN_PARAGRAPHS, inline=True) == read_as
    assert said(markup.to_plain(typed, IN_PARAGRAPHS)) == read_as


def test_without_a_place_the_words_are_left() -> None:
    typed = 'The word [“pier”](line) in [](line "A new pier")'
    for cited in (None, citing(None, SAID)):
        assert shown(typed, cited) == "The word “pier” in “A new pier”"
        assert said(markup.to_plain(typed, cited)) == "The word “pier” in “A new pier”"


def test_a_citation_is_sound_and_a_link_to_elsewhere_is_not() -> None:
    assert markup.faults('[a](line) [](line "b")') == []
    assert [fault.code for fault in markup.faults("[a](lines) [b](line:2) [c](/line)")] == ["Q125"] * 3


def test_what_is_cited_can_be_listed() -> None:
    assert list(markup.citations("[boats\nlie](line)")) == ["boats lie"]
    assert list(markup.citations('[“a”](line), ![b](line) [c](https://c.org) [d](line "*e* f") [](line)')) == [
        "a", "*e* f", "",
    ]  # fmt: skip


def test_evidence_is_cited_together() -> None:
    assert said(TextSetter(Screen({}), IN_PARAGRAPHS).where(["twice", "a new", "1931", "mud", "old"])) == (
        "paragraph 1, paragraph 2, paragraph 3"
    )
    assert TextSetter(Screen({})).where(["twice"]) == ""


def test_right_to_left_the_place_is_kept_together() -> None:
    assert said(citing("في [الميناء] قوارب", words("ar"))("قوارب", True)).strip() == "(الفقرة 1)"
    told = citing("[הנמל] והסירות", words("he"))("הסירות", True)  # which quizgen does not speak
    assert re.sub(r"[\u2066\u2069\s]+", " ", told).strip() == "( paragraph 1 )"
    assert told.count("\u2066") == told.count("\u2069") == 2


# --- Lines ------------------------------------------------------------------------------------------------------

_WORDS = (
    "harbour *boats* \\(x^2\\) well-known far-reaching/wide `print(1)` 日本語の文。 مرحبا الميناء שלום жизнь नावें เรือจะ"
    " Ωmega (brackets) “quoted” state-of-the-art a 1931–1935 $5 <b> so\u00adft [more](https://example.org) e.g. I!"
).split()
_LINE = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=60).map(" ".join)
_BLOCKS = st.one_of(
    _LINE,
    _LINE,
    _LINE.map(lambda line: f"- {line}\n- {line[:40]}\n  - x\n"),
    _LINE.map(lambda line: f"| a | b |\n|---|---|\n| {line} | c |"),
    st.just("```\nfor x in y:\n\n    print(x)\n```"),
)
PASSAGES = st.lists(_BLOCKS, min_size=1, max_size=4).map("\n\n".join)
LANGUAGES = st.sampled_from(["en", "ar", "he", "zh-Hans", "hi", "th", "ru"])
LONG = " ".join(f"word{n}" for n in range(400))


def printed(*texts: str, language: str = "en", style: str = "@page { size: A4 }", numbered: str = "lines.css") -> Any:
    """Passages as a booklet prints them."""
    assets = Assets()
    setter = TextSetter(Paper({}, assets))
    divs = (
        f'<div class="passage"><div class="text" data-lines lang="{language}" dir="{direction(language)}">'
        f"{setter.block(text)}</div></div>"
        for text in texts
    )
    css = source("paper.css", *([numbered] if numbered else []))
    page = (
        f'<html lang="en"><head><title>t</title><style>{css}{style}</style></head><body>{"".join(divs)}</body></html>'
    )
    return pdf.PrintPage(page, fonts.needed(page, [language]), assets)


def laid_out(page: Any) -> Any:
    """WeasyPrint's document."""
    with pdf.quiet():
        return pdf.lay_out(page)


def drawn(document: Any) -> bytes:
    """The document as PDF."""
    with pdf.quiet():
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def lines_of(text: str, **more: Any) -> list[str]:
    """The letters of each line of a passage."""
    (found,) = read(laid_out(printed(text, **more)).pages)
    return [found.letters[span.start : span.stop] for span in found.spans]


@needs_pango
def test_lines_are_those_of_paragraphs_entries_and_code() -> None:
    table, code = "| a | b |\n|---|---|\n| c | d |", "```\nx = 1\n\ny = 2\n```"
    text = f"First words.\n\n- one\n- two \\(x\\)\n\n{table}\n\n{code}\n\n$$z$$\n\nLast."
    assert lines_of(text) == ["Firstwords.", "one", "twox", "x=1", "y=2", "Last."]


@needs_pango
def test_lines_are_those_that_a_reader_sees() -> None:
    (page,) = pages_of(drawn(laid_out(printed(LONG))))
    assert lines_of(LONG) == [letters(line) for line in page.split("\n") if line.strip()]
    assert len(lines_of(LONG)) > 20


@needs_pango
def test_lines_go_on_over_pages_and_begin_anew_in_each_passage() -> None:
    small = "@page { size: 150mm 70mm }"
    document = laid_out(printed(LONG, "Short.", LONG, style=small))
    one, short, other = read(document.pages)
    assert len(document.pages) > 4
    assert one == other == read(laid_out(printed(LONG, style="@page { size: 150mm 3000mm }")).pages)[0]
    assert short == Lines("Short.", (range(6),))


@needs_pango
@settings(max_examples=25)
@given(PASSAGES, LANGUAGES)
def test_every_letter_that_can_be_cited_is_found_on_the_page(text: str, language: str) -> None:
    (found,) = read(laid_out(printed(text, language=language)).pages)
    assert found.letters == letters(markup.to_plain(text))
    stops = [0, *(span.stop for span in found.spans)]
    assert all(span.start >= stop and span for stop, span in zip(stops, found.spans, strict=False))


@needs_pango
def test_a_citation_names_the_lines_or_else_the_paragraph() -> None:
    text = f"{LONG}\n\n| a | tab |\n|---|---|\n| le | d |"
    (found,) = read(laid_out(printed(text)).pages)
    first = next(n for n, line in enumerate(lines_of(text), 1) if "word77" in line)
    last = next(n for n, line in enumerate(lines_of(text), 1) if "word111" in line)
    cited = citing(text, SAID, found)
    assert first < last
    assert shown("[word77](line)", cited) == f"word77 (line {first})"
    assert shown(f'[](line "{LONG[LONG.index("word77 ") : LONG.index(" word112")]}")', cited) == f"lines {first}–{last}"
    assert shown('[](line "tab")', cited) == "paragraph 2"
    assert shown("[word77](line)", citing(f"{text}\n\nMore.", SAID, found)) == "word77 (paragraph 1)"


@needs_pango
def test_a_page_is_measured_once() -> None:
    made = []

    def lay_out(page: Any) -> Any:
        made.append(page)
        return laid_out(page)

    ruler, page = Ruler(lay_out), printed("Some words.")
    assert ruler.measured(page) == ruler.measured(printed("Some words.")) == read(laid_out(page).pages)
    assert ruler.measured(printed("Other words.")) != ruler.measured(page)
    assert len(made) == 2


def test_to_measure_it_a_form_keeps_its_passages() -> None:
    whole = student_form(form_of("all"))
    assert any(item_set.passage is None for item_set in whole.sets)
    bare = passages_only(whole)
    assert [one.passage for one in bare.sets] == [one.passage for one in whole.sets if one.passage]
    assert all(len(one.items) == 1 for one in bare.sets)


# --- Numbers ----------------------------------------------------------------------------------------------------


def numbered(page: Any) -> bytes:
    """The page with its lines numbered, as PDF."""
    document = laid_out(page)
    number(document.pages)
    return drawn(document)


def pictures(content: bytes) -> list[Any]:
    """Each page as grey values, 4 for each point."""
    return [sheet.render(scale=4, grayscale=True).to_numpy().astype(int) for sheet in _open(content)]


def _open(content: bytes) -> Any:
    return pypdfium2.PdfDocument(BytesIO(content))


def runs(mask: Any) -> list[tuple[int, int]]:
    """Where values are true without a gap of ten: first and last of each run."""
    at = np.flatnonzero(mask)
    cuts = np.flatnonzero(np.diff(at) > 10) + 1
    return [(int(part[0]), int(part[-1])) for part in np.split(at, cuts) if len(part)]


@needs_pango
@pytest.mark.parametrize(("language", "word"), [("en", "word"), ("ar", "كلمة")])
def test_every_fifth_line_has_a_number_in_the_margin_at_its_end(language: str, word: str) -> None:
    page = printed(LONG.replace("word", word), language=language)
    (before,), (after,) = pictures(drawn(laid_out(page))), pictures(numbered(page))
    text_rows, text_columns = runs((before < 128).any(axis=1)), np.flatnonzero((before < 128).any(axis=0))
    added = before != after
    rows, columns = runs(added.any(axis=1)), np.flatnonzero(added.any(axis=0))
    assert [any(top - 20 < row[0] and row[1] <= bottom + 4 for row in rows) for top, bottom in text_rows] == [
        n % 5 == 0 for n in range(1, len(text_rows) + 1)
    ]
    margin = 15 / 25.4 * 72 * 4
    if language == "en":
        assert 0 < columns[0] - text_columns[-1] < columns[-1] - text_columns[-1] < margin
    else:
        assert 0 < text_columns[0] - columns[-1] < text_columns[0] - columns[0] < margin


@needs_pango
def test_two_figures_are_wider_than_one_and_end_where_it_ends() -> None:
    page = printed(LONG)
    (before,), (after,) = pictures(drawn(laid_out(page))), pictures(numbered(page))
    added = before != after
    widths = [np.flatnonzero(added[top : bottom + 1].any(axis=0)) for top, bottom in runs(added.any(axis=1))]
    assert 1.6 < np.ptp(widths[1]) / np.ptp(widths[0]) < 2.6
    assert abs(int(widths[1][-1]) - int(widths[0][-1])) <= 4


@needs_pango
@settings(max_examples=15)
@given(PASSAGES, LANGUAGES)
def test_numbers_change_no_line_and_are_not_read(text: str, language: str) -> None:
    page = printed(text, text, language=language, style="@page { size: 150mm 90mm }")
    document = laid_out(page)
    before, plain = read(document.pages), drawn(document)
    number(document.pages)
    assert read(document.pages) == before
    assert list(map(str.strip, pages_of(drawn(document)))) == list(map(str.strip, pages_of(plain)))


@needs_pango
def test_a_number_goes_where_its_line_goes() -> None:
    """On whatever page the fifth and the tenth line come to stand."""
    for height in range(60, 100, 8):
        page = printed(LONG, style=f"@page {{ size: 150mm {height}mm; margin: 16mm 31mm 20mm 32mm }}")
        document = laid_out(page)
        counts = [len(runs((sheet < 128).any(axis=1))) for sheet in pictures(drawn(document))]
        added = [
            len(runs((one != other).any(axis=1)))
            for one, other in zip(pictures(drawn(document)), pictures(numbered(page)), strict=True)
        ]
        ends = np.cumsum(counts) // 5
        assert added == [int(n) for n in np.diff(ends, prepend=0)]


@needs_pango
def test_a_style_sheet_decides_how_often_and_whether_lines_are_numbered() -> None:
    page = printed(LONG)
    assert numbered(printed(LONG, numbered="")) == drawn(laid_out(printed(LONG, numbered="")))
    rare = replace(page, html=page.html.replace("--number-every: 5", "--number-every: 10"))
    every = [
        (one != other).any(axis=1)
        for one, other in zip(pictures(numbered(page)), pictures(numbered(rare)), strict=True)
    ]
    assert len(runs(every[0])) == sum(n % 10 == 5 for n in range(1, 1 + len(lines_of(LONG))))
    with pytest.raises(ValueError, match="--number-reach: one length is needed"):
        numbered(replace(page, html=page.html.replace("reach: 1.9em", "reach: 3%")))


@needs_pango
def test_numbered_pages_are_accessible() -> None:
    text = "A [link](https://example.org) and *more* words.\n\n- one\n- two\n- three\n\n```\nfive = 5\n```\n\n" + LONG
    found = page_validation.validate_pdf_bytes(
        numbered(printed(text)), profile=page_validation.ValidationProfile.PDF_UA_1
    )
    assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]


# --- On a screen -------------------------------------------------------------------------------------------------


def on_screen(text: str, lines: Lines) -> Any:
    """A passage on a screen, with the numbers of its printed lines."""
    return html.fragment_fromstring(numbered_on_screen(TextSetter(Kept(Screen({}))).block(text), lines), "div")


def after(mark: Any) -> str:
    """The letters that follow a mark, to the end of the passage."""
    return letters("".join(mark.xpath("following::text()")))


@needs_pango
@settings(max_examples=25)
@given(PASSAGES, LANGUAGES)
def test_on_a_screen_numbers_stand_where_their_lines_begin_on_paper(text: str, language: str) -> None:
    (lines,) = read(laid_out(printed(text, language=language)).pages)
    page = on_screen(text, lines)
    plain = html.fragment_fromstring(TextSetter(Screen({})).block(text), "div")
    assert page.text_content() == plain.text_content()
    marks = page.xpath("//span[@class='nth-line']")
    assert [mark.get("data-n") for mark in marks] == [str(n) for n in range(5, lines.count + 1, 5)]
    if "\\(" in text:
        return  # what a formula shows is not its TeX
    starts = [lines.spans[int(mark.get("data-n")) - 1].start for mark in marks]
    assert [after(mark) for mark in marks] == [lines.letters[start:] for start in starts]


@needs_pango
def test_a_formula_counts_as_its_tex_and_stays_as_it_was() -> None:
    text = "\\(x^2\\) &c. " + LONG
    (lines,) = read(laid_out(printed(text)).pages)
    page = on_screen(text, lines)
    assert len(page.xpath("//math")) == 1
    assert not page.xpath("//*[@data-tex]")
    (first, *_) = page.xpath("//span[@class='nth-line']")
    assert after(first) == lines.letters[lines.spans[4].start :]


@needs_pango
def test_lines_of_another_text_number_nothing() -> None:
    (lines,) = read(laid_out(printed(LONG)).pages)
    assert not on_screen(f"{LONG} More.", lines).xpath("//span[@class='nth-line']")
