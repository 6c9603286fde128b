"""Booklets of half sheets: what a person finds who prints them on both sides, folds them and staples them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import page as page_validation
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.assemble import assemble
from quizgen.bank import Bank, read
from quizgen.blueprint import Blueprint
from quizgen.editions import STANDARD, Edition, parse
from quizgen.form import Form, Layout, Settings
from quizgen.render import imposition, pages, pdf, prints
from quizgen.render.templating import direction

from .prints import needs_pango, pages_of
from .strategies import file_of

REPOSITORY = Path(__file__).parent.parent
FOLDED = Settings(formats=("pdf",), layout=Layout(two_up=True))
LINKED = "It is \\(d^2\\) deep\n\n[on the web](https://example.org)\n\nand nowhere else."
WAYS = {"stamped": prints.stamped, "reference": prints.reference}
WIDTHS = {"a4": 148.5 / 25.4 * 72, "letter": 5.5 * 72}


def forms_of(texts: Sequence[str], language: str = "en", number: int = 2) -> Sequence[Form]:
    """Forms with a passage of each text, and two items on each."""
    passages = [{"id": f"p{place}", "heading": f"H{place}", "text": text} for place, text in enumerate(texts)]
    items = [
        {"id": f"{kind}{place}", "passage": f"p{place}", "type": "true_false", "stem": "So?", "answer": "true"}
        for place in range(len(texts)) for kind in "ab"
    ]  # fmt: skip
    article = {"id": "a", "title": "The sea", "language": language}
    bank = Bank((file_of({"article": article, "passages": passages, "items": items}),))
    forms, found = assemble(bank, Blueprint(quiz="q"), "seed", number)
    assert not found
    return forms


def texts(words: str, *lengths: int) -> list[str]:
    """Texts of so many words."""
    return [" ".join((words.split() * length)[:length]) for length in lengths]


def real_forms(name: str) -> Sequence[Form]:
    """Two forms of a bank that comes with quizgen."""
    bank, _ = read([REPOSITORY / "question_bank" / name])
    return assemble(bank, Blueprint(quiz="q", items=14), "seed", 2)[0]


ENGLISH = "the river rose by night and the town lost its bridge"
ARABIC = "ارتفع النهر ليلا وفقدت المدينة جسرها حين لم ينظر أحد"
BOOKLETS = ["pictures", "letter", "rightwards", "cover", "links", "one page"]


@cache
def asked(name: str) -> tuple[Sequence[Form], Settings]:
    """What is to be printed."""
    match name:
        case "pictures":
            return real_forms("pendulum.yaml"), FOLDED
        case "letter":
            return real_forms("kyrgyzstan-2010.yaml"), FOLDED.model_copy(update={"paper": "letter"})
        case "rightwards":
            return forms_of(texts(ARABIC, 300, 500, 20), "ar"), FOLDED
        case "cover":
            return forms_of(texts(ENGLISH, 60, 900)), Settings(layout=Layout(two_up=True, cover=True, facing=True))
        case "links":
            return forms_of([*texts(ENGLISH, 40, 600, 10), LINKED]), FOLDED
        case _:
            return forms_of(["It rose."]), FOLDED


@cache
def made(name: str, way: str) -> tuple[tuple[bytes, ...], bytes]:
    """The file of each form, and that of all."""
    forms, settings = asked(name)
    found = WAYS[way](copies(forms), settings, "booklet")
    return tuple(found.each()), found.whole()


@cache
def unfolded(name: str) -> list[list[np.ndarray[Any, Any]]]:
    """The pages of each form as half sheets, one after the other."""
    forms, settings = asked(name)
    found = (replace(pages.booklet(form, settings), fold=None) for form in forms)
    return [rasters(pdf.typeset([page])[0]) for page in found]


def copies(forms: Sequence[Form], edition: Edition = STANDARD) -> list[tuple[Form, Edition]]:
    return [(form, edition) for form in forms]


def halves(content: bytes, width: float) -> list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """The left and the right half of each side in grey, at 100 dots an inch."""
    found = []
    with pikepdf.open(BytesIO(content)) as file:
        tall = float(file.pages[0].mediabox[3])
        for left in (0.0, width):
            for side in file.pages:
                side.mediabox = pikepdf.Array([left, 0, left + width, tall])
            saved = BytesIO()
            file.save(saved)
            found.append(rasters(saved.getvalue()))
    return list(zip(*found, strict=True))


def rasters(content: bytes) -> list[np.ndarray[Any, Any]]:
    document = pdfium.PdfDocument(content)
    return [np.asarray(sheet.render(scale=100 / 72).to_pil().convert("L")).astype(int) for sheet in document]


def leafed(pairs: Sequence[tuple[Any, Any]], fold: str) -> list[Any]:
    """What one reads who leafs through the sheets with these sides, lying in one another and folded."""
    pairs = [pair if fold == "ltr" else pair[::-1] for pair in pairs]
    fronts, backs = pairs[::2], pairs[1::2]
    sheets = list(zip(fronts, backs, strict=True))
    outside_in = [page for front, back in sheets for page in (front[1], back[0])]
    inside_out = [page for front, back in reversed(sheets) for page in (back[1], front[0])]
    return outside_in + inside_out


# --- The order of the pages -------------------------------------------------------------------------------------


@given(count=st.integers(1, 60), fold=st.sampled_from(["ltr", "rtl"]))
def test_who_leafs_through_a_folded_booklet_reads_its_pages_in_order(count: int, fold: str) -> None:
    pairs: list[list[int | None]] = [[None, None] for _ in range(imposition.sides(count, fold))]
    for page, place in enumerate(imposition.places(count, fold)):
        assert pairs[place.side][place.right] is None
        pairs[place.side][place.right] = page
    read = leafed([(left, right) for left, right in pairs], fold)
    assert read == [*range(count), *[None] * (-count % 4)]


# --- What is printed --------------------------------------------------------------------------------------------


@needs_pango
@pytest.mark.parametrize("name", BOOKLETS)
@pytest.mark.parametrize("way", WAYS)
def test_each_half_of_a_side_is_a_page_as_it_is_without_imposition(name: str, way: str) -> None:
    forms, settings = asked(name)
    for form, content, alone in zip(forms, made(name, way)[0], unfolded(name), strict=True):
        found = leafed(halves(content, WIDTHS[settings.paper]), direction(form.language))
        assert len(found) % 4 == 0
        assert 0 <= len(found) - len(alone) < 4
        for mine, theirs in zip(found, alone, strict=False):
            assert mine.shape == theirs.shape
            assert np.mean(np.abs(mine - theirs) > 48) <= 0.001
        assert all((page == 255).all() for page in found[len(alone) :])


@needs_pango
@pytest.mark.parametrize("way", WAYS)
def test_the_booklet_of_all_forms_has_the_sheets_of_each_one_after_the_other(way: str) -> None:
    each, whole = made("letter", way)
    one_by_one = [text for content in each for text in pages_of(content)]
    assert pages_of(whole) == one_by_one
    with pikepdf.open(BytesIO(whole)) as file, file.open_outline() as outline:
        assert {tuple(map(float, side.mediabox)) for side in file.pages} == {(0, 0, 11 * 72, 8.5 * 72)}
        bookmarks: list[Any] = list(outline.root)
        led = [file.pages.index(pikepdf.Page(mark.destination[0])) for mark in bookmarks]
    assert led == [place for place, text in enumerate(one_by_one) if "Read each passage" in text]


@needs_pango
def test_a_single_form_is_folded_too() -> None:
    forms, settings = asked("pictures")
    (content,) = prints.booklets(copies(forms[:1]), settings).each()
    assert {(round(width, 2), round(height, 2)) for width, height in sizes(content)} == {(841.89, 595.28)}
    assert len(sizes(content)) % 2 == 0


@needs_pango
@pytest.mark.parametrize("way", WAYS)
def test_large_print_and_keys_keep_the_whole_paper(way: str) -> None:
    forms, settings = asked("letter")
    mixed = WAYS[way]([(forms[0], parse("large-print")), (forms[1], STANDARD)], settings, "booklet")
    large, folded = map(sizes, mixed.each())
    assert set(large) == {(612, 792)}
    assert set(folded) == {(792, 612)}
    blank = [(612.0, 792.0)] * (len(large) % 2)  # each form begins on a right page
    assert sizes(mixed.whole()) == [*large, *blank, *folded]
    assert set(sizes(WAYS[way](copies(forms), settings, "key").whole())) == {(612, 792)}


def sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page."""
    with pikepdf.open(BytesIO(content)) as file:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in file.pages]


# --- What is read aloud -----------------------------------------------------------------------------------------


@needs_pango
@pytest.mark.parametrize("name", BOOKLETS)
@pytest.mark.parametrize("way", WAYS)
def test_the_structure_reads_page_after_page(name: str, way: str) -> None:
    with pikepdf.open(BytesIO(made(name, way)[1])) as file:
        sides = {side.objgen: place for place, side in enumerate(file.pages)}
        on = [halves_of_marks(side) for side in file.pages]
        read = [(sides[side], mark) for side, mark in marks(file.Root.StructTreeRoot)]
        met = list(dict.fromkeys((side, on[side][mark]) for side, mark in read))
    assert len(read) == len(set(read))
    assert met == list(in_order(name))


def in_order(name: str) -> Iterator[tuple[int, bool]]:
    """Side and half of each page, in the order in which they are to be read."""
    first = 0
    for form, alone in zip(asked(name)[0], unfolded(name), strict=True):
        folded = direction(form.language)
        for page, place in enumerate(imposition.places(len(alone), folded)):
            if name != "cover" or page != 1:  # behind a cover is a page with nothing but its foot
                yield first + place.side, place.right
        first += imposition.sides(len(alone), folded)


def marks(element: Any, side: Any = None) -> Iterator[tuple[Any, int]]:
    """The marked contents below an element in the order of reading: side and number."""
    side = element.get("/Pg", side)
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield side.objgen, int(kid)
        elif kid.get("/Type") == "/MCR":
            yield kid.get("/Pg", side).objgen, int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from marks(kid, side)


def halves_of_marks(side: Any) -> dict[int, bool]:
    """Number of each marked content of a side -> whether it is on its right half."""
    found: dict[int, bool] = {}
    width, height, right = float(side.mediabox[2]) / 2, float(side.mediabox[3]), False
    for one in pikepdf.parse_content_stream(side):
        operands: Any = one.operands
        operator = one.operator
        if str(operator) == "re" and np.allclose([*map(float, operands)][1:], [0, width, height], atol=0.01):
            right = float(operands[0]) > 0  # the half in which all stands that follows
        elif str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            assert operands[1].MCID not in found
            found[int(operands[1].MCID)] = right
    return found


@needs_pango
@pytest.mark.parametrize("way", WAYS)
def test_each_marked_content_leads_back_to_the_element_that_holds_it(way: str) -> None:
    with pikepdf.open(BytesIO(made("pictures", way)[1])) as file:
        parents = pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree)
        by_side = {side.objgen: parents[int(side.StructParents)] for side in file.pages if "/StructParents" in side}
        found = list(marks(file.Root.StructTreeRoot))
        assert all((side, mark) in set(marks(by_side[side][mark])) for side, mark in found)
    assert found


@needs_pango
@pytest.mark.parametrize("way", WAYS)
def test_links_lie_on_their_words(way: str) -> None:
    for content in made("links", way)[0]:
        drawn = pdfium.PdfDocument(content)
        with pikepdf.open(BytesIO(content)) as file:
            ((place, link),) = [
                (place, one) for place, side in enumerate(file.pages) for one in side.get("/Annots", ())
            ]
            left, bottom, right, top = map(float, link.Rect)
        said = drawn[place].get_textpage().get_text_bounded(left - 2, bottom - 1, right + 2, top + 1)
        assert said.strip() == "on the web"


@needs_pango
@pytest.mark.parametrize("way", WAYS)
def test_pictures_are_framed_on_the_half_where_they_are(way: str) -> None:
    framed = 0
    for content in made("pictures", way)[0]:
        drawn = rasters(content)
        with pikepdf.open(BytesIO(content)) as file:
            sides = [side.objgen for side in file.pages]
            for figure in figures(file.Root.StructTreeRoot):
                ((side, mark),) = marks(figure)
                page = file.pages[sides.index(side)]
                left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
                half = float(page.mediabox[2]) / 2
                assert (0 <= left < right <= half) if not halves_of_marks(page)[mark] else half <= left < right
                rows = [round((float(page.mediabox[3]) - edge) / 0.72) for edge in (top, bottom)]
                inked = drawn[sides.index(side)][slice(*rows), round(left / 0.72) : round(right / 0.72)] < 128
                assert inked.any()
                framed += 1
    assert framed


def figures(element: Any) -> Iterator[Any]:
    """All figures below an element."""
    if element.get("/S") == "/Figure":
        yield element
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from figures(kid)


@needs_pango
@pytest.mark.parametrize("name", BOOKLETS)
@pytest.mark.parametrize("way", WAYS)
def test_a_folded_booklet_is_accessible(name: str, way: str) -> None:
    content = made(name, way)[1]
    found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert found.is_compliant, [fault.message for fault in found.failures]
